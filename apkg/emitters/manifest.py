"""``apkg.yaml`` as ``apkg init`` writes it: all that was found, and all that could be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from apkg.emitters.manifest_words import (
    APPLICATION,
    HEADER,
    INPUT,
    INPUT_TITLE,
    OUTPUT,
    OUTPUT_TITLE,
    RESOURCES,
    Word,
)
from apkg.files.yaml_out import comment, dump, scalar
from apkg.model import Application, Catalogue, Input, NotebookProgram, Output, Person, Value
from apkg.names import printable
from apkg.typetext import type_text

#: Text that stands well in a block literal, and comes back from any reader as it was.
_BLOCK = re.compile(
    r"(?=.*\n.)[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*",
    re.DOTALL,
)
#: What no YAML stream may hold, not even in a comment.
_FORBIDDEN = re.compile("[\ud800-\udfff\ufeff\ufffe\uffff]")

#: A key, its value (``None``: not said), and the dotted path of its origin.
_Fact = tuple[str, object, str]


def manifest_text(application: Application, *, notebook: str | None) -> str:
    """Return the commented manifest of ``application``; it reads back to the same fields.

    Guessed facts are marked. ``notebook`` is named in it where the folder holds several.
    """
    lines = [comment(HEADER), "\n"]
    if notebook is not None:
        lines.append(f"notebook: {scalar(notebook)}\n\n")
    facts = {key: (value, origin) for key, value, origin in _of_application(application)}
    for word in APPLICATION:
        value, origin = facts.get(word.key, (None, ""))
        lines.append(comment(word.meaning))
        if value is None:
            lines.append(comment(word.example))
        else:
            lines.append(_line(word.key, value, _guess(application, origin), ""))
        lines.append("\n")
    lines.extend(_resources(application))
    lines.extend(_parameters(application, "inputs", INPUT_TITLE, INPUT))
    lines.extend(_parameters(application, "outputs", OUTPUT_TITLE, OUTPUT))
    return "".join(lines).rstrip("\n") + "\n"


def _of_application(application: Application) -> Iterator[_Fact]:
    about = application.metadata
    yield "id", application.id, "id"
    yield "title", application.title or None, "title"
    yield "abstract", application.abstract or None, "abstract"
    said = about.version != "1.0.0" or application.origin("version") is not None
    yield "version", about.version if said else None, "version"
    yield "keywords", list(about.keywords) or None, "keywords"
    yield "authors", [_person(person) for person in about.authors] or None, "authors"
    yield "license", about.license, "license"
    yield "codeRepository", about.code_repository, "code_repository"
    yield "citation", about.citation, "citation"
    yield "dateCreated", about.date_created, "date_created"
    yield "releaseNotes", about.release_notes, "release_notes"
    yield "visibility", about.visibility, "visibility"
    yield "security", about.security_note, "security_note"
    container = application.container
    yield "image", None if container is None else container.image, "image"
    yield "network", application.network or None, "network"
    program = application.program
    yield "stac", (isinstance(program, NotebookProgram) and program.stac) or None, "stac"
    yield "catalogues", [_catalogue(c) for c in application.catalogues] or None, "catalogues"
    yield "annotations", dict(about.annotations) or None, "annotations"


def _of_input(item: Input) -> Iterator[_Fact]:
    path = f"inputs.{item.id}"
    bounds, found = item.range, item.discovery
    yield "type", type_text(item.type, item.optional, item.semantics), f"{path}.type"
    yield "label", item.label or None, f"{path}.label"
    yield "doc", item.doc or None, f"{path}.doc"
    yield from _media_types(item.media_types, path)
    yield "allowedValues", _plain(item.allowed_values) or None, f"{path}.allowed_values"
    if bounds is not None:
        ends = {"minimum": bounds.minimum, "maximum": bounds.maximum, "spacing": bounds.spacing}
        yield "range", {k: v for k, v in ends.items() if v is not None}, f"{path}.range"
    yield "uom", item.uom, f"{path}.uom"
    yield "supportedCRS", list(item.supported_crs) or None, f"{path}.supported_crs"
    yield "eoImage", found.eo_image or None, f"{path}.discovery"
    yield "allowedCollections", list(found.allowed_collections) or None, f"{path}.discovery"
    yield "catalogSearchField", found.catalog_search_field, f"{path}.discovery"
    yield "uniqueAOI", found.unique_aoi, f"{path}.discovery"
    yield "uniqueTOI", found.unique_toi, f"{path}.discovery"
    yield "scatter", item.scatter or None, f"{path}.scatter"
    yield "example", item.example, f"{path}.example"
    yield "annotations", dict(item.annotations) or None, f"{path}.annotations"


def _of_output(output: Output) -> Iterator[_Fact]:
    path = f"outputs.{output.id}"
    yield "type", type_text(output.type, output.optional), f"{path}.type"
    yield "label", output.label or None, f"{path}.label"
    yield "doc", output.doc or None, f"{path}.doc"
    if output.named_by is None:
        yield "glob", output.glob, f"{path}.glob"
    yield "namedBy", output.named_by, f"{path}.named_by"
    yield from _media_types(output.media_types, path)
    yield "annotations", dict(output.annotations) or None, f"{path}.annotations"


def _media_types(media_types: tuple[str, ...], path: str) -> Iterator[_Fact]:
    origin = f"{path}.media_types"
    if len(media_types) == 1:
        yield "mediaType", media_types[0], origin
    else:
        yield "mediaTypes", list(media_types) or None, origin


def _resources(application: Application) -> Iterator[str]:
    needs = application.resources
    yield comment("What the program needs of the machine: CPU cores, and MiB of memory and disk.")
    said = {key: getattr(needs, field) for key, (field, _) in RESOURCES.items()}
    missing = [f"{key}: {RESOURCES[key][1]}" for key, value in said.items() if value is None]
    if len(missing) == len(said):
        yield comment("resources:\n" + "\n".join(f"  {line}" for line in missing)) + "\n"
        return
    yield "resources:\n"
    for key, value in said.items():
        if value is not None:
            yield _line(key, value, _guess(application, RESOURCES[key][0]), "  ")
    yield "".join(comment(line, indent="  ") for line in missing) + "\n"


def _parameters(
    application: Application, group: str, title: str, words: tuple[Word, ...]
) -> Iterator[str]:
    """All inputs or all outputs, and what else could be said of one."""
    yield comment(title)
    yield f"{group}:\n"
    if group == "inputs":
        for item in application.inputs:
            yield f"  {scalar(item.id)}:\n"
            yield from _facts(application, _of_input(item))
            if item.default is not None:
                guess = _guess(application, f"inputs.{item.id}.default")
                yield _line("default", _plain(item.default.value), guess, "    ")
            yield "\n"
    else:
        for output in _declared(application):
            if output.role == "result":
                yield f"  {scalar(output.id)}:\n"
                yield from _facts(application, _of_output(output))
                yield "\n"
    lines = [f"# {word.example}  # {word.meaning}" for word in words]
    yield f"  # What can be said of one of the {group}, below its id:\n"
    yield "".join(f"  #   {line.removeprefix('# ')}\n" for line in lines) + "\n"


def _declared(application: Application) -> tuple[Output, ...]:
    """The outputs that an author declares; a catalogue makes one folder of them."""
    program = application.program
    results = program.results if isinstance(program, NotebookProgram) else ()
    return results or application.outputs


def _facts(application: Application, facts: Iterable[_Fact]) -> Iterator[str]:
    for key, value, origin in facts:
        if value is not None:
            yield _line(key, value, _guess(application, origin), "    ")


def _guess(application: Application, path: str) -> str:
    """Return the comment for a guessed fact: where the guess came from."""
    origin = application.origin(path)
    if origin is None or not origin.guessed:
        return ""
    place = f" ({origin.location})" if origin.location else ""
    text = " ".join(printable(f"guessed: {origin.source}{place}").split())
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _line(key: str, value: object, remark: str, indent: str) -> str:
    """``key: value  # remark``; long text and lists of mappings take lines of their own."""
    above = f"{indent}# {remark}\n" if remark else ""
    if isinstance(value, str) and _BLOCK.fullmatch(value):
        return above + _indented(dump({key: value}), indent)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        items = "".join(f"{indent}  - {scalar(item)}\n" for item in value)
        return f"{above}{indent}{key}:\n{items}"
    return f"{indent}{key}: {scalar(value)}{f'  # {remark}' if remark else ''}\n"


def _indented(text: str, indent: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{indent}{line}" if line else line for line in lines)


def _plain(value: Value) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _person(person: Person) -> dict[str, str]:
    parts = {
        "name": person.name,
        "email": person.email,
        "affiliation": person.affiliation,
        "orcid": person.identifier,
    }
    return {key: text for key, text in parts.items() if text is not None}


def _catalogue(catalogue: Catalogue) -> dict[str, str]:
    title = {"title": catalogue.title} if catalogue.title else {}
    return {"href": catalogue.href, **title}
