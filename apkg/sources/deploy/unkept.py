"""What a description says that the model has no place for: told, so that nothing goes in silence.

Known words are listed, all others are told; a word that a standard adds tomorrow is told, too.
Documents of OGC API - Processes Part 1 and 2, Testbed-14, and what Weaver and ZOO add to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apkg.model import Scalar
from apkg.sources.cwl.node import Node
from apkg.sources.deploy.envelope import Envelope
from apkg.sources.deploy.kept import not_kept
from apkg.sources.deploy.literals import data_type, domain_nodes
from apkg.sources.deploy.parameters import KNOWN, named_parameters, said_by_metadata
from apkg.sources.deploy.ports import port_nodes
from apkg.sources.deploy.unkept_schema import schema_words

_NO_PLACE: Final = "apkg does not carry it over"
_DESCRIBED: Final = frozenset(
    {
        *("id", "identifier", "title", "abstract", "description", "metadata"),
        *("additionalParameters", "additionalParameter"),
    }
)
_PROCESS: Final = _DESCRIBED | {
    *("keywords", "version", "processVersion", "visibility", "owsContext", "inputs", "outputs"),
    *("jobControlOptions", "outputTransmission", "type"),
}
_AROUND: Final = frozenset(
    {
        *("process", "processOffering", "processDescription", "processVersion", "version"),
        *("jobControlOptions", "outputTransmission", "processModel"),
        *("executionUnit", "deploymentProfile", "deploymentProfileName", "immediateDeployment"),
        *("$schema", "$id"),
    }
)
_PORT: Final = _DESCRIBED | {
    *("minOccurs", "maxOccurs", "schema", "valuePassing", "formats", "format"),
    *("literalDataDomains", "literalDataDomain", "LiteralDataDomains", "LiteralDataDomain"),
    *("supportedCRS", "supportedCrs", "boundingBoxData", "literalData", "complexData"),
    *("input", "output", "dataType", "data_type", "type"),
}
_UNIT: Final = frozenset(
    {
        *("unit", "href", "reference", "type", "mediaType", "mimeType", "rel", "title", "value"),
        *("image", "config", "bindings", "encoding", "hreflang"),
    }
)
_CONFIG: Final = frozenset(
    {"cpuMin", "cpuMax", "memoryMin", "memoryMax", "storageTempMin", "storageOutputsMin"}
)
_PROFILES: Final = ("/dockerizedApplication", "/workflow")
#: Kinds of native units that are containers of an image, whatever runs them.
_CONTAINERS: Final = ("", "docker", "oci")


def tell_unkept(envelope: Envelope) -> None:
    """Record everything of a document that does not come along (see :func:`not_kept`)."""
    own = _PROCESS if envelope.process.path == envelope.description.path else frozenset[str]()
    for node in _distinct(envelope.top, envelope.description):
        _others(node, _AROUND | own)
    if envelope.process.path not in (envelope.top.path, envelope.description.path):
        _others(envelope.process, _PROCESS)
    _parameters(envelope.process, _said_already(envelope))
    _at_once(envelope.top.get("immediateDeployment"))
    _profile(envelope.top.get("deploymentProfileName", "deploymentProfile"))
    for unit in envelope.units:
        _unit(unit)
    for group in ("inputs", "outputs"):
        for _, port in port_nodes(envelope.process.get(group)):
            _port(port, output=group == "outputs")


def _distinct(*nodes: Node) -> Iterator[Node]:
    yield from {node.path: node for node in nodes}.values()


def _others(node: Node, known: frozenset[str]) -> None:
    for name, member in node.members():
        if name not in known and member.value not in (None, [], {}, ""):
            not_kept(member, _NO_PLACE)


def _said_already(envelope: Envelope) -> frozenset[str]:
    """Title, description and version: metadata say them again in schema.org's words."""
    process, names = envelope.process, ("title", "description", "abstract", "version")
    return frozenset(process.get(name).text() for name in names)


def _parameters(node: Node, already: frozenset[str] = frozenset()) -> None:
    for name, parameter in named_parameters(node):
        if name not in KNOWN:
            not_kept(parameter, _NO_PLACE, words=name)
    for item in node.get("metadata").elements():
        again = item.get("value", "title").text() in already and not item.get("href").text()
        if item.mapping and not again and not said_by_metadata(item):
            role = item.get("role", "title", "href").text()
            not_kept(item, "apkg keeps links to CWL, images and catalogues", words=role)


def _at_once(node: Node) -> None:
    """Deployment at once is what every platform does, and what is written."""
    if node.text().lower() == "false":
        not_kept(node, "deployment at once is what is written")


def _profile(node: Node) -> None:
    """The profiles of 18-049r1 follow from what is deployed; others are of one platform."""
    inner = node.get("deploymentProfileName", "name", "href")
    profile = inner if node.mapping else node
    if profile.text() and not profile.text().endswith(_PROFILES):
        not_kept(profile, "an image or a CWL is what is written", words=profile.text())


def _unit(unit: Node) -> None:
    if "cwlVersion" in unit.mapping or "$graph" in unit.mapping or "class" in unit.mapping:
        return
    _others(unit, _UNIT)
    _others(unit.get("config"), _CONFIG)
    kind = unit.get("type")
    if unit.get("image").text() and kind.text().lower() not in _CONTAINERS:
        not_kept(kind, "the image is kept as one for Docker", words=kind.text())


def _port(port: Node, *, output: bool) -> None:
    _others(port, _PORT)
    _parameters(port)
    domains = domain_nodes(port)
    for domain in domains[1:]:
        not_kept(domain, "the first domain of a literal is kept")
    for domain in domains[:1]:
        if output:
            _output_domain(domain)
            break
        several = list(domain.get("uom", "uoms", "UOM").elements())
        for unit in several[1:]:
            not_kept(unit, "the first unit of measure is kept", words=unit.text())
        for unit in several[:1]:
            link = unit.get("reference")
            if link.text() and unit.get("name").text() not in ("", link.text()):
                not_kept(link, "of a unit of measure the name is kept")
    for word in schema_words(port.get("schema"), output=output):
        not_kept(word, _NO_PLACE)


def _output_domain(domain: Node) -> None:
    """What the model has for the values of an input alone."""
    for name in ("uom", "uoms", "UOM", "defaultValue", "allowedRanges"):
        if domain.get(name).value not in (None, [], {}):
            not_kept(domain.get(name), "it is kept of inputs alone")
    kind, _, _ = data_type(domain.get("dataType"))
    if kind != Scalar("string") and domain.get("allowedValues").value not in (None, []):
        not_kept(domain.get("allowedValues"), "it is kept of inputs alone")
