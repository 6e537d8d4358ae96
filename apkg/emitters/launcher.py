"""The launcher: one small Python script that turns a notebook into a command.

:func:`launcher` writes it, from the parts in :mod:`apkg.emitters.launcher_parts` and a table of
the application's inputs. How each option is called is agreed with the CWL tool in
:mod:`apkg.emitters.binding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from apkg.emitters.binding import form, may_be_null
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

_PARTS = ("head", "values", "options", "languages", "surroundings", "running")
_BEGIN, _TABLE, _TABLE_END = "# part: begin\n", "# table: begin\n", "# table: end\n"
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_IMPORT_NAMES = re.compile(r"^from (?!apkg|__future__)(\S+) import (.*)$", re.MULTILINE)
_HEADER = '''\
#!/usr/bin/env python3
"""{name}.launcher.py: runs the notebook {name} as a command. Made by apkg.

    python3 {name}.launcher.py --NAME=VALUE ...

There is one option for each input; -h lists them. The notebook, {name}.template.ipynb,
lies beside this file. papermill executes it in the folder "results", which is made in the current
folder, and leaves {name}.executed.ipynb in the current folder. What the cells print
appears on standard error. Needed: Python 3.8 or newer, papermill, and a Jupyter kernel of the
notebook's language. Exit codes: 0 done, 1 a cell failed, 2 a wrong option, 3 something is missing.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not getattr(sys.flags, "safe_path", False):
    # The notebook's own modules lie beside this file and must not stand in for Python's.
    del sys.path[0]

'''
_FOOTER = """

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
_Plain: TypeAlias = "str | list[_Plain] | dict[str, _Plain]"


def launcher(application: Application) -> str:
    """Write the launcher of a notebook: the same text for the same application, no ``$``.

    Raises:
        ConversionError: the application is no notebook, or two inputs set the same variable.

    """
    program = application.program
    if not isinstance(program, NotebookProgram):
        raise ConversionError(f"{application.id} is not a notebook, so it has no launcher")
    _check_variables(application, program)
    parts = [_part(name).partition(_BEGIN) for name in _PARTS]
    imports = _imports("".join(before for before, _, _ in parts))
    body = "".join(after.rstrip("\n") + "\n" for _, _, after in parts)
    before, _, rest = body.partition(_TABLE)
    _, _, after = rest.partition(_TABLE_END)
    table = "".join(f"{line}\n" for line in _table(application, program))
    header = _HEADER.format(name=application.id)
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


def _part(name: str) -> str:
    path = Path(__file__).with_name("launcher_parts") / f"{name}.py"
    return re.sub(r"  # noqa: .*", "", path.read_text(encoding="utf-8"))


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
    yield f"NAME = {_literal(application.id)}"
    yield f"LANGUAGE = {_literal(program.language.lower())}"
    yield "INPUTS: list[dict[str, Any]] = ["
    for declared in application.inputs:
        yield "    {"
        for key, value in _entry(declared).items():
            yield f"        {_literal(key)}: {_literal(value)},"
        yield "    },"
    yield "]"
    yield "FOLDERS: list[tuple[str, str]] = ["
    for variable, folder in program.folders:
        yield f"    ({_literal(variable)}, {_literal(folder)}),"
    yield "]"


def _entry(declared: Input) -> dict[str, _Plain]:
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


def _structure(kind: DataType) -> _Plain:
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


def _literal(value: _Plain) -> str:
    """Write a Python literal in ASCII without a dollar sign: hostile text stays text."""
    # Backslashes come in pairs in what ascii() writes, so an escape never joins one before it.
    return ascii(value).replace("$", "\\x24")
