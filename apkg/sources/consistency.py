"""Contradictions within one application, found before any document is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from apkg.model import (
    Application,
    ArrayType,
    DataType,
    Input,
    Output,
    Resources,
    Scalar,
    UnionType,
    Value,
)
from apkg.names import is_process_id, parameter_id, printable, process_id
from apkg.sources.fits import fits
from apkg.sources.problems import Problem
from apkg.typetext import type_text

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_IMAGE = re.compile(r"[^\s\x00-\x1f\x7f]+")
_BBOX_LENGTHS = (0, 4, 6)
_NUMBERS = frozenset(["int", "long", "float", "double", "Any"])
_RESOURCES = ("cores", "ram", "tmpdir", "outdir")
_LONGEST_VALUE = 60


def problems(application: Application) -> list[Problem]:
    """Everything in ``application`` that contradicts itself, in the order of its fields."""
    found = [*_of_application(application), *_of_ids(application)]
    for item in application.inputs:
        found += _of_input(item)
    for output in application.outputs:
        found += _of_output(output, application)
    return [_located(problem, application) for problem in found]


def _of_application(application: Application) -> Iterator[Problem]:
    if not is_process_id(application.id):
        yield Problem(
            "id",
            f"{_shown(application.id)} cannot be the name of a process and of its files",
            advice=f"For instance: {process_id(application.id)}",
        )
    container = application.container
    if container is not None and not _IMAGE.fullmatch(container.image):
        yield Problem("image", f"{_shown(container.image)} is no image reference")
    yield from _of_resources(application.resources)


def _of_resources(resources: Resources) -> Iterator[Problem]:
    for name in _RESOURCES:
        low, high = getattr(resources, f"{name}_min"), getattr(resources, f"{name}_max")
        if any(number is not None and not 0 <= number < float("inf") for number in (low, high)):
            yield Problem(f"{name}_min", "resources are finite and not negative")
        elif low is not None and high is not None and low > high:
            yield Problem(f"{name}_min", f"the minimum, {low}, is above the maximum, {high}")


def _of_ids(application: Application) -> Iterator[Problem]:
    inputs = [item.id for item in application.inputs]
    outputs = [output.id for output in application.outputs]
    yield from _of_names("inputs", inputs)
    yield from _of_names("outputs", outputs)
    for name in outputs:
        if name in inputs:
            yield Problem(
                f"outputs.{name}",
                "an input has this id too; CWL keeps both in one place",
                advice=f"Name the output differently, for instance {name}_result.",
            )


def _of_names(group: str, names: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in names:
        if not _ID.fullmatch(name):
            advice = f"For instance: {parameter_id(name)}"
            yield Problem(f"{group}.{name}", "this cannot be the id of a parameter", None, advice)
        other = seen.setdefault(name.lower(), name)
        if other != name:
            yield Problem(
                f"{group}.{name}",
                f"differs from {other} in upper and lower case only",
                advice="Rename one of the two: not every platform tells them apart.",
            )


def _of_input(item: Input) -> Iterator[Problem]:
    kind, path = item.type, f"inputs.{item.id}"
    for value in item.allowed_values:
        if not fits(value, _element(kind)):
            message = f"{_shown(value)} is no {type_text(_element(kind), optional=False)}"
            yield Problem(f"{path}.allowed_values", message)
    if item.range is not None and not _is_numeric(_element(kind)):
        message = f"a range is for numbers, and the type is {type_text(kind, item.optional)}"
        yield Problem(f"{path}.range", message)
    low, high = (item.range.minimum, item.range.maximum) if item.range else (None, None)
    if low is not None and high is not None and low > high:
        yield Problem(f"{path}.range", f"the minimum, {low}, is above the maximum, {high}")
    if item.default is not None:
        yield from _of_default(item, item.default.value)


def _of_default(item: Input, value: Value) -> Iterator[Problem]:
    path = f"inputs.{item.id}.default"
    if value is None and item.optional:
        return
    if not fits(value, item.type):
        kind = type_text(item.type, item.optional)
        yield Problem(path, f"{_shown(value)} is no {kind}", advice=_default_advice(item, value))
        return
    if item.semantics == "bbox" and _is_flat(value) and len(value) not in _BBOX_LENGTHS:
        yield Problem(path, f"a bounding box has 4 or 6 numbers, this has {len(value)}")
    for part in _leaves(value):
        if item.allowed_values and not any(_same(part, other) for other in item.allowed_values):
            allowed = ", ".join(_shown(other) for other in item.allowed_values)
            yield Problem(path, f"{_shown(part)} is not among the allowed values: {allowed}")
        elif not _in_range(item, part):
            yield Problem(path, f"{_shown(part)} is outside {_range_text(item)}")


def _default_advice(item: Input, value: Value) -> str:
    name = item.id
    if isinstance(value, tuple) and not isinstance(item.type, ArrayType):
        kind = type_text(ArrayType(item.type), optional=False)
        return f"For a list, write the type {kind}; else give {name} one value as default."
    if item.type == Scalar("int") and fits(value, Scalar("long")):
        return "Write the type long: an int has 32 bits."
    if item.type == Scalar("string") and isinstance(value, bool | int | float):
        return f'As text it needs quotes: "{value}".'
    return f"Change the default of {name}, or its type."


def _of_output(output: Output, application: Application) -> Iterator[Problem]:
    path = f"outputs.{output.id}"
    if output.named_by is not None:
        if all(item.id != output.named_by for item in application.inputs):
            yield Problem(f"{path}.named_by", f"there is no input {_shown(output.named_by)}")
        return
    if not output.glob or output.glob.startswith("/") or ".." in output.glob.split("/"):
        yield Problem(
            f"{path}.glob",
            f"{_shown(output.glob)} leaves the folder that the program works in",
            advice="Write a path or pattern below the working folder, such as results/*.tif.",
        )
    if output.glob == "." and output.type in {Scalar("File"), ArrayType(Scalar("File"))}:
        yield Problem(
            f"{path}.glob",
            "nothing says which file this is",
            advice=f"Give its name or a pattern: --set outputs.{output.id}.glob=NAME",
        )


def _located(problem: Problem, application: Application) -> Problem:
    """``problem`` with the place of its field, or of the nearest field that has one."""
    origin = application.origin(problem.field)
    location = problem.location or (origin.location if origin else None)
    if location is None:
        parts = problem.field.split(".")
        prefix = ".".join(parts[:2]) + "." if len(parts) > 1 else problem.field
        places = (o.location for o in application.origins if o.field.startswith(prefix))
        location = next((place for place in places if place is not None), None)
    return Problem(problem.field, problem.message, location, problem.advice)


def _element(kind: DataType) -> DataType:
    while isinstance(kind, ArrayType):
        kind = kind.items
    return kind


def _is_numeric(kind: DataType) -> bool:
    if isinstance(kind, UnionType):
        return any(_is_numeric(_element(member)) for member in kind.members)
    return isinstance(kind, Scalar) and kind.name in _NUMBERS


def _leaves(value: Value) -> Iterator[Value]:
    if not isinstance(value, tuple):
        yield value
        return
    for item in value:
        yield from _leaves(item)


def _is_flat(value: Value) -> TypeGuard[tuple[Value, ...]]:
    return isinstance(value, tuple) and not any(isinstance(item, tuple) for item in value)


def _same(left: Value, right: Value) -> bool:
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _in_range(item: Input, value: Value) -> bool:
    if item.range is None or isinstance(value, bool) or not isinstance(value, int | float):
        return True
    low, high = item.range.minimum, item.range.maximum
    return (low is None or low <= value) and (high is None or value <= high)


def _range_text(item: Input) -> str:
    bounds = item.range
    low = "" if bounds is None or bounds.minimum is None else f" from {bounds.minimum}"
    high = "" if bounds is None or bounds.maximum is None else f" to {bounds.maximum}"
    return f"the range{low}{high}"


def _shown(value: Value) -> str:
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
