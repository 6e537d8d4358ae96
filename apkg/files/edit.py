"""One value of a document exchanged where it stands; every other byte stays as it is.

A round trip through a YAML library keeps comments and order, but not folded lines, odd
indentation, line endings or the spelling of numbers. Here the text is cut at the places that the
parser gives, and what was written is read again before anybody gets to see it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from json.decoder import scanstring  # type: ignore[attr-defined]  # public in practice since 2.6
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apkg.errors import ApkgError, Location
from apkg.files.documents import Document, parse_document
from apkg.files.read_places import JsonPath, LazyPlace

if TYPE_CHECKING:
    import yaml

#: Anchor and tag before a YAML value: they stay.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_BLOCK = re.compile(r"[|>]")


def with_texts(document: Document, changes: Mapping[JsonPath, str]) -> str:
    """The text of ``document`` with other strings at the paths of ``changes``.

    Quotes stay where there are some. An alias (``*name``) gives way to the string itself.

    Raises:
        ApkgError: there is no string at a path, or it does not stand there itself (``<<``).

    """
    is_json = isinstance(document.places, LazyPlace)
    find = _json_spans if is_json else _yaml_spans
    spans = find(document, changes)
    text = document.text
    for path, (start, end) in sorted(spans.items(), key=lambda item: item[1], reverse=True):
        old = text[start:end]
        new = _json_text(changes[path]) if is_json else _yaml_text(old, changes[path])
        text = text[:start] + new + text[end:]
    _check(document, text, changes)
    return text


def original_bytes(path: Path, text: str) -> bytes:
    """``text`` as the bytes of the file at ``path``, which keeps a byte order mark of its own."""
    with path.open("rb") as stream:
        mark = stream.read(3)
    return (b"\xef\xbb\xbf" if mark == b"\xef\xbb\xbf" else b"") + text.encode("utf-8")


def replace_content(path: Path, data: bytes) -> None:
    """Give an existing file another content, in one step; it keeps its permissions.

    A link stays a link: the file that it leads to is the one that changes.

    Raises:
        ApkgError: the file or its folder cannot be written.

    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    try:
        mode = target.stat().st_mode & 0o7777
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(mode)
        temporary.replace(target)
    except OSError as error:
        raise ApkgError(
            f"cannot be written: {error.strerror or error}",
            hint="Check that you may write to the file and to its folder.",
            location=Location(path=str(path)),
        ) from error
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _json_spans(
    document: Document, paths: Mapping[JsonPath, str]
) -> dict[JsonPath, tuple[int, int]]:
    text = document.text
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = {}
    for path in paths:
        place = document.location(path)
        start = starts[(place.line or 1) - 1] + (place.column or 1) - 1
        if not isinstance(_value(document.value, path), str) or text[start : start + 1] != '"':
            raise _no_string(document, path)
        found[path] = (start, scanstring(text, start + 1, True)[1])  # noqa: FBT003
    return found


def _yaml_spans(
    document: Document, paths: Mapping[JsonPath, str]
) -> dict[JsonPath, tuple[int, int]]:
    found: dict[JsonPath, tuple[int, int]] = {}
    for path, event in _scalars(document.text):
        if path in paths and path not in found:
            found[path] = (event.start_mark.index, event.end_mark.index)
    for path in paths:
        if path not in found or not isinstance(_value(document.value, path), str):
            raise _no_string(document, path)
    return found


def _scalars(text: str) -> Iterator[tuple[JsonPath, Any]]:
    """Every scalar and alias of the first YAML document, with the path that leads to it."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        yield from _walk(loader, yaml)
    finally:
        loader.dispose()


def _walk(loader: Any, yaml: Any) -> Iterator[tuple[JsonPath, Any]]:
    #: For each open collection: whether it is a mapping, and the key or index that is next.
    stack: list[tuple[bool, str | int | None]] = []
    while (event := loader.get_event()) is not None:
        if isinstance(event, yaml.DocumentEndEvent):
            return
        if isinstance(event, yaml.MappingStartEvent):
            stack.append((True, None))
        elif isinstance(event, yaml.SequenceStartEvent):
            stack.append((False, 0))
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            _step(stack)
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            if stack and stack[-1] == (True, None):
                stack[-1] = (True, _key(event))
                continue
            yield tuple(name for _, name in stack if name is not None), event
            _step(stack)


def _key(event: yaml.ScalarEvent | yaml.AliasEvent) -> str:
    # An alias as a key is nothing that anybody here looks for.
    return getattr(event, "value", None) or ""


def _step(stack: list[tuple[bool, str | int | None]]) -> None:
    """One value is complete: on to the next index, or to the next key."""
    if stack:
        is_map, name = stack[-1]
        stack[-1] = (True, None) if is_map or not isinstance(name, int) else (False, name + 1)


def _json_text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _yaml_text(old: str, value: str) -> str:
    from apkg.files.yaml_out import scalar

    if old.startswith("*"):
        return scalar(value)
    match = _PROPERTIES.match(old)
    kept = old[: match.end()] if match else ""
    body = old[len(kept) :]
    if body.startswith("'"):
        return kept + "'" + value.replace("'", "''") + "'"
    if body.startswith('"'):
        return kept + _json_text(value)
    tail = body[len(body.rstrip()) :] if _BLOCK.match(body) else ""
    return kept + scalar(value) + tail


def _value(value: Any, path: JsonPath) -> Any:
    for name in path:
        try:
            value = value[name]
        except (LookupError, TypeError):
            return None
    return value


def _check(document: Document, text: str, changes: Mapping[JsonPath, str]) -> None:
    """What was written has to be read as what was meant."""
    read = parse_document(text, name=document.name)
    for path, value in changes.items():
        if _value(read.value, path) != value:
            raise _no_string(document, path)


def _no_string(document: Document, path: JsonPath) -> ApkgError:
    name = ".".join(map(str, path))
    return ApkgError(
        f"{name} cannot be changed here: it is no text that stands at this place",
        hint="Write the value yourself, or remove the file to have it written again.",
        location=document.location(path),
    )
