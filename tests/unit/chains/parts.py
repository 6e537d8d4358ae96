"""Parts of chains from a few words, and chains back into words."""

import re

from apkg.chains.interface import Part
from apkg.model import (
    Application,
    ArrayType,
    CommandProgram,
    Default,
    Input,
    Output,
    Scalar,
    UnionType,
)
from apkg.typetext import type_text

_PORT = re.compile(
    r"(?P<many>\*?)(?P<name>[\w.-]+):(?P<type>[A-Za-z]+\??(?:\[\]\??)*)"
    r"(?:=(?P<default>[^<]+))?(?:<(?P<media>.+)>)?"
)


def kind(text):
    """``File[]`` as a type; ``File?[]`` is a list with gaps."""
    if text.endswith("[]"):
        return ArrayType(kind(text[:-2]))
    if text.endswith("?"):
        return UnionType((Scalar("null"), kind(text[:-1])))
    return Scalar(text)


def application(name, ports):
    """``x:File<image/tiff> level:int=3 *scene:File -> out:File?``; ``*`` runs over it by itself."""
    taken, _, given = ports.partition("->")
    return Application(
        id=name,
        title=name.title(),
        inputs=tuple(_input(word) for word in taken.split()),
        outputs=tuple(_output(word) for word in given.split()),
        program=CommandProgram(base_command=("true",)),
    )


def part(name, ports):
    made = ports if isinstance(ports, Application) else application(name, ports)
    return Part(id=name, application=made)


def _read(word):
    match = _PORT.fullmatch(word)
    assert match, word
    text = match["type"]
    optional = text.endswith("?")
    media = tuple(match["media"].split(",")) if match["media"] else ()
    return match, {
        "id": match["name"],
        "type": kind(text.removesuffix("?")),
        "label": match["name"],
        "doc": f"About {match['name']}",
        "optional": optional,
        "media_types": media,
    }


def _input(word):
    match, fields = _read(word)
    text = match["default"]
    value = None if text is None else int(text) if fields["type"] == Scalar("int") else text
    return Input(
        **fields, default=None if text is None else Default(value), scatter=bool(match["many"])
    )


def _output(word):
    return Output(**_read(word)[1], glob="*")


def links(made):
    """``{step/input: source}``, several joined by ``+``."""
    return {
        f"{step.id}/{link.input}": "+".join(link.sources)
        for step in made.application.program.steps
        for link in step.links
    }


def link(made, end):
    step, name = end.split("/")
    (found,) = (s for s in made.application.program.steps if s.id == step)
    return next(one for one in found.links if one.input == name)


def types(ports):
    """``{name: type}`` of inputs or outputs."""
    return {
        port.id: re.sub(r"\(null \| (\w+)\)", r"\1?", type_text(port.type, port.optional))
        for port in ports
    }
