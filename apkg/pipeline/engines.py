"""What another validator says of the same documents: ``cwltool --validate``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from apkg.errors import Location, ToolError
from apkg.names import printable
from apkg.report import Finding, Report

#: Seconds; the slowest package known takes a tenth of this.
_TIMEOUT = 120.0
_MOST_LINES = 12
#: "python -m cwltool" ends with 0 whatever it has found.
_PROGRAM = "import sys; from cwltool.main import run; sys.exit(run())"
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|.)")
_LEVEL = re.compile(r"^(?:ERROR|WARNING|CRITICAL)(?: |:\w+:)")
_PLACE = re.compile(r"^(?P<path>\S.*?):(?P<line>\d+):(?P<column>\d+): ?(?P<rest>.*)$")
#: A proxy where nobody listens: whatever cwltool would fetch, it does not get.
_NOWHERE = "http://127.0.0.1:9"


def with_cwltool(reports: Sequence[Report], *, network: bool = False) -> tuple[Report, ...]:
    """Add cwltool's verdict (rule ``engine/cwltool``) to the report of every CWL document.

    A document that refers to a network is left out without ``network``: rule
    ``engine/not-checked``.

    Raises:
        ToolError: cwltool is not installed.
    """
    from importlib.util import find_spec

    if find_spec("cwltool") is None:
        raise ToolError("cwltool is not installed", hint="Install it: pip install 'eo-apkg[run]'")
    return tuple(_judged(report, network=network) for report in reports)


def _judged(report: Report, *, network: bool) -> Report:
    if report.kind != "cwl":
        return report
    if not Path(report.path).is_file():
        found = _not_asked(report, "it is not a file")
    elif not network and any(f.rule == "cwl/not-checked" for f in report.findings):
        found = _not_asked(report, "the document refers to a network, and --network is not given")
    else:
        verdict = _verdict(Path(report.path), network=network)
        found = verdict or (() if report.valid else (_accepts(report),))
    return replace(report, findings=(*report.findings, *found))


def _verdict(path: Path, *, network: bool) -> tuple[Finding, ...]:
    from apkg import process

    # -P: no module of the current folder stands in for one of Python's or cwltool's.
    command = [sys.executable, "-P", "-c", _PROGRAM, "--validate", "--disable-color"]
    lines: list[str] = []
    try:
        finished = process.run(
            [*command, *([] if network else ["--skip-schemas"]), str(path.absolute())],
            on_line=lines.append,
            environment=dict(os.environ) if network else _offline(),
            timeout=_TIMEOUT,
        )
    except ToolError as error:
        return (_refusal(path, [f"no verdict: {error.message}"]),)
    if finished.status == 0:
        return ()
    # With --validate, cwltool writes its log to standard output.
    lines += finished.stdout.splitlines()
    return (_refusal(path, lines or [f"it ended with status {finished.status}"]),)


def _offline() -> dict[str, str]:
    environment = dict(os.environ)
    for name in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"):
        environment[name] = environment[name.upper()] = _NOWHERE
    environment["no_proxy"] = environment["NO_PROXY"] = ""
    return environment


def _refusal(path: Path, lines: Sequence[str]) -> Finding:
    place = Location(path=printable(str(path)))
    shown: list[str] = []
    for line in _said(lines):
        match = _PLACE.match(line)
        if match is not None:
            if Path(match["path"]).name == path.name:
                # The last place is the innermost one.
                number, column = int(match["line"]), int(match["column"])
                place = Location(path=place.path, line=number, column=column)
            shown.append(f"line {match['line']}: {match['rest'].strip()}")
        elif shown and line[:1] == " ":
            shown[-1] += f" {line.strip()}"
        else:
            shown.append(line)
    return Finding(
        rule="engine/cwltool",
        severity="error",
        message="cwltool refuses it: " + "\n".join(shown[:_MOST_LINES]),
        location=place,
        advice="Compare with what apkg says of these lines.",
    )


def _said(lines: Sequence[str]) -> list[str]:
    """The log without colours, and without what cwltool says before it comes to the point."""
    plain = [printable(_ESCAPE.sub("", line)).rstrip() for line in lines]
    said = [_LEVEL.sub("", line) for line in plain if line and not line.startswith("INFO")]
    return [line for line in said if line != "Tool definition failed validation:"] or said


def _accepts(report: Report) -> Finding:
    return Finding(
        rule="engine/cwltool",
        severity="note",
        message="cwltool --validate accepts it",
        location=Location(path=report.path),
    )


def _not_asked(report: Report, why: str) -> tuple[Finding, ...]:
    finding = Finding(
        rule="engine/not-checked",
        severity="note",
        message=f"cwltool was not asked: {why}",
        location=Location(path=report.path),
    )
    return (finding,)
