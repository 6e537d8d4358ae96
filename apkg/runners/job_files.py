"""The files of a job order, looked at before anything starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from apkg.errors import UsageError
from apkg.files.documents import read_document
from apkg.files.there import is_there
from apkg.model import Input
from apkg.names import printable
from apkg.runners.entry import process_of
from apkg.runners.file_kind import misfit
from apkg.runners.interface import Json


def check_media(inputs: Sequence[Input], order: Mapping[str, Json]) -> None:
    """See that no file is clearly something else than its input takes.

    Raises:
        UsageError: one is.

    """
    for declared in inputs:
        for path in _files(order.get(declared.id)):
            kind = misfit(path, declared.media_types)
            if kind is not None:
                raise UsageError(
                    f"{declared.id}: {printable(str(path))} is {_article(kind)}, "
                    f"and not {' or '.join(declared.media_types)}",
                    hint=f"Give a file that {declared.id} takes, or --no-check-media if the "
                    "package reads this one as well.",
                )


def check_secondary(package: Path, process: str | None, order: Mapping[str, Json]) -> None:
    """See that the files which belong to a file stand beside it (CWL ``secondaryFiles``).

    Raises:
        UsageError: one is missing.

    """
    for name, patterns in _patterns(process_of(read_document(package).value, process)):
        for value in _objects(order.get(name)):
            if "secondaryFiles" in value:
                continue
            for path in _files(value):
                _check_beside(name, path, patterns)


def _check_beside(name: str, path: Path, patterns: Sequence[str]) -> None:
    for pattern in patterns:
        beside = secondary(path, pattern)
        if not is_there(beside):
            raise UsageError(
                f"{name}: {printable(beside.name)} is not beside {printable(str(path))}",
                hint=f"{name} takes a file with another one that belongs to it "
                f"(secondaryFiles: {printable(pattern)}). Put it into the same folder.",
            )


def secondary(path: Path, pattern: str) -> Path:
    """Give the file that a pattern means: each ``^`` takes an ending off, the rest is put on."""
    rest = pattern.lstrip("^")
    for _ in range(len(pattern) - len(rest)):
        path = path.with_suffix("")
    return path.with_name(path.name + rest)


def declared_inputs(process: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Give the inputs of a process with their names, where they are more than a type."""
    inputs = process.get("inputs")
    if isinstance(inputs, dict):
        named = [(str(name), declared) for name, declared in inputs.items()]
    else:
        listed = inputs if isinstance(inputs, list) else []
        named = [(str(one.get("id")), one) for one in listed if isinstance(one, dict)]
    for name, declared in named:
        if isinstance(declared, dict):
            yield name.rpartition("#")[2].rpartition("/")[2], declared


def _patterns(process: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    for name, declared in declared_inputs(process):
        listed = declared.get("secondaryFiles")
        entries = listed if isinstance(listed, list) else [listed]
        yield name, [text for one in entries if (text := _needed(one))]


def _needed(entry: object) -> str | None:
    """The pattern of a file that has to be there, and that no expression makes."""
    required: object = True
    if isinstance(entry, dict):
        required = entry.get("required", True)
        entry = entry.get("pattern")
    if not isinstance(entry, str) or required is not True or entry.endswith("?"):
        return None
    return None if "$(" in entry or "${" in entry else entry


def _objects(value: Json) -> Iterator[dict[str, Json]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and item.get("class") == "File":
            yield item


def _files(value: Json) -> Iterator[Path]:
    """The files on this machine in the value of an input."""
    for item in _objects(value):
        place = item.get("location")
        if isinstance(place, str) and place.startswith("file:"):
            yield Path(url2pathname(urlsplit(place).path))


def _article(kind: str) -> str:
    return "text" if kind == "text" else f"a {kind} file"
