"""OWS Contexts (Atom, GeoJSON) and process offerings of WPS 2.0: structure, and what must be there.

What a process description means is checked where it has been read (:mod:`apkg.pipeline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from apkg.errors import Location
from apkg.files.documents import Document
from apkg.files.owc import ATOM, CWL_OFFERING, DOCKER_OFFERING, OWC, PROCESS_OFFERING, WPS
from apkg.report import Finding
from apkg.validators.schema import schema_findings

if TYPE_CHECKING:
    from apkg.files.read_xml import Element

_SCHEMAS: Final = {
    (ATOM, "feed"): "deploy-owc-atom",
    (ATOM, "entry"): "deploy-owc-atom",
    (WPS, "ProcessOffering"): "deploy-wps2",
    (WPS, "ProcessOfferings"): "deploy-wps2",
    (WPS, "Process"): "deploy-wps2",
    (WPS, "DeployProcess"): "deploy-wps2",
}
_NEEDED: Final = {
    "feed": ("title", "id", "updated", "entry"),
    "entry": ("title", "id", "updated"),
    "author": ("name",),
}
_OWC: Final = frozenset(
    {
        *("offering", "content", "operation", "request", "result", "styleSet"),
        *("display", "minScaleDenominator", "maxScaleDenominator"),
    }
)
_UNIT: Final = re.compile(r"docker|\bcwl\b", re.IGNORECASE)
_CWL: Final = re.compile(r"\bcwl\b", re.IGNORECASE)


class ContextValidator:
    """Is it an OWS Context, or a process offering, that a platform can take?"""

    name = "deploy"

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is one of these."""
        if document.value is None or isinstance(document.value, dict | list | str | int | float):
            return is_geojson_context(document.value)
        root = _element(document)
        return root is not None and (root.namespace, root.name) in _SCHEMAS

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Structure by the schema, and the offerings that an application package needs."""
        root = _element(document)
        if root is None:
            return (*schema_findings(document, "deploy-owc-json", self.name), *_features(document))
        from apkg.validators.xml_schema import xml_findings

        found = xml_findings(document, _SCHEMAS[root.namespace, root.name])
        if root.namespace != ATOM:
            return found
        return (*found, *_missing(document, root), *_entries(document, root))


def _element(document: Document) -> Element | None:
    """The first element, where the document is XML."""
    from apkg.files.read_xml import Element

    return document.value if isinstance(document.value, Element) else None


def is_geojson_context(value: object) -> bool:
    """Whether plain data is a GeoJSON whose features have offerings."""
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        return False
    return next(_offerings(value), None) is not None


def _missing(document: Document, root: Element) -> Iterator[Finding]:
    """What RFC 4287 (4.1.1, 4.1.2, 3.2) asks for, in any order, and only names of OWS Context."""
    from apkg.validators.xml_schema import shown

    for element in (root, *root.walk()):
        if element.namespace == ATOM:
            for name in _NEEDED.get(element.name, ()):
                if element.child(name) is None:
                    yield _at(
                        document,
                        element,
                        "deploy/xml-missing",
                        f"{shown(element)} has no {name}",
                        f"Atom asks for it: write <{name}>…</{name}> in it.",
                        name,
                    )
        elif element.namespace == OWC and element.name not in _OWC:
            yield _at(
                document,
                element,
                "deploy/xml-element",
                f"there is no {shown(element)} in OWS Context",
                "Application packages need owc:offering, with owc:content in it.",
                shown(element),
            )


def _entries(document: Document, root: Element) -> Iterator[Finding]:
    entries = [root] if root.name == "entry" else list(root.all("entry"))
    top = document.location(())
    places = [replace(top, line=entry.line, column=entry.column) for entry in entries]
    codes = [[o.attributes.get("code", "") for o in entry.all("offering")] for entry in entries]
    yield from _incomplete(dict(zip(places, codes, strict=True)), top)


def _features(document: Document) -> Iterator[Finding]:
    value = document.value
    features = value.get("features") if isinstance(value, dict) else None
    members = features if isinstance(features, list) else []
    places = [document.location(("features", index)) for index in range(len(members))]
    codes = [[str(o.get("code", "")) for o in _offerings({"features": [one]})] for one in members]
    yield from _incomplete(dict(zip(places, codes, strict=True)), document.location(()))


def _incomplete(resources: dict[Location, list[str]], top: Location) -> Iterator[Finding]:
    """One resource describes the process and names its unit; others may be base maps.

    A CWL describes itself: no other description is needed beside it.
    """
    processes = {place: codes for place, codes in resources.items() if PROCESS_OFFERING in codes}
    described = any(_CWL.search(code) for codes in resources.values() for code in codes)
    if not processes and not described:
        yield Finding(
            rule="deploy/no-process",
            severity="error",
            message="no offering describes a process",
            location=next(iter(resources), top),
            advice=f"Add an offering with the code {PROCESS_OFFERING}, or one with "
            f"{CWL_OFFERING} that holds the CWL.",
        )
    for place, codes in processes.items():
        if not any(_UNIT.search(code) for code in codes):
            yield Finding(
                rule="deploy/no-unit",
                severity="error",
                message="no offering names what is executed",
                location=place,
                advice=f"Add an offering with the code {DOCKER_OFFERING}, the image its content.",
            )


def _at(
    document: Document, element: Element, rule: str, message: str, advice: str, subject: str
) -> Finding:
    return Finding(
        rule=rule,
        severity="error",
        message=message,
        location=replace(document.location(()), line=element.line, column=element.column),
        advice=advice,
        subject=subject,
    )


def _offerings(value: dict[str, object]) -> Iterator[dict[str, object]]:
    features = value.get("features")
    for feature in features if isinstance(features, list) else ():
        properties = feature.get("properties") if isinstance(feature, dict) else None
        offerings = properties.get("offerings") if isinstance(properties, dict) else None
        found = offerings if isinstance(offerings, list) else []
        yield from (offering for offering in found if isinstance(offering, dict))
