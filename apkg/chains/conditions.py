"""Conditions of steps (CWL v1.2 ``when``): which inputs they look at, and of what type these are.

An expression is never evaluated here. What is told from it is the type of an input that nothing
but the condition uses; where that is not plain to see it is ``Any``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from apkg.errors import UsageError
from apkg.model import Input, Scalar
from apkg.names import printable, words

#: ``inputs.name``, or ``inputs['name']`` and ``inputs["name"]``.
_INPUT = re.compile(
    r"\binputs(?:\.(?P<plain>[A-Za-z_][A-Za-z0-9_]*)|\[(?P<mark>['\"])(?P<quoted>[^'\"\]]+)(?P=mark)\])"
)
_BEHIND = (
    (re.compile(r"\s*[=!]==?\s*['\"]"), "string"),
    (re.compile(r"\s*[=!]==?\s*(?:true|false)\b"), "boolean"),
    (re.compile(r"\s*(?:[<>]=?|[=!]==?)\s*-?[0-9]"), "double"),
)
_NULL = re.compile(r"\s*[=!]==?\s*null\b")
_ANY = Input(id="any", type=Scalar("Any"))
_WHOLE = re.compile(rf"\s*\$\(\s*!?\s*{_INPUT.pattern}\s*\)\s*")


def inputs_of(step: str, expression: str) -> tuple[Input, ...]:
    """Return the inputs that a condition looks at, each once, in their order.

    Raises:
        UsageError: it is no expression, so that it would hold neither ever nor never.

    """
    if "$(" not in expression and "${" not in expression:
        raise UsageError(
            f"the condition of step {printable(step)} is no expression: {printable(expression)}",
            hint="Write it as CWL does, for instance $(inputs.level > 2).",
        )
    found: dict[str, Input] = {}
    for match in _INPUT.finditer(expression):
        name = match["plain"] or match["quoted"]
        doc = f"Whether step {step} runs depends on it"
        known = found.get(name) or replace(_ANY, id=name, label=words(name), doc=doc)
        plain = known.type != _ANY.type
        found[name] = replace(
            known,
            type=known.type if plain else Scalar(_type(expression, match.end())),
            # Where a condition asks whether it is there, it may be left out.
            optional=known.optional or _NULL.match(expression, match.end()) is not None,
        )
    return tuple(found.values())


def _type(expression: str, end: int) -> str:
    if _WHOLE.fullmatch(expression):
        return "boolean"
    return next((name for sign, name in _BEHIND if sign.match(expression, end)), "Any")
