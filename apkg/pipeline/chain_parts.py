"""The parts of a chain: whatever holds an application, each under the id of its step."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.chains.interface import Part
from apkg.errors import Location, SourceError, UsageError
from apkg.model import Application, CwlProgram
from apkg.pipeline.chain_examples import with_placed_examples
from apkg.report import Finding

MAX_DEPTH = 8
_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)=(.+)", re.DOTALL)
_DOCUMENTS = frozenset([".cwl", ".json", ".yaml", ".yml", ".xml"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts in their order, the files that they were read from, and what that has shown."""

    parts: tuple[Part, ...]
    files: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    application: Application
    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()


def read_parts(
    words: Sequence[str],
    out: Path,
    chains: tuple[Path, ...] = (),
    *,
    allow_secrets: bool = False,
) -> Parts:
    """Read ``[STEP=]PATH[#ID]`` for each part: notebook, tool folder, CWL, package, chain.

    Paths of example data are as seen from the folder ``out``. ``chains`` are the manifests that
    are being read, to notice one that is a part of itself.

    Raises:
        SourceError: a part cannot be read, or holds several applications.
        UsageError: there is no part.

    """
    if not words:
        raise UsageError(
            "a chain needs parts", hint="Name notebooks, tools, CWL files or packages."
        )
    parts: list[Part] = []
    read: list[_Read] = []
    for word in words:
        name, path = _split(word)
        one = _read(path, out, chains, allow=allow_secrets)
        parts.append(Part(id=name or _step_id(one.application), application=one.application))
        read.append(one)
    return Parts(
        parts=tuple(parts),
        files=tuple(file for one in read for file in one.files),
        findings=tuple(dict.fromkeys(finding for one in read for finding in one.findings)),
    )


def _split(word: str) -> tuple[str | None, str]:
    """``STEP=PATH``, unless a file has that very name."""
    match = _NAMED.fullmatch(word)
    if match is None or Path(word).exists():
        return None, word
    return match[1], match[2]


def _step_id(application: Application) -> str:
    """A name that may stand before the ``/`` of a link."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", application.id).strip("-") or "step"


def _read(source: str, out: Path, chains: tuple[Path, ...], *, allow: bool) -> _Read:
    from apkg.pipeline.package import find_cwl
    from apkg.pipeline.subject import ANYTHING
    from apkg.sources.read import split_process

    path, process = split_process(source)
    if path.is_dir():
        manifest = _manifest_of_chain(path)
        if manifest is not None:
            return _chain(manifest, out, chains, allow=allow)
        if not _describes_itself(path):
            return _guarded(_cwl(find_cwl(source, wanted=ANYTHING), out), allow=allow)
    elif path.suffix.lower() in _DOCUMENTS:
        found = find_cwl(source)
        deploy = Path(path) if found != source else None
        return _guarded(_cwl(found, out, deploy), allow=allow)
    return _converted(path, process, out, allow=allow)


def _manifest_of_chain(folder: Path) -> Path | None:
    from apkg.pipeline.chain_manifest import chain_in

    return chain_in(folder)


def _chain(manifest: Path, out: Path, chains: tuple[Path, ...], *, allow: bool) -> _Read:
    """A chain as a part: the workflow that its manifest tells of."""
    from apkg.pipeline.chain import chained
    from apkg.pipeline.chain_manifest import options_of

    place = manifest.resolve()
    if place in chains or len(chains) > MAX_DEPTH:
        raise SourceError("this chain is a part of itself", location=Location(path=str(manifest)))
    words, options = options_of(manifest, out / "chain.cwl")
    done, files = chained(words, replace(options, allow_secrets=allow), (*chains, place))
    return _Read(done.application, (manifest, *files), done.findings)


def _describes_itself(folder: Path) -> bool:
    from apkg.pipeline.gather import find_notebooks
    from apkg.sources.tool import is_tool

    return bool(find_notebooks(folder)) or is_tool(folder)


def _converted(path: Path, process: str | None, out: Path, *, allow: bool) -> _Read:
    from apkg.pipeline.gather import gather_one
    from apkg.pipeline.options import ConvertOptions

    reading, job = gather_one(path, process, ConvertOptions(allow_secrets=allow))
    application = with_placed_examples(reading.application, job.folder, out)
    return _Read(application, (path,), tuple(reading.findings))


def _guarded(read: _Read, *, allow: bool) -> _Read:
    """Without secrets that nobody allowed; the document of a part is copied into the whole."""
    from apkg.sources.interface import Reading
    from apkg.sources.secrets import document_findings, guarded, refuse

    program, path = read.application.program, str(read.files[0])
    document = json.loads(program.document) if isinstance(program, CwlProgram) else None
    found = document_findings(document, path, allow=allow)
    reading = guarded(Reading(read.application, (*read.findings, *found)), path, allow=allow)
    if not allow:
        refuse(reading.findings)
    return replace(read, application=reading.application, findings=reading.findings)


def _cwl(source: str, out: Path, deploy: Path | None = None) -> _Read:
    """A process that exists in CWL stays as it is; Facet 2 beside it tells more about it."""
    from apkg.files.documents import read_document
    from apkg.pipeline.chain_examples import way
    from apkg.sources.cwl.pack import pack
    from apkg.sources.existing import read_existing
    from apkg.sources.manifest.reading import ManifestReading
    from apkg.sources.read import split_process

    path, process = split_process(source)
    existing = read_existing(source, options=ManifestReading())
    application = with_placed_examples(existing.reading.application, path.parent, out)
    if existing.cwl is not None:
        # A DeployProcess may carry its CWL by value: then that is the document.
        document = replace(read_document(path), value=dict(existing.cwl))
        packed = pack(document, process if existing.is_facet_1 else None, way=way(path.parent, out))
        application = replace(application, program=CwlProgram(document=json.dumps(packed)))
    if existing.is_facet_1:
        application = _with_facet_2(application, deploy or path.with_suffix(".deploy.json"))
    files = (path,) if deploy is None else (path, deploy)
    return _Read(application, files, tuple(existing.reading.findings))


def _with_facet_2(application: Application, place: Path) -> Application:
    """What CWL has no words for: catalogues, collections, and how products are found."""
    if not place.is_file():
        return application
    from apkg.sources.existing import read_existing
    from apkg.sources.manifest.reading import ManifestReading

    told = read_existing(str(place), options=ManifestReading()).reading.application
    known = {declared.id: declared.discovery for declared in told.inputs}
    if not {declared.id for declared in application.inputs} <= set(known):
        # It is called alike, and about something else.
        return application
    return replace(
        application,
        catalogues=told.catalogues,
        inputs=tuple(replace(i, discovery=known[i.id]) for i in application.inputs),
    )
