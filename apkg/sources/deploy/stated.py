"""What a deployment document deploys, as it says it: image or CWL, by link or by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from apkg.sources.cwl.node import Ledger, Node
from apkg.sources.deploy.envelope import is_cwl, read_envelope
from apkg.sources.deploy.texts import with_cwl_of_texts
from apkg.sources.deploy.units import context_href, read_units, reference

if TYPE_CHECKING:
    from apkg.files.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedUnit:
    """The execution unit of a document.

    ``href`` is where its CWL is, if it names one; ``cwl`` the CWL that it carries. ``known`` tells
    that the CWL was found and read. ``profile`` is the deployment profile, where one is named,
    ``other`` what a unit calls itself that is neither.
    """

    kind: Literal["image", "href", "inline"]
    href: str = ""
    cwl: Mapping[str, Any] | None = None
    known: bool = False
    profile: str = ""
    other: str = ""


def stated_unit(document: Document) -> StatedUnit:
    """What ``document`` (in the shape of JSON) deploys.

    Raises:
        SourceError: it is no deployment document.
    """
    document = with_cwl_of_texts(document)
    envelope = read_envelope(Node(document.value, (), document, Ledger("DeployProcess")))
    units = read_units(envelope)
    link = context_href(envelope.process).text()
    known, profile = units.cwl is not None, envelope.profile
    if units.image is not None:
        return StatedUnit(kind="image", href=link, known=known, profile=profile)
    for unit in envelope.units:
        for holder in (unit.get("unit"), unit.get("value"), unit):
            if is_cwl(holder.value):
                return StatedUnit(kind="inline", cwl=holder.mapping, known=True, profile=profile)
    named = (reference(unit).text() for unit in envelope.units)
    href = next((text for text in named if text), link)
    kind: Literal["image", "href"] = "href" if href else "image"
    other = "" if href else _other(envelope.units)
    return StatedUnit(kind=kind, href=href, known=known, profile=profile, other=other)


def _other(units: tuple[Node, ...]) -> str:
    """What the first unit says that it is: ``application/openeo``, or the words that it has."""
    for unit in units:
        said = unit.get("type", "mediaType", "mimeType").text()
        return said or ", ".join(list(map(str, unit.mapping))[:3])
    return ""
