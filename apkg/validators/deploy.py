"""Deployment documents (Facet 2): structure by the schema of their dialect, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.report import Finding
from apkg.validators.cwl import check_document
from apkg.validators.cwl_library import Library
from apkg.validators.findings import finding
from apkg.validators.kinds import Dialect, carries_package, dialect_of, kind_of
from apkg.validators.schema import schema_findings
from apkg.validators.schema_explain import show

_SCHEMAS: dict[Dialect, str] = {
    "wps-t": "deploy-wps-t",
    "wps-t-early": "deploy-wps-t-early",
    "ogcapi": "deploy-ogcapi",
    "ogcapi-2": "deploy-ogcapi-2",
    "flat": "deploy-flat",
}


_UNIT_KEYS = frozenset(["href", "unit", "image", "value", "reference"])


class DeployValidator:
    """Is it a deployment document that a platform can take?"""

    name = "deploy"

    def __init__(self) -> None:
        self._library = Library(follow=False)

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is a deployment document, or meant as one."""
        return kind_of(document.value) == "deploy"

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Structure first; what the document means only where its parts can be found."""
        value = document.value
        if not isinstance(value, dict):
            return ()
        dialect = dialect_of(value)
        if dialect not in _SCHEMAS:
            return (_not_deploy(document, dialect),)
        structure = schema_findings(document, _SCHEMAS[dialect], self.name)
        # Both readings of one fault would say the same thing twice.
        lines = {finding.location.line for finding in structure if finding.location}
        meaning = tuple(
            finding
            for finding in _meaning(document, value)
            if finding.location is None or finding.location.line not in lines
        )
        return structure + meaning + self._embedded(document, value)

    def _embedded(self, document: Document, value: dict[str, object]) -> tuple[Finding, ...]:
        """What is wrong with the CWL that stands in the document itself."""
        units = value.get("executionUnit")
        found: tuple[Finding, ...] = ()
        for index, unit in enumerate(units if isinstance(units, list) else [units]):
            place = _unit_path(units, index)
            for key in ("unit", "value"):
                inner = unit.get(key) if isinstance(unit, dict) else None
                if isinstance(inner, dict) and kind_of(inner) == "cwl":
                    found += check_document(document.part((*place, key)), self._library)
        return found


def _not_deploy(document: Document, dialect: Dialect) -> Finding:
    if dialect == "execute":
        package = isinstance(document.value, dict) and carries_package(document.value)
        carrying = " that carries an application package" if package else ""
        return Finding(
            rule="deploy/execute-request",
            severity="error",
            message=f"an Execute request{carrying}, not a deployment",
            location=document.location(("inputs",), key=True),
            advice="Post the value of its input 'applicationPackage' (or the CWL that it links) to "
            "the platform's /processes instead of executing a DeployProcess process."
            if package
            else "Check the deployment of the process that it is sent to.",
        )
    return Finding(
        rule="deploy/description-only",
        severity="error",
        message="a process description without 'executionUnit': nothing can be deployed with it",
        location=document.location(()),
        advice="Put it under 'processDescription', and add 'executionUnit' and "
        "'deploymentProfileName'.",
    )


def process_path(value: dict[str, object]) -> JsonPath | None:
    """Where the process stands in a deployment document, in whatever dialect."""
    for name in ("processDescription", "processOffering"):
        outer = value.get(name)
        if isinstance(outer, dict):
            inner = outer.get("process")
            return (name, "process") if isinstance(inner, dict) else (name,)
    return None


def ports(
    process: dict[str, object], name: str
) -> Iterator[tuple[str, dict[str, object], JsonPath]]:
    """The inputs or outputs of a process: id, description, path below the process."""
    found = process.get(name)
    if isinstance(found, list):
        for index, item in enumerate(found):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield str(item["id"]), item, (name, index)
    elif isinstance(found, dict):
        for key, item in found.items():
            if isinstance(item, dict):
                yield key, item, (name, key)


def _meaning(document: Document, value: dict[str, object]) -> Iterator[Finding]:
    base = process_path(value)
    if base is not None:
        process = document.part(base).value
        if not isinstance(process, dict):
            return
        for name in ("inputs", "outputs"):
            seen: set[str] = set()
            for port_id, port, path in ports(process, name):
                where = (*base, *path)
                if port_id in seen:
                    yield finding(
                        document,
                        "deploy/duplicate-id",
                        f"two {name} are called '{printable(port_id)}'",
                        (*where, "id"),
                        subject=port_id,
                        advice="Give each its own id.",
                    )
                seen.add(port_id)
                for rule in (_occurs, _formats, _domains):
                    yield from rule(document, port_id, port, where)
    yield from _profile(document, value)
    yield from _units(document, value)


def _units(document: Document, value: dict[str, object]) -> Iterator[Finding]:
    units = value.get("executionUnit")
    for index, unit in enumerate(units if isinstance(units, list) else [units]):
        if isinstance(unit, dict) and _UNIT_KEYS.isdisjoint(unit):
            names = ", ".join(printable(str(key)) for key in list(unit)[:3])
            yield finding(
                document,
                "deploy/unit",
                f"this execution unit names nothing that can be executed (only: {names})",
                _unit_path(units, index),
                advice="Write 'href' with the image or the URL of the CWL, or 'unit' with the CWL.",
            )
        inner = unit.get("unit") if isinstance(unit, dict) else None
        if isinstance(inner, dict) and not _is_unit(inner):
            yield finding(
                document,
                "deploy/unit",
                "the 'unit' of this execution unit is neither CWL nor an image",
                _unit_path(units, index),
                advice="Write the whole CWL, with 'cwlVersion' and 'class', or 'type' and 'image'.",
            )


def _is_unit(unit: dict[str, object]) -> bool:
    named = ("image", "href", "reference")
    return kind_of(unit) == "cwl" or any(isinstance(unit.get(key), str) for key in named)


def _unit_path(units: object, index: int) -> JsonPath:
    return ("executionUnit", index) if isinstance(units, list) else ("executionUnit",)


PortRule = Callable[[Document, str, dict[str, object], JsonPath], Iterator[Finding]]


def _occurs(
    document: Document, port_id: str, port: dict[str, object], path: JsonPath
) -> Iterator[Finding]:
    least, most = number(port.get("minOccurs")), number(port.get("maxOccurs"))
    if most is not None and (most == 0 or (least is not None and least > most)):
        yield finding(
            document,
            "deploy/occurs",
            f"'{printable(port_id)}' may occur at most {most} times and must at least "
            f"{1 if least is None else least} times",
            (*path, "maxOccurs"),
            advice="Let maxOccurs be at least 1 and at least minOccurs, or 'unbounded'.",
            subject=port_id,
        )


def number(value: object) -> int | None:
    """An occurrence as an integer: ``1`` and ``"1"`` alike; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 10 else None


