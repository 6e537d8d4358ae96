"""``apkg chain``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, aligned, echo, echo_json, show_findings
from apkg.cli.paths import PLACE
from apkg.cli.secrets import ALLOW_SECRETS

if TYPE_CHECKING:
    from apkg.emitters.interface import CwlVersion, ExecutionUnit
    from apkg.pipeline.chain import Chained

_HOW = {"asked": "--link", "guessed": "guessed", "shared": "--share", "input": "input of the chain"}


@click.command("chain")
@click.argument("parts", nargs=-1, shell_complete=complete_files, metavar="[STEP=]PART...")
@click.option(
    "-o",
    "--out",
    type=PLACE,
    metavar="FILE",
    help="CWL file to write (NAME.cwl), or a folder for it; Facet 2 and the job order stand "
    "beside it. Default: chain.cwl.",
)
@click.option("--manifest", type=PLACE, metavar="FILE", help="apkg.yaml with a chain.")
@click.option(
    "--link", "links", multiple=True, metavar="A/OUT=B/IN", help="Link two steps. Repeatable."
)
@click.option(
    "--pick",
    "picks",
    multiple=True,
    metavar="B/IN=METHOD",
    help="Which of several linked values (also of an output's: NAME=METHOD): first_non_null, "
    "the_only_non_null, all_non_null.",
)
@click.option("--share", multiple=True, metavar="NAME", help="One input for all steps' NAME.")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="[NAME=]STEP/OUT",
    help="What comes out. Default: what no step takes. Repeatable; with one NAME, one of several.",
)
@click.option(
    "--scatter", multiple=True, metavar="STEP/IN", help="Run a step for each value of a list."
)
@click.option(
    "--scatter-method",
    "methods",
    multiple=True,
    metavar="STEP=METHOD",
    help="Over several lists: dotproduct, nested_crossproduct, flat_crossproduct.",
)
@click.option("--when", multiple=True, metavar="STEP=EXPR", help="Run a step only if this holds.")
@click.option("--guess/--no-guess", default=True, help="Wire what fits and nothing else does.")
@click.option("--id", "process_id", metavar="ID", help="Id of the whole. Default: the file's name.")
@click.option("--title", default="", help="Title of the whole.")
@click.option("--abstract", default="", help="What the whole does.")
@click.option("--split", is_flag=True, help="One file for each process, not one $graph.")
@click.option(
    "--cwl-version",
    type=click.Choice(["v1.0", "v1.1", "v1.2"]),
    default="v1.2",
    show_default=True,
    help="CWL version of Facet 1.",
)
@click.option(
    "--execution-unit",
    type=click.Choice(["href", "inline"]),
    default="href",
    show_default=True,
    help="What Facet 2 deploys: the CWL's URL, or the CWL itself.",
)
@click.option("--cwl-url", metavar="URL", help="Where Facet 1 will be published.")
@ALLOW_SECRETS
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@FORMAT
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    parts: tuple[str, ...],
    out: Path | None,
    manifest: Path | None,
    links: tuple[str, ...],
    picks: tuple[str, ...],
    share: tuple[str, ...],
    outputs: tuple[str, ...],
    scatter: tuple[str, ...],
    methods: tuple[str, ...],
    when: tuple[str, ...],
    guess: bool,
    process_id: str | None,
    title: str,
    abstract: str,
    split: bool,
    cwl_version: CwlVersion,
    execution_unit: ExecutionUnit,
    cwl_url: str | None,
    allow_secrets: bool,
    force: bool,
    output_format: str,
) -> int:
    """Make one package of several: a workflow whose steps are the PARTs.

    A PART is a notebook, a tool's folder, a CWL file, a package or a DeployProcess, PATH or
    PATH#ID; STEP= names the step. Steps are wired by --link, or by what fits: name, format, type.
    What is not wired becomes an input of the whole. Everything that was guessed is shown.

    \b
    Examples:
      apkg chain stacker.cwl extract.ipynb detector.cwl -o flood.cwl
      apkg chain a=mask.cwl b=mask.cwl merge.cwl --link a/mask=merge/one --link b/mask=merge/two
      apkg chain ndvi.cwl stack.cwl --scatter ndvi/scene --share threshold
    """
    from apkg.pipeline.chain import chain_parts
    from apkg.pipeline.chain_manifest import with_manifest
    from apkg.pipeline.chain_options import ChainOptions

    given = ChainOptions(
        out=out or Path(f"{process_id or 'chain'}.cwl"),
        id=process_id,
        title=title,
        abstract=abstract,
        links=links,
        picks=picks,
        share=share,
        outputs=outputs,
        scatter=scatter,
        methods=methods,
        when=when,
        guess=guess,
        split=split,
        cwl_version=cwl_version,
        execution_unit=execution_unit,
        cwl_url=cwl_url,
        allow_secrets=allow_secrets,
        force=force,
    )
    words, options = with_manifest(parts, given, manifest, out_given=out is not None)
    done = chain_parts(words, options)
    if output_format == "json":
        echo_json(_data(done))
    else:
        _show(done)
    return OK


def _show(done: Chained) -> None:
    show_findings(done.findings)
    echo(f"{done.application.id}: {done.application.title}")
    rows: list[tuple[str, ...]] = [
        (one.source, "->", one.target, _HOW[one.how], one.why) for one in done.links
    ]
    for row in aligned(rows):
        echo(f"  {row}")
    for path in done.files:
        echo(f"wrote {path}")


def _data(done: Chained) -> dict[str, Any]:
    from apkg.pipeline.describe import describe_finding

    return {
        "id": done.application.id,
        "inputs": [declared.id for declared in done.application.inputs],
        "outputs": [output.id for output in done.application.outputs],
        "links": [
            {
                "source": one.source,
                "target": one.target,
                "how": one.how,
                "why": one.why,
                **({"doubt": one.doubt} if one.doubt else {}),
            }
            for one in done.links
        ],
        "files": [str(path) for path in done.files],
        "findings": [describe_finding(finding) for finding in done.findings],
    }
