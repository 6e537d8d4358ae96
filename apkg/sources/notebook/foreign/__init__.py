"""The parameter cell of notebooks in R, Julia and Bash: read as text, never executed.

Only what papermill (``papermill.translators``) sets again in the same shape is taken: a value
injected into the notebook must be to it what the literal in the cell was. Two differ, and are
taken as they are common: R's ``c(…)`` comes back as ``list(…)``, Julia's tuples as vectors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.errors import Location, SourceError
from apkg.model import DataType, Default
from apkg.names import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from apkg.sources.notebook.foreign.reading import Assignment, CellReading, Problem

_NAMES = {"r": "R", "julia": "Julia", "bash": "Bash"}
_HINTS = {
    "r": "Write each parameter as `name <- value` with a number, a string, TRUE, FALSE, NULL, "
    'c("a", "b") or list(1, 2)',
    "julia": "Write each parameter as `name = value` with a number, a string, true, false, "
    'nothing or ["a", "b"]',
    "bash": "Write each parameter as `name=value` with a number, a string, true, false or (a b)",
}
_MAX_CHARACTERS = 1_000_000
_MAX_PROBLEMS = 20
_MAX_SNIPPET = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignParameter:
    """A variable of the parameter cell, under the ``name`` by which papermill sets it.

    ``type`` is ``null`` where nothing but a null is known of it. ``doc`` is the trailing
    comment, else the comment lines right above; ``hint`` what follows ``type:`` in one.
    ``line`` counts from 1 in the cell. ``literal`` is always true: what is no literal raises.
    """

    name: str
    type: DataType
    default: Default | None
    optional: bool
    doc: str
    hint: str | None
    line: int
    literal: bool = True


def languages() -> frozenset[str]:
    """The languages whose parameter cells can be read, in lower case."""
    return frozenset(_NAMES)


def parse_cell(source: str, *, language: str, path: str, cell: int) -> tuple[ForeignParameter, ...]:
    """The variables that a ``parameters`` (or ``outputs``) cell sets, in its order.

    Raises:
        SourceError: the language cannot be read, or an assignment is no plain value; the
            message names every such line of the cell and what to write instead.
    """
    key = language.strip().lower()
    if key not in _NAMES:
        raise _unsupported(language, path, cell)
    if len(source) > _MAX_CHARACTERS:
        raise SourceError(
            f"The cell has {len(source):,} characters; {_MAX_CHARACTERS:,} are read.",
            hint="Keep data out of this cell: pass it as a file.",
            location=Location(path=path, cell=cell),
        )
    reading = _read(re.sub(r"\r\n?", "\n", source), key)
    problems = (*reading.problems, *_repeated(reading.assignments))
    if problems:
        raise _unreadable(problems, key, Location(path=path, cell=cell))
    return _parameters(reading)


def _read(source: str, language: str) -> CellReading:
    # Most notebooks are in Python: what they do not need is not even imported.
    match language:
        case "r":
            from apkg.sources.notebook.foreign.r import read
        case "julia":
            from apkg.sources.notebook.foreign.julia import read
        case _:
            from apkg.sources.notebook.foreign.bash import read
    return read(source)


def _unsupported(language: str, path: str, cell: int) -> SourceError:
    name = printable(language.strip())[:_MAX_SNIPPET]
    known = ", ".join(["Python", *_NAMES.values()])
    return SourceError(
        f"The cell is in {name or 'an unnamed language'}, which apkg cannot read ({known} it can).",
        hint="Declare the inputs in apkg.yaml beside the notebook.",
        location=Location(path=path, cell=cell),
    )


def _repeated(assignments: tuple[Assignment, ...]) -> tuple[Problem, ...]:
    from apkg.sources.notebook.foreign.reading import Problem

    first: dict[str, int] = {}
    problems: list[Problem] = []
    for one in assignments:
        if one.name not in first:
            first[one.name] = one.line
            continue
        what = f"a variable that line {first[one.name]} sets already"
        advice = "keep one of the two"
        problems.append(Problem(line=one.line, text=one.name, what=what, advice=advice))
    return tuple(problems)


def _unreadable(problems: tuple[Problem, ...], language: str, where: Location) -> SourceError:
    ordered = sorted(problems, key=lambda problem: problem.line)
    shown = [_sentence(problem) for problem in ordered[:_MAX_PROBLEMS]]
    if len(ordered) > len(shown):
        shown.append(f"and {len(ordered) - len(shown)} more")
    lines = "".join(f"\n  {line}" for line in shown)
    return SourceError(
        f"The cell holds what cannot be read as a plain value:{lines}",
        hint=f"{_HINTS[language]}; move everything else to another cell. "
        "The notebook is not executed to read it.",
        location=Location(path=where.path, cell=where.cell, line=ordered[0].line),
    )


def _sentence(problem: Problem) -> str:
    text = printable(problem.text.strip().partition("\n")[0])
    if len(text) > _MAX_SNIPPET:
        text = f"{text[:_MAX_SNIPPET].rstrip()}…"
    what = printable(problem.what)
    head = f"line {problem.line}: `{text}` is {what}" if text else f"line {problem.line}: {what}"
    return f"{head}; {printable(problem.advice)}" if problem.advice else head


def _parameters(reading: CellReading) -> tuple[ForeignParameter, ...]:
    from apkg.sources.notebook.foreign.comments import Comments

    comments = Comments(reading.comments)
    assignments = reading.assignments
    starts = {one.line: place for place, one in reversed(list(enumerate(assignments)))}
    ends = {one.end_line: place for place, one in enumerate(assignments)}
    found: list[ForeignParameter] = []
    for place, one in enumerate(assignments):
        words = comments.of(
            one.line,
            one.end_line,
            starts=starts[one.line] == place,
            ends=ends[one.end_line] == place,
        )
        found.append(
            ForeignParameter(
                name=one.name,
                type=one.literal.type,
                default=Default(one.literal.value),
                optional=one.optional or one.literal.value is None,
                doc=words.doc,
                hint=words.hint,
                line=one.line,
            )
        )
    return tuple(found)