def _formats(
    document: Document, port_id: str, port: dict[str, object], path: JsonPath
) -> Iterator[Finding]:
    formats = port.get("formats")
    if not isinstance(formats, list) or not formats:
        return
    defaults = [
        i for i, f in enumerate(formats) if isinstance(f, dict) and f.get("default") is True
    ]
    if len(defaults) > 1:
        yield finding(
            document,
            "deploy/default-format",
            f"'{printable(port_id)}' has {len(defaults)} default formats",
            (*path, "formats", defaults[1], "default"),
            advice="Keep 'default: true' at one format.",
            subject=port_id,
        )
    for index, item in enumerate(formats):
        media = item.get("mimeType", item.get("mediaType")) if isinstance(item, dict) else None
        if isinstance(media, str) and "/" not in media:
            yield finding(
                document,
                "deploy/media-type",
                f"'{printable(media)}' is not a media type",
                (*path, "formats", index),
                severity="warning",
                advice="Write type/subtype, such as image/tiff or application/geo+json.",
                subject=media,
            )


def _domains(
    document: Document, port_id: str, port: dict[str, object], path: JsonPath
) -> Iterator[Finding]:
    domains = port.get("literalDataDomains")
    for index, domain in enumerate(domains if isinstance(domains, list) else ()):
        if not isinstance(domain, dict):
            continue
        default, allowed = domain.get("defaultValue"), domain.get("allowedValues")
        if default is None or not isinstance(allowed, list) or not allowed:
            continue
        plain = [item.get("value") if isinstance(item, dict) else item for item in allowed]
        if str(default) not in {str(item) for item in plain}:
            yield finding(
                document,
                "deploy/default-value",
                f"the default of '{printable(port_id)}' ({show(default)}) is not an allowed value",
                (*path, "literalDataDomains", index, "defaultValue"),
                advice=f"Allowed: {', '.join(show(item) for item in plain[:12])}.",
                subject=port_id,
            )


def _profile(document: Document, value: dict[str, object]) -> Iterator[Finding]:
    profile = value.get("deploymentProfileName")
    if isinstance(profile, str) and "://" not in profile:
        yield finding(
            document,
            "deploy/profile",
            f"'{printable(profile)}' is not the IRI of a deployment profile",
            ("deploymentProfileName",),
            advice="Write http://www.opengis.net/profiles/eoc/dockerizedApplication or "
            "http://www.opengis.net/profiles/eoc/workflow.",
            subject=profile,
        )


DIALECT_SCHEMAS = _SCHEMAS
