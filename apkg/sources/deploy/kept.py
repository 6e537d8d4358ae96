"""Saying of a document's own words that they do not come along: the model has no place for them.

``apkg translate`` lists these findings as losses, beside what the other dialect cannot say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apkg.names import printable
from apkg.report import Finding, Severity
from apkg.sources.cwl.node import Node

NOT_KEPT: Final = "deployprocess/not-kept"
_AROUND: Final = ("processDescription", "processOffering", "process")


def not_kept(
    node: Node,
    why: str,
    *,
    words: str | None = None,
    severity: Severity = "note",
    advice: str | None = None,
) -> None:
    """Record that what stands at ``node`` does not come along; ``words`` are it, else its name."""
    field = field_of(node)
    finding = Finding(
        rule=NOT_KEPT,
        severity=severity,
        message=printable(f"`{field}` {f'({words}) ' if words else ''}is not kept: {why}"),
        location=node.location,
        advice=advice,
        subject=printable(field),
    )
    if finding not in node.ledger.findings:
        node.ledger.findings.append(finding)


def reason(finding: Finding) -> str:
    """Why it is not kept, without the name that is the finding's subject."""
    return finding.message.partition(" is not kept: ")[2] or finding.message


def field_of(node: Node) -> str:
    """The way to a node as people see it: ``inputs.scene.schema.pattern``; ids, not numbers."""
    value: object = node.document.value
    names: list[str] = []
    for key in node.path:
        value = _member(value, key)
        names.append((_name(value) if isinstance(key, int) else "") or str(key))
    while len(names) > 1 and names[0] in _AROUND:
        del names[0]
    return ".".join(names)


def _name(value: object) -> str:
    """What an entry of a list calls itself."""
    known = value if isinstance(value, Mapping) else {}
    texts = (known.get(key) for key in ("id", "identifier", "name"))
    return next((text for text in texts if isinstance(text, str)), "")


def _member(value: object, key: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None
