"""How to convert: the options of ``apkg convert``, as data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apkg.emitters.interface import CwlVersion, ExecutionUnit, Style
from apkg.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertOptions:
    """What to write, where, and what is known of the source besides itself.

    ``execution_unit`` ``None`` decides by what the application is: the image of an application,
    the CWL of a workflow (18-049r1 clause 8.3). ``cli``, ``help_text``, ``image_config`` and
    ``command`` describe a tool; ``probe`` asks the container engine about ``image``. ``stac``
    has a notebook's launcher describe the results in a STAC catalogue. ``deploy_profile`` is
    Facet 2's dialect; with ``strict`` what it cannot say is an error. ``allow_secrets`` packs
    what looks like a password, token or key.
    """

    out: Path = Path()
    image: str | None = None
    settings: tuple[str, ...] = ()
    style: Style = "workflow"
    cwl_version: CwlVersion = "v1.2"
    embed: bool = True
    cwl_url: str | None = None
    execution_unit: ExecutionUnit | None = None
    force: bool = False
    cli: Path | None = None
    help_text: Path | None = None
    image_config: Path | None = None
    command: str | None = None
    probe: bool = False
    stac: bool = False
    deploy_profile: str = "wps-t"
    strict: bool = False
    allow_secrets: bool = False

    @property
    def describes_tool(self) -> bool:
        """Whether an option names a part of a tool."""
        return any((self.cli, self.help_text, self.image_config, self.probe))


def beside(source: str | None, file: Path | None) -> Path | None:
    """A file named from here, or from the folder that is converted.

    Raises:
        UsageError: it is in neither.
    """
    if file is None or file.exists():
        return file
    if source is not None and (Path(source) / file).exists():
        return Path(source) / file
    raise UsageError(f"there is no file {str(file)!r}")
