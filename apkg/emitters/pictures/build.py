"""The picture of an application: a workflow's steps and links, or a tool between its ports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apkg.emitters.pictures.interface import Edge, Group, Kind, Node, Picture, Wire
from apkg.emitters.pictures.layout import direction
from apkg.emitters.pictures.says import (
    about,
    about_port,
    default_text,
    flowing,
    merge_note,
    step_details,
    step_title,
)
from apkg.emitters.pictures.texts import line
from apkg.errors import ConversionError
from apkg.model import Application, Link, Result, Step, WorkflowProgram
from apkg.names import words
from apkg.typetext import type_text

MAX_NODES, MAX_WIRES = 5000, 20_000


def picture(application: Application) -> Picture:
    """Make the picture of an application.

    Raises:
        ConversionError: there is far more than anybody could see in a picture.

    """
    builder = _Builder()
    if isinstance(application.program, WorkflowProgram):
        builder.workflow(application, application.program, None)
    else:
        builder.tool(application)
    edges = builder.edges()
    return Picture(
        name=line(application.id),
        title=line(application.title) or line(words(application.id)),
        about=line(application.abstract),
        nodes=tuple(builder.nodes),
        groups=tuple(builder.groups),
        edges=edges,
        direction=direction([node.id for node in builder.nodes], edges),
    )


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a link: a node, and its port (empty where the node is the port)."""

    node: str
    port: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A step in the picture: a node, or a group with a node for each of its ports."""

    step: Step
    place: str
    gives: dict[str, _End]
    #: The nodes of a group's inputs; of a plain step there are none.
    takes: dict[str, str] | None = None


@dataclass(slots=True)
class _Builder:
    nodes: list[Node] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    #: By the ids of both nodes: the links, and whether they are scattered over.
    wires: dict[tuple[str, str], dict[Wire, bool]] = field(default_factory=dict)
    _wired: int = 0

    def edges(self) -> tuple[Edge, ...]:
        """One edge for all that flows between two nodes."""
        return tuple(
            Edge(source=source, target=target, wires=tuple(found), scatter=any(found.values()))
            for (source, target), found in self.wires.items()
        )

    def tool(self, application: Application) -> None:
        """Draw one step between all inputs and all outputs."""
        over = tuple(declared.id for declared in application.inputs if declared.scatter)
        step = Step(id=application.id, application=application, scatter=over)
        _, ends = self._inputs(application, None)
        placed = self._step_node(step, None)
        for name, end in ends.items():
            self._wire(end, _End(placed.place), over=name in over)
        for output in application.outputs:
            node = self._output(output.id, application, None)
            self._wire(_End(placed.place, "", flowing(output, step)), _End(node))

    def workflow(
        self, application: Application, program: WorkflowProgram, group: str | None
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Draw inputs, steps, outputs and links; gives the nodes of inputs and outputs by id."""
        takes, ends = self._inputs(application, group)
        placed = [self._step(step, group) for step in program.steps]
        given = {f"{one.step.id}/{name}": end for one in placed for name, end in one.gives.items()}
        scope = _Scope(self, group, {**given, **ends})
        for one in placed:
            for link in one.step.links:
                self._link(link, one, scope)
        outputs = {o.id: self._output(o.id, application, group) for o in application.outputs}
        for result in program.results:
            if result.output in outputs:
                self._result(result, outputs[result.output], scope)
        return takes, outputs

    def node(self, kind: Kind, name: str, **more: Any) -> str:
        """Add a node; gives its id."""
        if len(self.nodes) >= MAX_NODES:
            raise ConversionError(
                f"the picture would have more than {MAX_NODES} boxes",
                hint="Draw one of its processes: FILE#ID.",
            )
        made = Node(id=f"n{self._next()}", kind=kind, name=line(name) or "?", **more)
        self.nodes.append(made)
        return made.id

    def _next(self) -> int:
        return len(self.nodes) + len(self.groups) + 1

    def _inputs(
        self, application: Application, group: str | None
    ) -> tuple[dict[str, str], dict[str, _End]]:
        takes, ends = {}, {}
        for declared in application.inputs:
            kind = line(type_text(declared.type, declared.optional, declared.semantics))
            takes[declared.id] = self.node(
                "input",
                declared.id,
                title=line(declared.label),
                type=kind,
                details=default_text(declared.default),
                about=about_port(declared),
                group=group,
            )
            ends[declared.id] = _End(takes[declared.id], "", kind)
        return takes, ends

    def _output(self, name: str, application: Application, group: str | None) -> str:
        output = next(one for one in application.outputs if one.id == name)
        return self.node(
            "output",
            name,
            title=line(output.label),
            type=line(type_text(output.type, output.optional)),
            about=about_port(output),
            group=group,
        )

    def _step(self, step: Step, group: str | None) -> _Placed:
        application = step.application
        if not isinstance(application.program, WorkflowProgram):
            return self._step_node(step, group)
        made = Group(
            id=f"g{self._next()}",
            name=line(step.id) or "?",
            title=step_title(step),
            details=step_details(step),
            about=about(application),
            scatter=bool(step.scatter),
            conditional=step.when is not None,
            parent=group,
        )
        self.groups.append(made)
        takes, outputs = self.workflow(application, application.program, made.id)
        gives = {
            output.id: _End(outputs[output.id], "", flowing(output, step))
            for output in application.outputs
        }
        return _Placed(step, made.id, gives, takes)

    def _step_node(self, step: Step, group: str | None) -> _Placed:
        node = self.node(
            "step",
            step.id,
            title=step_title(step),
            details=step_details(step),
            about=about(step.application),
            scatter=bool(step.scatter),
            conditional=step.when is not None,
            group=group,
        )
        gives = {
            output.id: _End(node, output.id, flowing(output, step))
            for output in step.application.outputs
        }
        return _Placed(step, node, gives)

    def _link(self, link: Link, placed: _Placed, scope: _Scope) -> None:
        if not link.sources:
            return
        target = _End(placed.place, link.input)
        if placed.takes is not None:
            if link.input not in placed.takes:
                # CWL lets a step take more than what it runs; `when` may use it.
                placed.takes[link.input] = self.node("input", link.input, group=placed.place)
            target = _End(placed.takes[link.input])
        for source in link.sources:
            over = link.input in placed.step.scatter
            self._wire(scope.find(source), target, note=merge_note(link), over=over)

    def _result(self, result: Result, node: str, scope: _Scope) -> None:
        for source in result.sources:
            self._wire(scope.find(source), _End(node), note=merge_note(result))

    def _wire(self, source: _End, target: _End, *, note: str = "", over: bool = False) -> None:
        self._wired += 1
        if self._wired > MAX_WIRES:
            raise ConversionError(
                f"the picture would have more than {MAX_WIRES} links",
                hint="Draw one of its processes: FILE#ID.",
            )
        wire = Wire(source=line(source.port), target=line(target.port), type=source.type, note=note)
        self.wires.setdefault((source.node, target.node), {})[wire] = over


@dataclass(frozen=True, slots=True)
class _Scope:
    """What sources mean inside one workflow; what nobody has becomes a node of its own."""

    builder: _Builder
    group: str | None
    known: dict[str, _End]

    def find(self, source: str) -> _End:
        """Where ``source`` comes from."""
        if source not in self.known:
            node = self.builder.node("missing", source, details=("not found",), group=self.group)
            self.known[source] = _End(node)
        return self.known[source]
