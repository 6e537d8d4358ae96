"""What a rule on CWL gets to see, and how it says what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apkg.errors import SourceError
from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.names import did_you_mean, printable
from apkg.report import Finding, Severity
from apkg.validators.cwl_library import CannotFollow, Library
from apkg.validators.cwl_model import Port, Process, Step, listed
from apkg.validators.cwl_types import Type, normal


@dataclass(slots=True)
class Context:
    """One document under the rules: its processes, and the findings so far."""

    document: Document
    library: Library
    processes: list[Process]
    findings: list[Finding] = field(default_factory=list)
    _types: dict[int, dict[str, object]] = field(default_factory=dict)
    _incomplete: set[int] = field(default_factory=set)
    _targets: dict[JsonPath, Process | CannotFollow] = field(default_factory=dict)

    def say(  # noqa: PLR0913 - the parts of a finding
        self,
        rule: str,
        message: str,
        path: JsonPath,
        *,
        severity: Severity = "error",
        advice: str | None = None,
        subject: str | None = None,
        key: bool = False,
    ) -> None:
        """Note a finding about the value (or the key) at ``path``."""
        self.findings.append(
            Finding(
                rule=f"cwl/{rule}",
                severity=severity,
                message=message,
                location=self.document.location(path, key=key),
                advice=advice,
                subject=None if subject is None else printable(subject),
            )
        )

    def known_types(self, process: Process) -> Mapping[str, object]:
        """The types of the SchemaDefRequirements that hold for ``process``, by name."""
        found = self._types.get(id(process))
        if found is None:
            found = self._types[id(process)] = {}
            for owner in _around(process, self.library.at(process.document)):
                for name, node, path in owner.requirements():
                    if name == "SchemaDefRequirement":
                        self._add_types(process, node.get("types"), path, found)
        return found

    def types_complete(self, process: Process) -> bool:
        """Whether all types of ``process`` could be looked at."""
        self.known_types(process)
        return id(process) not in self._incomplete

    def _add_types(
        self,
        process: Process,
        value: object,
        path: JsonPath,
        found: dict[str, object],
        depth: int = 0,
    ) -> None:
        items = value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, dict):
                continue
            name, target = item.get("name"), item.get("$import")
            if isinstance(name, str):
                found[name.rsplit("#", 1)[-1].rsplit("/", 1)[-1]] = item
            elif isinstance(target, str) and depth < 4:
                try:
                    imported = self.library.document(target.partition("#")[0], process.document)
                except (CannotFollow, SourceError):
                    self._incomplete.add(id(process))
                else:
                    self._add_types(process, imported.value, path, found, depth + 1)
        if isinstance(value, dict) and "name" not in value and "$import" not in value:
            # The map form: names to types.
            found.update({key: item for key, item in value.items() if isinstance(item, dict)})

    def type_of(self, process: Process, port: Port) -> Type:
        """The type of an input or output of ``process`` in normal form."""
        return normal(port.node.get("type"), self.known_types(process))

    def target(self, step: Step) -> Process | CannotFollow:
        """The process that a step runs, or why it cannot be looked at."""
        known = self._targets.get(step.path)
        if known is None:
            known = self._targets[step.path] = self._find(step)
        return known

    def _find(self, step: Step) -> Process | CannotFollow:
        run = step.node.get("run")
        if isinstance(run, dict) and isinstance(run.get("$import"), str):
            run = run["$import"]
        if isinstance(run, dict):
            inside = self.library.at(self.document).get((*step.path, "run"))
            return inside or CannotFollow("it is not a process", remote=True)
        if not isinstance(run, str):
            return CannotFollow("there is no 'run'", remote=True)
        try:
            return self.library.process(run, self.document, main=True)
        except CannotFollow as reason:
            return reason


def holds(process: Process, step: Step, requirement: str) -> bool:
    """Whether a requirement holds for ``step`` of ``process``: its own or from around."""
    own = [
        name
        for field_ in ("requirements", "hints")
        for name, _, _ in listed(step.node, field_, "class", ())
    ]
    return requirement in own or process.has(requirement)


def has_import(value: object) -> bool:
    """Whether a list or mapping takes some of its members from another file."""
    if isinstance(value, dict):
        return "$import" in value or any(
            isinstance(item, dict) and "$import" in item for item in value.values()
        )
    return isinstance(value, list) and any(isinstance(i, dict) and "$import" in i for i in value)


def meant(wrong: str, known: list[str]) -> str:
    """Advice that names what was meant, or all that is there."""
    # Guessing among thousands of names takes longer than all the rest.
    likely = known if len(known) < 100 else [name for name in known if name[:3] == wrong[:3]]
    guess = did_you_mean(wrong, likely[:200])
    if guess:
        return f"Did you mean '{printable(guess)}'?"
    if not known:
        return "There are none."
    shown = ", ".join(printable(name) for name in known[:12])
    return f"There are: {shown}{' …' if len(known) > 12 else ''}."


def _around(process: Process, at: Mapping[JsonPath, Process]) -> list[Process]:
    """``process`` and the workflows that it is embedded in."""
    ways = [process.path[:length] for length in range(len(process.path) + 1)]
    return [at[way] for way in ways if way in at]
