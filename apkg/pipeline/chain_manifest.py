"""A chain as ``apkg.yaml`` tells it: the words of the command, for repeated use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apkg.errors import ApkgError, Location, SourceError, UsageError
from apkg.names import is_process_id, printable, process_id
from apkg.pipeline.chain_options import ChainOptions
from apkg.sources.manifest.reading import ManifestReading, find_manifest

if TYPE_CHECKING:
    from apkg.files.documents import Document

_DESCRIPTION = ("version", "keywords", "authors", "license", "catalogues", "inputs")


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
    place = manifest or (chain_in(Path(parts[0])) if len(parts) == 1 else None)
    if place is None:
        return tuple(parts), options
    if manifest is not None and parts:
        raise UsageError(
            "the parts are named in the manifest and on the command line",
            hint="Leave one of them out.",
        )
    document, said = _chain(place)
    out = options.out
    if not out_given:
        out = Path(f"{_usual_id(said, place) if options.id is None else options.id}.cwl")
    return _words(said, place.parent), _merged(options, said, out, document)


def options_of(manifest: Path, out: Path) -> tuple[tuple[str, ...], ChainOptions]:
    """The words and options of a chain that is a part of another, which is written to ``out``.

    Raises:
        SourceError: it cannot be read, or holds no chain.

    """
    document, said = _chain(manifest)
    plain = ChainOptions(out=out, id=_usual_id(said, manifest))
    return _words(said, manifest.parent), _merged(plain, said, out, document)


def chain_in(folder: Path) -> Path | None:
    """The manifest in ``folder`` that tells of a chain, if there is one."""
    if not folder.is_dir():
        return None
    place = find_manifest(folder)
    return place if place is not None and _says_chain(place) else None


def chain_hint(folder: Path) -> str | None:
    """What to do with a folder that holds nothing but a chain's manifest."""
    try:
        place = chain_in(folder)
    except ApkgError:
        return None
    if place is None:
        return None
    return f"Its {place.name} tells of a chain, which apkg chain {printable(str(folder))} makes."


def _usual_id(said: Mapping[str, Any], place: Path) -> str:
    return str(said.get("id") or process_id(place.resolve().parent.name))


def _says_chain(place: Path) -> bool:
    from apkg.files.documents import read_document

    value = read_document(place).value
    return isinstance(value, Mapping) and "chain" in value


def _chain(place: Path) -> tuple[Document, Mapping[str, Any]]:
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
    if "id" in chain and not is_process_id(chain["id"]):
        raise SourceError(
            "this cannot be an id",
            hint="Letters, digits and single - _ . between them; not main.",
            location=document.location(("chain", "id")),
        )
    return document, chain


def _said(said: Mapping[str, Any], document: Document) -> ManifestReading | None:
    """What is said of the whole beside its wiring."""
    from apkg.sources.manifest.reading import reading_of
    from apkg.sources.manifest.said import said_in
    from apkg.sources.problems import stop

    described = {key: said[key] for key in _DESCRIPTION if key in said}
    if not described:
        return None

    def where(path: tuple[str | int, ...], key: bool) -> Location | None:  # noqa: FBT001
        return document.location(path, key)

    found = said_in(described, path=("chain",), where=where, source=Path(document.name).name)
    stop(found.problems)
    return reading_of([found])


def _words(said: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    return tuple(f"{name}={folder / _run(step)}" for name, step in said["steps"].items())


def _run(step: Any) -> str:
    return str(step["run"]) if isinstance(step, Mapping) else str(step)


def _merged(
    options: ChainOptions, said: Mapping[str, Any], out: Path, document: Document
) -> ChainOptions:
    steps = {name: step for name, step in said["steps"].items() if isinstance(step, Mapping)}
    links, picks = _sources(said.get("links") or {})
    outputs, own_picks = _sources(said.get("outputs") or {})
    return replace(
        options,
        out=out,
        id=options.id or said.get("id"),
        title=options.title or said.get("title", ""),
        abstract=options.abstract or said.get("abstract", ""),
        links=options.links or tuple(f"{source}={end}" for end, source in links),
        picks=options.picks or (*picks, *own_picks),
        share=options.share or tuple(said.get("share", ())),
        outputs=options.outputs or tuple(f"{name}={source}" for name, source in outputs),
        scatter=options.scatter
        or tuple(f"{name}/{one}" for name, s in steps.items() for one in _list(s.get("scatter"))),
        methods=options.methods or _each(steps, "scatterMethod"),
        when=options.when or _each(steps, "when"),
        guess=options.guess and said.get("guess", True),
        said=_said(said, document),
        folder=Path(document.name).parent,
    )


def _each(steps: Mapping[str, Mapping[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(f"{name}={step[key]}" for name, step in steps.items() if key in step)


def _sources(said: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of an end and a source, and ``end=METHOD``, of ``end: source``.

    Also of ``end: [sources]``, and of ``end: {source: …, pickValue: …}``.
    """
    pairs, picks = [], []
    for end, value in said.items():
        sources = value.get("source") if isinstance(value, Mapping) else value
        pairs += [(end, source) for source in _list(sources)]
        if isinstance(value, Mapping) and "pickValue" in value:
            picks.append(f"{end}={value['pickValue']}")
    return pairs, picks


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
