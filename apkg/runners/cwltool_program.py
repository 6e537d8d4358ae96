"""Runs cwltool, where a tool's container is not wanted even if the tool insists on it.

A program of its own, started by :mod:`apkg.runners.cwltool`; the options are cwltool's.
"""

from __future__ import annotations

from typing import Any


def main(arguments: list[str]) -> int:
    """Run cwltool with these options, and return its exit code."""
    from cwltool.argparser import arg_parser
    from cwltool.context import LoadingContext
    from cwltool.main import run

    from apkg.runners.limits import install

    install()
    options = vars(arg_parser().parse_args(arguments))
    if options["use_container"]:
        return int(run(arguments))
    context = LoadingContext({**options, "construct_tool_object": _make_process})
    return int(run(arguments, loadingContext=context))


def _make_process(document: Any, context: Any) -> Any:
    from cwltool.workflow import default_make_tool

    from apkg.runners.without_container import without_container

    without_container(document)
    return default_make_tool(document, context)
