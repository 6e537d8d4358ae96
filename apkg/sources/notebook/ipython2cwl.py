"""ipython2cwl: inputs and outputs by annotation, in any code cell."""

from __future__ import annotations

import ast

from apkg.model import Scalar
from apkg.names import parameter_id
from apkg.sources.notebook.annotations import name_of
from apkg.sources.notebook.code import PythonCell
from apkg.sources.notebook.declaration import Assignment, Declaration, Edit, claims, span
from apkg.sources.notebook.inputs import NotAnInput
from apkg.sources.notebook.literals import NotLiteral, read_literal

CONVENTION = "ipython2cwl annotation"
_PLOT = (
    "__import__('matplotlib.pyplot', fromlist=['pyplot']).savefig({file!r}, bbox_inches='tight')"
)
_FIGURE = "getattr({name}, 'figure', {name}).savefig({file!r}, bbox_inches='tight')"
_TEXT = "open({file!r}, 'w', encoding='utf-8').write({name})"
_BYTES = "open({file!r}, 'wb').write({name})"


def annotation_kind(assignment: Assignment) -> str:
    """``input``, ``output`` or the empty string: what the annotation's CWL names make it."""
    names = _cwl_names(assignment.annotation)
    if any(name.endswith("Input") for name in names):
        return "input"
    return "output" if names else ""


def declare_output(assignment: Assignment) -> Declaration:
    """An annotated output, with the lines that ipython2cwl would add to write it.

    Raises:
        NotAnInput: the file's name is not literal, or the annotation is none of ipython2cwl's.
    """
    names = _cwl_names(assignment.annotation)
    name, here = assignment.name, assignment.location
    media, after, at_end = None, None, None
    if "CWLFilePathOutput" in names or "CWLDirectoryPathOutput" in names:
        file = _file_name(assignment)
    elif "CWLDumpable" in names:
        file, at_end = _dumped(assignment)
    elif names & {"CWLPNGPlot", "CWLPNGFigure"}:
        file, media = f"{name}.png", ("image/png",)
        if "CWLPNGPlot" in names:
            after = _PLOT.format(file=file)
        else:
            at_end = _FIGURE.format(name=name, file=file)
    elif names & {"CWLDumpableFile", "CWLDumpableBinaryFile"}:
        file = name
        dump = _TEXT if "CWLDumpableFile" in names else _BYTES
        at_end = dump.format(name=name, file=file)
    else:
        raise NotAnInput(f"is annotated {' and '.join(sorted(names))}, which ipython2cwl has not")
    kind = "Directory" if "CWLDirectoryPathOutput" in names else "File"
    return Declaration(
        name=parameter_id(name),
        variable=name,
        last_line=assignment.last_line,
        role="output",
        convention=CONVENTION,
        location=here,
        cell=assignment.cell.cell.number,
        claims=claims(CONVENTION, here, type=Scalar(kind), glob=file, media_types=media),
        edits=without_annotation(assignment),
        after=after,
        at_end=at_end,
    )


def import_edits(cell: PythonCell) -> tuple[Edit, ...]:
    """``pass`` in place of imports of ipython2cwl: the image need not have it."""
    found: list[Edit] = []
    for statement in cell.tree.body if cell.tree else ():
        modules = [getattr(statement, "module", "") or ""]
        if isinstance(statement, ast.Import):
            modules = [alias.name for alias in statement.names]
        if isinstance(statement, ast.Import | ast.ImportFrom) and all(
            module.split(".")[0] == "ipython2cwl" for module in modules
        ):
            found.append(Edit(cell=cell.cell.number, span=span(statement), text="pass"))
    return tuple(found)


def _cwl_names(annotation: ast.expr | None) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(annotation) if annotation is not None else ():
        if isinstance(node, ast.Name | ast.Attribute):
            names.add(name_of(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names |= _names_in(node.value)
    return {name for name in names if name.startswith("CWL")}


def _names_in(text: str) -> set[str]:
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {name_of(n) for n in ast.walk(tree) if isinstance(n, ast.Name | ast.Attribute)}


def _file_name(assignment: Assignment) -> str:
    try:
        value = read_literal(assignment.value).value if assignment.value else None
    except NotLiteral as error:
        raise NotAnInput(f"names its output file by {error.what}") from error
    if not isinstance(value, str):
        raise NotAnInput("is an output file whose name is not a string")
    return value


def _dumped(assignment: Assignment) -> tuple[str, str]:
    """``CWLDumpable.dump(dumper, "file", ...)``: the file, and the call that writes it."""
    node = assignment.annotation
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = ast.parse(node.value, mode="eval").body
    if isinstance(node, ast.Call) and len(node.args) > 1 and name_of(node.func) == "dump":
        try:
            file = read_literal(node.args[1]).value
        except NotLiteral as error:
            raise NotAnInput(f"names its output file by {error.what}") from error
        if isinstance(file, str):
            call = ast.Call(func=node.args[0], args=node.args[1:], keywords=node.keywords)
            return file, ast.unparse(call)
    raise NotAnInput('needs CWLDumpable.dump(function, "file name", ...)')


def without_annotation(assignment: Assignment) -> tuple[Edit, ...]:
    """The edit that takes the annotation away: it names classes the image need not have."""
    statement = assignment.statement
    if not isinstance(statement, ast.AnnAssign) or assignment.value is None:
        return ()
    whole = (span(statement.target)[1], span(statement.annotation)[1])
    return (Edit(cell=assignment.cell.cell.number, span=whole, text=""),)
