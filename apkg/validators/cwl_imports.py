"""Rules on ``$import`` and ``$include``: the files are there, and none imports itself."""

from __future__ import annotations

import os
from collections.abc import Iterator

from apkg.errors import SourceError
from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.files.there import is_file
from apkg.names import printable
from apkg.validators.cwl_context import Context
from apkg.validators.cwl_library import CannotFollow, Library, local_path


def check_imports(context: Context) -> None:
    """``$import`` and ``$include``: that the file is there, and what was not looked at."""
    circles: dict[str, str | None] = {}
    for name, reference, path in _references(context.document.value, ()):
        if reference.startswith("#"):
            _own(context, reference, path)
            continue
        try:
            if name == "$import":
                _import(context, reference, path, circles)
            else:
                _exists(context, reference)
        except CannotFollow as reason:
            context.say(
                "not-checked" if reason.remote else "import",
                f"'{printable(reference)}' was not looked at: {reason.why}"
                if reason.remote
                else reason.why,
                path,
                severity="note" if reason.remote else "error",
                advice=None if reason.remote else "Give the path of the file from this one.",
                subject=reference,
            )
    _check_keyed(context)


def _own(context: Context, reference: str, path: JsonPath) -> None:
    """What could be found has been put in its place before (:mod:`apkg.files.own_parts`)."""
    context.say(
        "import",
        f"no part of this document has the id '{printable(reference)}', or it imports itself",
        path,
        advice="Name a part of this document by its id, or a file by its path from this one.",
        subject=reference,
    )


def _import(
    context: Context, reference: str, path: JsonPath, circles: dict[str, str | None]
) -> None:
    file, _, fragment = reference.partition("#")
    found = context.library.document(file, context.document)
    if fragment:
        return
    if found.name not in circles:
        circles[found.name] = _circle(context.document, found, context.library)
    names = circles[found.name]
    if names is not None:
        context.say(
            "import",
            f"these files import each other in a circle: {names}",
            path,
            advice="A file cannot contain itself: cut one of the imports.",
            subject=reference,
        )


def _circle(first: Document, second: Document, library: Library) -> str | None:
    """The files that import each other, from ``first`` by ``second`` on; None if none do."""
    way: list[str] = [_whole(first)]
    done: set[str] = set()

    def visit(document: Document) -> str | None:
        whole = _whole(document)
        if whole in way:
            names = [*way[way.index(whole) :], whole]
            return " → ".join(printable(os.path.basename(name)) for name in names)  # noqa: PTH119
        # A chain of hundreds of files is none that people write.
        if whole in done or len(way) > 100:
            return None
        done.add(whole)
        way.append(whole)
        for found in _imported(document, library):
            circle = visit(found)
            if circle is not None:
                return circle
        way.pop()
        return None

    return visit(second)


def _imported(document: Document, library: Library) -> Iterator[Document]:
    if "$import" not in document.text:
        return
    for name, reference, _ in _references(document.value, ()):
        if name == "$import" and "#" not in reference:
            try:
                yield library.document(reference, document)
            except (CannotFollow, SourceError):
                continue


def _whole(document: Document) -> str:
    return os.path.abspath(document.name)  # noqa: PTH100 - a link is a file of its own


def _check_keyed(context: Context) -> None:
    """``name: {$import: file}``: the name becomes a second field beside ``$import``."""
    for process in context.processes:
        for field in ("inputs", "outputs", "steps"):
            members = process.node.get(field)
            for key, item in members.items() if isinstance(members, dict) else ():
                if isinstance(item, dict) and "$import" in item:
                    context.say(
                        "import",
                        f"'$import' cannot stand below a name: '{printable(key)}' becomes a field "
                        "beside it",
                        (*process.path, field, key, "$import"),
                        key=True,
                        advice=f"Make '{field}' a list with the item '- $import: ...', and write "
                        f"'id: {printable(key)}' in the file.",
                        subject=key,
                    )


def _exists(context: Context, reference: str) -> None:
    path = local_path(reference.partition("#")[0], context.document)
    if not is_file(path):
        raise CannotFollow(f"there is no file '{printable(reference)}'")


def _references(value: object, path: JsonPath) -> Iterator[tuple[str, str, JsonPath]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("$import", "$include", "$mixin") and isinstance(item, str):
                yield key, item, (*path, key)
            elif isinstance(item, dict | list) and key != "default":
                yield from _references(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict | list):
                yield from _references(item, (*path, index))
