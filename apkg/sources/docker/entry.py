"""The words that a container runs, out of ``ENTRYPOINT`` and ``CMD`` in exec and shell form."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from apkg.errors import Location, SourceError
from apkg.sources.docker.config import ImageSettings
from apkg.sources.docker.variables import expand

_SHELLS = frozenset(["sh", "bash", "dash", "ash", "zsh"])
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_ALL_ARGUMENTS = frozenset(['"$@"', "$@", '"$*"', "$*", '"${@}"', "${@}"])
_HELP = frozenset(["--help", "-h", "-help", "help"])
_INIT = frozenset(["tini", "tini-static", "dumb-init", "catatonit"])
#: Scripts of well-known base images that run what follows them.
HANDING_ON = ("_entrypoint.sh", "nvidia_entrypoint.sh")
_SERVERS = frozenset(
    (
        "uvicorn", "gunicorn", "hypercorn", "jupyter", "jupyter-lab", "nginx", "httpd",
        "flask", "streamlit", "node", "npm",
    )
)  # fmt: skip
GIVE_WORDS = (
    "Say it in apkg.yaml, for instance baseCommand: [python3, /app/tool.py]; describe the command "
    "with --cli FILE or --help-text FILE."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The words that the container starts with, and the folder that it starts them in.

    ``from_entrypoint`` tells that the image has an ``ENTRYPOINT`` which is not just passed
    through: engines that follow it would run it before the base command, too. ``arguments`` are
    the words of ``CMD`` that it is given then.
    """

    words: tuple[str, ...]
    workdir: str = "/"
    environment: tuple[tuple[str, str], ...] = ()
    from_entrypoint: bool = False
    arguments: tuple[str, ...] = ()
    location: Location | None = None


def entry_of(settings: ImageSettings) -> Entry | None:
    """What the image runs; ``None`` where it says nothing, or just a shell.

    Raises:
        SourceError: the shell form holds more than one command.
    """
    start = settings.entrypoint or ()
    if start and not is_pass_through(start):
        entry = _entry(start, settings, shell=settings.entrypoint_shell)
        # What CMD adds are arguments that a user is meant to replace.
        return replace(entry, from_entrypoint=True, arguments=settings.command or ())
    command = settings.command or ()
    if not command:
        return None
    entry = _entry(command, settings, shell=settings.command_shell)
    words = list(entry.words)
    while words and words[-1] in _HELP:
        words.pop()
    if not words or _is_bare_shell(words):
        return None
    return replace(entry, words=tuple(words))


def is_pass_through(words: Sequence[str]) -> bool:
    """Whether an entry point runs whatever follows it, such as ``tini --``."""
    rest = list(words)
    if rest and posixpath.basename(rest[0]) in _INIT:
        rest = [word for word in rest[1:] if not word.startswith("-")]
        return not rest or is_pass_through(rest)
    if not rest:
        return True
    name = posixpath.basename(rest[0])
    return len(rest) == 1 and name in {*HANDING_ON, "env", "exec"}


def _is_bare_shell(words: list[str]) -> bool:
    name = posixpath.basename(words[0])
    alone = all(word.startswith("-") for word in words[1:])
    return alone and (
        name in _SHELLS or re.fullmatch(r"i?python[0-9.]*|R|julia|node|irb", name) is not None
    )


def _entry(words: tuple[str, ...], settings: ImageSettings, *, shell: bool) -> Entry:
    script = words[0] if shell else _script(words)
    if script is None:
        return Entry(words=words, workdir=settings.workdir, location=settings.location)
    return _of_shell(script, settings)


def _script(words: tuple[str, ...]) -> str | None:
    """The script of ``["bash", "-c", "…"]``."""
    if len(words) < 3 or posixpath.basename(words[0]) not in _SHELLS:
        return None
    last = next((n for n, w in enumerate(words) if n and re.fullmatch(r"-[a-z]*c", w)), None)
    return None if last is None or last + 1 >= len(words) else words[last + 1]


def _of_shell(script: str, settings: ImageSettings) -> Entry:
    rest, workdir = script.strip(), settings.workdir
    while match := re.match(r"cd\s+(\S+)\s*(?:&&|;)\s*", rest):
        target = expand(match[1], settings.environment)
        workdir, rest = posixpath.normpath(posixpath.join(workdir, target)), rest[match.end() :]
    rest = re.sub(r"^(?:set\s+-\S+\s*(?:&&|;)\s*)+", "", rest)
    parts = _split(rest, settings)
    environment: list[tuple[str, str]] = []
    while parts and parts[0] in {"exec", "command"}:
        parts = parts[1:]
    while parts and (assigned := _ASSIGNMENT.fullmatch(parts[0])):
        environment.append((assigned[1], _value(assigned[2], settings.environment)))
        parts = parts[1:]
    if parts and parts[0] == "exec":
        parts = parts[1:]
    while parts and (parts[-1] in _ALL_ARGUMENTS or parts[-1] in {'"$0"', "$0"}):
        parts = parts[:-1]
    if not parts:
        raise _unclear("is empty", settings)
    _check_known(parts, settings)
    words = tuple(_value(part, settings.environment) for part in parts)
    return Entry(
        words=words, workdir=workdir, environment=tuple(environment), location=settings.location
    )


def _split(script: str, settings: ImageSettings) -> list[str]:
    """The raw words of one command, quotes kept.

    Raises:
        SourceError: there are several commands, a pipe, a redirection, or an open quote.
    """
    lexer = shlex.shlex(script, posix=False, punctuation_chars=";|&<>()`")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        parts = list(lexer)
    except ValueError as error:
        raise _unclear(f"has an open quote: {script[:60]}", settings) from error
    if any(set(part) <= set(";|&<>()`") for part in parts) or "$(" in script or "`" in script:
        raise _unclear(f"is a shell script of several commands: {script[:80]}", settings)
    return parts


def _value(part: str, environment: Mapping[str, str]) -> str:
    return expand(part, environment)


def _check_known(parts: list[str], settings: ImageSettings) -> None:
    for name in re.findall(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?", " ".join(parts)):
        if name not in settings.environment:
            raise _unclear(f"uses ${name}, which the image does not set", settings)


def _unclear(what: str, settings: ImageSettings) -> SourceError:
    return SourceError(
        f"the image's entry point {what}; nobody can tell which command takes the inputs",
        hint=GIVE_WORDS,
        location=settings.location,
    )


def is_server(words: Sequence[str]) -> bool:
    """Whether a command starts a service that waits for requests, not a tool that ends."""
    return any(posixpath.basename(word) in _SERVERS for word in words[:3])
