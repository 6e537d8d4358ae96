"""What an emitter is: it turns the model into the text of one document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from apkg.model import Application, Input, Output

CwlVersion: TypeAlias = Literal["v1.0", "v1.1", "v1.2"]
Style: TypeAlias = Literal["workflow", "tool"]
ExecutionUnit: TypeAlias = Literal["image", "href", "inline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmitOptions:
    """How the documents are to be written.

    ``cwl_href`` is where Facet 1 will be found, as Facet 2 links to it. ``embed`` puts notebook
    and launcher into the CWL. ``folder`` leads from the documents to the source's own folder.
    """

    style: Style = "workflow"
    cwl_version: CwlVersion = "v1.2"
    embed: bool = True
    cwl_href: str = ""
    execution_unit: ExecutionUnit = "image"
    folder: str = "."
    #: The CWL document, where it exists already.
    cwl: Mapping[str, Any] | None = None
    #: Whether Facet 1 goes along, known and linked: what it says is not said again, nor lost.
    with_cwl: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramParts:
    """What a kind of program adds to a CommandLineTool.

    ``bind`` gives an input's CWL type and ``inputBinding``, ``glob`` an output's pattern.
    """

    base_command: tuple[str, ...]
    bind: Callable[[Input], tuple[Any, dict[str, Any] | None]]
    glob: Callable[[Output], str]
    fields: Mapping[str, Any] = field(default_factory=dict)
    requirements: Mapping[str, Any] = field(default_factory=dict)


class Emitter(Protocol):
    """A kind of document. ``suffix`` follows the application's id in the file's name."""

    @property
    def suffix(self) -> str:
        """The end of the file name, such as ``.cwl``."""
        ...

    def emit(self, application: Application, options: EmitOptions) -> str:
        """The document's text.

        Raises:
            ConversionError: the document has no way to say what the application says.
        """
        ...
