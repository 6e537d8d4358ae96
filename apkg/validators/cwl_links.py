"""Rules on workflows: every link leads somewhere, and what flows along it fits."""

from __future__ import annotations

from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.validators.cwl_circles import only_circles
from apkg.validators.cwl_context import Context, has_import, meant
from apkg.validators.cwl_library import CannotFollow
from apkg.validators.cwl_model import Port, Process, Step, texts
from apkg.validators.cwl_types import (
    Type,
    array_of,
    fits,
    flattened,
    members,
    optional,
    spell,
)


def check_links(context: Context) -> None:
    """Check all workflows of the document."""
    for process in context.processes:
        if process.cls == "Workflow":
            _Workflow(context, process).check()


class _Workflow:
    """The links of one workflow."""

    def __init__(self, context: Context, process: Process) -> None:
        self.context = context
        self.process = process
        #: Everything that a link can begin at: its name, its type.
        self.sources: dict[str, Type] = {
            port.id: context.type_of(process, port) for port in process.inputs
        }
        self.conditional: set[str] = set()
        self.scattered: set[str] = set()
        # What is imported into a list of inputs or steps is not looked at: no link can be judged.
        self.complete = not any(has_import(process.node.get(name)) for name in ("inputs", "steps"))
        for step in process.steps:
            for name, _ in step.outputs:
                self.sources[f"{step.id}/{name}"] = self._output_type(step, name)
                if step.node.get("when") is not None:
                    self.conditional.add(f"{step.id}/{name}")
                    if step.scatter():
                        self.scattered.add(f"{step.id}/{name}")

    def check(self) -> None:
        for step in self.process.steps:
            for port in step.inputs:
                self._sources(port, "source", self._input_type(step, port))
        for port in self.process.outputs:
            self._sources(port, "outputSource", self.context.type_of(self.process, port))
            if "outputSource" not in port.node and not _loose(port.node):
                self.context.say(
                    "output-source",
                    f"the output '{printable(port.id)}' has no 'outputSource': it stays empty",
                    port.path,
                    key=True,
                    severity="warning",
                    advice="Write 'outputSource: step/output'.",
                    subject=port.id,
                )
        self._cycles()

    def _input_type(self, step: Step, port: Port) -> Type:
        target = self.context.target(step)
        if isinstance(target, CannotFollow):
            return "Any"
        wanted = next((p for p in target.inputs if p.id == port.id), None)
        if wanted is None:
            return "Any"
        found = self.context.type_of(target, wanted)
        if "default" in wanted.node and not optional(found):
            found = ("union", ("null", *members(found)))
        return array_of(found) if port.id in step.scatter() else found

    def _output_type(self, step: Step, name: str) -> Type:
        target = self.context.target(step)
        if isinstance(target, CannotFollow) or _loops(step):
            return "Any"
        port = next((p for p in target.outputs if p.id == name), None)
        found = self.context.type_of(target, port) if port else "Any"
        scatter = step.scatter()
        nested = step.node.get("scatterMethod") == "nested_crossproduct"
        for _ in range(len(scatter) if nested else min(len(scatter), 1)):
            found = array_of(found)
        return found

    def _name(self, reference: str) -> str:
        """A source as this workflow calls it: ``step/output`` or ``input``."""
        name = reference.rsplit("#", 1)[-1]
        # A step may be called as its workflow is.
        if self.process.id and name not in self.sources:
            name = name.removeprefix(f"{self.process.id}/")
        if name in self.sources:
            return name
        # Packed documents repeat the whole way down to the process.
        parts = name.split("/")
        for length in (2, 1):
            tail = "/".join(parts[-length:])
            if len(parts) > length and tail in self.sources and "#" in reference:
                return tail
        return name

    def _sources(self, port: Port, field: str, sink: Type) -> None:
        raw = port.node.get(field)
        names = texts(raw)
        types: list[tuple[Type, JsonPath, str]] = []
        for index, reference in enumerate(names):
            where = port.at(field)
            path = (*where, index) if isinstance(raw, list) else where
            name = self._name(reference)
            if name in self.sources:
                types.append((self._conditional(name, port, sink, path), path, name))
            elif self.complete:
                self.context.say(
                    "source",
                    f"'{printable(reference)}' is neither an input of the workflow nor an output "
                    "of one of its steps",
                    path,
                    advice=meant(reference, list(self.sources)),
                    subject=reference,
                )
        self._merge(port, raw, types, sink)

    def _conditional(self, name: str, port: Port, sink: Type, path: JsonPath) -> Type:
        found = self.sources[name]
        if name not in self.conditional or port.node.get("pickValue") is not None:
            return found
        # Run over a list, a step that is skipped leaves gaps in the list of its results.
        held = _item(sink) if name in self.scattered else sink
        if not (optional(sink) or optional(held)) and "valueFrom" not in port.node:
            self.context.say(
                "conditional",
                f"'{printable(name)}' comes from a step with 'when' and may be null, which "
                f"'{printable(port.id)}' does not take",
                path,
                severity="warning",
                advice=f"Make the type of '{printable(port.id)}' optional, or use 'pickValue'.",
                subject=name,
            )
        return ("union", ("null", *members(found)))

    def _merge(
        self, port: Port, raw: object, types: list[tuple[Type, JsonPath, str]], sink: Type
    ) -> None:
        if port.node.get("valueFrom") is not None:
            return
        several = isinstance(raw, list) and len(raw) > 1
        method = port.node.get("linkMerge", "merge_nested" if several else None)
        pick = port.node.get("pickValue")
        if pick in ("first_non_null", "the_only_non_null"):
            method = None
        elif pick == "all_non_null" and isinstance(raw, list):
            method = method or "merge_nested"
        if not isinstance(raw, list):
            method = None
        for source, path, name in types:
            merged = _merged(_picked(source, pick), method)
            if not fits(merged, sink, strict=False):
                self.context.say(
                    "link-type",
                    f"'{printable(name)}' is {spell(merged)} here, and '{printable(port.id)}' "
                    f"takes {spell(sink)}",
                    path,
                    advice=_link_advice(source, sink, several=several),
                    subject=name,
                )

    def _cycles(self) -> None:
        needs: dict[str, set[str]] = {step.id: set() for step in self.process.steps}
        for step in self.process.steps:
            for port in step.inputs:
                for reference in texts(port.node.get("source")):
                    before = self._name(reference).split("/")[0]
                    if "/" in self._name(reference) and before in needs:
                        needs[step.id].add(before)
        stuck = only_circles(needs)
        if stuck:
            step = next(s for s in self.process.steps if s.id in stuck)
            names = ", ".join(printable(name) for name in stuck)
            self.context.say(
                "cycle",
                f"these steps wait for each other, and none can start: {names}",
                step.path,
                key=True,
                advice="Cut one of the links between them.",
                subject=step.id,
            )


