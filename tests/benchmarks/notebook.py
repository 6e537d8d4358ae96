"""The small notebook that is converted, in the two forms that the tools understand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

Form = Literal["papermill", "ipython2cwl"]

_PARAMETERS: dict[Form, str] = {
    "papermill": """\
scene = "scene.csv"
bands = 2
title = "Water"
smooth = True
""",
    "ipython2cwl": """\
from ipython2cwl.iotypes import CWLBooleanInput, CWLFilePathInput, CWLIntInput, CWLStringInput

scene: CWLFilePathInput = "scene.csv"
bands: CWLIntInput = 2
title: CWLStringInput = "Water"
smooth: CWLBooleanInput = True
""",
}
_RESULT: dict[Form, str] = {
    "papermill": 'result = "result.txt"\n',
    "ipython2cwl": """\
from ipython2cwl.iotypes import CWLFilePathOutput

result: CWLFilePathOutput = "result.txt"
""",
}
_READ = """\
with open(scene) as stream:
    lines = stream.readlines()
if smooth:
    lines = lines[1:]
"""
_WRITE = """\
with open(result, "w") as stream:
    stream.write(f"{title}: {len(lines)} rows, {bands} bands")
"""


def write_notebook(path: Path, form: Form) -> Path:
    """Write a Python notebook of four cells, four inputs and one result to ``path``."""
    cells = [
        _cell("markdown", "# Row count\n\nCounts the rows of a table.", ()),
        _cell("code", _PARAMETERS[form], ("parameters",)),
        _cell("code", _READ, ()),
        _cell("code", _RESULT[form] + _WRITE, ()),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "cells": cells,
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def _cell(kind: str, source: str, tags: tuple[str, ...]) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source.splitlines(keepends=True),
    }
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell
