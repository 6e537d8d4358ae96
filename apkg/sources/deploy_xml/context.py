"""A resource of an OWS Context, of Atom or of GeoJSON, as a deployment document of Testbed-14."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from apkg.errors import Location, SourceError
from apkg.files.documents import parse_document
from apkg.files.owc import CWL_OFFERING, DOCKER_ROLE, PROCESS_OFFERING
from apkg.files.read_places import Spot
from apkg.model import Person
from apkg.sources.deploy_xml.parts import Part, at, mapping, put

_DOCKER = re.compile(r"docker", re.IGNORECASE)
_OPENSEARCH = re.compile(r"opensearch", re.IGNORECASE)
_CWL = re.compile(r"\bcwl\b", re.IGNORECASE)
_PROFILES = "http://www.opengis.net/profiles/eoc/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One content of an offering. ``process`` reads it, where it is a process description."""

    code: str
    where: Spot
    text: str = ""
    href: str = ""
    title: str = ""
    process: Callable[[], Part] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """An entry or feature: what its offerings hold, and what is said around it.

    ``texts`` are by the annotations of :func:`apkg.files.owc.context_texts`.
    """

    where: Spot
    contents: tuple[Content, ...]
    texts: dict[str, str] = field(default_factory=dict)
    authors: tuple[Person, ...] = ()
    rights: str = ""
    identifier: str = ""

    @property
    def process(self) -> Callable[[], Part] | None:
        """Reads the first process description of the resource."""
        return next((c.process for c in self.contents if c.process is not None), None)

    @property
    def cwls(self) -> tuple[Content, ...]:
        """The contents that are CWL, or link to it."""
        return tuple(c for c in self.contents if _CWL.search(c.code) and (c.text or c.href))

    @property
    def is_application(self) -> bool:
        """Whether it describes a process; a CWL is its own description."""
        return self.process is not None or bool(self.cwls)

    def described(self, name: str) -> Part:
        """The description of the process, as far as there is one beside the CWL.

        Raises:
            SourceError: it cannot be read.
        """
        if self.process is not None:
            return self.process()
        own = {"id": self.identifier or _last_id(self.cwls[0], name)}
        if not self.cwls[0].text:
            own |= {"title": self.texts.get("owc:entryTitle", "")}
            own |= {"abstract": self.texts.get("owc:content", "")}
        elif _last_id(self.cwls[0], name):
            own["id"] = _last_id(self.cwls[0], name)
        return at({"process": {key: text for key, text in own.items() if text}}, self.where)


def deployment(resource: Resource, name: str) -> Part:
    """The resource as a deployment document; ``name`` is the file that it stands in.

    Raises:
        SourceError: it describes no process, or its CWL cannot be read.
    """
    if not resource.is_application:
        raise SourceError(
            "no offering of this context describes a process",
            hint=f"Testbed-13 has one with the code {PROCESS_OFFERING}, which holds a "
            "wps:ProcessOffering.",
            location=Location(path=name, line=resource.where[0], column=resource.where[1]),
        )
    described = resource.described(name)
    images = [c for c in resource.contents if _DOCKER.search(c.code) and (c.text or c.href)]
    cwls = resource.cwls
    catalogues = [c for c in resource.contents if _OPENSEARCH.search(c.code) and c.href]
    # The image goes before the CWL, which then tells how to run it.
    linked = [*catalogues, *(c for c in cwls if images and c.href)]
    offerings = [
        {"code": c.code, "content": {"href": c.href} | ({"title": c.title} if c.title else {})}
        for c in linked
    ]
    if offerings:
        context = at({"offering": offerings}, linked[0].where)
        put(described, ("process", "owsContext"), context)
    if images:
        return _deploy(described, _image(images[0].text or images[0].href), images[0].where)
    if cwls:
        return _deploy(described, _cwl(cwls[0], name), cwls[0].where)
    return mapping(resource.where, {"processDescription": described})


def linked_deployment(described: Part) -> Part:
    """A process offering that stands alone: links of the process tell what executes it."""
    place = described.place.members["process"]
    links = described.value["process"].get("metadata") or []
    for index, link in enumerate(links):
        where = place.members["metadata"].members[index].spot
        if link.get("href") and link.get("role") == DOCKER_ROLE:
            return _deploy(described, _image(link["href"]), where)
        # Testbed-14's generated descriptions say ``…/cwl/reference``.
        if link.get("href") and f"{link.get('role')}/".startswith(f"{CWL_OFFERING}/"):
            return _deploy(described, {"href": link["href"]}, where)
    return mapping(described.place.spot, {"processDescription": described})


def one_of(resources: Iterable[Resource], process: str | None, name: str, where: Spot) -> Resource:
    """The resource that describes a process: the only one, or the one called ``process``.

    Raises:
        SourceError: there is none such, or several.
    """
    found: dict[str, Resource] = {}
    for resource in resources:
        if resource.is_application:
            found.setdefault(str(resource.described(name).value["process"].get("id")), resource)
    chosen = [r for key, r in found.items() if process in {None, key}]
    if len(chosen) == 1:
        return chosen[0]
    location = Location(path=name, line=where[0], column=where[1])
    if not found:
        raise SourceError(
            "this context holds no application",
            hint=f"It needs an offering with the code {PROCESS_OFFERING}, which holds a "
            f"wps:ProcessOffering, or with {CWL_OFFERING}, which holds or links the CWL.",
            location=location,
        )
    listed = ", ".join(found)
    raise SourceError(
        f"this context holds {len(found)} applications: {listed}"
        if process is None
        else f"there is no application {process} in this context",
        hint=f"Name one: {name}#ID." if process is None else f"There are: {listed}.",
        location=location,
    )


def _deploy(described: Part, unit: dict[str, object], where: Spot) -> Part:
    docker = isinstance(unit.get("unit"), dict) and "image" in unit["unit"]  # type: ignore[operator]
    profile = _PROFILES + ("dockerizedApplication" if docker else "workflow")
    members: dict[str, Part | None] = {
        "processDescription": described,
        "executionUnit": at([unit], where),
        "deploymentProfileName": at(profile, where),
    }
    return mapping(described.place.spot, members)


def _image(text: str) -> dict[str, object]:
    return {"unit": {"type": "docker", "image": text.strip()}}


def _cwl(content: Content, name: str) -> dict[str, object]:
    return {"unit": _parsed(content, name)} if content.text else {"href": content.href}


def _last_id(content: Content, name: str) -> str:
    """What a CWL calls itself: of several processes its workflow, else the first."""
    value = _parsed(content, name) if content.text else None
    top = value if isinstance(value, Mapping) else {}
    graph = [p for p in top.get("$graph") or [top] if isinstance(p, Mapping) and p.get("id")]
    graph.sort(key=lambda one: one.get("class") != "Workflow")
    return str(graph[0]["id"]).rpartition("#")[2] if graph else ""


def _parsed(content: Content, name: str) -> object:
    """The CWL that a content holds as its text.

    Raises:
        SourceError: it cannot be read; the place is that of the content.
    """
    try:
        return parse_document(content.text, name=name).value
    except SourceError as error:
        line, column = content.where
        raise SourceError(
            f"the CWL of this offering: {error.message}",
            hint=error.hint,
            location=Location(path=name, line=line, column=column),
        ) from error
