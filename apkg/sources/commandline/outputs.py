"""What a command leaves: files and folders named by its options, what it prints, or the folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from apkg.media import media_type_of
from apkg.model import Scalar
from apkg.names import parameter_id
from apkg.sources.claims import Claim, Fields
from apkg.sources.commandline.helptext import clean, first_sentence
from apkg.sources.commandline.inputs import Described
from apkg.sources.commandline.model import Command
from apkg.sources.commandline.words import DIRECTORIES, FILES, OUTPUT, SAVING, tokens
from apkg.sources.formats import formats_in

_PRINTS = re.compile(
    r"\b(?:standard output|stdout)\b|\bprints?\b.*\b(?:console|terminal|screen)\b"
    r"|^(?:prints?|lists?|shows?|displays?|dumps?|reports?)\b",
    re.IGNORECASE,
)
_ELSE_PRINTS = re.compile(
    r"(?:instead of|defaults?\W*(?:is|to)?|or|else|otherwise)\W+(?:\w+\s+)?"
    r"(?:stdout|standard output)"
    r"|(?:stdout|standard output)\W+(?:by default|if|when|is the default)",
    re.IGNORECASE,
)
_INFO_NAME = re.compile(r"[a-z]*info|.*-info|ls|cat|dump|.*dump|wc|stats?")
_ENDINGS = {
    "application/json": "json", "application/geo+json": "geojson", "text/csv": "csv",
    "application/xml": "xml", "application/yaml": "yaml",
}  # fmt: skip
FALLBACK, PRINTED = "results", "output"
#: Who says that the whole folder is the output.
NOBODY = "assumed"


def outputs_of(
    command: Command, items: Sequence[Described]
) -> tuple[dict[str, Fields], dict[str, str]]:
    """The outputs by id, and which input names which of them (output id -> input id)."""
    taken = {item.id.lower() for item in items}
    found: dict[str, Fields] = {}
    named: dict[str, str] = {}
    for item in items:
        if not item.role.written or item.fields["type"].value != Scalar("string"):
            continue
        name = _free(_names(item), taken)
        taken.add(name.lower())
        found[name], named[name] = _named_by(item, command), item.id
    if any("optional" not in fields for fields in found.values()):
        return found, named
    if prints(command, items):
        found[_free([PRINTED, "printed"], taken)] = _printed(command)
    else:
        found[_free([FALLBACK, "all_results"], taken)] = _folder(command)
    return found, named


def prints(command: Command, items: Sequence[Described]) -> bool:
    """Whether the help says that the result is printed."""
    texts = [command.title, *command.doc.split("\n\n")[:2]]
    helps = [item.argument.help for item in items if item.role.written]
    if any(_ELSE_PRINTS.search(text) for text in helps):
        return True
    texts += ["stdout" for item in items if _names_nothing(item)]
    name = command.words[-1].rpartition("/")[2] if command.words else ""
    return any(_PRINTS.search(" ".join(text.split())) for text in texts) or bool(
        _INFO_NAME.fullmatch(name)
    )


def stdout_name(command: Command) -> str:
    """The file that keeps what the command prints."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", _last_word(command)).strip("-") or "output"
    media = formats_in(command.title, command.doc)
    return f"{name}.{_ENDINGS.get(media[0], 'txt') if media else 'txt'}"


def _last_word(command: Command) -> str:
    word = command.words[-1].rpartition("/")[2] if command.words else ""
    return re.sub(r"\.(?:py|sh|R|r|pl)$", "", word)


def _names_nothing(item: Described) -> bool:
    default = item.argument.default
    return item.role.written and default is not None and default.value in {"-", "/dev/stdout"}


def _names(item: Described) -> Iterable[str]:
    """What an expert would call the result of ``--output-mask FILE``: mask, or the like."""
    words = tokens(item.id)
    named = [w for w in words if w not in FILES | DIRECTORIES | SAVING | {"name", "names"}]
    short = [word for word in named if word not in OUTPUT and len(word) > 1]
    folder = item.role.kind == "Directory"
    if short:
        yield parameter_id("_".join(short))
        yield parameter_id("_".join(named))
        yield f"{item.id}_{'folder' if folder else 'file'}"
    yield "output"
    yield "result"
    yield f"{item.id}_result"


def _free(candidates: Iterable[str], taken: set[str]) -> str:
    last = ""
    for last in candidates:
        if last.lower() not in taken:
            return last
    number = 2
    while f"{last}_{number}".lower() in taken:
        number += 1
    return f"{last}_{number}"


def _named_by(item: Described, command: Command) -> Fields:
    says = item.fields["type"]
    guess = not item.role.stated

    def claim(value: object) -> Claim:
        return Claim(value=value, source=says.source, guessed=guess, location=says.location)

    fields = {"type": claim(Scalar(item.role.kind)), "named_by": claim(item.id)}
    if doc := clean(item.argument.help):
        fields["doc"] = claim(doc)
    if "optional" in item.fields:
        fields["optional"] = claim(value=True)
    if item.role.kind == "File" and (media := _media_type(item, command)):
        fields["media_types"] = Claim(
            value=(media,), source=f"{command.source}, guessed from the help", guessed=True
        )
    return fields


def _media_type(item: Described, command: Command) -> str | None:
    default = item.argument.default.value if item.argument.default else None
    if isinstance(default, str) and (found := media_type_of(default)):
        return found
    near = formats_in(item.argument.help, item.id, item.argument.metavar)
    if near:
        return near[0]
    spoken = formats_in(command.title, first_sentence(command.doc))
    return spoken[0] if len(spoken) == 1 else None


def _printed(command: Command) -> Fields:
    source = f"{command.source}, guessed from the help"
    media = media_type_of(stdout_name(command)) or "text/plain"
    values: dict[str, object] = {
        "type": Scalar("File"),
        "role": "stdout",
        "glob": stdout_name(command),
        "doc": "What the command prints",
        "media_types": (media,),
    }
    return {
        name: Claim(value=value, source=source, guessed=True, location=command.location)
        for name, value in values.items()
    }


def _folder(command: Command) -> Fields:
    values = {"type": Scalar("Directory"), "glob": ".", "doc": "Everything that the command writes"}
    return {
        name: Claim(value=value, source=NOBODY, guessed=True, location=command.location)
        for name, value in values.items()
    }
