"""``apkg convert``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from apkg.cli.batch_options import batch_options, read_names
from apkg.cli.complete import complete_files
from apkg.cli.errors import FAILED, OK, show_error
from apkg.cli.losses import show_losses
from apkg.cli.output import FORMAT, echo_json, show_conversion
from apkg.cli.paths import PLACE
from apkg.cli.profiles import PROFILE
from apkg.cli.secrets import ALLOW_SECRETS

if TYPE_CHECKING:
    from apkg.emitters.interface import CwlVersion, ExecutionUnit, Style
    from apkg.pipeline.options import ConvertOptions


@click.command("convert")
@click.argument("sources", shell_complete=complete_files, nargs=-1, metavar="[SOURCE]...")
@click.option(
    "-o",
    "--out",
    type=PLACE,
    default=Path(),
    metavar="DIR",
    help="Folder to write to (made if missing). Default: the current folder.",
)
@click.option("--image", metavar="REF", help="Docker image that the application runs in.")
@click.option(
    "--style",
    type=click.Choice(["workflow", "tool"]),
    default="workflow",
    show_default=True,
    help="A Workflow over a tool (OGC 20-089), or the bare tool.",
)
@click.option(
    "--cwl-version",
    type=click.Choice(["v1.0", "v1.1", "v1.2"]),
    default="v1.2",
    show_default=True,
    help="CWL version of Facet 1.",
)
@click.option(
    "--embed/--no-embed",
    default=True,
    show_default=True,
    help="Carry notebook and launcher in the CWL, or expect them in the image.",
)
@click.option(
    "--cwl-url",
    metavar="URL",
    help="Where Facet 1 will be published, for Facet 2's link. Default: a relative link.",
)
@click.option(
    "--execution-unit",
    type=click.Choice(["image", "href", "inline"]),
    help="What Facet 2 deploys: the image, the CWL's URL, or the CWL itself. "
    "Default: the image of an application, the URL of a workflow.",
)
@click.option(
    "--stac",
    is_flag=True,
    help="Have the notebook's launcher describe the results in a STAC catalogue (catalog.json): "
    "one Directory output, as OGC 20-089 asks. Needs pystac in the image.",
)
@click.option("--cli", type=PLACE, metavar="FILE", help="Source of a tool's command line.")
@click.option("--help-text", type=PLACE, metavar="FILE", help="What a tool prints for --help.")
@click.option(
    "--image-config",
    type=PLACE,
    metavar="FILE",
    help="'docker inspect' JSON, OCI layout or 'docker save' archive of a tool's image.",
)
@click.option(
    "--command", "subcommand", metavar="NAME", help="The one sub-command of a tool to convert."
)
@click.option(
    "--probe",
    is_flag=True,
    help="Ask the container engine about --image, and run it once with --help, without network.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Metadata, as in apkg.yaml: title=..., version=..., inputs.NAME.type=File. Repeatable.",
)
@click.option(
    "--deploy-profile",
    type=PROFILE,
    default="wps-t",
    show_default=True,
    help="The dialect of Facet 2; 'apkg translate --help' tells what each is.",
)
@click.option(
    "--strict", is_flag=True, help="Fail, and write nothing, if the dialect loses anything."
)
@ALLOW_SECRETS
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@click.option(
    "-r", "--recursive", is_flag=True, help="Search folders for notebooks and tools, all below."
)
@click.option(
    "--resume",
    is_flag=True,
    help="Leave out what has not changed since the last batch with --resume, or since that was "
    "stopped. Kept in .apkg-state.sqlite, in the folder that is written to.",
)
@batch_options
@FORMAT
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    sources: tuple[str, ...],
    out: Path,
    image: str | None,
    style: Style,
    cwl_version: CwlVersion,
    embed: bool,
    cwl_url: str | None,
    execution_unit: ExecutionUnit | None,
    stac: bool,
    cli: Path | None,
    help_text: Path | None,
    image_config: Path | None,
    subcommand: str | None,
    probe: bool,
    settings: tuple[str, ...],
    deploy_profile: str,
    strict: bool,
    allow_secrets: bool,
    force: bool,
    recursive: bool,
    resume: bool,
    from_file: str | None,
    jobs: int | None,
    fail_fast: bool,
    report: Path | None,
    output_format: str,
) -> int:
    """Turn each SOURCE into an application package.

    SOURCE is a notebook, a folder of notebooks, a folder with a Dockerfile, a tool's source
    (argparse, Click, Typer, docopt, shell, R), a SNAP graph, a CWL document (FILE or FILE#id) or
    a DeployProcess. Writes what is missing of <id>.cwl (Facet 1), <id>.deploy.json (Facet 2) and
    <id>.inputs.yml (a job order with the defaults), and tells where each fact came from and what
    was guessed. Code is read, never executed.

    Of many sources (a folder, quoted globs, a list) each has a line of its own, one that fails
    does not stop the others, and no package replaces another, even with --force.

    \b
    Examples:
      apkg convert water-mask.ipynb
      apkg convert water-mask.ipynb -o package --image registry.org/eo/water-mask:1.2
      apkg convert notebooks/ -o packages --set license=MIT --set "author=Ann Author <a@b.org>"
      apkg convert water-mask.ipynb --set inputs.scene.type=File --force
      apkg convert stacker/ --cli stacker/cli.py -o package
      apkg convert --help-text gdalwarp.txt --image osgeo/gdal -o package
      apkg convert -r projects/ -o packages --resume --report packages.jsonl
      git ls-files '*.ipynb' | apkg convert --from-file - -o packages --jobs 4
    """
    from apkg.pipeline.options import ConvertOptions, beside

    source = sources[0] if len(sources) == 1 else None
    options = ConvertOptions(
        out=out,
        image=image,
        settings=settings,
        style=style,
        cwl_version=cwl_version,
        embed=embed,
        cwl_url=cwl_url,
        execution_unit=execution_unit,
        deploy_profile=deploy_profile,
        strict=strict,
        allow_secrets=allow_secrets,
        force=force,
        cli=beside(source, cli),
        help_text=beside(source, help_text),
        image_config=beside(source, image_config),
        command=subcommand,
        probe=probe,
        stac=stac,
    )
    if not sources and from_file is None and not options.describes_tool:
        raise click.UsageError(
            "Missing argument 'SOURCE'. Name one, or describe a tool (--cli, --help-text, --probe)."
        )
    if len(sources) < 2 and options.describes_tool:
        return _convert_one(source, options, output_format)
    listed = sources
    many = recursive or resume or from_file is not None or report is not None
    if many or len(sources) > 1 or not Path(sources[0]).is_file():
        from apkg.pipeline.sources_listed import list_sources

        listed = list_sources(sources, named=read_names(from_file), recursive=recursive)
    if many or len(listed) > 1:
        from apkg.cli.batch_convert import convert_many
        from apkg.pipeline.batch import BatchOptions

        batch = BatchOptions(jobs=jobs, fail_fast=fail_fast, resume=resume)
        return convert_many(listed, options, batch, report=report, output_format=output_format)
    return _convert_one(listed[0], options, output_format)


def _convert_one(source: str | None, options: ConvertOptions, output_format: str) -> int:
    from apkg.pipeline.convert import convert

    done = convert(source, options)
    if output_format == "json":
        from apkg.pipeline.batch_report import conversion_data

        echo_json([conversion_data(one) for one in done])
    for one in done:
        if output_format == "text" and one.application is not None:
            show_conversion(one)
        if output_format == "text":
            show_losses(options.deploy_profile, one.losses)
        if one.error is not None:
            show_error(one.error)
    return FAILED if any(one.error for one in done) else OK
