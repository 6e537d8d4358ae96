"""docopt: the usage text itself is the command line's definition."""

from __future__ import annotations

import ast
from dataclasses import replace

from apkg.errors import Location
from apkg.model import Default
from apkg.sources.cli.docopt_tokens import DocOption, Part, Pattern, options_of, patterns_of
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.modules import Program
from apkg.sources.cli.python.values import Made, Value
from apkg.sources.cli.usage import learn_commands
from apkg.sources.commandline.model import Action, Argument, Command

SOURCE = "docopt"
_MOST_COMMANDS = 50
_CALLS = frozenset(["docopt.docopt", "docopt_ng.docopt", "docopt"])


def read_docopt(program: Program, name: str, notes: Notes, _: Value = None) -> tuple[Command, ...]:
    """The command line that the text given to ``docopt`` defines."""
    call = next((made for made in program.made if made.name in _CALLS), None)
    if call is None:
        return ()
    text = call.args[0] if call.args else call.keywords.get("doc")
    if not isinstance(text, str):
        notes.unresolved("usage text", name, text, call.location)
        return ()
    start = _line_of(program.tree, text)
    reader = Usage(text, Location(path=program.name, line=start), SOURCE)
    command = replace(reader.command(name), version=_version(call))
    return learn_commands(program, (command,), reader.aliases)


def _version(call: Made) -> str | None:
    value = call.keywords.get("version", call.args[3] if len(call.args) > 3 else None)
    return value.split()[-1] if isinstance(value, str) and value.split() else None


def _line_of(tree: ast.Module, usage: str) -> int:
    """The line of the file on which a text begins."""
    wanted = "".join(usage.split())
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and "".join(text.split()) == wanted:
            return node.lineno  # type: ignore[attr-defined,no-any-return]
    return 1


class Usage:
    """A usage text; ``aliases`` are docopt's own keys of the arguments."""

    def __init__(self, text: str, start: Location, source: str) -> None:
        self._text = text
        self._start = start
        self._source = source
        self._options = options_of(text)
        self.aliases: dict[str, str] = {}

    def command(self, name: str) -> Command:
        """The command; each first word that is fixed makes a sub-command."""
        _, patterns = patterns_of(self._text)
        groups: dict[tuple[str, ...], list[Pattern]] = {}
        for pattern in map(self._joined, patterns):
            for words in _commands(pattern):
                groups.setdefault(words, []).append(pattern)
        plain = [pattern for pattern in groups.pop((), []) if not _informs(pattern)]
        doc = self._text.strip().split("\n\n")[0].strip()
        base = Command(
            words=(name,),
            source=self._source,
            doc="" if doc.lower().startswith("usage:") else doc,
            arguments=self._arguments(plain) if not groups else (),
            location=self._start,
        )
        if plain and groups:
            # A way to call it without a command is one more, and no part of the others.
            groups[()] = plain
        commands = tuple(
            replace(base, words=(name, *words), doc="", arguments=self._arguments(found))
            for words, found in groups.items()
        )
        return replace(base, commands=commands)

    def _joined(self, pattern: Pattern) -> Pattern:
        """The pattern with the values of its options, which the list of options tells of."""
        parts: list[Part] = []
        waits = False
        for part in pattern.parts:
            if waits and part.kind == "positional":
                parts[-1] = replace(parts[-1], metavar=part.text)
                waits = False
                continue
            parts.append(part)
            known = next((o for o in self._options if part.text in o.flags), None)
            waits = part.kind == "option" and not part.metavar and bool(known and known.metavar)
        return replace(pattern, parts=tuple(parts))

    def _arguments(self, patterns: list[Pattern]) -> tuple[Argument, ...]:
        # An option and a place may have one name: ``<mask>`` and ``--mask``.
        found: dict[object, Argument] = {}
        times: dict[object, int] = {}
        for pattern in patterns:
            for part in pattern.parts:
                for argument in self._of_part(part, pattern):
                    key = argument.flags or argument.name
                    before = found.setdefault(key, argument)
                    times[key] = times.get(key, 0) + 1
                    if before.required and not argument.required:
                        found[key] = replace(before, required=False)
        # What only some of the ways to call it have cannot be required.
        several = len(patterns)
        return tuple(
            replace(a, required=a.required and times[key] >= several) for key, a in found.items()
        )

    def _of_part(self, part: Part, pattern: Pattern) -> list[Argument]:
        line = pattern.line
        if part.kind == "shortcut":
            # Those that the pattern names itself are not among ``[options]``.
            named = {other.text for other in pattern.parts}
            return [self._option(option, Part("option", option.flags[0], optional=True))
                    for option in self._options
                    if option.flags and not named.intersection(option.flags)]  # fmt: skip
        if part.kind == "option":
            known = next((o for o in self._options if part.text in o.flags), None)
            return [self._option(known or DocOption(flags=(part.text,), line=line), part)]
        if part.kind != "positional":
            return []
        name = part.text.lower().replace("-", "_").replace(" ", "_")
        self.aliases |= {f"<{part.text}>": name, part.text: name}
        argument = Argument(
            name=name,
            minimum=0 if part.optional else 1,
            maximum=None if part.many else 1,
            required=not part.optional,
            metavar=part.text,
            exclusive=_exclusive(part),
            location=self._at(line),
        )
        return [argument]

    def _option(self, option: DocOption, part: Part) -> Argument:
        longest = max(option.flags, key=len)
        name = longest.lstrip("-").replace("-", "_")
        self.aliases |= dict.fromkeys(option.flags, name)
        metavar = option.metavar or part.metavar
        info = name in ("help", "version", "h")
        flag = Default(value=False) if not info and not part.many else None
        return Argument(
            name=name,
            flags=option.flags,
            action="info" if info else self._action(metavar, part),
            required=not part.optional and bool(metavar) and option.default is None,
            default=(None if option.default is None else Default(option.default))
            if metavar
            else flag,
            help=option.help,
            metavar=metavar.strip("<>"),
            exclusive=_exclusive(part),
            location=self._at(option.line),
        )

    def _action(self, metavar: str, part: Part) -> Action:
        if metavar:
            return "append" if part.many else "value"
        return "count" if part.many else "flag"

    def _at(self, line: int) -> Location:
        return replace(self._start, line=(self._start.line or 1) + line - 1)


def _commands(pattern: Pattern) -> list[tuple[str, ...]]:
    """The fixed words that the pattern begins with; alternatives make several of them."""
    found: list[tuple[str, ...]] = [()]
    parts = [part for part in pattern.parts if part.kind not in ("option", "shortcut")]
    while parts and parts[0].kind == "command":
        first = parts.pop(0)
        words = [first.text]
        while first.choice is not None and parts and parts[0].choice == first.choice:
            words.append(parts.pop(0).text)
        if first.optional and len(words) < 2:
            break
        found = [(*before, word) for before in found for word in words][:_MOST_COMMANDS]
    return found


def _informs(pattern: Pattern) -> bool:
    """``prog --help``: a way to call it that does nothing."""
    return bool(pattern.parts) and all(
        part.kind == "option" and part.text.lstrip("-") in ("h", "help", "version")
        for part in pattern.parts
    )


def _exclusive(part: Part) -> str | None:
    return None if part.choice is None else f"group {part.choice}"
