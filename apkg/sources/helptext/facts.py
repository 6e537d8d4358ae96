"""What a description says in so many words: default, required, allowed values, range."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.model import DataType, Default, Range
from apkg.sources.helptext.values import fits, literal, number

_BRACKET_DEFAULT = re.compile(
    r"\[(?:[^\[\]]*; ?)?defaults?(?: value)?(?: is |: ?|=| )([^\[\]]*(?:\[[^\]]*\])?[^\[\]]*)\]",
    re.IGNORECASE,
)
_ROUND_DEFAULT = re.compile(
    r"\((?:[^()]*[;,] ?)?(?:by )?defaults?(?: value)?(?P<sign>(?: is| to)?:| is| to|=| ?=|:)? ?"
    r"(?P<value>\"[^\"]*\"|'[^']*'|(?:[^()]|\([^()]*\))*)\)",
    re.IGNORECASE,
)
_SAID_DEFAULT = re.compile(
    r"\b(?:default(?: value)?(?:s to| is|:| ?=)|defaults to)(?: is| to)? ?"
    r"(?P<value>\"[^\"]*\"|'[^']*'|`[^`]*`|[^\s,;()'\"`]+)(?P<after>\.(?=\s|$)|[;,)]|$| \()",
    re.IGNORECASE,
)
_NOTHING = {
    "",
    "none",
    "null",
    "nil",
    "n/a",
    "not set",
    "unset",
    "-",
    "[]",
    "()",
    "no default",
    "empty",
    "no default value",
    "map[]",
    "undefined",
    "auto-detected",
    "not specified",
    "na",
}
_PROSE = re.compile(
    r"\b(?:the|of|from|all|for|if|in|when|current|value|values|specific|same|and|or|no|not|see"
    r"|enabled|disabled|stdin|stdout|derived|exclusion|users?|superuser|otherwise|unless|is)\b",
    re.IGNORECASE,
)
#: ``Default: all classes.``, ``the first image's``: what happens, and no value.
_SENTENCE = re.compile(r"^(?:the|all|same|as) \S+|\w \w+\.$")
_REQUIRED = re.compile(
    r"\[(?:[^\[\]]*; ?)?required(?:; ?[^\[\]]*)?\]|\(required\)|^\s*required\b[.:]|\brequired\.?$"
    r"|\(mandatory\)|\bis a mandatory\b|^\(?\*?required\)",
    re.IGNORECASE,
)
_NOT_REQUIRED = re.compile(r"\b(?:not|if|when|unless|is|are|be) required\b", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"\[?\b(?:possible|allowed|valid|accepted|permitted|available) (?:values?|choices|options)"
    r"(?: are| is)?: ?(?P<a>[^\[\]]+)\]?"
    r"|\boptions: (?P<b>\S+)"
    r"|\b(?:value must be|must be|choose|choices?:?|is|set) (?:one of|from|among):? (?P<c>[^.()]*)"
    r"|\bchoices: ?[\[({]?(?P<d>[^\[\](){}.]+)|(?:^|[.;:(,] ?)one of:? (?P<e>[^.()]*)",
    re.IGNORECASE,
)
#: ``Mappings of extension to language (one of: …)``: the choices are for a part of the value.
_COMPOSED = re.compile(r"\b(?:lists? of|mapp\w+|pairs?|separated)\b", re.IGNORECASE)
#: GDAL's new programs: ``RESAMPLING=nearest|bilinear|cubic``.
_NAMED = re.compile(r"\b[A-Z][A-Z_-]+=([\w.-]+(?:\|[\w.-]+)+)(?![\w|.<\[])")
#: clap's long help: ``Possible values: - fast: … - slow: …``.
_BULLETS = re.compile(r"\bpossible values: (- [\w.+-]+(?::| -|$| \[).*)", re.IGNORECASE)
_BULLET = re.compile(r"(?:^| )- ([\w.+-]+)(?=:| - | \[|$)")
_TYPE = re.compile(r"\btype: ?(?:Optional\[)?(\w+)", re.IGNORECASE)
_ITEM = re.compile(r"['\"`]([^'\"`]+)['\"`]|([\w.+:-]+)")
_INTERVAL = re.compile(
    r"\[(?:[^\[\]]*; ?)?(?:(?P<low>-?[\d.]+)<=?)?"
    r"x(?:<=?(?P<high>-?[\d.]+)|>=?(?P<g>-?[\d.]+))?(?:; ?[^\[\]]*)?\]"
)
_SNAP_INTERVAL = re.compile(
    r"\binterval is ([\[(])\s*(-?[\d.]+|\*)\s*,\s*(-?[\d.]+|\*)\s*([\])])", re.IGNORECASE
)
_GRASS_RANGE = re.compile(r"\boptions: (-?[\d.]+)-(-?[\d.]*)(?=\s|$)")
_REPEATED = re.compile(
    r"\b(?:may|can|could|might) (?:be )?"
    r"(?:appear|used?|given|specified|repeated|provided|supplied|passed|set)\b"
    r"(?: (?:multiple|several|many) times| more than once| repeatedly| up to \d+ times)"
    r"|\b(?:may|can) be repeated\b|\[may be repeated\]|\((?:multiple|repeatable)(?: allowed)?\)"
    r"|\bmultiple occurrences\b|\buse (?:this option |it |the option )?multiple times\b"
    r"|\brepeat (?:this option|it|the option|to)\b|\bmultiple allowed\b|\bseveral -\w's allowed"
    r"|\(repeatable\)|\b(?:is|option) repeatable\b|\brepeatable\.?$"
    r"|(?:^|[.;,] )repeatable(?=[.;,]| ?[\[(])|\bmore than one allowed\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\[nargs(?::|=) ?(\d+)(?:(\.\.)(\d+)?| or (more))?\]", re.IGNORECASE)
#: ``180.0 seconds``: the number is the value.
_UNIT = re.compile(
    r"(?<=\d) (?:seconds?|secs?|minutes?|hours?|bytes|pixels?|met(?:re|er)s?|MB|GB|MiB|%)$"
)
_LISTED = re.compile(r"\[(\w[\w.-]*(?:, ?\w[\w.-]*)+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one description states."""

    default: Default | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    range: Range | None = None
    repeated: bool = False
    count: tuple[int, int | None] | None = None


