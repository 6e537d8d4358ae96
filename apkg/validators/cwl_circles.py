"""What contains itself: steps that wait for each other, processes that run each other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeAlias, TypeVar

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.validators.cwl_context import Context
from apkg.validators.cwl_library import CannotFollow
from apkg.validators.cwl_model import Process, Step

#: A process of some file: the file's whole path, and where the process stands in it.
_Key: TypeAlias = "tuple[str, JsonPath]"
_Name = TypeVar("_Name")
_MOST_NAMES = 8


def only_circles(needs: Mapping[_Name, set[_Name]]) -> list[_Name]:
    """The names of ``needs`` that are in a circle of it, or between two."""
    feeds: dict[_Name, set[_Name]] = {name: set() for name in needs}
    for name, before in needs.items():
        for other in before:
            feeds[other].add(name)
    stuck = set(needs)
    # First what can start, then what nothing waits for: each step is taken once each way.
    for ahead, behind in ((needs, feeds), (feeds, needs)):
        waits = {name: len(ahead[name] & stuck) for name in stuck}
        free = [name for name, count in waits.items() if count == 0]
        while free:
            name = free.pop()
            stuck.discard(name)
            for other in behind[name] & stuck:
                waits[other] -= 1
                if waits[other] == 0:
                    free.append(other)
    return [name for name in needs if name in stuck]


def check_recursion(context: Context) -> None:
    """No process of the document runs itself, be it through others and other files."""
    if not any(process.steps for process in context.processes):
        return
    calls = _Calls(context)
    said: set[_Key] = set()
    for process in context.processes:
        for step in process.steps:
            circle = [] if _key(process) in said else calls.circle(process, step)
            if not circle or not said.isdisjoint(circle):
                continue
            said.update(circle)
            names = _names([*circle, circle[0]], calls.ids)
            context.say(
                "recursion",
                f"these run each other in a circle: {names}",
                (*step.path, "run"),
                advice="A workflow cannot contain itself: cut one of the 'run's.",
                subject=step.id,
            )


class _Calls:
    """Who runs whom, of all processes that can be reached from one document."""

    def __init__(self, context: Context) -> None:
        self._contexts = {_whole(context.document): context}
        self._library = context.library
        self.ids: dict[_Key, str | None] = {}
        self._runs: dict[_Key, set[_Key]] = {}
        for process in context.processes:
            self._add(process)
        self._stuck = frozenset(only_circles(self._runs))

    def _add(self, first: Process) -> None:
        waiting = [first]
        while waiting:
            process = waiting.pop()
            key = _key(process)
            if key in self._runs:
                continue
            self.ids[key] = process.id
            found = [p for step in process.steps if (p := self._target(process, step)) is not None]
            self._runs[key] = {_key(target) for target in found}
            waiting += found

    def _target(self, process: Process, step: Step) -> Process | None:
        path = _whole(process.document)
        context = self._contexts.get(path)
        if context is None:
            document = process.document
            context = Context(document, self._library, self._library.processes(document))
            self._contexts[path] = context
        target = context.target(step)
        return None if isinstance(target, CannotFollow) else target

    def circle(self, process: Process, step: Step) -> list[_Key]:
        """The way from ``process`` by ``step`` back to it; empty if there is none."""
        target = self._target(process, step)
        if target is None:
            return []
        home, start = _key(process), _key(target)
        if home not in self._stuck or start not in self._stuck:
            return []
        came: dict[_Key, _Key] = {start: home}
        waiting = [start]
        while waiting and home not in waiting:
            key = waiting.pop()
            new = [other for other in self._runs.get(key, ()) if other not in came]
            came.update(dict.fromkeys(new, key))
            waiting += new
        if home not in waiting:
            return []
        way = [came[home]] if start != home else [home]
        while way[-1] != home:
            way.append(came[way[-1]])
        return way[::-1]


def _whole(document: Document) -> str:
    return os.path.abspath(document.name)  # noqa: PTH100 - a link is a file of its own


def _key(process: Process) -> _Key:
    return _whole(process.document), process.path


def _names(way: list[_Key], ids: Mapping[_Key, str | None]) -> str:
    shown = [_name(key, ids) for key in way]
    if len(shown) > _MOST_NAMES:
        shown = [*shown[: _MOST_NAMES - 1], "…", shown[-1]]
    return " → ".join(shown)


def _name(key: _Key, ids: Mapping[_Key, str | None]) -> str:
    file = os.path.basename(key[0])  # noqa: PTH119 - it is text here
    own = ids.get(key)
    return printable(f"{file}#{own}" if own and len(key[1]) else file)
