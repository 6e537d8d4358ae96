"""A picture as a tree of lines, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apkg.emitters.pictures.interface import Edge, Group, Node, Picture, Wire


@dataclass(frozen=True, slots=True)
class _Strokes:
    fork: str
    last: str
    trunk: str
    arrow: str


@dataclass(frozen=True, slots=True)
class _Branch:
    text: str
    twigs: tuple[_Branch, ...] = ()


_LINES = _Strokes("├─ ", "└─ ", "│  ", "←")
_ASCII = _Strokes("|- ", "`- ", "|  ", "<-")


def tree(picture: Picture, *, ascii_only: bool = False) -> tuple[str, ...]:
    """Write ``picture`` as lines: inputs, steps with what each takes from where, outputs."""
    strokes = _ASCII if ascii_only else _LINES
    same = picture.title == picture.name
    root = _Branch(
        picture.name if same else f"{picture.name}: {picture.title}",
        _Grower(picture, strokes.arrow).process(None),
    )
    return (root.text, *_lines(root, "", strokes))


def _lines(branch: _Branch, margin: str, strokes: _Strokes) -> Iterator[str]:
    for number, twig in enumerate(branch.twigs, start=1):
        is_last = number == len(branch.twigs)
        yield margin + (strokes.last if is_last else strokes.fork) + twig.text
        yield from _lines(twig, margin + ("   " if is_last else strokes.trunk), strokes)


class _Grower:
    def __init__(self, picture: Picture, arrow: str) -> None:
        self._picture = picture
        self._arrow = arrow
        self._nodes = {node.id: node for node in picture.nodes}
        self._groups = {group.id: group for group in picture.groups}
        self._into: dict[str, list[Edge]] = {}
        for edge in picture.edges:
            self._into.setdefault(edge.target, []).append(edge)

    def process(self, group: str | None) -> tuple[_Branch, ...]:
        """Inputs, steps and outputs of one workflow."""
        nodes = self._picture.inside(group)
        steps = self._picture.steps_in(group)
        parts = {
            "inputs": tuple(self._port(node) for node in nodes if node.kind == "input"),
            "steps": tuple(self._step(step) for step in steps),
            "outputs": tuple(self._port(node) for node in nodes if node.kind == "output"),
        }
        return tuple(_Branch(name, twigs) for name, twigs in parts.items() if twigs)

    def _port(self, node: Node) -> _Branch:
        words = [f"{node.name}: {node.type}" if node.type else node.name, *node.details]
        wires = [(e, w) for e, w in self._wires(node.id) if self._says(e, w)]
        if wires:
            words += [self._arrow, ", ".join(self._source(e.source, w) for e, w in wires)]
            words += [f"({note})" for note in dict.fromkeys(w.note for _, w in wires) if note]
        return _Branch(" ".join(words))

    def _step(self, step: Node | Group) -> _Branch:
        text = f"{step.name}: {step.title}" if step.title else step.name
        twigs = tuple(_Branch(detail) for detail in step.details)
        if isinstance(step, Group):
            return _Branch(text, twigs + self.process(step.id))
        taken = [self._taken(edge, wire) for edge, wire in self._wires(step.id) if wire.target]
        return _Branch(text, twigs + tuple(_Branch(line) for line in taken))

    def _wires(self, node: str) -> list[tuple[Edge, Wire]]:
        return [(edge, wire) for edge in self._into.get(node, ()) for wire in edge.wires]

    def _says(self, edge: Edge, wire: Wire) -> bool:
        """Whether a link says more than that there is only one step."""
        return bool(wire.source) or self._nodes[edge.source].kind != "step"

    def _taken(self, edge: Edge, wire: Wire) -> str:
        name = f"{wire.target}: {wire.type}" if wire.type else wire.target
        note = f" ({wire.note})" if wire.note else ""
        return f"{name} {self._arrow} {self._source(edge.source, wire)}{note}"

    def _source(self, node_id: str, wire: Wire) -> str:
        """The other end as CWL writes it: an input, or ``step/output``."""
        node = self._nodes[node_id]
        if node.kind == "missing":
            return f"{node.name} ({node.details[0]})"
        if node.kind == "output" and node.group is not None:
            return f"{self._groups[node.group].name}/{node.name}"
        return f"{node.name}/{wire.source}" if wire.source else node.name
