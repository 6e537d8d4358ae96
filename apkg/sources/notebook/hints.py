"""What comments say: descriptions, ``type:`` hints, and nb2workflow's ontology annotations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.model import Range, Semantics, Value
from apkg.sources.notebook.declaration import Assignment
from apkg.sources.typenames import TypeWord, parse_type

_TYPE = re.compile(r"\btype\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL)
#: The comment that keeps an assignment of a parameters cell as a constant.
IGNORE = re.compile(r"apkg\s*:\s*ignore\b[.;,]?\s*", re.IGNORECASE)
_NOQA = re.compile(r"\b(?:noqa|pylint|fmt|pragma|mypy|pyright|ruff|isort)\b\s*:.*$", re.IGNORECASE)
_FORM = re.compile(r"@(?:param|title|markdown)\b.*$", re.DOTALL)
_ONTOLOGY = re.compile(r"^(?:[a-z][a-z0-9]*:[A-Za-z]\w*|https?://\S+#\w+)(?:\s|[;,]|$)")
#: Annotations follow each other behind ``;``, or behind a comma.
_NEXT = re.compile(r";|,(?=\s*(?:[a-z][a-z0-9]*:[A-Za-z]|https?://))")
_HEADING = frozenset(
    ["parameters", "parameter", "papermill parameters", "inputs", "input parameters", "params"]
)
_ODA_FIELDS = ("lower_limit", "upper_limit", "unit", "label", "description", "allowed_value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the comments at one statement say. ``problem`` is a ``type:`` that is no type."""

    doc: str = ""
    label: str = ""
    word: TypeWord | None = None
    problem: str | None = None
    ignore: bool = False
    #: Whether an annotation says that there may be no value.
    optional: bool = False
    range: Range | None = None
    uom: str | None = None
    allowed_values: tuple[Value, ...] = ()
    semantics: Semantics | None = None
    annotations: tuple[tuple[str, str], ...] = ()


def read_hint(assignment: Assignment) -> Hint:
    """The comments that belong to one assignment: behind it, else directly above it."""
    behind = _behind(assignment)
    above = _above(assignment)
    ignore = any(IGNORE.search(text) for text in (behind, above))
    behind, above = _cleaned(behind), _cleaned(above)
    for text in (behind, above):
        if _ONTOLOGY.match(text) and not text.lower().startswith("type:"):
            other = above if text is behind else ""
            return _ontology(text, doc="" if _ONTOLOGY.match(other) else other, ignore=ignore)
    word, doc, problem = _typed(behind)
    if word is None and problem is None:
        word, above, problem = _typed(above)
    return Hint(doc=doc or above, word=word, problem=problem, ignore=ignore)


def _behind(assignment: Assignment) -> str:
    """The comment behind the last line of the statement, else behind its first."""
    cell = assignment.cell
    for line in (assignment.last_line, assignment.line):
        if line in cell.comments and line not in cell.alone:
            return cell.comments[line]
    return ""


def _above(assignment: Assignment) -> str:
    cell, line, found = assignment.cell, assignment.line - 1, list[str]()
    while line in cell.alone:
        found.insert(0, cell.comments[line])
        line -= 1
    if line == 0 and found and found[0].strip(" :-=#*").lower() in _HEADING:
        found = found[1:]
    return " ".join(part for part in found if part.strip("-=#*_ "))


def _cleaned(text: str) -> str:
    # Colab's forms are read by themselves and describe nothing to a person.
    text = _FORM.sub("", text)
    return _NOQA.sub("", IGNORE.sub("", text)).strip().strip("#").strip()


def _typed(text: str) -> tuple[TypeWord | None, str, str | None]:
    """A type hint in ``text``, the text without it, and what is wrong with it."""
    match = _TYPE.search(text)
    if not match:
        return None, text, None
    rest, before = match.group(1).strip(), text[: match.start()].strip(" ;,.-")
    for end in _ends(rest):
        word = parse_type(rest[:end].strip(" ;,."))
        if word is not None:
            doc = " ".join(
                part for part in (before, rest[end:].strip(" ;,.-:\u2013\u2014")) if part
            )
            return word, doc, None
    # ``type: ignore`` is for type checkers; a sentence with "type:" in it is prose.
    if rest.lower().startswith("ignore"):
        return None, before, None
    single = re.fullmatch(r"[\w:/\[\]?|.-]+", rest)
    return None, text, rest if single and not before else None


def _ends(text: str) -> list[int]:
    """Where a type may end, longest first: at the end, and before white space or punctuation."""
    ends = [match.start() for match in re.finditer(r"[\s;,.]", text[:200])]
    return (
        sorted({len(text), *ends}, reverse=True) if len(text) <= 200 else sorted(ends, reverse=True)
    )


def _ontology(text: str, *, doc: str, ignore: bool) -> Hint:
    """nb2workflow: ``oda:Float; oda:lower_limit 0; oda:unit unit:h`` and bare class IRIs."""
    parts = [part.strip() for part in _NEXT.split(text) if part.strip()]
    word, optional, fields = None, False, dict[str, str]()
    for part in parts:
        name, _, value = part.partition(" ")
        key = re.split(r"[:#]", name)[-1]
        if value and key in _ODA_FIELDS:
            fields[key] = value.strip().strip("\"'")
        elif key == "optional":
            optional = True
        elif word is None:
            word = parse_type(part)
    low, high = _number(fields.get("lower_limit")), _number(fields.get("upper_limit"))
    allowed = fields.get("allowed_value")
    return Hint(
        doc=fields.get("description", doc),
        label=fields.get("label", ""),
        word=word,
        ignore=ignore,
        optional=optional,
        range=None if low is None and high is None else Range(minimum=low, maximum=high),
        uom=fields.get("unit", "").removeprefix("unit:") or None,
        allowed_values=tuple(v.strip(" \"'") for v in allowed.split(",")) if allowed else (),
        annotations=tuple(("ontology", part) for part in parts),
    )


def _number(text: str | None) -> float | int | None:
    try:
        value = float(text) if text is not None else None
    except ValueError:
        return None
    return int(value) if value is not None and value.is_integer() else value
