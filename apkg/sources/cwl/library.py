"""The files that a CWL document is made of: ``$import``, ``$include`` and ``run: other.cwl``.

Only regular files in the folder of the first document, or below it, are opened; never the
network. What a step runs may be anywhere below the folder in which the user stands, where that
holds the document too (``run: ../tools/tool.cwl``), as long as it is called ``.cwl``; and so may
what such a document imports from beside it. How many files, and how deep they import each other,
is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from apkg.errors import ApkgError
from apkg.files.documents import Document, read_document
from apkg.files.own_parts import with_own_parts
from apkg.files.there import is_file
from apkg.names import printable
from apkg.sources.cwl.node import Ledger, Node

MAX_FILES = 200
MAX_IMPORT_DEPTH = 8
#: Most values of all documents together, imports unfolded.
MAX_VALUES = 1_000_000
LIMIT_BYTES = 16 * 1024 * 1024
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_IMPORTS = ("$import", "$include")
#: What helps where tools and workflows lie in folders side by side.
ONE_FOLDER = (
    "Call apkg from the folder that holds all files of the package, or make one file of them: "
    "cwltool --pack FILE > packed.cwl"
)
#: Schemas of https://github.com/eoap/schemas whose names :mod:`apkg.sources.cwl_types` knows.
_KNOWN = re.compile(
    r"https://raw\.githubusercontent\.com/eoap/schemas/.*/(string_format|ogc)\.ya?ml"
)


@dataclass(slots=True)
class Library:
    """Opens what documents refer to, and keeps it.

    ``root`` is the folder of the first document, ``around`` the one that holds what steps run.
    """

    root: Path
    around: Path
    ledger: Ledger
    _shelf: dict[Path, Node | None] = field(default_factory=dict)
    _values: int = 0
    _imports: int = 0

    def top(self, document: Document) -> Node:
        """The first document, with its imports in place."""
        node = self._node(document)
        self._shelf[Path(document.name).resolve()] = node
        expanded = self.expand(node, (Path(document.name).resolve(),))
        self._shelf[Path(document.name).resolve()] = expanded
        return expanded

    def open(self, reference: str, asking: Node) -> Node | None:
        """The document that ``reference`` names, or ``None`` with a note of why not."""
        path = self._path(reference, asking, run=True)
        if path is None:
            return None
        if path not in self._shelf:
            node = self._read(path, asking)
            self._shelf[path] = None if node is None else self.expand(node, (path,))
        return self._shelf[path]

    def _path(self, reference: str, asking: Node, *, run: bool = False) -> Path | None:
        name = reference.split("#", 1)[0]
        if _KNOWN.fullmatch(name):
            return None
        if _SCHEME.match(name) or name.startswith("//"):
            asking.note(
                f"`{printable(reference)}` is not beside this document and was not fetched.",
                advice="Save it beside the document and refer to it by its file name.",
            )
            return None
        folder = Path(asking.document.name).parent
        path = self._resolved(folder, name)
        if path is None or not self._is_ours(path, folder, run=run):
            asking.warn(
                f"`{printable(reference)}` is outside the folder of this document "
                "and was not opened.",
                advice=ONE_FOLDER,
            )
            return None
        if not is_file(path):
            asking.warn(f"There is no file `{printable(reference)}` beside this document.")
            return None
        return path

    def _is_ours(self, path: Path, folder: Path, *, run: bool) -> bool:
        if path.is_relative_to(self.root) or path.is_relative_to(folder.resolve()):
            return True
        return run and path.suffix == ".cwl" and path.is_relative_to(self.around)

    @staticmethod
    def _resolved(folder: Path, name: str) -> Path | None:
        try:
            return (folder / name).resolve()
        except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL in the name
            return None

    def _read(self, path: Path, asking: Node) -> Node | None:
        if len(self._shelf) > MAX_FILES:
            asking.warn(f"More than {MAX_FILES} files belong to this document; no more are opened.")
            return None
        try:
            document = read_document(self._shown(path, asking), limit=LIMIT_BYTES)
        except ApkgError as error:
            _warn(asking, path, error)
            return None
        self.ledger.findings.extend(document.findings)
        return self._node(document)

    def _node(self, document: Document) -> Node:
        return Node(with_own_parts(document.value)[0], (), document, self.ledger)

    def _shown(self, path: Path, asking: Node) -> Path:
        """``path`` as the user would write it, so that messages hold no longer name."""
        shown = Path(asking.document.name).parent
        resolved = shown.resolve()
        if path.is_relative_to(resolved):
            return shown / path.relative_to(resolved)
        here = _here()
        return path if here is None or not path.is_relative_to(here) else path.relative_to(here)

    def expand(self, node: Node, trail: tuple[Path, ...] = ()) -> Node:
        """``node`` with every ``$import``, ``$include`` and ``$mixin`` below it in place.

        ``trail`` are the files that are being imported, to notice those that import themselves.
        """
        return node.with_value(self._value(node, trail))

    def _value(self, node: Node, trail: tuple[Path, ...]) -> object:
        self._values += 1
        if self._values > MAX_VALUES:
            return None
        value = node.value
        if isinstance(value, dict):
            for key in _IMPORTS:
                if isinstance(value.get(key), str):
                    return self._imported(key, node.child(key, value[key]), trail)
            own = {k: self._member(node.child(k, v), trail) for k, v in value.items()}
            if not isinstance(own.get("$mixin"), str):
                return own
            base = self._imported("$mixin", node.child("$mixin", own.pop("$mixin")), trail)
            return {**base, **own} if isinstance(base, dict) else own
        if isinstance(value, list):
            return [self._member(node.child(i, v), trail) for i, v in enumerate(value)]
        return value

    def _member(self, node: Node, trail: tuple[Path, ...]) -> object:
        return self._value(node, trail) if isinstance(node.value, dict | list) else node.value

    def _imported(self, key: str, node: Node, trail: tuple[Path, ...]) -> object:
        reference = str(node.value)
        path = self._path(reference, node)
        if path is None:
            return None
        self._imports += 1
        if path in trail or len(trail) > MAX_IMPORT_DEPTH or self._imports > MAX_FILES:
            node.warn(f"`{printable(reference)}` imports itself, or there are too many imports.")
            return None
        if key == "$include":
            return self._text(path, node)
        found = self._read(path, node)
        if found is None:
            return None
        self._shelf.setdefault(path, found)
        expanded = self.expand(found, (*trail, path))
        return _fragment(expanded.value, reference)

    @staticmethod
    def _text(path: Path, node: Node) -> str | None:
        from apkg.files.read_bytes import decode, read_bytes

        try:
            return decode(read_bytes(path, limit=LIMIT_BYTES), name=path.name)
        except ApkgError as error:
            _warn(node, path, error)
            return None


def _warn(asking: Node, path: Path, error: ApkgError) -> None:
    why = error.message.removeprefix("cannot be read: ")
    asking.warn(f"`{path.name}` cannot be read: {why}", advice=error.hint)


def library_for(document: Document, ledger: Ledger) -> Library:
    """A library that opens files in the folder of ``document`` and below it.

    What steps run, it opens below the current folder, if ``document`` is there as well.
    """
    root = Path(document.name).parent.resolve()
    here = _here()
    return Library(root, root if here is None or not root.is_relative_to(here) else here, ledger)


def _here() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # it has been removed
        return None


def _fragment(value: object, reference: str) -> object:
    """The member of an imported document that ``file#name`` means, else all of it."""
    name = reference.partition("#")[2]
    members = value.get("$graph") if isinstance(value, dict) else value
    if not name or not isinstance(members, list):
        return value
    for member in members:
        if isinstance(member, dict):
            known = str(member.get("id") or member.get("name") or "")
            if known.rsplit("#", 1)[-1] == name:
                return member
    return value
