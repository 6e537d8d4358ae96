"""The use case `apkg graph`: the picture of an application, in the format of a file's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from apkg.emitters.pictures.build import picture
from apkg.emitters.pictures.interface import Picture
from apkg.errors import UsageError
from apkg.names import printable
from apkg.pipeline.subject import read_subject
from apkg.report import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A picture, and what reading its application has shown."""

    picture: Picture
    findings: tuple[Finding, ...]


def read_graph(package: str) -> Graph:
    """The picture of ``FILE``, ``FILE#process`` or a folder: a package, a notebook or a tool.

    Raises:
        SourceError: it cannot be read, or is nothing that apkg reads.
        ConversionError: there is far more than anybody could see in a picture.

    """
    subject = read_subject(package)
    return Graph(picture=picture(subject.application), findings=subject.findings)


def write_graph(graph: Graph, out: Path, *, force: bool) -> None:
    """Write the picture to ``out``, in the format that its name ends in.

    Raises:
        UsageError: the name ends in nothing that is known.
        ToolError: Graphviz is needed and missing, or fails.
        ApkgError: the file exists, and ``force`` is not given.

    """
    from apkg.files.write import write_all

    draw = _drawer(out)
    write_all({out: draw(graph.picture)}, force=force)


def graph_data(graph: Graph) -> dict[str, Any]:
    """Nodes and edges as JSON data, names as in the picture; what is empty is left out."""
    shown: dict[str, Any] = _present(asdict(graph.picture))
    return {"nodes": [], "edges": [], **shown}


def lines(graph: Graph, *, ascii_only: bool = False) -> tuple[str, ...]:
    """The picture as a tree of lines for a terminal."""
    from apkg.emitters.pictures.tree import tree

    return tree(graph.picture, ascii_only=ascii_only)


def _present(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _present(v) for k, v in value.items() if v not in ("", None, (), False)}
    if isinstance(value, list | tuple):
        return [_present(item) for item in value]
    return value


def _drawer(out: Path) -> Callable[[Picture], str | bytes]:
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        named = f"'{printable(suffix)}'" if suffix else "no format"
        raise UsageError(
            f"{printable(out.name)} names {named} that pictures are drawn in",
            hint=f"The file's name ends in one of: {', '.join(FORMATS)}.",
        )
    return FORMATS[suffix]


def _svg(drawn: Picture) -> str:
    from apkg.emitters.pictures.svg import svg

    return svg(drawn)


def _png(drawn: Picture) -> bytes:
    from apkg.emitters.pictures.svg import png

    return png(drawn)


def _html(drawn: Picture) -> str:
    from apkg.emitters.pictures.html import html

    return html(drawn)


def _mermaid(drawn: Picture) -> str:
    from apkg.emitters.pictures.mermaid import mermaid

    return mermaid(drawn)


def _dot(drawn: Picture) -> str:
    from apkg.emitters.pictures.dot import dot

    return dot(drawn)


#: By the end of a file's name. ``.gv`` is another name for DOT.
FORMATS: dict[str, Callable[[Picture], str | bytes]] = {
    ".svg": _svg,
    ".png": _png,
    ".html": _html,
    ".mmd": _mermaid,
    ".dot": _dot,
    ".gv": _dot,
}
