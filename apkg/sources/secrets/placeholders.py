"""Values that stand where a secret will be: ``changeme``, ``<token>``, ``xxx``, ``$TOKEN``."""

from __future__ import annotations

import re

#: Who writes nothing but these words has no secret.
_VOCABULARY = """
a access add admin an anonymous any api apikey auth bar baz blank bool boolean change changeme
client code credential credentials default demo dummy edit empty enter example fake false fill
fixme foo for from goes guest here hidden id in insert int integer is it key login me missing mock
my na name no none not null of omitted optional or own pass passphrase passwd password paste pat
personal placeholder please private provide public put pw pwd redacted removed replace required
sample secret set some something string super tbd test testing text the this to todo token true
type undefined unknown unset use user username value with write xx xxx you your
"""
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+|\d+")
#: Marks of templates: ``<…>``, ``{…}``, ``$…``, ``%(…)s``, ``[…]``, ``***``, ``...``, ``xxxx``.
_TEMPLATE = re.compile(
    r"<[^>]*>|^\[.*\]$|\{.*\}|\$\(?\{?\w+|%\(?\w*\)?[sd]|%\w+%|\*{3,}|\.{3}|…|[xX]{4,}|_{4,}|-{4,}"
)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
_SAYS = re.compile(r"your|example|placeholder|change.?me|replace|dummy|redacted", re.IGNORECASE)


def is_placeholder(value: str) -> bool:
    """Whether nobody could use ``value`` as a password or token."""
    plain = value.strip()
    if len(set(plain)) < 3 or _TEMPLATE.search(plain) or _VARIABLE.fullmatch(plain):
        return True
    if _SAYS.search(plain):
        return True
    known = _VOCABULARY.split()
    return all(word.lower() in known for word in _WORDS.findall(plain))
