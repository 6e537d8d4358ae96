"""The parts of OGC API - Processes documents: descriptions, metadata, execution units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from apkg.emitters.dialects.json_schema import input_schema, output_schema
from apkg.emitters.dialects.ogcapi_scope import CONFIG
from apkg.emitters.dialects.ports import INPUT_METADATA, is_literal, item, listed
from apkg.emitters.dialects.units import CWL_OFFERING, image, inline_cwl
from apkg.emitters.dialects.wps_t import catalogues
from apkg.emitters.dialects.wps_t_io import discovery_parameters
from apkg.emitters.interface import EmitOptions
from apkg.model import Application, Binding, Input, Metadata, Output, Person, Resources, Scalar
from apkg.names import printable

SCHEMA_ORG: Final = "https://schema.org/"
#: OGC 20-044 counts memory and storage in GB, CWL in MiB.
_GB: Final = 2**20 / 1e9


def described(title: str, doc: str) -> dict[str, Any]:
    """Title and description, where there are any."""
    named = (("title", printable(title)), ("description", printable(doc)))
    return {name: text for name, text in named if text}


def input_description(declared: Input) -> dict[str, Any]:
    """One input of Part 1: title, description, schema, occurrences."""
    return {**described(declared.label, declared.doc), **input_schema(listed(declared))}


def output_description(output: Output) -> dict[str, Any]:
    """One output of Part 1: title, description, schema."""
    return {**described(output.label, output.doc), "schema": output_schema(output)}


def input_parameters(declared: Input) -> list[tuple[str, list[str]]]:
    """What Part 1 has no field for: how data are found (18-049r1), and the unit of measure."""
    unit = [("UOM", [declared.uom])] if declared.uom else []
    return [*discovery_parameters(declared.discovery), *unit]


def parameter_object(role: str, said: list[tuple[str, list[str]]]) -> dict[str, Any]:
    """``additionalParameters`` of Part 1 1.0: one object, ``value`` a list."""
    return {"role": role, "parameters": [{"name": n, "value": values} for n, values in said]}


def parameter_metadata(role: str, said: list[tuple[str, list[str]]]) -> dict[str, Any]:
    """The same as ``metadata`` of Part 1 2.0, which has no additional parameters."""
    return {"role": role, "value": dict(said)}


def input_metadata_1(declared: Input) -> dict[str, Any]:
    """Additional parameters of an input, as Part 1 1.0 has them."""
    said = input_parameters(declared)
    return {"additionalParameters": parameter_object(INPUT_METADATA, said)} if said else {}


def input_metadata_2(declared: Input) -> dict[str, Any]:
    """Additional parameters of an input, as Part 1 2.0 has them."""
    said = input_parameters(declared)
    return {"metadata": [parameter_metadata(INPUT_METADATA, said)]} if said else {}


def value_passing(declared: Input) -> list[str]:
    """How values are given (Part 1 2.0): literals as they are, folders by reference."""
    kind, _ = item(listed(declared))
    if kind == Scalar("Directory"):
        return ["byReference"]
    literal = is_literal(declared, kind) or declared.semantics == "bbox"
    return ["byValue"] if literal else ["byValue", "byReference"]


def links(application: Application, options: EmitOptions) -> list[dict[str, Any]]:
    """Metadata with a link: catalogues, and the CWL where it is not the execution unit."""
    found: list[dict[str, Any]] = list(catalogues(application))
    if options.execution_unit == "image" and options.cwl_href:
        found.append({"role": CWL_OFFERING, "title": "CWL", "href": options.cwl_href})
    return found


def credits_1(known: Metadata) -> Iterator[dict[str, Any]]:
    """Licence, authors … by their names in schema.org, as links and titles (Part 1 1.0)."""
    for person in known.authors:
        link = {"href": person.identifier} if _is_link(person.identifier) else {}
        yield {"role": f"{SCHEMA_ORG}author", "title": printable(person.name), **link}
    for name, text in _texts(known):
        yield {"role": SCHEMA_ORG + name, "href" if _is_link(text) else "title": text}


def credits_2(known: Metadata) -> Iterator[dict[str, Any]]:
    """The same as values (Part 1 2.0)."""
    for person in known.authors:
        yield {"role": f"{SCHEMA_ORG}author", "value": _person(person)}
    for name, text in _texts(known):
        yield {"role": SCHEMA_ORG + name, "value": text}


def execution_unit(application: Application, options: EmitOptions) -> dict[str, Any]:
    """One unit of OGC 20-044: an image with what it needs, a link to CWL, or CWL by value."""
    if options.execution_unit == "href":
        # Weaver also deploys what a WPS describes: such a link is no CWL.
        wps = "request=describeprocess" in options.cwl_href.lower()
        return {"href": options.cwl_href, **({} if wps else {"type": "application/cwl"})}
    if options.execution_unit == "inline":
        return {"value": inline_cwl(application, options), "mediaType": "application/cwl+json"}
    unit: dict[str, Any] = {"type": "docker", "image": image(application)}
    config = _config(application.resources)
    bindings = {} if options.with_cwl else _bindings(application)
    if config:
        unit["config"] = config
    if bindings:
        unit["bindings"] = bindings
    return unit


def _config(needs: Resources) -> dict[str, Any]:
    found = {}
    for field, name in CONFIG.items():
        value = getattr(needs, field)
        if value is None or (name == "cpuMin" and value < 1):
            continue
        found[name] = value if name.startswith("cpu") else _gigabytes(value)
    return found


def _gigabytes(mebibytes: int) -> float | int:
    """The shortest number of GB that is the same in whole MiB."""
    exact = mebibytes * _GB
    each = (round(exact, digits) for digits in range(10))
    found = next((gb for gb in each if round(gb / _GB) == mebibytes), exact)
    return int(found) if found.is_integer() else found


def _bindings(application: Application) -> dict[str, Any]:
    bound = {i.id: _binding(i.binding) for i in application.inputs if i.binding is not None}
    globs = {o.id: {"glob": o.glob} for o in application.outputs if o.glob != "."}
    named = (("inputBindings", bound), ("outputBindings", globs))
    return {name: entries for name, entries in named if entries}


def _binding(binding: Binding) -> dict[str, Any]:
    named: dict[str, Any] = {
        "position": binding.position,
        "prefix": binding.prefix,
        "separate": None if binding.separate else False,
        "itemSeparator": binding.item_separator,
    }
    return {name: value for name, value in named.items() if value is not None}


def _texts(known: Metadata) -> Iterator[tuple[str, str]]:
    named = (
        ("license", known.license),
        ("codeRepository", known.code_repository),
        ("citation", known.citation),
        ("dateCreated", known.date_created),
        ("releaseNotes", known.release_notes),
    )
    yield from ((name, printable(text)) for name, text in named if text)


def _person(person: Person) -> dict[str, str]:
    named = (
        ("name", person.name),
        ("email", person.email),
        ("affiliation", person.affiliation),
        ("identifier", person.identifier),
    )
    return {name: printable(text) for name, text in named if text}


def _is_link(text: str | None) -> bool:
    return text is not None and text.startswith(("http://", "https://"))
