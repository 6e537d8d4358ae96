"""Ports that stand in files of their own: a document with its ``$import`` of them followed.

Places are those of the file where a port is written, so that its faults are shown there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from apkg.errors import Location
from apkg.files.documents import Document
from apkg.files.own_parts import with_own_parts
from apkg.files.read_places import JsonPath
from apkg.validators.kinds import PROCESS_CLASSES

#: Gives the document that a reference names, or None if it is not to be followed.
_Open: TypeAlias = Callable[[str], "Document | None"]
#: Where a value was written: the document and the path in it.
_Origin: TypeAlias = "tuple[Document, JsonPath]"
_DIRECTIVES = ("$import", "$include", "$mixin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded(Document):
    """A document some of whose values were written somewhere else."""

    original: Document
    moved: dict[JsonPath, _Origin] = field(default_factory=dict)

    def location(self, path: JsonPath, key: bool = False) -> Location:  # noqa: FBT001, FBT002
        """Where the value at ``path`` was written, in whichever file."""
        for length in range(len(path), 0, -1):
            origin = self.moved.get(path[:length])
            if origin is not None:
                document, base = origin
                # The key of what is imported as a whole stands nowhere.
                return document.location((*base, *path[length:]), key=key)
        return self.original.location(path, key=key)


def expanded(document: Document, open_file: _Open) -> Document:
    """``document`` with the imported ports of its processes in their place; itself if none are."""
    if not isinstance(document.value, dict):
        return document
    if "$mixin" in document.text:
        document = _with_mixins(document, open_file)
    if "$import" not in document.text:
        return document
    document = _with_own_parts(document)
    moved: dict[JsonPath, _Origin] = {}
    value = document.value
    graph = value.get("$graph") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(graph, list):
        processes = [
            _process(node, ("$graph", index), document, open_file, moved)
            for index, node in enumerate(graph)
        ]
        value = {**value, "$graph": processes}
    else:
        value = _process(value, (), document, open_file, moved)
    return _made(document, value, moved)


def _with_own_parts(document: Document) -> Document:
    """``document`` with what it imports from itself in place."""
    value, places = with_own_parts(document.value)
    return _made(document, value, {path: (document, place) for path, place in places.items()})


def _with_mixins(document: Document, open_file: _Open) -> Document:
    """``document`` with the fields that it takes from files where it states none of its own."""
    moved: dict[JsonPath, _Origin] = {}
    return _made(document, _mixed(document.value, (), open_file, moved), moved)


def _mixed(
    value: object, path: JsonPath, open_file: _Open, moved: dict[JsonPath, _Origin]
) -> object:
    if isinstance(value, list):
        return [_mixed(one, (*path, n), open_file, moved) for n, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    own = {key: _mixed(one, (*path, key), open_file, moved) for key, one in value.items()}
    found = _imported({"$import": own.get("$mixin")}, open_file)
    if found is None or not isinstance(found.value, dict):
        return own
    del own["$mixin"]
    moved.update({(*path, key): (found, (key,)) for key in found.value if key not in own})
    return {**found.value, **own}


def _made(document: Document, value: object, moved: dict[JsonPath, _Origin]) -> Document:
    if not moved:
        return document
    return Expanded(
        name=document.name,
        value=value,
        text=document.text,
        findings=document.findings,
        places=document.places,
        original=document,
        moved=moved,
    )


def _process(
    node: object,
    path: JsonPath,
    document: Document,
    open_file: _Open,
    moved: dict[JsonPath, _Origin],
) -> object:
    if not isinstance(node, dict) or node.get("class") not in PROCESS_CLASSES:
        return node
    made = dict(node)
    for name in ("inputs", "outputs"):
        where = (*path, name)
        ports = made.get(name)
        found = _imported(ports, open_file)
        if found is not None and isinstance(found.value, dict | list):
            made[name], moved[where] = found.value, (found, ())
        elif isinstance(ports, list) and any(_reference(port) for port in ports):
            made[name] = _ports(ports, where, document, open_file, moved)
        elif ports is not None:
            made[name] = _typed(ports, where, open_file, moved)
    return made


def _typed(
    ports: object, where: JsonPath, open_file: _Open, moved: dict[JsonPath, _Origin]
) -> object:
    """Ports of this document, some of which may have an imported type."""
    pairs: Iterable[tuple[str | int, object]] = ()
    if isinstance(ports, dict):
        pairs = ports.items()
    elif isinstance(ports, list):
        pairs = enumerate(ports)
    changed: dict[str | int, object] = {}
    for key, port in pairs:
        if not isinstance(port, dict):
            continue
        found = _imported(port.get("type"), open_file)
        if found is not None:
            changed[key] = {**port, "type": found.value}
            moved[(*where, key, "type")] = (found, ())
    if isinstance(ports, dict):
        return {**ports, **changed}
    if isinstance(ports, list):
        return [changed.get(index, port) for index, port in enumerate(ports)]
    return ports


def _ports(
    ports: list[object],
    where: JsonPath,
    document: Document,
    open_file: _Open,
    moved: dict[JsonPath, _Origin],
) -> list[object]:
    """A list of ports; a file that holds a list gives all of its members."""
    made: list[object] = []
    origins: list[_Origin] = []
    for index, port in enumerate(ports):
        found = _imported(port, open_file)
        if found is not None and isinstance(found.value, list):
            made += found.value
            origins += [(found, (number,)) for number in range(len(found.value))]
        elif found is not None and isinstance(found.value, dict):
            made.append(found.value)
            origins.append((found, ()))
        else:
            made.append(port)
            origins.append((document, (*where, index)))
    if any(origin is not document for origin, _ in origins):
        moved.update({(*where, index): origin for index, origin in enumerate(origins)})
    return made


def _reference(value: object) -> str | None:
    """The file that ``{$import: file}`` names."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    reference = value.get("$import")
    return reference if isinstance(reference, str) and "#" not in reference else None


def _imported(value: object, open_file: _Open) -> Document | None:
    reference = _reference(value)
    found = None if reference is None else open_file(reference)
    # What that file refers to is beside it, not beside us: it stays as it is.
    if found is None or any(word in found.text for word in _DIRECTIVES):
        return None
    return found
