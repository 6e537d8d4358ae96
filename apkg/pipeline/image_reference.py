"""The image's name written into documents that exist already, and nothing else of them changed.

Facet 1: ``DockerRequirement.dockerPull`` (CWL v1.2, CommandLineTool, 5.2). Facet 2: the
``executionUnit`` of a dockerizedApplication (18-049r1 clause 8.3.1), or the CWL that it carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apkg.errors import Location
from apkg.files.documents import Document, read_document
from apkg.files.edit import with_texts
from apkg.files.read_places import JsonPath
from apkg.files.there import is_file
from apkg.pipeline.image_name import same_repository
from apkg.report import Finding
from apkg.sources.deploy import is_cwl, is_deploy

_DOCKER_ROLE = "/applicationContext/docker"
_UNIT_KEYS = ("href", "reference", "image")
_SCHEME = "docker://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """``image`` is written where the application's ``id`` or an image of ``old`` stands.

    Images of ``kept`` stay: they are the same image, better named.
    """

    id: str
    image: str
    old: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def replaces(self, text: str, *, own: bool) -> bool:
        """Whether ``text`` gives way; ``own`` is whether it stands where our own image does."""
        plain = text.removeprefix(_SCHEME)
        if plain in self.kept or plain == self.image:
            return False
        return own or plain in self.old or same_repository(plain, self.image)


@dataclass(slots=True)
class Edits:
    """What is to be written: the new text of each file that changes, and what to look at."""

    texts: dict[Path, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def edit_package(folder: Path, reference: Reference) -> Edits:
    """The files of the package ``<id>`` in ``folder`` with the image's name in its places.

    Raises:
        SourceError: a file cannot be read.
        ApkgError: a name stands where it cannot be changed.

    """
    edits = Edits()
    facet_1 = folder / f"{reference.id}.cwl"
    if facet_1.is_file():
        document = read_document(facet_1)
        places = _edit(facet_1, document, cwl_changes(document.value, reference), edits)
        for path, linked in _linked(facet_1, document):
            places += _edit(path, linked, cwl_changes(linked.value, reference, linked=True), edits)
        if not places:
            edits.findings.append(_nowhere(facet_1))
        if f"{reference.id}.launcher.py" in document.text:
            edits.findings.append(_embedded(facet_1))
    for path in sorted(folder.glob(f"{reference.id}.*json")):
        document = read_document(path)
        if is_deploy(document.value):
            _edit(path, document, deploy_changes(document.value, reference), edits)
    return edits


@dataclass(slots=True)
class Changes:
    """Paths of a document with their new texts; ``places`` counts the images that it names."""

    texts: dict[JsonPath, str] = field(default_factory=dict)
    places: int = 0

    def add(self, path: JsonPath, text: object, reference: Reference, *, own: bool) -> None:
        """Take in the image ``text`` at ``path``."""
        if not isinstance(text, str):
            return
        self.places += 1
        if reference.replaces(text, own=own):
            scheme = _SCHEME if text.startswith(_SCHEME) else ""
            self.texts[path] = scheme + reference.image


def cwl_changes(
    value: object, reference: Reference, *, base: JsonPath = (), linked: bool = False
) -> Changes:
    """What changes in a CWL document, or in the CWL at ``base`` of another one.

    In a ``linked`` file a tool is the application's own only if its name says so.
    """
    changes = Changes()
    found = list(_docker_requirements(value, base))
    alone = not linked and len(found) == 1
    for path, requirement, tool in found:
        own = alone or tool in {reference.id, f"{reference.id}-tool"}
        changes.add((*path, "dockerPull"), requirement.get("dockerPull"), reference, own=own)
        if (*path, "dockerPull") in changes.texts and "dockerImageId" in requirement:
            # An engine that has an image of this name takes it, whatever dockerPull says.
            place = (*path, "dockerImageId")
            changes.add(place, requirement["dockerImageId"], reference, own=own)
    return changes


def _docker_requirements(
    value: object, base: JsonPath
) -> Iterator[tuple[JsonPath, Mapping[str, Any], str]]:
    """Each DockerRequirement that names an image, with its path and the id of its tool."""
    seen: set[int] = set()
    waiting: list[tuple[JsonPath, object, str]] = [(base, value, "")]
    while waiting:
        path, item, tool = waiting.pop()
        # What an alias names is one thing, and stands where its anchor is.
        if not isinstance(item, dict | list) or id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, dict):
            if item.get("class") == "CommandLineTool":
                tool = str(item.get("id", "")).rpartition("#")[2]
            named = "DockerRequirement" in (path[-1:] or ("",)) or (
                item.get("class") == "DockerRequirement"
            )
            if named and "dockerPull" in item:
                yield path, item, tool
        members = item.items() if isinstance(item, dict) else enumerate(item)
        waiting += [((*path, name), member, tool) for name, member in reversed(list(members))]


def deploy_changes(value: object, reference: Reference) -> Changes:
    """What changes in a DeployProcess."""
    changes = Changes()
    units = list(_units(value))
    docker = "dockerizedApplication" in _profile(value)
    for path, unit in units:
        if is_cwl(unit):
            part = cwl_changes(unit, reference, base=path)
            changes.texts |= part.texts
            changes.places += part.places
            continue
        for key in _UNIT_KEYS:
            text = unit.get(key)
            own = docker and len(units) == 1 and isinstance(text, str) and _is_image(text)
            if own or (isinstance(text, str) and reference.replaces(text, own=False)):
                changes.add((*path, key), text, reference, own=own)
    for path, entry in _metadata(value):
        if str(entry.get("role", "")).endswith(_DOCKER_ROLE):
            changes.add((*path, "href"), entry.get("href"), reference, own=False)
    return changes


def _units(value: Any) -> Iterator[tuple[JsonPath, Mapping[str, Any]]]:
    """The execution units, each as far inside as it is described."""
    for base in ((), ("deploymentProfile",)):
        holder = _at(value, base)
        unit = holder.get("executionUnit") if isinstance(holder, dict) else None
        for path, item in _elements((*base, "executionUnit"), unit):
            inner = next((k for k in ("unit", "value") if isinstance(item.get(k), dict)), None)
            yield ((*path, inner), item[inner]) if inner else (path, item)


def _elements(path: JsonPath, value: object) -> Iterable[tuple[JsonPath, Mapping[str, Any]]]:
    if isinstance(value, dict):
        return [(path, value)]
    members = enumerate(value) if isinstance(value, list) else ()
    return [((*path, index), item) for index, item in members if isinstance(item, dict)]


def _metadata(value: Any) -> Iterable[tuple[JsonPath, Mapping[str, Any]]]:
    for outer in ("processDescription", "processOffering"):
        for path in ((outer, "process", "metadata"), (outer, "metadata")):
            yield from _elements(path, _at(value, path))


def _profile(value: Any) -> str:
    nested = _at(value, ("deploymentProfile", "deploymentProfileName"))
    return str(_at(value, ("deploymentProfileName",)) or nested or "")


def _at(value: Any, path: JsonPath) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _is_image(text: str) -> bool:
    """Whether a link is to an image: neither a URL nor the name of a CWL file."""
    plain = text.removeprefix(_SCHEME)
    return "://" not in plain and not plain.partition("#")[0].endswith((".cwl", ".json", ".yaml"))


def _linked(path: Path, document: Document) -> Iterator[tuple[Path, Document]]:
    """The CWL files of the same folder that the steps of a Workflow run."""
    folder = path.parent.resolve()
    waiting, seen = [(path, document)], {path.resolve()}
    while waiting:
        here, current = waiting.pop()
        for name in _runs(current.value):
            target = here.parent / name.partition("#")[0]
            if not is_file(target):
                continue
            place = target.resolve()
            if place in seen or not place.is_relative_to(folder):
                continue
            seen.add(place)
            linked = read_document(target)
            waiting.append((target, linked))
            yield target, linked


def _runs(value: object) -> Iterator[str]:
    waiting, seen = [value], set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict | list) or id(item) in seen:
            continue
        seen.add(id(item))
        run = item.get("run") if isinstance(item, dict) else None
        if isinstance(run, str) and "://" not in run and not run.startswith("#"):
            yield run
        waiting += item.values() if isinstance(item, dict) else item


def _edit(path: Path, document: Document, changes: Changes, edits: Edits) -> int:
    """Take in the changes of one file; tells how many images it names."""
    if changes.texts:
        edits.texts[path] = with_texts(document, changes.texts)
    return changes.places


def _nowhere(path: Path) -> Finding:
    return Finding(
        rule="build/no-image",
        severity="note",
        message="names no image, and was left as it is",
        location=Location(path=str(path)),
        advice="Facet 1 names it under 'hints': DockerRequirement: {dockerPull: IMAGE}. "
        "Remove the file to have it written anew.",
    )


def _embedded(path: Path) -> Finding:
    return Finding(
        rule="build/embedded",
        severity="note",
        message="carries notebook and launcher itself, and runs these, not those of the image",
        location=Location(path=str(path)),
        advice="Where the notebook has changed, or the image's python3 has no papermill, remove "
        "the file to have it written for the image.",
    )
