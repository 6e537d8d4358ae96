"""``owc-atom``: the OWS Context document of Testbed-13, shaped as in OGC 18-049r1 clause 5."""

from __future__ import annotations

from typing import Final

from apkg.emitters.dialects.context import (
    SCOPE,
    elsewhere,
    person,
    texts,
    unit_offering,
)
from apkg.emitters.dialects.interface import Emitted
from apkg.emitters.dialects.losses import losses
from apkg.emitters.dialects.wps_offering import process_offering
from apkg.emitters.dialects.xml_process import fill_offering
from apkg.emitters.dialects.xml_writer import Xml, add, document, root
from apkg.emitters.interface import EmitOptions
from apkg.files.owc import (
    ATOM,
    ATOM_PROFILE,
    EOC_PROFILE,
    OPENSEARCH_OFFERING,
    OPENSEARCH_TYPE,
    OWC,
    OWS,
    PROCESS_OFFERING,
    WPS,
    XLINK,
    XML,
)
from apkg.model import Application, Catalogue
from apkg.names import printable

_PROFILES: Final = {
    ATOM_PROFILE: "This file is compliant with version 1.0 of OGC Context",
    EOC_PROFILE: "This file is compliant with Testbed-13 EOC Thread for Application Packing",
}


class OwcAtom:
    """Writes ``<id>.owc.xml``."""

    name = "owc-atom"
    suffix = ".owc.xml"

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """The Atom feed as XML text.

        Raises:
            ConversionError: the execution unit is the image, and there is none.
        """
        unit = unit_offering(application, options)
        said = texts(application)
        prefixes = {None: ATOM, "wps": WPS, "ows": OWS, "owc": OWC, "xlink": XLINK}
        feed = root(f"{{{ATOM}}}feed", prefixes)
        feed.set(f"{{{XML}}}lang", said["owc:lang"])
        _feed(feed, said)
        entry = add(feed, ATOM, "entry")
        _entry(entry, application, said)
        content = {"type": unit.type, "href": unit.href}
        add(_offering(entry, unit.code), OWC, "content", unit.text, content)
        _process(_offering(entry, PROCESS_OFFERING), application, options)
        for catalogue in application.catalogues:
            _catalogue(_offering(entry, OPENSEARCH_OFFERING), catalogue)
        return Emitted(text=document(feed), losses=losses(application, SCOPE, options))


def _feed(feed: Xml, said: dict[str, str]) -> None:
    add(feed, ATOM, "title", said["owc:title"])
    add(feed, ATOM, "subtitle", said["owc:subtitle"], {"type": "text"})
    add(feed, ATOM, "id", said["owc:id"])
    add(feed, ATOM, "updated", said["owc:updated"])
    for href, title in _PROFILES.items():
        add(feed, ATOM, "link", None, {"rel": "profile", "href": href, "title": title})


def _entry(entry: Xml, application: Application, said: dict[str, str]) -> None:
    add(entry, ATOM, "title", said["owc:entryTitle"])
    add(entry, ATOM, "id", said["owc:entryId"])
    add(entry, ATOM, "updated", said["owc:entryUpdated"])
    for author in application.metadata.authors:
        element = add(entry, ATOM, "author")
        for name, text in person(author).items():
            add(element, ATOM, name, text)
    if application.metadata.license:
        add(entry, ATOM, "rights", printable(application.metadata.license))
    add(entry, ATOM, "content", said["owc:content"], {"type": "text/plain"})


def _offering(entry: Xml, code: str) -> Xml:
    return add(entry, OWC, "offering", attributes={"code": code})


def _process(offering: Xml, application: Application, options: EmitOptions) -> None:
    described = process_offering(
        application, bound=not options.with_cwl, elsewhere=elsewhere(application.metadata)
    )
    content = add(offering, OWC, "content", attributes={"type": "application/xml"})
    # As the report writes it, without a prefix: below a feed, that is a name of Atom.
    fill_offering(add(content, WPS, "ProcessOffering"), described, domains=ATOM)


def _catalogue(offering: Xml, catalogue: Catalogue) -> None:
    title = printable(catalogue.title) or None
    linked = {"type": OPENSEARCH_TYPE, "href": catalogue.href, f"{{{XLINK}}}title": title}
    # The report has ows:content here, where OWS Context has owc:content; readers of ours and of
    # Testbed-13 take both.
    add(offering, OWS, "content", attributes=linked)