def facts(text: str, kind: DataType | None = None) -> Facts:
    """The facts in a description whose values are of ``kind``."""
    text = text[:2000]
    required = bool(_REQUIRED.search(text)) and not _NOT_REQUIRED.search(text)
    default = _default(text, kind)
    return Facts(
        default=default,
        required=required,
        choices=_choices(text) or _bracketed(text, default),
        range=_range(text),
        repeated=bool(_REPEATED.search(text)),
        count=_count(text),
    )


def stated_type(text: str) -> str | None:
    """The word in ``(type: Float64, …)`` (Julia's ArgParse) and ``Type: int`` (Fire)."""
    match = _TYPE.search(text[:2000])
    return match[1] if match else None


def _default(text: str, kind: DataType | None) -> Default | None:
    for pattern in (_BRACKET_DEFAULT, _ROUND_DEFAULT, _SAID_DEFAULT):
        for match in pattern.finditer(text):
            found = _accepted(match, kind, bracket=pattern is _BRACKET_DEFAULT)
            if found is not None:
                return found
            if pattern is not _SAID_DEFAULT and match[0].lower() not in {"(default)", "[default]"}:
                return None
    return None


def _accepted(match: re.Match[str], kind: DataType | None, *, bracket: bool) -> Default | None:
    groups = match.groupdict()
    text = (groups.get("value") or (match[1] if bracket else "") or "").strip()
    text = re.split(r";\s|, (?=default|required)", text, maxsplit=1)[0].strip()
    text = _UNIT.sub("", text)
    quoted = text[:1] in {"'", '"', "`"} and text[-1:] == text[:1]
    if text.lower() in _NOTHING or (text.startswith("(") and text.endswith(")")) or len(text) > 500:
        return None
    value = literal(text, kind)
    if not fits(value, kind) or value in {"", ()}:
        return None
    plain = isinstance(value, str) and not quoted
    said = bool(bracket or groups.get("sign") or "after" in groups)
    if plain and not said:
        return None
    if plain and not bracket and (_PROSE.search(text) or len(text.split()) > 3):
        return None
    if plain and (text.startswith(("$", "%", "--", "~")) or _SENTENCE.search(text)):
        return None
    return Default(value)


def _choices(text: str) -> tuple[str, ...]:
    if named := _NAMED.search(text):
        return tuple(named[1].split("|"))
    bullets = _BULLETS.search(text)
    if bullets is not None:
        return tuple(dict.fromkeys(_BULLET.findall(bullets[1])))
    match = _POSSIBLE.search(text)
    if match is None or (match["e"] and _COMPOSED.search(text)):
        return ()
    listed = next((group for group in match.groups() if group), "")
    items: list[str] = []
    for piece in re.split(r",| or | and |\||/", listed.strip(" .")):
        bare = re.sub(r"\(.*", "", piece).strip()
        if not bare:
            continue
        item = _ITEM.fullmatch(bare)
        if item is None:
            return ()
        items.append(item[1] or item[2].rstrip("."))
    if {"etc", "..."} & set(items):
        return ()
    return tuple(dict.fromkeys(items)) if len(items) > 1 else ()


def _bracketed(text: str, default: Default | None) -> tuple[str, ...]:
    """``[auto, on, off] (default: auto)``: a list is one of choices if it holds the default."""
    for match in _LISTED.finditer(text):
        items = tuple(item.strip() for item in match[1].split(","))
        if default is not None and str(default.value) in items:
            return items
    return ()


def _range(text: str) -> Range | None:
    if match := _INTERVAL.search(text):
        low, high = match["low"] or match["g"], match["high"]
        if low or high:
            return _between(low, high)
    if match := _SNAP_INTERVAL.search(text):
        return _between(match[2].strip("*"), match[3].strip("*"))
    if match := _GRASS_RANGE.search(text):
        return _between(match[1], match[2])
    return None


def _between(low: str | None, high: str | None) -> Range | None:
    try:
        return Range(minimum=number(low) if low else None, maximum=number(high) if high else None)
    except ValueError:
        return None


def _count(text: str) -> tuple[int, int | None] | None:
    match = _COUNT.search(text)
    if match is None:
        return None
    least = int(match[1][:4])
    if match[2] or match[4]:
        return least, int(match[3][:4]) if match[3] else None
    return least, least
