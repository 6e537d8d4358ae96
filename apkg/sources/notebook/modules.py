"""The modules beside a notebook that its code imports: read as text, never imported.

Only files below the notebook's folder are looked at, symbolic links included, and no more than
:data:`MAX_BYTES` are read in all.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from apkg.errors import Location, SourceError
from apkg.files.there import is_file
from apkg.model import TextFile

MAX_BYTES: Final = 1024 * 1024


def local_modules(trees: Sequence[tuple[int, ast.Module]], folder: Path) -> tuple[TextFile, ...]:
    """The ``.py`` files below ``folder`` that the code of the cells imports, by path.

    Modules that these import come too. A name of the standard library is never a local module.

    Raises:
        SourceError: A module cannot be read or parsed, or all together exceed 1 MiB.

    """
    search = _Search(folder)
    for _, tree in trees:
        search.follow(tree, package=None)
    while search.waiting:
        path, tree = search.waiting.pop()
        search.follow(tree, package=path.parent)
    return tuple(search.files[path] for path in sorted(search.files))


class _Search:
    """What was found so far; ``waiting`` are the modules whose own imports are to follow."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, TextFile] = {}
        self.waiting: list[tuple[PurePosixPath, ast.Module]] = []
        self._folder = folder
        self._real = folder.resolve()
        self._roots = [PurePosixPath()]
        self._size = 0

    def follow(self, tree: ast.Module, *, package: PurePosixPath | None) -> None:
        """Adds what the code imports; ``package`` is the folder of the module it stands in."""
        nodes = list(ast.walk(tree))
        self._roots += [root for root in _added_roots(nodes) if root not in self._roots]
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self._absolute(alias.name.split("."), [])
            elif isinstance(node, ast.ImportFrom):
                names = [alias.name for alias in node.names if alias.name != "*"]
                parts = node.module.split(".") if node.module else []
                if not node.level:
                    self._absolute(parts, names)
                elif package is not None and node.level <= len(package.parts):
                    up = package.parts[: len(package.parts) - node.level + 1]
                    self._take(PurePosixPath(*up), parts, names)

    def _absolute(self, parts: list[str], names: list[str]) -> None:
        if parts and parts[0] not in sys.stdlib_module_names:
            for root in self._roots:
                self._take(root, parts, names)

    def _take(self, base: PurePosixPath, parts: list[str], names: list[str]) -> None:
        """Adds ``parts`` below ``base``, the packages on the way, and ``names`` if modules."""
        place = base
        if not parts:
            self._add(place / "__init__.py")
        for part in parts:
            place /= part
            if not self._add(place / "__init__.py"):
                self._add(place.with_suffix(".py"))
        for name in names:
            if not self._add(place / name / "__init__.py"):
                self._add(place / f"{name}.py")

    def _add(self, path: PurePosixPath) -> bool:
        """Adds the file if there is one below the folder; whether there is."""
        if str(path) in self.files:
            return True
        if not is_file(self._folder / path):
            return False
        real = (self._folder / path).resolve()
        if not real.is_relative_to(self._real):
            return False
        text = self._read(real, str(path))
        self.files[str(path)] = TextFile(str(path), text)
        self.waiting.append((path, _parsed(text, str(path))))
        return True

    def _read(self, real: Path, path: str) -> str:
        try:
            with real.open("rb") as stream:
                data = stream.read(MAX_BYTES - self._size + 1)
        except OSError as error:
            raise _unreadable(path, error.strerror or str(error)) from error
        self._size += len(data)
        if self._size > MAX_BYTES:
            raise SourceError(
                "the modules that the notebook imports exceed 1 MiB",
                hint="Install them as a package in the image instead of keeping them beside it.",
                location=Location(path=path),
            )
        return _decoded(data, path)


def _decoded(data: bytes, path: str) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding).replace("\r\n", "\n")
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise _unreadable(path, "it is not text in the encoding that it declares") from error


def _parsed(text: str, path: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise _unreadable(path, error.msg, error.lineno) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise _unreadable(path, "Python cannot parse it") from error


def _unreadable(path: str, why: str, line: int | None = None) -> SourceError:
    return SourceError(
        f"cannot read the module that the notebook imports: {why}",
        hint="Correct the file, or remove the import.",
        location=Location(path=path, line=line),
    )


def _added_roots(nodes: list[ast.AST]) -> Iterator[PurePosixPath]:
    """Folders below the notebook's own that ``sys.path.append("…")`` or ``insert`` adds."""
    for node in nodes:
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Attribute(value=ast.Name(id="sys"), attr="path"),
                    attr="append" | "insert",
                ),
                args=[*_, ast.Constant(value=str(text))],
            ):
                root = PurePosixPath(text)
                if not root.is_absolute() and ".." not in root.parts and "\0" not in text:
                    yield root
