"""An assignment that was declared to be an input, as a :class:`Declaration`."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from apkg.model import ArrayType, DataType, Default, EnumType, Scalar, Value
from apkg.names import parameter_id, words
from apkg.sources.claims import Claim
from apkg.sources.notebook.annotations import Annotation, name_of, read_annotation
from apkg.sources.notebook.colab import Form
from apkg.sources.notebook.declaration import Assignment, Declaration, Span, claims, span
from apkg.sources.notebook.hints import Hint
from apkg.sources.notebook.literals import Literal, NotLiteral, read_literal
from apkg.sources.notebook.rewriting import instead_of

_STAC_CATALOGUE = '__import__("os").path.join({}, "catalog.json")'
#: How an object is built from a plain value where the annotation alone tells its class.
_BUILT = {
    "Path": '__import__("pathlib").Path({})',
    "date": '__import__("datetime").date.fromisoformat({})',
    "datetime": '__import__("datetime").datetime.fromisoformat({})',
}
_BBOX_WORDS = ("bbox", "bounding_box", "boundingbox")


class NotAnInput(Exception):  # noqa: N818 - an outcome, turned into one error by the caller
    """The assignment cannot be an input; the message says what it is instead."""


def declare_input(
    assignment: Assignment, *, convention: str, hint: Hint, form: Form | None
) -> Declaration:
    """Read one assignment as an input.

    Raises:
        NotAnInput: its value would have to be executed, or its type hint is no type.
    """
    if hint.problem:
        raise NotAnInput(f"has the type hint {hint.problem!r}, which is no type apkg knows")
    annotation = read_annotation(assignment.annotation) if assignment.annotation else Annotation()
    literal = _literal(assignment)
    cell = assignment.cell.cell
    staging = hint.word.role if hint.word else "input"
    return Declaration(
        name=parameter_id(assignment.name),
        variable=assignment.name,
        last_line=assignment.last_line,
        role="folder" if staging == "stage-out" else "input",
        convention=convention,
        location=assignment.location,
        cell=cell.number,
        claims=_declared(assignment, literal, convention, hint, annotation, form),
        guesses=_guessed(assignment, literal, annotation),
        value=literal.value if literal else None,
        target=span(literal.node) if literal else _whole_statement(assignment),
        bare=assignment.value is None,
        template=_template(assignment, literal, stage_in=staging == "stage-in"),
        in_parameter_cell="parameters" in cell.tags,
    )


def _literal(assignment: Assignment) -> Literal | None:
    if assignment.value is None:
        return None
    try:
        return read_literal(assignment.value)
    except NotLiteral as error:
        instead = instead_of(assignment.name, assignment.value)
        raise NotAnInput(f"is {error.what}{instead}") from error


def _declared(
    assignment: Assignment,
    literal: Literal | None,
    convention: str,
    hint: Hint,
    annotation: Annotation,
    form: Form | None,
) -> dict[str, Claim]:
    here = assignment.location
    voices = [_hinted(hint, assignment)]
    if annotation.type is not None and not annotation.weak:
        voices.append(claims("annotation", here, type=annotation.type))
    voices.append(
        claims(
            "annotation",
            here,
            optional=annotation.optional,
            semantics=annotation.semantics,
            allowed_values=annotation.allowed_values,
            range=annotation.range,
            doc=annotation.doc,
            label=annotation.label,
        )
    )
    if form is not None:
        voices.append(_formed(form, assignment))
    if literal is not None:
        voices.append(claims(convention, here, default=Default(literal.value)))
    merged: dict[str, Claim] = {}
    for voice in voices:
        merged = {**voice, **merged}
    return merged


def _hinted(hint: Hint, assignment: Assignment) -> dict[str, Claim]:
    here = assignment.location
    word = hint.word
    found = claims(
        "comment",
        here,
        doc=hint.doc,
        label=hint.label,
        optional=hint.optional,
        range=hint.range,
        uom=hint.uom,
        allowed_values=hint.allowed_values,
        annotations=hint.annotations,
    )
    if word is None:
        return found
    kind: DataType = Scalar("Directory") if word.role == "stage-in" else word.type
    typed = claims(
        "type comment",
        here,
        type=kind,
        optional=word.optional or hint.optional,
        semantics=word.semantics,
    )
    return {**found, **typed}


def _formed(form: Form, assignment: Assignment) -> dict[str, Claim]:
    here, source = assignment.location, "#@param form"
    found = claims(source, here, range=form.range, semantics=form.semantics, doc=form.doc)
    if form.type:
        found |= claims(source, here, type=Scalar(form.type))
    if form.choices and not form.free:
        if all(isinstance(choice, str) for choice in form.choices):
            found |= claims(source, here, type=EnumType(tuple(map(str, form.choices))))
        else:
            found |= claims(source, here, allowed_values=form.choices)
    return found


def _guessed(
    assignment: Assignment, literal: Literal | None, annotation: Annotation
) -> Mapping[str, Claim]:
    here = assignment.location
    if annotation.weak and annotation.type is not None:
        return claims("annotation", here, type=annotation.type) | _semantics(assignment, literal)
    kind = literal.type if literal else None
    # The label is what is always known, so that every complaint can name a place.
    found = claims("derived from the name", here, guessed=True, label=words(assignment.name))
    found |= claims("value", here, type=kind, guessed=True)
    return found | _semantics(assignment, literal)


def _semantics(assignment: Assignment, literal: Literal | None) -> dict[str, Claim]:
    if literal is None:
        return {}
    here = assignment.location
    if _looks_like_bbox(assignment.name, literal.value):
        return claims(
            "name and value", here, guessed=True, semantics="bbox", type=ArrayType(Scalar("double"))
        )
    return claims("value", here, guessed=True, semantics=literal.semantics)


def _looks_like_bbox(name: str, value: Value) -> bool:
    numbers = isinstance(value, tuple) and len(value) in {4, 6}
    return (
        numbers
        and isinstance(value, tuple)
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
        and any(word in name.lower() for word in _BBOX_WORDS)
    )


def _template(assignment: Assignment, literal: Literal | None, *, stage_in: bool) -> str:
    if stage_in:
        return _STAC_CATALOGUE
    if literal is not None and (literal.value is not None or assignment.annotation is None):
        return literal.template
    return _BUILT.get(_class_of(assignment), "{}")


def _class_of(assignment: Assignment) -> str:
    """``Path`` for ``x: Path | None = None``: the one class that a value would have to be."""
    if assignment.annotation is None:
        return ""
    node: ast.expr = assignment.annotation
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ""
    names = {name_of(part) for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)}
    if names & {"list", "List", "dict", "Dict", "tuple", "Tuple", "Sequence", "str"}:
        return ""
    return next((name for name in _BUILT if name in names), "")


def _whole_statement(assignment: Assignment) -> Span:
    return span(assignment.statement)
