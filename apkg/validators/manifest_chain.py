"""The chain of a manifest: what it names is there (18-049r1 clause 7; see ``apkg chain``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.files.there import is_there
from apkg.names import did_you_mean, printable
from apkg.report import Finding


def chain_findings(document: Document) -> Iterator[Finding]:
    """What a chain says of steps that it has not, and parts that are not there."""
    value = document.value
    chain = value.get("chain") if isinstance(value, Mapping) else None
    if not isinstance(chain, Mapping):
        return
    steps: Mapping[str, Any] = chain["steps"]
    yield from _parts(document, steps)
    for step, path, key in _named(chain):
        if step not in steps:
            close = did_you_mean(step, steps)
            yield Finding(
                rule="manifest/value",
                severity="error",
                message=f"there is no step {printable(step)!r} in this chain",
                location=document.location(path, key=key),
                advice=f"Did you mean {close}?" if close else f"There are: {', '.join(steps)}.",
                subject=step,
            )


def _named(chain: Mapping[str, Any]) -> Iterator[tuple[str, JsonPath, bool]]:
    """Every step that is named, where, and whether a key names it."""
    for target, said in (chain.get("links") or {}).items():
        yield target.partition("/")[0], ("chain", "links", target), True
        yield from _sources(said, ("chain", "links", target))
    for name, said in (chain.get("outputs") or {}).items():
        yield from _sources(said, ("chain", "outputs", name))


def _sources(said: Any, path: JsonPath) -> Iterator[tuple[str, JsonPath, bool]]:
    if isinstance(said, Mapping):
        yield from _sources(said["source"], (*path, "source"))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from _sources(one, (*path, place))
    elif "/" in said:
        yield said.partition("/")[0], path, False


def _parts(document: Document, steps: Mapping[str, Any]) -> Iterator[Finding]:
    place = Path(document.name)
    if not is_there(place):
        # Text without a file: what stands beside it cannot be known.
        return
    for name, step in steps.items():
        run = step["run"] if isinstance(step, Mapping) else step
        file = run.rpartition("#")[0] or run
        if not (is_there(place.parent / run) or is_there(place.parent / file)):
            path = ("chain", "steps", name)
            yield Finding(
                rule="manifest/value",
                severity="error",
                message=f"step {printable(name)}: there is no such file or folder: "
                f"{printable(run)}",
                location=document.location((*path, "run") if isinstance(step, Mapping) else path),
                advice="Paths are relative to the folder of the manifest.",
                subject=run,
            )
