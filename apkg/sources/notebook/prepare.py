"""The notebook that the launcher executes: the author's own, made to take its values from outside.

papermill injects a cell behind the one tagged ``parameters``. Where inputs stand elsewhere, or
are objects that no plain value can replace (a ``Path``, a tuple, a date), the value in the source
is replaced by a variable, and papermill sets those variables in a first cell of ours.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from apkg.model import TextFile, Value
from apkg.sources.notebook.cells import Notebook, text_of
from apkg.sources.notebook.code import split_lines
from apkg.sources.notebook.declaration import Declaration, Edit

PREFIX = "_apkg_"
_KEPT_METADATA = ("kernelspec", "language_info")


def injects(declarations: Sequence[Declaration]) -> bool:
    """Whether values go in by variables of ours (else papermill's own cell does it all)."""
    inputs = [d for d in declarations if d.role != "output"]
    cells = {d.cell for d in inputs if d.in_parameter_cell}
    return len(cells) > 1 or any(d.needs_edit for d in inputs)


def prepare(
    notebook: Notebook,
    declarations: Sequence[Declaration],
    *,
    edits: Iterable[Edit] = (),
    variables: Mapping[str, str],
    optional: Collection[str] = (),
    modules: Sequence[TextFile] = (),
) -> str:
    """The notebook's JSON, ready to run.

    ``variables`` maps a declaration's name to the variable of ours that carries its value (empty
    where papermill's own injection will do); ``optional`` are those whose value may be null.
    """
    content: dict[str, Any] = dict(copy.deepcopy(dict(notebook.content)))
    cells: list[dict[str, Any]] = [_stripped(cell) for cell in content["cells"]]
    changes = [*edits, *(edit for d in declarations for edit in d.edits)]
    injected = [d for d in declarations if d.role != "output" and d.name in variables]
    first, repeated = _shared_targets(injected)
    changes += [_value_edit(d, variables[d.name], optional) for d in first]
    for number in sorted({change.cell for change in changes}):
        mine = [change for change in changes if change.cell == number]
        cells[number - 1]["source"] = apply_edits(text_of(cells[number - 1]["source"]), mine)
    lines = [(d.cell, d.last_line, d.after) for d in declarations if d.after]
    lines += [
        (d.cell, d.last_line, f"{d.variable} = {_expression(d, variables[d.name], optional)}")
        for d in repeated
    ]
    _add_after(cells, lines)
    if variables:
        cells = [_parameters_cell(injected, variables), *map(_untagged, cells)]
    ending = [d.at_end for d in declarations if d.at_end]
    if ending:
        cells.append(_code_cell("\n".join(["# Written by apkg: the declared outputs.", *ending])))
    content["cells"] = cells
    content["metadata"] = _metadata(notebook, modules, cells_before=1 if variables else 0)
    for key in ("nbformat", "nbformat_minor"):
        if not isinstance(content.get(key), int):
            content[key] = 4
    if content["nbformat_minor"] >= 5:
        _number_cells(cells)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """``source`` with the edits made, last one first so that places stay true."""
    lines = [line.encode("utf-8", "surrogatepass") for line in split_lines(source)]
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        (first, start), (last, end) = edit.span
        before, behind = lines[first - 1][:start], lines[last - 1][end:]
        new = before + edit.text.encode() + behind
        lines[first - 1 : last] = [new, *[b""] * (last - first)]
    return b"\n".join(lines).decode("utf-8", "surrogatepass")


def _shared_targets(
    declarations: Iterable[Declaration],
) -> tuple[list[Declaration], list[Declaration]]:
    """The declarations with a value of their own, and those of ``a = b = 1`` behind the first."""
    first: dict[object, Declaration] = {}
    known = list(declarations)
    for declaration in known:
        first.setdefault((declaration.cell, declaration.target), declaration)
    own = list(first.values())
    return own, [d for d in known if not any(d is other for other in own)]


def _expression(declaration: Declaration, variable: str, optional: Collection[str]) -> str:
    expression = declaration.template.replace("{}", variable)
    if declaration.template != "{}" and declaration.name in optional:
        return f"({variable} if {variable} is None else {expression})"
    return expression


def _value_edit(declaration: Declaration, variable: str, optional: Collection[str]) -> Edit:
    expression = _expression(declaration, variable, optional)
    if declaration.target is None:
        raise AssertionError(declaration.name)
    if declaration.bare:
        expression = f"{declaration.variable} = {expression}"
    return Edit(cell=declaration.cell, span=declaration.target, text=expression)


def _stripped(cell: object) -> dict[str, Any]:
    """A cell without what a run has left in it."""
    kept: dict[str, Any] = dict(cell) if isinstance(cell, dict) else {"cell_type": "raw"}
    metadata = kept.get("metadata")
    kept["metadata"] = dict(metadata) if isinstance(metadata, dict) else {}
    kept["source"] = text_of(kept.get("source", ""))
    if kept.get("cell_type") == "code":
        kept["outputs"], kept["execution_count"] = [], None
        for key in ("execution", "ExecuteTime", "collapsed", "scrolled"):
            kept["metadata"].pop(key, None)
    return kept


def _add_after(cells: list[dict[str, Any]], added: Iterable[tuple[int, int, str]]) -> None:
    """Lines (cell, line, text) behind a statement; the last first, so that numbers stay true."""
    for number, line, text in sorted(added, reverse=True):
        cell = cells[number - 1]
        lines = split_lines(cell["source"])
        lines.insert(line, text)
        cell["source"] = "\n".join(lines)


def _parameters_cell(
    declarations: Sequence[Declaration], variables: Mapping[str, str]
) -> dict[str, Any]:
    lines = ["# Written by apkg: the values that the launcher sets."]
    lines += [f"{variables[d.name]} = {_python(d.value)}" for d in declarations]
    return _code_cell("\n".join(lines), tags=["parameters"])


def _python(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_python, value))}]"
    return repr(value)


def _code_cell(source: str, *, tags: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": list(tags)} if tags else {},
        "outputs": [],
        "source": source,
    }


def _untagged(cell: dict[str, Any]) -> dict[str, Any]:
    tags = cell["metadata"].get("tags")
    if isinstance(tags, list):
        cell["metadata"]["tags"] = [tag for tag in tags if tag != "parameters"]
    return cell


def _number_cells(cells: list[dict[str, Any]]) -> None:
    """Format 4.5 asks for unique cell ids; ours are counted, so that bytes stay the same."""
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell.get("id"), str):
            cell["id"] = f"apkg-{number}"


def _metadata(
    notebook: Notebook, modules: Sequence[TextFile], *, cells_before: int
) -> dict[str, Any]:
    """What the kernel needs, and under ``apkg`` what the launcher needs."""
    kept: dict[str, Any] = {
        key: notebook.metadata[key] for key in _KEPT_METADATA if key in notebook.metadata
    }
    kept.setdefault("language_info", {"name": notebook.language})
    ours: dict[str, Any] = {}
    if modules:
        ours["files"] = {module.path: module.text for module in modules}
    if cells_before:
        # So that the launcher can number a failing cell as its author does.
        ours["cells_before"] = cells_before
    return {**kept, "apkg": ours} if ours else kept