def _loose(node: dict[str, object]) -> bool:
    return "$import" in node or "source" in node


def _loops(step: Step) -> bool:
    names = str(step.node.get("requirements", "")) + " ".join(map(str, step.node))
    return "Loop" in names or "loop" in names


def _picked(source: Type, pick: object) -> Type:
    if pick is None or not isinstance(source, tuple) or source[0] != "array":
        return source
    inner = [member for member in members(source[1]) if member != "null"]  # type: ignore[arg-type]
    item: Type = inner[0] if len(inner) == 1 else ("union", tuple(inner))
    if pick == "all_non_null":
        return ("array", item)
    return item if len(inner) < len(members(source[1])) else source  # type: ignore[arg-type]


def _merged(source: Type, method: object) -> Type:
    if method == "merge_nested":
        return array_of(source)
    if method == "merge_flattened":
        return flattened(source)
    return source


def _link_advice(source: Type, sink: Type, *, several: bool) -> str | None:
    if several and fits(flattened(source), sink, strict=False):
        return "Write 'linkMerge: merge_flattened'."
    if fits(source, array_of(sink), strict=False):
        return "Scatter the step over this input, or take one member with 'valueFrom'."
    if several:
        return "Several sources become a list: choose one with 'pickValue', or take a list."
    return "Change one of the two types, or the link."


def _item(type_: Type) -> Type:
    """What lists of lists of it hold in the end."""
    while isinstance(type_, tuple) and type_[0] == "array":
        type_ = type_[1]  # type: ignore[assignment]
    return type_
