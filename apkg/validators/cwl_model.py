"""A CWL document as processes, ports and steps: the light model that the rules on meaning read.

It is made of documents that follow the schema, and survives those that do not: what has no
sensible shape is left out here, because the schema has reported it already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.validators.kinds import PROCESS_CLASSES


@dataclass(slots=True, kw_only=True)
class Port:
    """An input or output of a process, or an input of a step."""

    id: str
    path: JsonPath
    #: The description as a mapping; a shorthand becomes ``{type: ...}`` or ``{source: ...}``.
    node: dict[str, object]
    #: Where the shorthand stood, if it was one: the path of the value itself.
    short: bool = False

    def at(self, name: str) -> JsonPath:
        """The path of the field ``name``, which for a shorthand is the port itself."""
        return self.path if self.short else (*self.path, name)


@dataclass(slots=True, kw_only=True)
class Step:
    """One step of a workflow."""

    id: str
    path: JsonPath
    node: dict[str, object]
    inputs: list[Port] = field(default_factory=list)
    outputs: list[tuple[str, JsonPath]] = field(default_factory=list)

    def scatter(self) -> list[str]:
        """The short ids of the inputs that the step is scattered over."""
        return [short_id(name) for name in texts(self.node.get("scatter"))]


@dataclass(slots=True, kw_only=True)
class Process:
    """One process of a document."""

    document: Document
    path: JsonPath
    node: dict[str, object]
    cls: str
    id: str | None
    version: str | None
    inputs: list[Port] = field(default_factory=list)
    outputs: list[Port] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    #: Requirements of the steps and workflows around, which hold here as well.
    inherited: frozenset[str] = frozenset()
    #: Whether a step of the same document runs this process.
    called: bool = False

    def requirements(self, *, hints: bool = True) -> list[tuple[str, dict[str, object], JsonPath]]:
        """Class, content and path of each requirement (and hint) of this process itself."""
        names = ("requirements", "hints") if hints else ("requirements",)
        return [item for name in names for item in listed(self.node, name, "class", self.path)]

    def has(self, requirement: str) -> bool:
        """Whether a requirement holds here: its own, or from around."""
        return requirement in self.inherited or any(
            name == requirement for name, _, _ in self.requirements()
        )


def texts(value: object) -> list[str]:
    """The strings of a field that is one string or a list of them."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def short_id(name: str) -> str:
    """The last part of an id: ``#main/step/in`` and ``in`` are the same."""
    return name.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def listed(
    node: dict[str, object], name: str, subject: str, base: JsonPath
) -> list[tuple[str, dict[str, object], JsonPath]]:
    """The objects of a list or map form: subject, content, path."""
    value = node.get(name)
    if isinstance(value, dict):
        return [
            (key, item if isinstance(item, dict) else {}, (*base, name, key))
            for key, item in value.items()
            if not key.startswith("$")
        ]
    if not isinstance(value, list):
        return []
    return [
        (str(item[subject]), item, (*base, name, index))
        for index, item in enumerate(value)
        if isinstance(item, dict) and isinstance(item.get(subject), str)
    ]


def ports(node: dict[str, object], name: str, short: str, base: JsonPath) -> list[Port]:
    """The ports of ``node[name]``, list or map; ``short`` is what a map's plain value means."""
    value = node.get(name)
    if isinstance(value, dict):
        return [
            Port(
                id=short_id(key),
                path=(*base, name, key),
                node=item if isinstance(item, dict) else {short: item},
                short=not isinstance(item, dict),
            )
            for key, item in value.items()
            if not key.startswith("$")
        ]
    return [
        Port(id=short_id(port_id), path=path, node=item)
        for port_id, item, path in listed(node, name, "id", base)
    ]


def processes(document: Document) -> list[Process]:
    """All processes of a document, those of ``$graph`` and those embedded in steps."""
    value = document.value
    if not isinstance(value, dict):
        return []
    version = value.get("cwlVersion")
    version = version if isinstance(version, str) else None
    graph = value.get("$graph")
    if isinstance(graph, dict):
        graph_nodes: list[tuple[object, JsonPath]] = [(graph, ("$graph",))]
    elif isinstance(graph, list):
        graph_nodes = [(item, ("$graph", index)) for index, item in enumerate(graph)]
    else:
        graph_nodes = [(value, ())]
    found: list[Process] = []
    for node, path in graph_nodes:
        if isinstance(node, dict) and node.get("class") in PROCESS_CLASSES:
            found += process_tree(document, node, path, version, frozenset())
    _hand_down(found)
    return found


def _hand_down(found: list[Process]) -> None:
    """Give each process the requirements of the workflows in the document that run it."""
    by_id = {process.id: process for process in found if process.id}
    calls = [
        (process, step, by_id[run[1:]])
        for process in found
        for step in process.steps
        if isinstance(run := step.node.get("run"), str) and run[:1] == "#" and run[1:] in by_id
    ]
    changed = bool(calls)
    while changed:
        changed = False
        for caller, step, target in calls:
            names = caller.inherited | {name for name, _, _ in caller.requirements()}
            for field_ in ("requirements", "hints"):
                names |= {name for name, _, _ in listed(step.node, field_, "class", ())}
            changed = changed or not target.called or not names <= target.inherited
            target.inherited |= names
            target.called = True


def process_tree(
    document: Document,
    node: dict[str, object],
    path: JsonPath,
    version: str | None,
    inherited: frozenset[str],
) -> Iterator[Process]:
    """The process of ``node``, and those that its steps embed."""
    own = node.get("cwlVersion")
    name = node.get("id")
    process = Process(
        document=document,
        path=path,
        node=node,
        cls=str(node.get("class")),
        id=name.removeprefix("#") if isinstance(name, str) else None,
        version=own if isinstance(own, str) else version,
        inputs=ports(node, "inputs", "type", path),
        outputs=ports(node, "outputs", "type", path),
        steps=_steps(node, path),
        inherited=inherited,
    )
    yield process
    here = inherited | {name for name, _, _ in process.requirements()}
    for step in process.steps:
        run = step.node.get("run")
        if isinstance(run, dict) and run.get("class") in PROCESS_CLASSES:
            of_step = {name for name, _, _ in listed(step.node, "requirements", "class", ())}
            of_step |= {name for name, _, _ in listed(step.node, "hints", "class", ())}
            yield from process_tree(
                document, run, (*step.path, "run"), process.version, here | of_step
            )


def _steps(node: dict[str, object], base: JsonPath) -> list[Step]:
    steps = []
    for step_id, item, path in listed(node, "steps", "id", base):
        outs = item.get("out")
        step = Step(id=short_id(step_id), path=path, node=item)
        step.inputs = ports(item, "in", "source", path)
        for index, out in enumerate(outs if isinstance(outs, list) else ()):
            name = out.get("id") if isinstance(out, dict) else out
            if isinstance(name, str):
                step.outputs.append((short_id(name), (*path, "out", index)))
        steps.append(step)
    return steps


def entry(found: list[Process]) -> Process | None:
    """The process that a document is about: ``main``, else its only workflow, else its only one."""
    top = [p for p in found if len(p.path) <= 2 and "steps" not in p.path]
    for candidates in (
        [p for p in top if p.id == "main"],
        [p for p in top if p.cls == "Workflow" and not _is_run_by_others(p, top)],
        [p for p in top if p.cls == "Workflow"],
        top,
    ):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _is_run_by_others(process: Process, top: list[Process]) -> bool:
    return any(
        isinstance(run := step.node.get("run"), str) and process.id in (run, run.lstrip("#"))
        for other in top
        if other is not process
        for step in other.steps
    )
