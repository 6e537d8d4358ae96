"""Asking a container engine about an image: its configuration, and what it prints for --help.

Only on request: this is the one place where apkg runs somebody's code to describe it. It does so
in a container without network, with a read-only root, without capabilities, and with a time limit.
"""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from apkg import process
from apkg.errors import ToolError, UsageError
from apkg.pipeline.options import ConvertOptions

#: Seconds for the engine's own answers, and for the tool.
ENGINE_TIMEOUT, TOOL_TIMEOUT = 60.0, 30.0
_LIMITS = (
    "--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges",
    "--memory=1g", "--pids-limit=256", "--pull=never",
)  # fmt: skip
_MOST_LINES = 20_000
_HELP = "--help"
#: Exit codes of the engine itself: the container could not be made, or the command not started.
_NOT_STARTED = (125, 126, 127)


@contextmanager
def probed(options: ConvertOptions) -> Iterator[ConvertOptions]:
    """``options`` with the image's configuration and help text, as the engine gives them.

    Raises:
        UsageError: no image is named.
        ToolError: there is no engine, it does not have the image, or it does not answer.
    """
    if not options.probe:
        yield options
        return
    if options.image is None:
        raise UsageError("--probe needs an image", hint="Name it with --image REF.")
    engine = _engine()
    with tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
        config = Path(scratch) / "image.json"
        inspected = _inspected(engine, options.image)
        config.write_text(inspected, encoding="utf-8")
        text = options.help_text
        if text is None and (printed := _help(engine, options.image, asking(inspected))):
            text = Path(scratch) / "help.txt"
            text.write_text(printed, encoding="utf-8")
        yield replace(options, image_config=options.image_config or config, help_text=text)


def _engine() -> str:
    from apkg.builders.engines import find_engine

    try:
        return find_engine().program
    except ToolError as error:
        instead = "Or give --help-text and --image-config instead of --probe."
        raise ToolError(error.message, hint=f"{error.hint}\n{instead}") from error


def _inspected(engine: str, image: str) -> str:
    lines: list[str] = []
    command = [engine, "image", "inspect", "--", image]
    done = process.run(command, on_line=lines.append, timeout=ENGINE_TIMEOUT)
    if done.status != 0:
        said, name = lines[-1].strip() if lines else "no answer", Path(engine).name
        raise ToolError(
            f"{name} cannot tell about {image}: {said}",
            hint=f"Fetch or build it first: {name} pull {image}",
        )
    return done.stdout


def asking(inspected: str) -> list[str]:
    """The words behind the image's name that ask its tool for help, by ``docker inspect``.

    An image with an entry point takes ``--help``; one without needs its own command before it.
    """
    described = json.loads(inspected)
    config = described[0].get("Config") or {} if described else {}
    if config.get("Entrypoint"):
        return [_HELP]
    words = [word for word in config.get("Cmd") or () if word not in {_HELP, "-h"}]
    return [*words, _HELP]


def _help(engine: str, image: str, words: list[str]) -> str:
    """What the image prints for help; most tools on stdout, some on stderr."""
    name = f"apkg-probe-{secrets.token_hex(6)}"
    lines: list[str] = []
    command = [engine, "run", "--rm", f"--name={name}", *_LIMITS, "--", image, *words]
    try:
        done = process.run(command, on_line=lines.append, timeout=TOOL_TIMEOUT)
    except ToolError:
        # The engine's client has been stopped; the container has to be told so as well.
        process.run([engine, "rm", "--force", name], on_line=lines.append, timeout=ENGINE_TIMEOUT)
        raise
    if done.status in _NOT_STARTED:
        said = next((line.strip() for line in lines if line.strip()), "no answer")
        raise ToolError(
            f"{image} does not start with {' '.join(words)}: {said}",
            hint="Save what its tool prints for help, and give it with --help-text FILE.",
        )
    errors = "\n".join(line.rstrip("\n") for line in lines[:_MOST_LINES])
    return done.stdout if done.stdout.strip() else errors
