"""Runs cwltool, where a tool's container is not wanted even if the tool insists on it.

A program of its own, started by :mod:`apkg.runners.cwltool`; the options are cwltool's. Each line
that cwltool itself writes is marked on standard error, so that it can be told from the job's.
"""

from __future__ import annotations

import logging
from typing import Any

#: Begins every line that cwltool has written itself; its level follows.
MARK = "cwltool: "


class _Marked(logging.StreamHandler[Any]):
    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).splitlines()
        return "\n".join(f"{MARK}{record.levelname} {line}" for line in lines)

    def setFormatter(self, formatter: logging.Formatter | None) -> None:  # noqa: N802
        """Keep the plain one: cwltool's would put the level before the first line."""


def main(arguments: list[str]) -> int:
    """Run cwltool with these options, and return its exit code."""
    from cwltool.argparser import arg_parser
    from cwltool.context import LoadingContext
    from cwltool.main import run

    from apkg.runners.limits import install

    install()
    options = vars(arg_parser().parse_args(arguments))
    if options["use_container"]:
        return int(run(arguments, logger_handler=_Marked()))
    context = LoadingContext({**options, "construct_tool_object": _make_process})
    return int(run(arguments, logger_handler=_Marked(), loadingContext=context))


def _make_process(document: Any, context: Any) -> Any:
    from cwltool.workflow import default_make_tool

    from apkg.runners.without_container import without_container

    without_container(document)
    return default_make_tool(document, context)
