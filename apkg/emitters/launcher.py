"""The launcher: one small Python script that turns a notebook into a command.

:func:`launcher` writes it, from the parts in :mod:`apkg.emitters.launcher_parts` and a table of
the application's inputs. How each option is called is agreed with the CWL tool in
:mod:`apkg.emitters.binding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from apkg.emitters.binding import form, may_be_null
from apkg.emitters.launcher_stac import stac_table
from apkg.emitters.python_text import Plain, literal
from apkg.errors import ConversionError
from apkg.model import (
    Application,
    ArrayType,
    DataType,
    EnumType,
    Input,
    NotebookProgram,
    RecordType,
    Scalar,
)
from apkg.names import printable

_PARTS = ("head", "values", "options", "languages", "surroundings")
_STAC_PARTS = ("stac_outlines", "stac_times", "stac_files", "stac_places", "stac")
_BEGIN, _TABLE, _TABLE_END = "# part: begin\n", "# table: begin\n", "# table: end\n"
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_IMPORT_NAMES = re.compile(r"^from (?!apkg|__future__)(\S+) import (.*)$", re.MULTILINE)
_FOR_STAC = re.compile(r"^.*  # stac\n", re.MULTILINE)
_HEADER = '''\
#!/usr/bin/env python3
"""{name}.launcher.py: runs the notebook {name} as a command. Made by apkg.

    python3 {name}.launcher.py --NAME=VALUE ...

There is one option for each input; -h lists them. The notebook, {name}.template.ipynb,
lies beside this file. papermill executes it in the folder "results", which is made in the current
folder, and leaves {name}.executed.ipynb in the current folder. What the cells print
appears on standard error. Needed: Python 3.8 or newer, papermill, and a Jupyter kernel of the
notebook's language. Exit codes: 0 done, 1 a cell failed, 2 a wrong option, 3 something is missing.
{more}"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not getattr(sys.flags, "safe_path", False):
    # The notebook's own modules lie beside this file and must not stand in for Python's.
    del sys.path[0]

'''
_WITH_STAC = """
In the end the executed notebook moves to "results", where pystac, which is needed too, writes a
STAC catalogue of everything: catalog.json.
"""
_FOOTER = """

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


def launcher(application: Application) -> str:
    """Write the launcher of a notebook: the same text for the same application, no ``$``.

    Raises:
        ConversionError: the application is no notebook, or two inputs set the same variable.

    """
    program = application.program
    if not isinstance(program, NotebookProgram):
        raise ConversionError(f"{application.id} is not a notebook, so it has no launcher")
    _check_variables(application, program)
    names = (*_PARTS, *(_STAC_PARTS if program.stac else ()), "running")
    parts = [_part(name, stac=program.stac).partition(_BEGIN) for name in names]
    imports = _imports("".join(before for before, _, _ in parts))
    body = "".join(after.rstrip("\n") + "\n" for _, _, after in parts)
    before, _, rest = body.partition(_TABLE)
    _, _, after = rest.partition(_TABLE_END)
    table = "".join(f"{line}\n" for line in _table(application, program))
    if program.stac:
        table += stac_table(application, program)
    header = _HEADER.format(name=application.id, more=_WITH_STAC if program.stac else "")
    return f"{header}{imports}\n{before}{table}{after}{_FOOTER}"


def launcher_packages(application: Application) -> tuple[str, ...]:
    """Name the Python packages (pip requirements) that the launcher, and our helper, import.

    The notebook's kernel is not among them: which one that is depends on the language. A tool
    has no launcher, and needs none.
    """
    program = application.program
    if not isinstance(program, NotebookProgram):
        return ()
    carries_helper = '"apkg_stac.py"' in program.notebook
    stac = ("pystac>=1.8",) if program.stac or carries_helper else ()
    return ("papermill>=2.4", *stac)


@cache
def _part(name: str, *, stac: bool) -> str:
    path = Path(__file__).with_name("launcher_parts") / f"{name}.py"
    text = re.sub(r"  # noqa: .*", "", path.read_text(encoding="utf-8"))
    # Lines that end so are there for the catalogue alone.
    return re.sub(r"  # stac$", "", text, flags=re.MULTILINE) if stac else _FOR_STAC.sub("", text)


def _imports(text: str) -> str:
    """Gather the imports of Python's own modules: whole modules first, then names."""
    modules = {line for line in _IMPORT.findall(text) if line != "import sys\n"}
    names: dict[str, set[str]] = {}
    for module, imported in _IMPORT_NAMES.findall(text):
        names.setdefault(module, set()).update(imported.split(", "))
    lines = [
        f"from {module} import {', '.join(sorted(names[module]))}\n" for module in sorted(names)
    ]
    return "".join([*sorted(modules), *lines])


def _check_variables(application: Application, program: NotebookProgram) -> None:
    seen: dict[str, str] = {}
    pairs = [(i.variable or i.id, f"input {i.id}") for i in application.inputs]
    pairs += [(variable, f"folder {folder}") for variable, folder in program.folders]
    for variable, owner in pairs:
        if variable in seen:
            raise ConversionError(
                f"{application.id}: the notebook variable {variable} is set twice, "
                f"by {seen[variable]} and by {owner}"
            )
        seen[variable] = owner


def _table(application: Application, program: NotebookProgram) -> Iterator[str]:
    yield f"NAME = {literal(application.id)}"
    yield f"LANGUAGE = {literal(program.language.lower())}"
    yield "INPUTS: list[dict[str, Any]] = ["
    for declared in application.inputs:
        yield "    {"
        for key, value in _entry(declared).items():
            yield f"        {literal(key)}: {literal(value)},"
        yield "    },"
    yield "]"
    yield "FOLDERS: list[tuple[str, str]] = ["
    for variable, folder in program.folders:
        yield f"    ({literal(variable)}, {literal(folder)}),"
    yield "]"


def _entry(declared: Input) -> dict[str, Plain]:
    return {
        "id": declared.id,
        "variable": declared.variable or declared.id,
        "form": form(declared),
        "absent": _absent(declared),
        "type": _structure(declared.type),
        "help": printable(" ".join((declared.label or declared.doc).split())),
    }


def _absent(declared: Input) -> str:
    """Say what a missing option means: for a default that is not null, the notebook's own."""
    if declared.default is not None and declared.default.value is not None:
        return "default"
    if may_be_null(declared):
        return "null"
    return "empty" if form(declared) == "repeat" else "required"


def _structure(kind: DataType) -> Plain:
    """Write a type as the launcher's part ``values`` takes it."""
    if isinstance(kind, Scalar):
        return kind.name
    if isinstance(kind, EnumType):
        return {"enum": list(kind.symbols)}
    if isinstance(kind, ArrayType):
        return {"array": _structure(kind.items)}
    if isinstance(kind, RecordType):
        return {"record": [[field.name, _structure(field.type)] for field in kind.fields]}
    return [_structure(member) for member in kind.members]
