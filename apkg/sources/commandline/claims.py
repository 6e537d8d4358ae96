"""A command line as claims: what an expert would write in its CWL, and what had to be guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from apkg.model import Argument as Word
from apkg.model import ArrayType, DataType, Scalar
from apkg.names import printable, unique
from apkg.report import Finding
from apkg.sources.claims import Claim, Fields, Layer
from apkg.sources.commandline.bindings import placed
from apkg.sources.commandline.helptext import clean, first_sentence
from apkg.sources.commandline.inputs import Described, described
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.commandline.outputs import NOBODY, outputs_of, stdout_name
from apkg.sources.commandline.roles import main_flag
from apkg.sources.commandline.tree import Leaf
from apkg.typetext import type_text

_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLayer:
    """What one voice says of one command.

    ``layer`` holds all claims. ``words`` is the command as typed, ``arguments`` the words that
    stand among its inputs (a sub-command behind the options of its group).
    """

    layer: Layer
    words: tuple[str, ...]
    arguments: tuple[Word, ...] = ()
    stdout: str | None = None
    findings: tuple[Finding, ...] = ()
    #: Output id -> the input whose value names it.
    named_by: Mapping[str, str] = field(default_factory=dict)


def command_layer(command: Command | Leaf) -> CommandLayer:
    """The claims on inputs, outputs, title, abstract and version that a command line makes.

    Guessed claims are marked so, and each of the ``findings`` tells how one is settled.
    """
    leaf = command if isinstance(command, Leaf) else Leaf(command=command)
    own = leaf.command
    words, arguments, items = _line(leaf)
    found = _unique(_without_twins(items))
    outputs, named = outputs_of(own, found)
    printed = any(fields.get("role") is not None for fields in outputs.values())
    return CommandLayer(
        layer=Layer(
            application=_about(leaf),
            inputs={item.id: _with_group(item, found) for item in found},
            outputs=outputs,
        ),
        words=words,
        arguments=arguments,
        stdout=stdout_name(own) if printed else None,
        findings=tuple(_guesses(found, outputs, named)),
        named_by=named,
    )


def split(layer: Layer) -> tuple[Layer, Layer]:
    """The claims that the author made, and those that were guessed."""
    return _only(layer, guessed=False), _only(layer, guessed=True)


def _only(layer: Layer, *, guessed: bool) -> Layer:
    def kept(fields: Fields) -> Fields:
        return {name: claim for name, claim in fields.items() if claim.guessed is guessed}

    return Layer(
        application=kept(layer.application),
        inputs={name: kept(fields) for name, fields in layer.inputs.items()},
        outputs={
            name: kept(fields) for name, fields in layer.outputs.items() if guessed or kept(fields)
        },
    )


def _line(leaf: Leaf) -> tuple[tuple[str, ...], tuple[Word, ...], list[Described]]:
    """The base command, the words among the inputs, and the inputs, in the order typed."""
    items: list[Described] = []
    fixed: list[Word] = []
    words, last = (leaf.groups[0] if leaf.groups else leaf.command).words, 0
    before = len(words)
    for command in (*leaf.groups, leaf.command):
        for word in command.words[before:]:
            if not items:
                words = (*words, word)
            else:
                last += 1
                fixed.append(Word(value=word, position=last))
        before = len(command.words)
        found, last = placed([a for a in command.arguments if _is_input(a)], last)
        items += [described(p.argument, p.position, command.source) for p in found]
    return words, tuple(fixed), items


def _is_input(argument: Argument) -> bool:
    """Whether it is for those who run the tool, and not help, version or hidden."""
    return argument.action != "info" and not argument.hidden


def _without_twins(items: list[Described]) -> list[Described]:
    """``items`` without the option that is another way to give a positional result (rio's -o)."""
    places = {item.id for item in items if item.argument.positional and item.role.written}
    return [
        item
        for item in items
        if item.argument.positional
        or item.argument.required
        or not (item.role.written and item.id in places)
    ]


def _unique(items: Iterable[Described]) -> tuple[Described, ...]:
    taken: list[str] = []
    found: list[Described] = []
    for item in items:
        name = unique(item.id, taken)
        taken.append(name)
        found.append(replace(item, id=name))
    return tuple(found)


def _with_group(item: Described, items: tuple[Described, ...]) -> Fields:
    """The claims on an input, with the arguments that may not stand beside it in its doc."""
    group = item.argument.exclusive
    others = [o for o in items if group is not None and o.argument.exclusive == group]
    names = [_shown(o.argument) for o in others if o.id != item.id]
    if not names:
        return item.fields
    fields = dict(item.fields)
    old = fields.get("doc")
    doc = f"{old.value if old else ''} (not together with {', '.join(names)})".strip()
    fields["doc"] = replace(old or fields["type"], value=doc, guessed=False)
    return fields


def _shown(argument: Argument) -> str:
    return argument.name if argument.positional else main_flag(argument)


def _about(leaf: Leaf) -> Fields:
    command = leaf.command
    doc = _paragraphs(command.doc)
    title = clean(command.title) or first_sentence(doc).rstrip(".")
    version = next((c.version for c in (command, *reversed(leaf.groups)) if c.version), None)
    values = {
        "title": title if len(title) <= _LONGEST_TITLE else "",
        "abstract": doc or clean(command.title),
        "version": version or "",
    }
    return {
        name: Claim(value=value, source=command.source, location=command.location)
        for name, value in values.items()
        if value
    }


def _paragraphs(text: str) -> str:
    parts = [" ".join(printable(part).split()) for part in text[:20_000].split("\n\n")]
    return "\n\n".join(part for part in parts if part)


def _guesses(
    items: tuple[Described, ...], outputs: Mapping[str, Fields], named: Mapping[str, str]
) -> Iterator[Finding]:
    for item in items:
        if item.role.written or item.role.kind == "address":
            continue
        kind = item.fields["type"]
        if kind.guessed and isinstance(kind.value, DataType):
            yield _type_guess(item, kind.value)
    for name, fields in outputs.items():
        yield from _output_guess(name, fields, named.get(name))


def _type_guess(item: Described, kind: DataType) -> Finding:
    plain = kind.items if isinstance(kind, ArrayType) else kind
    other = "File" if plain in (Scalar("Directory"), Scalar("string")) else "string"
    several = "[]" if isinstance(kind, ArrayType) else ""
    return Finding(
        rule="commandline/guessed-type",
        severity="note",
        message=f"input {item.id} is taken for {type_text(kind, optional=False)}, "
        f"guessed from {item.because}",
        location=item.argument.location,
        advice=f"If it is not, say so in apkg.yaml, or for instance with "
        f"--set inputs.{item.id}.type={other}{several}.",
        subject=item.id,
    )


def _output_guess(name: str, fields: Fields, by: str | None) -> Iterator[Finding]:
    kind = fields["type"]
    if not kind.guessed:
        return
    if by is not None:
        what = "folder" if kind.value == Scalar("Directory") else "file"
        message = f"the value of input {by} is taken for the name of a {what} that is written"
        advice = f"If it is read, say --set inputs.{by}.type={_name_of(kind)}; "
        advice += f"if it is plain text, --set outputs.{name}.ignore=true."
    elif kind.source == NOBODY:
        message = "nothing says what the command writes; the whole working folder is its output"
        advice = f"Name the files: --set outputs.{name}.glob='*.tif' --set outputs.{name}.type=File"
    else:
        message = "the command is taken to print its result"
        advice = f"If it writes a file, name it: --set outputs.{name}.glob=NAME."
    yield Finding(
        rule="commandline/guessed-output",
        severity="note",
        message=message,
        location=kind.location,
        advice=advice,
        subject=name,
    )


def _name_of(kind: Claim) -> str:
    return kind.value.name if isinstance(kind.value, Scalar) else "File"
