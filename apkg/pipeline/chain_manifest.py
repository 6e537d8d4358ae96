"""A chain as ``apkg.yaml`` tells it: the words of the command, for repeated use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from apkg.errors import Location, SourceError, UsageError
from apkg.names import process_id
from apkg.pipeline.chain import ChainOptions
from apkg.sources.manifest.reading import find_manifest


def with_manifest(
    parts: Sequence[str], options: ChainOptions, manifest: Path | None, *, out_given: bool
) -> tuple[tuple[str, ...], ChainOptions]:
    """Complete words and options with what the manifest says; what the command says wins.

    The manifest is ``manifest``, or the one in the folder that is the only part. Paths in it
    are relative to its folder.

    Raises:
        SourceError: it cannot be read, or holds no chain.
        UsageError: parts are named twice, there and here.

    """
    place = manifest or _only_manifest(parts)
    if place is None:
        return tuple(parts), options
    if manifest is not None and parts:
        raise UsageError(
            "the parts are named in the manifest and on the command line",
            hint="Leave one of them out.",
        )
    said = _chain(place)
    out = options.out
    if not out_given:
        name = said.get("id") or process_id(place.resolve().parent.name)
        out = Path(f"{name}.cwl")
    return _words(said, place.parent), _merged(options, said, out)


def _only_manifest(parts: Sequence[str]) -> Path | None:
    if len(parts) != 1 or not Path(parts[0]).is_dir():
        return None
    place = find_manifest(Path(parts[0]))
    return place if place is not None and _says_chain(place) else None


def _says_chain(place: Path) -> bool:
    from apkg.files.documents import read_document

    value = read_document(place).value
    return isinstance(value, Mapping) and "chain" in value


def _chain(place: Path) -> Mapping[str, Any]:
    """The chain of a manifest that follows its schema."""
    from apkg.files.documents import read_document
    from apkg.validators.manifest import ManifestValidator

    document = read_document(place)
    errors = [f for f in ManifestValidator().check(document) if f.severity == "error"]
    if errors:
        more = [f"{f.location}: {f.message}" for f in errors[1:20]]
        message = "\n".join([errors[0].message, *more])
        raise SourceError(message, hint=errors[0].advice, location=errors[0].location)
    chain = document.value.get("chain") if isinstance(document.value, Mapping) else None
    if not isinstance(chain, Mapping):
        raise SourceError(
            "tells of no chain",
            hint="Write chain: with steps: {name: path, …} in it.",
            location=Location(path=str(place)),
        )
    return chain


def _words(said: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    return tuple(f"{name}={folder / _run(step)}" for name, step in said["steps"].items())


def _run(step: Any) -> str:
    return str(step["run"]) if isinstance(step, Mapping) else str(step)


def _merged(options: ChainOptions, said: Mapping[str, Any], out: Path) -> ChainOptions:
    steps = {name: step for name, step in said["steps"].items() if isinstance(step, Mapping)}
    links, picks = _links(said.get("links") or {})
    return replace(
        options,
        out=out,
        id=options.id or said.get("id"),
        title=options.title or said.get("title", ""),
        abstract=options.abstract or said.get("abstract", ""),
        links=options.links or tuple(links),
        picks=options.picks or tuple(picks),
        share=options.share or tuple(said.get("share", ())),
        outputs=options.outputs or tuple(f"{k}={v}" for k, v in said.get("outputs", {}).items()),
        scatter=options.scatter
        or tuple(f"{name}/{one}" for name, s in steps.items() for one in _list(s.get("scatter"))),
        methods=options.methods or _each(steps, "scatterMethod"),
        when=options.when or _each(steps, "when"),
        guess=options.guess and said.get("guess", True),
    )


def _each(steps: Mapping[str, Mapping[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(f"{name}={step[key]}" for name, step in steps.items() if key in step)


def _links(said: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """``target: source``, ``target: [sources]`` or ``target: {source: …, pickValue: …}``."""
    links, picks = [], []
    for target, value in said.items():
        sources = value.get("source") if isinstance(value, Mapping) else value
        links += [f"{source}={target}" for source in _list(sources)]
        if isinstance(value, Mapping) and "pickValue" in value:
            picks.append(f"{target}={value['pickValue']}")
    return links, picks


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
