"""XML out, by lxml: elements with their namespaces, and text that XML can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from apkg.errors import ConversionError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: An element of lxml, which ships no types.
Xml: TypeAlias = Any
#: What no XML 1.0 document can hold, not even as a character reference.
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root(name: str, namespaces: Mapping[str | None, str]) -> Xml:
    """The first element, ``{namespace}name``; ``namespaces`` are the prefixes of the document."""
    from lxml import etree  # type: ignore[import-untyped]

    return etree.Element(name, nsmap=dict(namespaces))


def add(
    parent: Xml,
    namespace: str,
    name: str,
    text: str | None = None,
    attributes: Mapping[str, str | None] | None = None,
) -> Xml:
    """A new child. Attributes that are ``None`` are left out."""
    from lxml import etree

    child = etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name)
    if text is not None:
        child.text = clean(text)
    for key, value in (attributes or {}).items():
        if value is not None:
            child.set(key, clean(value))
    return child


def clean(text: str) -> str:
    """``text`` with what XML cannot hold replaced, as :func:`apkg.names.printable` does."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def document(top: Xml) -> str:
    """The text of the document below ``top``, in UTF-8, indented.

    Raises:
        ConversionError: there is more in it than its own reader would take.
    """
    from lxml import etree

    from apkg.files.read_xml import MOST

    if sum(1 for _ in top.iter()) > MOST:
        raise ConversionError("there are more inputs, outputs and values than a document may hold")
    etree.indent(top, space="  ")
    written: bytes = etree.tostring(top, encoding="UTF-8", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written.decode("utf-8").rstrip()}\n'
