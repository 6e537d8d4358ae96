"""What the round-trip tests share: a notebook that writes down what it was given, and a run."""

import json
from pathlib import Path

from apkg.emitters.cwl import CwlEmitter
from apkg.emitters.interface import EmitOptions
from apkg.model import Application, Input, NotebookProgram, Output, Scalar
from apkg.pipeline.run import run_package

DUMP_PYTHON = """\
import json
from pathlib import Path

names = {names!r}
Path("values.json").write_text(json.dumps({{n: globals()[n] for n in names}}), encoding="utf-8")
"""


def notebook(cells: list[str], language: str = "python", kernel: str = "python3") -> str:
    """A notebook whose first cell is the parameter cell."""
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {
                "kernelspec": {"name": kernel, "display_name": kernel, "language": language},
                "language_info": {"name": language},
            },
            "cells": [
                {
                    "id": f"cell-{number}",
                    "cell_type": "code",
                    "metadata": {"tags": ["parameters"]} if number == 0 else {},
                    "source": source,
                    "outputs": [],
                    "execution_count": None,
                }
                for number, source in enumerate(cells)
            ],
        }
    )


def application(
    inputs: tuple[Input, ...],
    cells: list[str],
    *,
    result: str = "values.json",
    language: str = "python",
    kernel: str = "python3",
) -> Application:
    """An application of one notebook, with one result and the executed notebook."""
    return Application(
        id="round-trip",
        title="Round trip",
        inputs=inputs,
        outputs=(
            Output(id="values", type=Scalar("File"), glob=result),
            Output(
                id="executed",
                type=Scalar("File"),
                role="executed-notebook",
                glob="round-trip.executed.ipynb",
            ),
        ),
        program=NotebookProgram(
            notebook=notebook(cells, language, kernel),
            file_name="round-trip.ipynb",
            language=language,
            kernel=kernel,
        ),
    )


def write(folder: Path, app: Application, **options: str) -> Path:
    """Write the CWL of the application."""
    path = folder / f"{app.id}.cwl"
    path.write_text(CwlEmitter().emit(app, EmitOptions(**options)), encoding="utf-8")
    return path


def run(package: Path, out: Path, words=(), inputs=None) -> str:
    """Run without container; the text of the result."""
    inputs_file = None
    if inputs is not None:
        inputs_file = package.with_name(f"{out.name}.yml")
        inputs_file.write_text(json.dumps(inputs), encoding="utf-8")
    lines: list[str] = []
    result = run_package(
        package,
        words=words,
        inputs_file=inputs_file,
        out=out,
        engine="none",
        on_log=lines.append,
    )
    assert result.status == 0
    assert sorted(path.parent for path in result.paths) == [out.absolute()] * 2, lines
    return Path(str(result.outputs["values"]["path"])).read_text(encoding="utf-8")
