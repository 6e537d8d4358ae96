"""``apkg translate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.losses import loss_data, show_losses
from apkg.cli.output import FORMAT, echo, echo_json, show_findings
from apkg.cli.profiles import PROFILE
from apkg.cli.secrets import ALLOW_SECRETS
from apkg.names import escaped_json, escaped_xml

if TYPE_CHECKING:
    from apkg.pipeline.translate import Translation


@click.command("translate")
@click.argument("file", shell_complete=complete_files, metavar="FILE")
@click.option("--to", "to", type=PROFILE, required=True, help="The dialect to write.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="File to write. Default: standard output.",
)
@click.option("--strict", is_flag=True, help="Fail, and write nothing, if anything is lost.")
@ALLOW_SECRETS
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@FORMAT
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    file: str,
    to: str,
    out: Path | None,
    strict: bool,
    allow_secrets: bool,
    force: bool,
    output_format: str,
) -> int:
    """Write the deployment document FILE in another dialect.

    FILE is Facet 2 in any dialect: WPS-T JSON, OGC API - Processes (ogcapppkg, flat, or a link to
    CWL alone), OWS Context (Atom or GeoJSON), a WPS 2.0 ProcessOffering; or a CWL document (FILE
    or FILE#id), which is then what is deployed; or a package's folder. What the dialect cannot say
    is listed on standard error.

    \b
    Dialects:
      wps-t        Testbed-14 JSON (OGC 18-049r1 clause 8.3)
      ogcapi       OGC API - Processes Part 2, process as in Part 1 1.0
      ogcapi-2     OGC API - Processes Part 2, process as in Part 1 2.0 (draft)
      ogcapi-flat  the older flat form that Weaver takes
      owc-atom     OWS Context Atom of Testbed-13 (OGC 18-049r1 clause 5)
      owc-json     OWS Context GeoJSON
      wps2         the WPS 2.0 ProcessOffering XML alone

    \b
    Examples:
      apkg translate stacker.deploy.json --to ogcapi -o stacker.ogcapppkg.json
      apkg translate stacker.deploy.json --to owc-atom > stacker.atom.xml
      apkg translate body.json --to wps-t --strict
    """
    from apkg.pipeline.translate import translate

    done = translate(file, to, out=out, strict=strict, force=force, allow_secrets=allow_secrets)
    if output_format == "json":
        echo_json(_data(done))
        return OK
    if done.file is None:
        escaped = escaped_json if done.text.startswith("{") else escaped_xml
        click.echo(escaped(done.text), nl=False)
    else:
        echo(f"wrote {done.file}")
    show_findings(done.findings)
    show_losses(done.to, done.losses)
    return OK


def _data(done: Translation) -> dict[str, object]:
    from apkg.pipeline.describe import describe_finding

    return {
        "source": str(done.source),
        "to": done.to,
        "id": done.application.id,
        "file": None if done.file is None else str(done.file),
        "document": done.text,
        "losses": loss_data(done.losses),
        "findings": [describe_finding(finding) for finding in done.findings],
    }
