"""Rules on expressions: that they name inputs which exist, and may be evaluated at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.validators.cwl_context import Context, has_import, holds, meant
from apkg.validators.cwl_model import Process, Step

#: Fields whose text is evaluated; everywhere else ``$(`` is only text.
_EVALUATED = frozenset(
    [
        "arguments",
        "valueFrom",
        "glob",
        "outputEval",
        "stdin",
        "stdout",
        "stderr",
        "format",
        "when",
        "secondaryFiles",
        "entry",
        "entryname",
        "listing",
        "envValue",
        "envDef",
        "expression",
        "coresMin",
        "coresMax",
        "ramMin",
        "ramMax",
        "tmpdirMin",
        "tmpdirMax",
        "outdirMin",
        "outdirMax",
        "position",
        "timelimit",
        "networkAccess",
        "enableReuse",
        "loadListing",
        "pattern",
        "required",
        "prefix",
    ]
)
_SEGMENT = r"(?:\.\w+|\['(?:[^'\\]|\\.)*'\]|\[\"(?:[^\"\\]|\\.)*\"\]|\[[0-9]+\])"
_REFERENCE = re.compile(rf"\w+{_SEGMENT}*")
_INPUT = re.compile(r"""(?<![\w.])inputs(?:\.(\w+)|\[(?:'([^'\\]+)'|"([^"\\]+)")\])""")
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


def check_expressions(context: Context) -> None:
    """Check the expressions of all tools and steps."""
    for process in context.processes:
        known = [port.id for port in process.inputs]
        complete = not has_import(process.node.get("inputs"))
        javascript = process.has("InlineJavascriptRequirement")
        # What runs a tool of its own file hands its requirements down, and is not known here.
        alone = process.cls != "Workflow" and not process.called and "steps" not in process.path
        for text, path in _expressions(process):
            names = known if complete else None
            _check(context, text, path, names, javascript=javascript, alone=alone)
        for step in process.steps:
            _check_step(context, process, step)


def _check_step(context: Context, process: Process, step: Step) -> None:
    javascript = holds(process, step, "InlineJavascriptRequirement")
    known = None if has_import(step.node.get("in")) else [port.id for port in step.inputs]
    when = step.node.get("when")
    if isinstance(when, str):
        _check(context, when, (*step.path, "when"), known, javascript=javascript)
    for port in step.inputs:
        value = port.node.get("valueFrom")
        if not isinstance(value, str):
            continue
        _check(context, value, port.at("valueFrom"), known, javascript=javascript)
        if not holds(process, step, "StepInputExpressionRequirement"):
            context.say(
                "requirement-missing",
                "'valueFrom' in a step needs StepInputExpressionRequirement",
                port.at("valueFrom"),
                key=True,
                advice="Add 'StepInputExpressionRequirement: {}' to the requirements of the "
                "workflow.",
                subject="StepInputExpressionRequirement",
            )


def _expressions(process: Process) -> Iterator[tuple[str, JsonPath]]:
    names = ["arguments", "stdin", "stdout", "stderr", "expression", "inputs", "outputs"]
    if process.cls != "Workflow":
        # Of a workflow, requirements are handed down to tools, whose inputs they then name.
        names += ["requirements", "hints"]
    for name in names:
        yield from _walk(process.node.get(name), (*process.path, name), name in _EVALUATED)


def _walk(value: object, path: JsonPath, evaluated: bool) -> Iterator[tuple[str, JsonPath]]:  # noqa: FBT001
    if isinstance(value, str):
        if evaluated and "$" in value:
            yield value, path
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index), evaluated)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("doc", "label", "default", "type", "expressionLib", "$import", "$include"):
                continue
            inside = evaluated and path[-1] in ("envDef", "listing", "arguments")
            yield from _walk(item, (*path, key), key in _EVALUATED or inside)


def _check(
    context: Context,
    text: str,
    path: JsonPath,
    known: list[str] | None,
    *,
    javascript: bool,
    alone: bool = False,
) -> None:
    for body, braces in expressions_in(text):
        plain = not braces and _REFERENCE.fullmatch(body.strip()) is not None
        if not plain and not javascript:
            context.say(
                "requirement-missing",
                f"JavaScript ({_shown(body)}) needs InlineJavascriptRequirement",
                path,
                severity="warning" if alone else "error",
                advice="Add 'InlineJavascriptRequirement: {}' to the requirements, or use a plain "
                "reference such as $(inputs.name).",
                subject="InlineJavascriptRequirement",
            )
        if known is None:
            continue
        code = body if plain else _COMMENT.sub(" ", body)
        for name in dict.fromkeys(_names(code)):
            if name not in known:
                _unknown_input(context, name, path, known, plain=plain)


def _names(code: str) -> Iterator[str]:
    for match in _INPUT.finditer(code):
        yield match[1] or match[2] or match[3]


def _unknown_input(
    context: Context, name: str, path: JsonPath, known: list[str], *, plain: bool
) -> None:
    context.say(
        "unknown-input",
        f"$(inputs.{printable(name)}) names no input",
        path,
        # JavaScript may ask whether an input exists; a plain reference to none fails.
        severity="error" if plain else "warning",
        advice=meant(name, known),
        subject=name,
    )


def _shown(body: str) -> str:
    text = printable(" ".join(body.split()))
    return text if len(text) <= 40 else text[:37] + "…"


def expressions_in(text: str) -> Iterator[tuple[str, bool]]:
    """The bodies of ``$(…)`` and ``${…}`` in ``text``, and whether they had braces."""
    position = 0
    while (start := text.find("$", position)) >= 0:
        position = start + 1
        opening = text[start + 1 : start + 2]
        escaped = len(text[:start]) - len(text[:start].rstrip("\\"))
        if opening not in ("(", "{") or escaped % 2:
            continue
        end = _closing(text, start + 1)
        if end is None:
            return
        yield text[start + 2 : end], opening == "{"
        position = end + 1


def _closing(text: str, start: int) -> int | None:
    """Where the bracket at ``start`` closes, quotes and nested brackets minded."""
    closers, quote, index = [], "", start
    pairs = {"(": ")", "{": "}"}
    while index < len(text):
        char = text[index]
        if char == "\\":
            index += 1
        elif quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in pairs:
            closers.append(pairs[char])
        elif closers and char == closers[-1]:
            closers.pop()
            if not closers:
                return index
        index += 1
    return None
