"""A Dockerfile's text as instructions, by the rules of BuildKit's own parser.

``dockerfile-parse``, the one maintained parser for Python, knows neither heredocs (it takes their
lines for instructions), nor ``${X:+y}``, nor a comment between continued lines as one instruction,
nor ``ONBUILD``, and it reads from paths of its own choosing; so this is read here.
Docker's reference: https://docs.docker.com/reference/dockerfile/#format
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from apkg.errors import Location, SourceError

_DIRECTIVE = re.compile(r"#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.*?)\s*")
HEREDOC = re.compile(r"<<(-?)\s*([\"']?)([A-Za-z_][A-Za-z0-9_.]*)\2")
_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)")
#: The instructions that BuildKit reads heredocs in.
WITH_HEREDOCS = frozenset(["RUN", "COPY", "ADD"])
#: The instructions that have ``--name=value`` flags.
_WITH_FLAGS = frozenset(["FROM", "COPY", "ADD", "RUN", "HEALTHCHECK"])
KNOWN = frozenset(
    (
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK",
        "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME",
        "WORKDIR",
    )
)  # fmt: skip
_MOST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One instruction: its name in capitals, and the text behind it with lines joined.

    ``flags`` are its ``--from=…`` and the like; ``heredocs`` the bodies of its heredocs.
    """

    name: str
    text: str
    line: int
    flags: tuple[tuple[str, str], ...] = ()
    heredocs: tuple[str, ...] = ()

    def flag(self, name: str) -> str | None:
        """The value of a flag, if it is given."""
        return next((value for key, value in self.flags if key == name), None)

    def exec_form(self) -> tuple[str, ...] | None:
        """The words of ``["a", "b"]``; ``None`` for the shell form."""
        if not self.text.startswith("["):
            return None
        try:
            words = json.loads(self.text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            return None
        return tuple(words)


@dataclass(frozen=True, slots=True)
class Instructions:
    """All instructions of a Dockerfile, and its escape character."""

    items: tuple[Instruction, ...]
    escape: str = "\\"


def read_instructions(text: str, *, name: str) -> Instructions:
    """The instructions in ``text``, a Dockerfile called ``name`` in messages.

    Raises:
        SourceError: a line is no instruction, a heredoc has no end, or there are too many.
    """
    return _Reader(text, name).read()


def escape_character(text: str) -> str:
    r"""What escapes and continues lines: ``\``, unless the directive ``# escape=`` says not.

    Directives count only before anything else.
    """
    escape = "\\"
    for line in text.lstrip("\ufeff").split("\n"):
        match = _DIRECTIVE.fullmatch(line.strip())
        if match is None:
            break
        if match[1].lower() == "escape" and match[2] in {"\\", "`"}:
            escape = match[2]
    return escape


def is_empty(line: str) -> bool:
    """Whether a line belongs to no instruction: a comment, or nothing."""
    return not line.strip() or line.lstrip().startswith("#")


def before_continuation(line: str, escape: str) -> str | None:
    """What stands before the mark that continues ``line``; ``None`` where nothing does.

    A doubled mark continues nothing: it is the character itself.
    """
    plain = line.rstrip()
    continues = plain.endswith(escape) and not plain.endswith(escape * 2)
    return plain.removesuffix(escape) if continues else None


def joined(lines: Sequence[str], start: int, escape: str) -> tuple[str, int]:
    """The instruction that begins at ``lines[start]`` on one line, and the place behind it.

    Comments and empty lines between its lines are left out.
    """
    parts: list[str] = []
    for place in range(start, len(lines)):
        if parts and is_empty(lines[place]):
            continue
        open_part = before_continuation(lines[place], escape)
        if open_part is None:
            return "".join([*parts, lines[place].rstrip()]), place + 1
        parts.append(open_part)
    return "".join(parts), len(lines)


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self._lines = text.replace("\r\n", "\n").split("\n")
        self._name = name
        self._place = 0
        self._escape = escape_character(text)

    def read(self) -> Instructions:
        found: list[Instruction] = []
        while self._place < len(self._lines):
            line = self._lines[self._place]
            if is_empty(line):
                self._place += 1
                continue
            found.append(self._instruction())
            if len(found) > _MOST:
                raise self._error(f"more than {_MOST} instructions", self._place)
        return Instructions(tuple(found), self._escape)

    def _instruction(self) -> Instruction:
        start = self._place
        whole, self._place = joined(self._lines, start, self._escape)
        name, _, text = whole.strip().partition(" ")
        name, text = name.upper(), text.strip()
        if "\t" in name:
            name, _, rest = name.partition("\t")
            text = f"{rest} {text}".strip()
        if name not in KNOWN:
            raise self._error(f"{name[:40]!r} is no Dockerfile instruction", start)
        heredocs = self._heredocs(text, start) if name in WITH_HEREDOCS else ()
        flags: list[tuple[str, str]] = []
        while name in _WITH_FLAGS and (match := _FLAG.match(text)):
            flags.append((match[1], match[2] or ""))
            text = text[match.end() :]
        return Instruction(
            name=name, text=text, line=start + 1, flags=tuple(flags), heredocs=heredocs
        )

    def _heredocs(self, text: str, start: int) -> tuple[str, ...]:
        found: list[str] = []
        for match in HEREDOC.finditer(text):
            body: list[str] = []
            while True:
                if self._place >= len(self._lines):
                    raise self._error(f"the heredoc {match[3]} has no end", start)
                line = self._lines[self._place]
                self._place += 1
                plain = line.lstrip("\t") if match[1] else line
                if plain == match[3]:
                    break
                body.append(plain)
            found.append("\n".join(body))
        return tuple(found)

    def _error(self, message: str, index: int) -> SourceError:
        return SourceError(
            message,
            hint="Check the Dockerfile: docker build --check tells more.",
            location=Location(path=self._name, line=index + 1),
        )
