"""YAML text that every reader understands alike.

CWL is YAML 1.2, many tools read YAML 1.1: strings that either would take for something else
(``no``, ``1e5``, ``12:30``, ``2020-01-01``) are quoted, so that a value never changes its type.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from apkg.names import printable

if TYPE_CHECKING:
    import yaml

#: What YAML 1.2's core schema reads as a number and YAML 1.1 does not.
_CORE_NUMBER = re.compile(
    r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$"
)
#: Control characters, and line ends that only YAML 1.1 knows.
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
#: Words whose meaning is remembered: how long, and how many.
_LONGEST_KNOWN, _MOST_KNOWN = 40, 4096


def dump(value: object) -> str:
    """Block YAML of plain data (dict, list, str, int, float, bool, None), keys in their order."""
    import yaml

    return yaml.dump(
        value,
        Dumper=_dumper(),
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=2**31 - 1,
    )


def scalar(value: object) -> str:
    """``value`` on one line, as it may stand behind ``key: `` (flow style for collections)."""
    import yaml

    text = yaml.dump(
        value,
        Dumper=_flow_dumper(),
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=True,
        width=2**31 - 1,
    )
    return text.removesuffix("\n").removesuffix("\n...")


def comment(text: str, *, indent: str = "") -> str:
    """``text`` as whole comment lines; whatever it holds cannot leave the comment."""
    lines = printable(text).splitlines() or [""]
    return "".join(f"{indent}# {line}".rstrip() + "\n" for line in lines)


@cache
def _dumper() -> type[yaml.SafeDumper]:
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    dumper: type[yaml.SafeDumper] = type("Dumper", (base,), {"ignore_aliases": _never})
    dumper.add_representer(str, _represent_str)
    dumper.add_implicit_resolver("tag:yaml.org,2002:float", _CORE_NUMBER, list("-+.0123456789"))
    dumper.resolve = _remembered(dumper.resolve)  # type: ignore[method-assign]
    return dumper


def _remembered(resolve: Callable[..., str]) -> Callable[..., str]:
    """What a plain word would be read as: documents are full of the same few words."""
    known: dict[tuple[object, ...], str] = {}

    def wrapper(dumper: yaml.SafeDumper, kind: type, value: object, implicit: object) -> str:
        if not isinstance(value, str) or len(value) > _LONGEST_KNOWN:
            return resolve(dumper, kind, value, implicit)
        key = (kind, value, implicit)
        if key not in known:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[key] = resolve(dumper, kind, value, implicit)
        return known[key]

    return wrapper


@cache
def _flow_dumper() -> type[yaml.SafeDumper]:
    dumper: type[yaml.SafeDumper] = type("FlowDumper", (_dumper(),), {})
    dumper.add_representer(str, _represent_str_flow)
    return dumper


def _never(_dumper: yaml.SafeDumper, _data: object) -> bool:
    # Anchors are legal, and half of the tools in this field trip over them.
    return True


def _represent_str(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # A block literal reads best; libyaml itself falls back to quotes where it cannot hold the text.
    style = "|" if "\n" in text else _quotes(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_str_flow(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if "\n" in text else _quotes(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _quotes(text: str) -> str | None:
    # "=" and "<<" have a meaning of their own in YAML 1.1; a control character needs escapes.
    if text in {"=", "<<"}:
        return "'"
    return '"' if _ESCAPED.search(text) else None
