"""Values that are secrets by the name that they are given."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeAlias

from apkg.model import Value
from apkg.sources.secrets.placeholders import is_placeholder
from apkg.sources.secrets.shapes import shaped

Kind: TypeAlias = Literal["password", "secret", "token"]

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-zñ]+|[0-9]+")
#: What the last word of a name says of the value.
_LAST: dict[str, Kind] = {
    "password": "password",
    "passwd": "password",
    "passwort": "password",
    "pwd": "password",
    "passphrase": "password",
    "passcode": "password",
    "passe": "password",
    "contrasena": "password",
    "contraseña": "password",
    "senha": "password",
    "wachtwoord": "password",
    "secret": "secret",
    "token": "token",
    "apikey": "token",
    "accesskey": "token",
    "secretkey": "token",
    "privatekey": "token",
    "auth": "token",
    "credential": "token",
    "creds": "token",
}
#: A ``key`` is a secret behind one of these words.
_KEYS = """
access account api app auth consumer encryption license master private secret service signing
subscription cds cdsapi cdse copernicus earthdata eumetsat firms mapbox nasa openai
opentopography openweathermap planet sentinelhub usgs wandb
"""
#: A ``pass`` is a password behind one of these words, and elsewhere an orbit's, or a filter's.
_PASSES = """
admin cdse copernicus db earthdata email esa ftp login mail mysql nasa pg postgres root scihub smtp
sql urs user
"""
#: Names of two or three letters that are other things as well; the value has to look the part.
_WEAK = frozenset(["pass", "pw"])
#: A ``token`` behind one of these words is a piece of text.
_TEXT_TOKENS = """
begin bos cls comment continuation current end eos first special last mask next pad page prev
previous separator sep split start stop unk word
"""
#: Cheap signs that a text may name a secret; in lower case, without separators.
MARKS = (
    *("passw", "pwd", "passphrase", "passcode", "secret", "token", "key", "pass", "pw", "auth"),
    *("cred", "contrase", "senha", "wachtwoord"),
)
_ELSEWHERE = re.compile(
    r"(?:[~/.]|[a-z]:)[\\/]|/|[A-Za-z][A-Za-z0-9+.-]*://|\$|.*\.(?:txt|json|ya?ml|env|key|pem|toml|"
    r"ini|cfg|csv|py)$"
)
#: The name of a module, a class or a function.
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?::\w+)?")
#: The shortest value that counts, by kind.
_SHORTEST: dict[Kind, int] = {"password": 4, "secret": 6, "token": 12}
#: Bits for each character: words stay below, random letters are above; with digits among
#: letters less will do.
_RANDOM, _MIXED = 3.8, 2.75


def kind_of(name: str) -> Kind | None:
    """What ``name`` says of its value; ``None`` where that is no secret."""
    words = [word.lower() for word in _PART.findall(name)]
    while words and words[-1].isdigit():
        words.pop()
    if not words:
        return None
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "key":
        return "token" if before in _KEYS.split() else None
    if last == "token" and before in _TEXT_TOKENS.split():
        return None
    if last in _WEAK:
        return "password" if last == "pw" or before in _PASSES.split() else None
    return _LAST.get(last) or _LAST.get(last.removesuffix("s"))


def what_is(name: str, value: Value) -> str | None:
    """What kind of secret ``value`` is under ``name``; ``None`` where it is none."""
    for text in texts(value):
        hit = next(shaped(text), None)
        if hit is not None:
            return hit.kind
        kind = kind_of(name)
        if kind is not None and _is_one(kind, text) and (_is_mixed(text) or not _is_weak(name)):
            return f"a {kind}"
    return None


def texts(value: Value) -> Iterator[str]:
    """The texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def _is_one(kind: Kind, text: str) -> bool:
    plain = text.strip()
    if len(plain) < _SHORTEST[kind] or re.search(r"\s", plain) or is_placeholder(plain):
        return False
    if _ELSEWHERE.match(plain):
        return False
    if kind == "token":
        if _DOTTED.fullmatch(plain):
            return False
        mixed = any(c.isdigit() for c in plain) and any(c.isalpha() for c in plain)
        return entropy(plain) >= (_MIXED if mixed else _RANDOM)
    return True


def _is_weak(name: str) -> bool:
    return any(word.lower() in _WEAK for word in _PART.findall(name)[-1:])


def _is_mixed(text: str) -> bool:
    """Letters and digits, and enough of them: what nobody calls a thing."""
    plain = text.strip()
    letters, digits = any(c.isalpha() for c in plain), any(c.isdigit() for c in plain)
    return len(plain) >= 8 and letters and digits and plain.lower() != plain


def entropy(text: str) -> float:
    """Shannon's entropy of the characters, in bits for each."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
