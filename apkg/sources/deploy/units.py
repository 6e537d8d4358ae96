"""Execution units: a Docker image, a CWL by value, or a CWL by reference beside the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.errors import ApkgError
from apkg.model import Resources
from apkg.sources.cwl import read_node
from apkg.sources.cwl.library import Library, library_for
from apkg.sources.cwl.node import Ledger, Node
from apkg.sources.deploy.envelope import Envelope, is_cwl
from apkg.sources.deploy.kept import not_kept
from apkg.sources.interface import Reading

CWL_TYPES = ("application/cwl", "application/cwl+json", "application/cwl+yaml")
CWL_ROLE = "http://www.opengis.net/eoc/applicationContext/cwl"
MOST = 1e9
#: Member of ``config`` -> field of :class:`Resources`, and MiB in one GB where it is memory.
_MIB = 1e9 / 2**20
_CONFIG = {
    "cpuMin": ("cores_min", 1),
    "cpuMax": ("cores_max", 1),
    "memoryMin": ("ram_min", _MIB),
    "memoryMax": ("ram_max", _MIB),
    "storageTempMin": ("tmpdir_min", _MIB),
    "storageOutputsMin": ("outdir_min", _MIB),
}
_CWL_NAME = re.compile(r"\.cwl(?:\.ya?ml|\.json)?$", re.IGNORECASE)
#: [registry[:port]/]name[/name…][:tag][@digest], as Docker writes references.
_IMAGE = re.compile(
    r"(?:docker://)?(?:[\w.-]+(?::\d{1,5})?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*"
    r"(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?"
)


@dataclass(frozen=True, slots=True)
class Units:
    """The image that the document itself names, and the CWL that completes it."""

    image: Node | None
    cwl: Reading | None
    resources: Resources


def read_units(envelope: Envelope) -> Units:
    """What the execution units and the ``owsContext`` of a document hold."""
    image: Node | None = None
    cwl: Reading | None = None
    for unit in envelope.units:
        found = _image(unit, envelope.profile)
        if image is None:
            image = found
        elif found is not None and found.text() != image.text():
            not_kept(
                unit,
                f"the application is that of the first image, {image.text()}",
                words="a second image",
                advice="Several images are several applications: deploy a workflow of them.",
            )
        if cwl is None:
            cwl = _cwl(unit, image)
    if cwl is None:
        cwl = _linked(context_href(envelope.process))
    return Units(image, cwl, _resources(envelope))


def context_href(process: Node) -> Node:
    """The CWL of the OWS context (``owsContext.offering.content.href``), or of the metadata."""
    for offering in process.get("owsContext").get("offering").elements():
        if not re.search(r"opensearch", offering.get("code").text(), re.IGNORECASE):
            href = offering.get("content").get("href")
            if href.text():
                return href
    for item in process.get("metadata").elements():
        if item.get("role").text() == CWL_ROLE and item.get("href").text():
            return item.get("href")
    return process.get("owsContext").get("offering").get("content").get("href")


def _resources(envelope: Envelope) -> Resources:
    """``config`` of OGC API - Processes Part 2: cores, and GB of memory and storage."""
    found: dict[str, float] = {}
    for unit in envelope.units:
        for name, (field, scale) in _CONFIG.items():
            node = unit.get("config").get(name)
            number = node.value
            if isinstance(number, int | float) and 0 < number < MOST:
                found.setdefault(field, number if scale == 1 else round(number * scale))
                node.origin(field)
    return Resources(**found)  # type: ignore[arg-type]


def _image(unit: Node, profile: str) -> Node | None:
    """The node that names a Docker image, if this unit is one."""
    inner = unit.get("unit") if unit.get("unit").mapping else unit
    if inner.get("image").text():
        return inner.get("image")
    href = reference(unit)
    text = href.text()
    # The early form of Testbed-14 has a profile of no kind, and a reference to an image or a CWL.
    early = "reference" in inner.mapping and "://" not in text
    if not text or _is_cwl_href(unit, text) or not (early or "docker" in profile.lower()):
        return href if text.startswith("docker://") else None
    return href if _IMAGE.fullmatch(text) else None


def reference(unit: Node) -> Node:
    """What a unit refers to: ``href``, ``reference`` of the early form, or the unit itself."""
    if not unit.mapping:
        return unit
    inner = unit.get("unit") if unit.get("unit").mapping else unit
    return next((n.get("href", "reference") for n in (unit, inner) if _refers(n)), unit.get("href"))


def _refers(node: Node) -> bool:
    return bool(node.get("href", "reference").text())


def _is_cwl_href(unit: Node, text: str) -> bool:
    stated = unit.get("type", "mediaType", "mimeType").text().split(";")[0]
    return (
        stated in CWL_TYPES or _CWL_NAME.search(text.split("#", 1)[0].split("?", 1)[0]) is not None
    )


def _cwl(unit: Node, image: Node | None) -> Reading | None:
    for inline in (unit.get("unit"), unit.get("value"), unit):
        if is_cwl(inline.value):
            return _read(inline, None)
    href = reference(unit)
    return None if image is not None and image.path == href.path else _linked(href)


def _linked(href: Node) -> Reading | None:
    """The CWL that ``href`` names, where it lies beside the document."""
    text = href.text()
    if not text:
        return None
    ledger = Ledger("CWL", findings=href.ledger.findings)
    library = library_for(href.document, ledger)
    if not _CWL_NAME.search(text.split("#", 1)[0]) and "://" not in text:
        return None
    node = library.open(text, href)
    if node is None:
        return None
    process = text.partition("#")[2] or None
    return _read_with(node, library, process, href)


def _read(inline: Node, process: str | None) -> Reading | None:
    ledger = Ledger("CWL", findings=inline.ledger.findings)
    library = library_for(inline.document, ledger)
    top = Node(inline.value, inline.path, inline.document, ledger)
    return _read_with(library.expand(top), library, process, inline)


def _read_with(node: Node, library: Library, process: str | None, asking: Node) -> Reading | None:
    try:
        return read_node(node, library, process)
    except ApkgError as error:
        asking.warn(f"The CWL of this unit is not understood: {error.message}", advice=error.hint)
        return None
