"""A process offering of WPS 2.0 as plain data: Testbed-14's keys, XML Schema's data types.

The XML of :mod:`.xml_process` and the JSON of an OWS Context are both made of it.
"""

from __future__ import annotations

from typing import Any

from apkg.emitters.dialects.wps_t_io import input_description, output_description
from apkg.files.owc import (
    FORMAT_FACTS,
    JOB_CONTROL,
    PARAMETERS,
    PROCESS_METADATA,
    TRANSMISSION,
    XS,
)
from apkg.model import Application, Input, Metadata, Output
from apkg.names import printable


def process_offering(
    application: Application,
    *,
    bound: bool = False,
    links: tuple[dict[str, str], ...] = (),
    elsewhere: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The offering. ``bound`` tells where inputs stand on the command line.

    ``links`` become metadata of the process. ``elsewhere`` are the fields of the metadata that
    a context says in its own words.
    """
    known = application.metadata
    said = dict(known.annotations)
    named: dict[str, Any] = {
        "id": printable(application.id),
        "title": printable(application.title),
        "abstract": printable(application.abstract),
        "keywords": [printable(word) for word in known.keywords],
        "metadata": list(links),
        "additionalParameters": _parameters(known, elsewhere),
    }
    process = {key: value for key, value in named.items() if value}
    ports: dict[str, Any] = {
        "inputs": [_port(i, input_description(i, bound=bound)) for i in application.inputs],
        "outputs": [_port(o, output_description(o, bound=bound)) for o in application.outputs],
    }
    offering: dict[str, Any] = {"process": process | ports}
    if known.version != Metadata().version:
        offering["processVersion"] = printable(known.version)
    if "wps:processModel" in said:
        offering["processModel"] = said["wps:processModel"]
    offering["jobControlOptions"] = said.get("wps:jobControlOptions", JOB_CONTROL).split()
    offering["outputTransmission"] = said.get("wps:outputTransmission", TRANSMISSION).split()
    return offering


def _parameters(known: Metadata, elsewhere: frozenset[str]) -> list[dict[str, Any]]:
    """What WPS has no element for, as additional parameters of the process."""
    found = [
        {"name": name, "values": [printable(str(getattr(known, field)))]}
        for field, name in PARAMETERS.items()
        if field not in elsewhere and getattr(known, field)
    ]
    return [{"role": PROCESS_METADATA, "parameters": found}] if found else []


def _port(port: Input | Output, described: dict[str, Any]) -> dict[str, Any]:
    """What the model says, and Testbed-14's JSON does not: nothing is made up for its sake."""
    said = dict(port.annotations)
    texts = {"title": printable(port.label), "abstract": printable(port.doc)}
    rest = {key: value for key, value in described.items() if key not in ("id", *texts)}
    for item in rest["formats"]:
        facts = ((fact, said.get(f"wps:{fact}:{item['mimeType']}")) for fact in FORMAT_FACTS)
        item |= {fact: value for fact, value in facts if value}
    if "literalDataDomains" in rest:
        rest["literalDataDomains"] = [_domain(one, said) for one in rest["literalDataDomains"]]
    shown = {key: value for key, value in texts.items() if value}
    return {"id": described["id"], **shown, **rest}


def _domain(domain: dict[str, Any], said: dict[str, str]) -> dict[str, Any]:
    stated = domain["dataType"]
    reference = stated.get("reference") or XS + stated["name"]
    named = {"name": reference.removeprefix(XS), "reference": reference}
    changed: dict[str, Any] = {**domain, "dataType": named}
    if "wps:valuesReference" in said and changed.pop("anyValue", False):
        changed["valuesReference"] = {"valueReference": said["wps:valuesReference"]}
    uom = changed.get("uom", {}).get("name", "")
    if "://" in uom or uom.startswith("urn:"):
        changed["uom"] = {"name": uom, "reference": uom}
    return changed
