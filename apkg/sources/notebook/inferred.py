"""What the code does with its variables, as claims: always guesses, always reported as such."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence

from apkg.media import media_type_of
from apkg.model import ArrayType, DataType, Scalar
from apkg.names import parameter_id, unique
from apkg.report import Finding
from apkg.sources.claims import Claim
from apkg.sources.notebook.cells import Notebook
from apkg.sources.notebook.code import PythonCell
from apkg.sources.notebook.declaration import Declaration, claims
from apkg.sources.notebook.layers import exact, is_inside
from apkg.sources.notebook.usage import FileUse, Usage

#: Parts of a variable's name that say it is a place to write to, and nothing of what is written.
_PATH_WORDS = frozenset(
    {
        *("out", "output", "outputs", "result", "results", "path", "file", "name", "filename"),
        *("fname", "dir", "directory", "folder"),
    }
)
_CONDITIONAL = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match, ast.FunctionDef,
    ast.AsyncFunctionDef, ast.ClassDef,
)  # fmt: skip


class Inference:
    """Claims from one notebook's :class:`Usage`."""

    def __init__(
        self,
        notebook: Notebook,
        usage: Usage,
        cells: Sequence[PythonCell],
        declarations: Sequence[Declaration],
    ) -> None:
        self._notebook = notebook
        self._usage = usage
        self._trees = {cell.cell.number: cell.tree for cell in cells if cell.tree}
        self._inputs: dict[str, Declaration] = {
            d.variable: d for d in declarations if d.role == "input"
        }
        self._folders = {d.variable for d in declarations if d.role == "folder"}

    def inputs(self) -> Mapping[str, Mapping[str, Claim]]:
        """Files and folders among the declared inputs: those that the code only reads."""
        written = {use.variable for use in self._usage.writes}
        found: dict[str, Mapping[str, Claim]] = {}
        for use in self._usage.reads:
            declaration = self._inputs.get(use.variable or "")
            if declaration and use.variable not in written and _may_be_path(declaration):
                found.setdefault(declaration.name, self._read_claims(use, declaration))
        return found

    def _read_claims(self, use: FileUse, declaration: Declaration) -> Mapping[str, Claim]:
        kind: DataType = Scalar("Directory" if use.kind == "directory" else "File")
        if use.array or isinstance(declaration.value, tuple):
            kind = ArrayType(kind)
        media = use.media_type if use.kind == "file" else None
        return claims(
            f"{use.call}()",
            self._notebook.location(use.cell, use.line),
            guessed=True,
            type=kind,
            media_types=(media,) if media else None,
        )

    def read(self) -> frozenset[str]:
        """The inputs whose files the code reads before it writes any of that name."""
        return frozenset(
            self._inputs[use.variable].name
            for use in self._usage.reads
            if use.variable in self._inputs and not use.own
        )

    def outputs(self) -> Mapping[str, Mapping[str, Claim]]:
        """What the code writes, one output for each file."""
        found: dict[str, Mapping[str, Claim]] = {}
        seen: set[str] = set()
        for use in self._usage.writes:
            named = self._inputs.get(use.variable or "")
            key = f"{use.variable}" if named else f"={self._pattern(use)}"
            if key in seen or use.variable in self._folders:
                continue
            seen.add(key)
            fields = self._named_output(use, named) if named else self._fixed_output(use)
            if fields:
                taken = [*(d.name for d in self._inputs.values()), *found]
                found[unique(self._output_id(use, named), taken)] = fields
        return found

    def _named_output(self, use: FileUse, declaration: Declaration) -> Mapping[str, Claim]:
        if not _may_be_path(declaration) or not is_inside(str(declaration.value or "x")):
            return {}
        directory = use.kind == "directory"
        return claims(
            f"{use.call}()",
            self._notebook.location(use.cell, use.line),
            guessed=True,
            type=Scalar("Directory" if directory else "File"),
            named_by=declaration.name,
            media_types=(use.media_type,) if use.media_type and not directory else None,
            optional=self._conditional(use),
        )

    def _fixed_output(self, use: FileUse) -> Mapping[str, Claim]:
        pattern = self._pattern(use)
        if not is_inside(pattern):
            return {}
        several = "*" in pattern
        kind: DataType = Scalar("Directory" if use.target == "directory" else "File")
        media = use.media_type or media_type_of(pattern)
        return claims(
            f"{use.call}()",
            self._notebook.location(use.cell, use.line),
            guessed=True,
            type=ArrayType(kind) if several else kind,
            glob=posixpath.normpath(pattern) if several else exact(pattern),
            media_types=(media,) if media and use.target == "file" else None,
            optional=False if several else self._conditional(use),
        )

    def _pattern(self, use: FileUse) -> str:
        depends = any(name in self._inputs for name in use.depends)
        if use.literal is not None and not depends and not use.array:
            return use.literal
        return re.sub(r"\*+", "*", use.glob(tuple(self._inputs)))

    def _output_id(self, use: FileUse, declaration: Declaration | None) -> str:
        if declaration is not None:
            parts = [p for p in declaration.variable.split("_") if p.lower() not in _PATH_WORDS]
            if parts:
                word = "_".join(parts)
                return parameter_id(f"{word}_file" if word == declaration.variable else word)
            path = str(declaration.value or "output")
        else:
            path = self._pattern(use).replace("*", "")
        stem = posixpath.basename(path.rstrip("/")).partition(".")[0].strip("-_ ")
        return parameter_id(stem) if stem else "output"

    def _conditional(self, use: FileUse) -> bool:
        tree = self._trees.get(use.cell)
        return tree is not None and _inside_condition(tree, use.line)

    def findings(self) -> Iterable[Finding]:
        """Fixed file names that no platform could provide, and undeclared network use."""
        for use in self._usage.reads:
            fixed = use.variable not in self._inputs and not use.own
            if fixed and use.literal and "://" not in use.literal:
                yield Finding(
                    rule="notebook/fixed-input",
                    severity="warning",
                    message=f"reads {use.literal!r} by a fixed name, which no platform can provide",
                    location=self._notebook.location(use.cell, use.line),
                    advice="Put the path into a variable of the parameters cell.",
                    subject=use.literal,
                )
        for use in self._usage.writes:
            if use.variable not in self._folders and not is_inside(self._pattern(use) or "x"):
                yield Finding(
                    rule="notebook/output-outside",
                    severity="warning",
                    message=f"writes {self._pattern(use)!r}, outside the folder it works in",
                    location=self._notebook.location(use.cell, use.line),
                    advice="Write to a relative path: only that is collected.",
                    subject=use.variable,
                )


def _may_be_path(declaration: Declaration) -> bool:
    values = declaration.value if isinstance(declaration.value, tuple) else (declaration.value,)
    return all(v is None or (isinstance(v, str) and "://" not in v) for v in values)


def _inside_condition(tree: ast.AST, line: int) -> bool:
    for node in ast.iter_child_nodes(tree):
        first = getattr(node, "lineno", None)
        if first is None or not first <= line <= (getattr(node, "end_lineno", None) or first):
            continue
        return isinstance(node, _CONDITIONAL) or _inside_condition(node, line)
    return False
