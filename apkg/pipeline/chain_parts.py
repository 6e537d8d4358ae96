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
from apkg.names import did_you_mean, printable
from apkg.report import Finding

_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)=(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts in their order, and what reading them has shown."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()


def read_parts(words: Sequence[str]) -> Parts:
    """Read ``[STEP=]PATH[#ID]`` for each part: notebook, tool folder, CWL, package, DeployProcess.

    Raises:
        SourceError: a part cannot be read, or holds several applications.
        UsageError: there is no part.

    """
    if not words:
        raise UsageError(
            "a chain needs parts", hint="Name notebooks, tools, CWL files or packages."
        )
    parts: list[Part] = []
    findings: list[Finding] = []
    for word in words:
        name, path = _split(word)
        application, found = _application(path)
        parts.append(Part(id=name or _step_id(application), application=application))
        findings += found
    return Parts(parts=tuple(parts), findings=tuple(findings))


def _split(word: str) -> tuple[str | None, str]:
    """``STEP=PATH``, unless a file has that very name."""
    match = _NAMED.fullmatch(word)
    if match is None or Path(word).exists():
        return None, word
    return match[1], match[2]


def _step_id(application: Application) -> str:
    """A name that may stand before the ``/`` of a link."""
    return application.id.replace(".", "-")


def _application(source: str) -> tuple[Application, tuple[Finding, ...]]:
    from apkg.pipeline.package import find_cwl
    from apkg.sources.read import split_process

    path, process = split_process(source)
    if path.is_dir() and not _describes_itself(path):
        return _cwl(find_cwl(source))
    if path.suffix.lower() in {".cwl", ".json", ".yaml", ".yml", ".xml"}:
        return _cwl(find_cwl(source))
    return _converted(path, process)


def _describes_itself(folder: Path) -> bool:
    from apkg.pipeline.gather import find_notebooks
    from apkg.sources.tool import is_tool

    return bool(find_notebooks(folder)) or is_tool(folder)


def _converted(path: Path, process: str | None) -> tuple[Application, tuple[Finding, ...]]:
    from apkg.pipeline.gather import gather
    from apkg.pipeline.options import ConvertOptions
    from apkg.sources.manifest.reading import ManifestReading

    jobs = gather(str(path), ConvertOptions(), ManifestReading())
    found = {f.reading.application.id: f.reading for job in jobs for f in job.read()}
    if process is None and len(found) == 1:
        process = next(iter(found))
    if process not in found:
        raise _several(path, process, list(found))
    return found[process].application, tuple(found[process].findings)


def _several(path: Path, process: str | None, known: list[str]) -> SourceError:
    listed = ", ".join(known)
    what = f"has no application {printable(process)}" if process else "holds several applications"
    close = did_you_mean(process, known) if process else None
    return SourceError(
        f"{what}: {listed}",
        hint=f"Name one: {path}#{close or known[0]}",
        location=Location(path=str(path)),
    )


def _cwl(source: str) -> tuple[Application, tuple[Finding, ...]]:
    """A process that exists in CWL stays as it is."""
    from apkg.files.documents import read_document
    from apkg.sources.cwl.pack import pack
    from apkg.sources.existing import read_existing
    from apkg.sources.manifest.reading import ManifestReading
    from apkg.sources.read import split_process

    path, process = split_process(source)
    existing = read_existing(source, options=ManifestReading())
    application = existing.reading.application
    if existing.cwl is not None:
        # A DeployProcess may carry its CWL by value: then that is the document.
        document = replace(read_document(path), value=dict(existing.cwl))
        packed = pack(document, process if existing.is_facet_1 else None)
        application = replace(application, program=CwlProgram(document=json.dumps(packed)))
    return application, tuple(existing.reading.findings)
