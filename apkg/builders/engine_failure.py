"""Why an engine has failed, in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from apkg.builders.engine_reasons import reason_of
from apkg.errors import ToolError
from apkg.names import printable

_SHOWN_LINES, _LINE_LENGTH = 25, 400
#: Classic builder; podman; BuildKit, whose steps run side by side, names the one that failed.
_STEP = re.compile(r"^(?:Step|STEP) \d+/\d+ ?: (?P<text>.+)$")
_FAILED_STEP = re.compile(r"^ > (?:\[(?P<place>[^\]]+)\] ?)?(?P<text>.*?):$")
#: Lines that tell nothing about what went wrong.
_NOISE = re.compile(
    r"^(?:#\d+ (?:sha256:[0-9a-f]{64}|DONE .*|CACHED|\.\.\.|\[internal\] .*|transferring .*)"
    r"|-{4,})?$"
    r"|DEPRECATED: The legacy builder|\s+BuildKit is currently disabled|\s+environment-variable\.$"
)


def failure(problem: str, lines: Iterable[str]) -> ToolError:
    """Make the error for an engine's command that has ended badly, of the lines that it wrote."""
    said = _shown(lines)
    reason = reason_of(said)
    told = "" if reason is None else f": {reason.message}"
    text = "\n".join(said[-_SHOWN_LINES:])
    return ToolError(
        f"{problem}{told}" + (f"\n{text}" if text else ""),
        hint=None if reason is None else reason.hint,
    )


def build_failure(tag: str, lines: Sequence[str], options: Sequence[str] = ()) -> ToolError:
    """Make the error for a build that has failed: the step, the last lines, what to do."""
    said = _shown(lines)
    step = failed_step(lines)
    reason = reason_of(said, step=step, options=options)
    nothing_known = "a step has failed" if step else "the engine has failed"
    told = nothing_known if reason is None else reason.message
    parts = [f"{printable(tag)} is not built: {told}"]
    if step:
        parts.append(f"The step: {step}")
    return ToolError(
        "\n".join([*parts, *said[-_SHOWN_LINES:]]), hint=None if reason is None else reason.hint
    )


def failed_step(lines: Sequence[str]) -> str | None:
    """Give the instruction that failed, as the Dockerfile has it, where the log tells."""
    for line in reversed(lines):
        if match := _FAILED_STEP.match(line):
            return (match["text"] or match["place"])[:_LINE_LENGTH]
        if match := _STEP.match(line):
            return match["text"][:_LINE_LENGTH]
    return None


def _shown(lines: Iterable[str]) -> list[str]:
    return [printable(line)[:_LINE_LENGTH] for line in lines if not _NOISE.match(line)]
