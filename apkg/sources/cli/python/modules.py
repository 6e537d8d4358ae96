"""A Python file and the modules beside it: read, parsed and followed, never imported."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import read_bytes
from apkg.names import printable
from apkg.sources.cli.python.expressions import MAX_STEPS
from apkg.sources.cli.python.statements import Interpreter
from apkg.sources.cli.python.values import (
    MAX_ITEMS,
    MISSING,
    Function,
    LocalModule,
    Made,
    Scope,
    Value,
)
from apkg.sources.notebook.usage.names import words

LIMIT_BYTES = 2 * 1024 * 1024
_MOST_MODULES = 40
#: What is never followed, even where a copy of it lies beside the program.
_FRAMEWORKS = words(
    "click rich_click asyncclick cloup typer docopt docopt_ng fire configargparse jsonargparse "
    "gooey defopt tyro clize argh numpy pandas xarray rasterio osgeo"
)
_PRINTS = re.compile(
    r"^[ \t]*(?:print\s+[^(=\s]|exec\s+['\"]|raise\s+\w+\s*,|except\s+[\w.]+\s*,)", re.MULTILINE
)


class Program:
    """One file that was followed: its names, its docstring and all calls on record."""

    def __init__(self, path: Path, *, guarded: bool = True) -> None:
        """Follow the file at ``path``; with ``guarded`` also what runs under ``__main__``.

        Raises:
            SourceError: it cannot be read, or is no Python 3.

        """
        self.path = path
        self.name = printable(str(path))
        self.tree = parse(path)
        self._modules: dict[Path, LocalModule | None] = {}
        self._roots = _roots(path)
        self.interpreter = Interpreter(self.name, self._load)
        self.scope = Scope()
        self._follow(self.tree, self.scope, "__main__" if guarded else path.stem, self.name)

    @property
    def doc(self) -> str:
        """The file's docstring."""
        return ast.get_docstring(self.tree) or ""

    @property
    def made(self) -> list[Made]:
        """All recorded calls."""
        return self.interpreter.made

    @property
    def files(self) -> list[Path]:
        """The file, and those of its modules that were followed."""
        return [self.path, *(path for path, module in self._modules.items() if module)]

    def get(self, name: str) -> Value:
        """What a dotted name of the file stands for; ``MISSING`` if there is none."""
        first, *rest = name.split(".")
        value = self.scope.get(first)
        for part in rest:
            value = self.interpreter.attribute(value, part)
        return value

    def functions(self) -> list[Function]:
        """The functions of the file itself that are neither decorated nor private, in order."""
        found = [v for v in self.scope.values.values() if isinstance(v, Function)]
        return [f for f in found if f.path == self.name and not f.name.startswith("_")]

    def start(self, function: Function) -> None:
        """Follow a function that nothing has called."""
        if not function.runs:
            self.interpreter.run(function, [], {})

    def _follow(self, tree: ast.Module, scope: Scope, name: str, path: str) -> None:
        scope.values["__name__"] = name
        scope.values["__doc__"] = ast.get_docstring(tree, clean=False)
        before, self.interpreter.path = self.interpreter.path, path
        self.interpreter.block(tree.body, scope)
        self.interpreter.path = before

    def _load(self, importer: str, name: str, level: int) -> LocalModule | None:
        """The module beside ``importer`` that an import names."""
        path = self._find(Path(importer), name, level)
        if path is None or path == self.path:
            return None
        if path not in self._modules:
            # The file itself needs what is left.
            if len(self._modules) >= _MOST_MODULES or self.interpreter.steps > MAX_STEPS // 2:
                return None
            self._modules[path] = None
            self._modules[path] = self._module(path, name)
        return self._modules[path]

    def _module(self, path: Path, name: str) -> LocalModule | None:
        try:
            tree = parse(path)
        except SourceError:
            return None
        module = LocalModule(name, Scope())
        self._modules[path] = module
        self._follow(tree, module.scope, name or path.parent.name, printable(str(path)))
        return module

    def _find(self, importer: Path, name: str, level: int) -> Path | None:
        parts = name.split(".") if name else []
        if not all(part.isidentifier() for part in parts) or level > len(importer.parts):
            return None
        if level:
            starts = [importer.parent]
            for _ in range(level - 1):
                starts = [starts[0].parent]
        elif not parts or not self._may_be_ours(parts[0]):
            return None
        else:
            starts = self._roots
        for start in starts:
            base = start.joinpath(*parts)
            for candidate in (base.with_name(base.name + ".py"), base / "__init__.py"):
                if self._is_ours(candidate):
                    return candidate
        return None

    def _may_be_ours(self, package: str) -> bool:
        """Beside a package lie other people's: only a bare script has modules beside it."""
        if len(self._roots) > 1:
            return (self._roots[-1] / package) in self.path.parents
        return package not in sys.stdlib_module_names and package not in _FRAMEWORKS

    def _is_ours(self, path: Path) -> bool:
        """Whether it is a file below the folder that the program lies in."""
        try:
            top = self._roots[-1].resolve()
            return path.is_file() and path.resolve().is_relative_to(top)
        except (OSError, ValueError):
            return False


def _roots(path: Path) -> list[Path]:
    """The folder of a file, and the one that holds the whole package it belongs to."""
    folder = path.parent
    for _ in range(8):
        if not (folder / "__init__.py").is_file() or folder.parent == folder:
            break
        folder = folder.parent
    return list(dict.fromkeys([path.parent, folder]))


def parse(path: Path) -> ast.Module:
    """The syntax tree of a Python file.

    Raises:
        SourceError: it cannot be read, is no Python 3, or is nested too deeply.

    """
    name = printable(str(path))
    data = read_bytes(path, limit=LIMIT_BYTES)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise SourceError(
            "not a Python file: it holds NUL bytes", location=Location(path=name, line=line)
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data)
    except SyntaxError as error:
        raise _not_python(name, data, error) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise SourceError(
            "cannot be parsed: the code is nested too deeply, or in another encoding",
            location=Location(path=name),
        ) from error


def _not_python(name: str, data: bytes, error: SyntaxError) -> SourceError:
    here = Location(path=name, line=error.lineno)
    if _PRINTS.search(data.decode("utf-8", "replace")):
        return SourceError(
            f"this is Python 2: {error.msg}",
            hint="apkg reads Python 3. Convert the file (for instance with 2to3), or give what "
            "the tool prints for --help with --help-text FILE.",
            location=here,
        )
    return SourceError(
        f"not valid Python 3: {error.msg}",
        hint="Name the file that defines the command line.",
        location=here,
    )


__all__ = ["LIMIT_BYTES", "MAX_ITEMS", "MISSING", "Program", "parse"]
