"""Pictures drawn by Graphviz: SVG for light and dark screens, PNG on white.

Graphviz draws in light colours; what it has drawn gets classes, titles and a style sheet.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apkg.emitters.pictures.colours import DARK
from apkg.emitters.pictures.dot import dot
from apkg.emitters.pictures.interface import Picture
from apkg.emitters.pictures.labels import edge_text, full_text
from apkg.errors import ToolError
from apkg.names import printable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]

#: Seconds; of pictures that people can read, none takes more than a few.
TIMEOUT = 120.0
#: Dots per inch of a PNG.
_RESOLUTION = 144
_SVG = "{http://www.w3.org/2000/svg}"
_WITHOUT = "A terminal's tree (no -o), .mmd (Mermaid) and .dot need no Graphviz."
_KINDS = ("input", "step", "output", "missing")


def has_graphviz() -> bool:
    """Whether the program that draws is here."""
    return shutil.which("dot") is not None


def svg(picture: Picture, *, styled: bool = True) -> str:
    """Draw ``picture`` as SVG; without ``styled``, for a page that has :func:`style` already.

    Raises:
        ToolError: Graphviz is missing, or fails.

    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True
    )
    root = etree.fromstring(_drawn(picture, "svg"), parser)
    _finish(root, picture, styled=styled)
    return str(etree.tostring(root, encoding="unicode"))


def png(picture: Picture) -> bytes:
    """Draw ``picture`` as PNG on white.

    Raises:
        ToolError: Graphviz is missing, or fails.

    """
    return _drawn(picture, "png")


def style() -> str:
    """Write the style sheet of pictures: what changes on a dark screen."""
    dark = [
        f".paper{{fill:{DARK['paper']}}}",
        f".node text,.cluster text{{fill:{DARK['text']}}}",
        f".edge text{{fill:{DARK['quiet']}}}",
        f".edge path{{stroke:{DARK['edge']}}}",
        f".edge polygon{{fill:{DARK['edge']};stroke:{DARK['edge']}}}",
    ]
    dark += [
        f".{kind} :is(path,polygon){{fill:{DARK[kind]};stroke:{DARK[f'{kind}-line']}}}"
        f".{kind} polyline{{stroke:{DARK[f'{kind}-line']}}}"
        for kind in (*_KINDS, "group")
    ]
    rules = "".join(_scoped(rule) for block in dark for rule in block.split("}")[:-1])
    return f"@media screen and (prefers-color-scheme:dark){{{rules}}}"


def _scoped(rule: str) -> str:
    selectors, _, body = rule.partition("{")
    # A comma inside :is(...) parts no selectors.
    parts = selectors.replace("path,polygon", "path;polygon").split(",")
    listed = ",".join(f".apkg-picture {part}" for part in parts).replace(";", ",")
    return f"{listed}{{{body}}}"


def _drawn(picture: Picture, kind: str) -> bytes:
    from apkg import process

    program = shutil.which("dot")
    if program is None:
        raise ToolError(
            "the program 'dot' of Graphviz is missing",
            hint=f"Install Graphviz (Debian: apt install graphviz; conda: graphviz). {_WITHOUT}",
        )
    said: list[str] = []
    with tempfile.TemporaryDirectory(prefix="apkg-") as folder:
        source, target = Path(folder, "picture.dot"), Path(folder, "picture")
        source.write_text(dot(picture), encoding="utf-8")
        command = [program, f"-T{kind}", f"-o{target}", str(source)]
        if kind == "png":
            command.insert(1, f"-Gdpi={_RESOLUTION}")
        done = process.run(command, on_line=said.append, timeout=TIMEOUT)
        if done.status or not target.is_file():
            last = printable(said[-1]) if said else f"status {done.status}"
            raise ToolError(f"Graphviz could not draw the picture: {last}", hint=_WITHOUT)
        return target.read_bytes()


def _finish(root: Element, picture: Picture, *, styled: bool) -> None:
    known: dict[str, str] = {one.id: full_text(one) for one in picture.nodes}
    known |= {f"cluster_{one.id}": full_text(one) for one in picture.groups}
    known |= {f"{one.source}->{one.target}": edge_text(one) for one in picture.edges}
    for group in root.iter(f"{_SVG}g"):
        title = group.find(f"{_SVG}title")
        group.attrib.pop("id", None)
        if title is None:
            continue
        text = known.get(title.text or "", "")
        if text:
            title.text = text
        else:
            group.remove(title)
        if group.get("class") == "graph":
            _mark_paper(group)
    _describe(root, picture)
    if styled:
        _first(root, "style").text = style()


def _mark_paper(graph: Element) -> None:
    paper = graph.find(f"{_SVG}polygon")
    if paper is not None:
        paper.set("class", "paper")


def _describe(root: Element, picture: Picture) -> None:
    """A name and a description for who cannot see the picture."""
    root.set("class", "apkg-picture")
    root.set("role", "img")
    root.set("aria-labelledby", "picture-title")
    root.set("aria-describedby", "picture-text")
    description = _first(root, "desc")
    description.set("id", "picture-text")
    description.text = told(picture)
    title = _first(root, "title")
    title.set("id", "picture-title")
    title.text = f"{picture.name}: {picture.title}"


def told(picture: Picture) -> str:
    """Say in one sentence what is to be seen."""
    names = {
        word: [node.name for node in picture.inside(None) if node.kind == word]
        for word in ("input", "output")
    }
    names["step"] = [step.name for step in picture.steps_in(None)]
    parts = [_listed(word, names[word]) for word in ("input", "step", "output")]
    return f"A diagram of {', '.join(parts[:-1])} and {parts[-1]}."


def _listed(word: str, names: list[str], most: int = 12) -> str:
    if not names:
        return f"no {word}s"
    more = f" and {len(names) - most} more" if len(names) > most else ""
    plural = "" if len(names) == 1 else "s"
    return f"{len(names)} {word}{plural} ({', '.join(names[:most])}{more})"


def _first(root: Element, tag: str) -> Any:
    from lxml import etree

    made = etree.Element(f"{_SVG}{tag}")
    root.insert(0, made)
    return made
