"""Prepared notebooks executed by papermill: values arrive as the objects the code expects."""

import json

import papermill
import pytest
from notebooks import cell, write

from apkg.sources.notebook import read_notebook_application

pytestmark = [
    pytest.mark.slow,
    # papermill and its client use what their own dependencies have deprecated.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
DUMP = "import json; json.dump({name: repr(globals()[name]) for name in NAMES}, open(OUT, 'w'))"


@pytest.fixture
def execute(tmp_path, monkeypatch):
    """Run a notebook with these values (by id); the ``repr`` of its variables afterwards."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))

    def call(*cells, names, **values):
        dump = DUMP.replace("NAMES", repr(names)).replace("OUT", repr(str(tmp_path / "o.json")))
        application = read_notebook_application(write(tmp_path, *cells, cell(dump))).application
        prepared = tmp_path / "prepared.ipynb"
        prepared.write_text(application.program.notebook, encoding="utf-8")
        variables = {i.id: i.variable or i.id for i in application.inputs}
        papermill.execute_notebook(
            str(prepared),
            str(tmp_path / "executed.ipynb"),
            parameters={variables[name]: value for name, value in values.items()},
            cwd=str(tmp_path),
            progress_bar=False,
        )
        return json.loads((tmp_path / "o.json").read_text())

    return call


OBJECTS = """\
import datetime
from pathlib import Path
path = Path("a.tif")
paths = [Path("a"), Path("b")]
pair = (1, 2)
pairs = [(1, 2), (3, 4)]
unique = {1, 2}
day = datetime.date(2020, 1, 1)
moment = datetime.datetime.fromisoformat("2020-01-01T00:00:00")
maybe: Path | None = None
first = second = Path("x")
left, (right, far) = 1, ("r", [1.5])
größe = 1.0
"""
NAMES = [
    "path", "paths", "pair", "pairs", "unique", "day", "moment", "maybe", "first", "second",
    "left", "right", "far", "größe",
]  # fmt: skip


def test_objects_keep_their_class_with_values_from_outside(execute):
    found = execute(
        OBJECTS,
        names=NAMES,
        path="it's.tif", paths=["c"], pair=[3, 4], pairs=[[5, 6]], unique=[7], day="2021-02-03",
        moment="2021-02-03T04:05:00", maybe="m", first="1", second="2", left=9, right="é",
        far=[], grosse=2.5,
    )  # fmt: skip
    assert found == {
        "path": 'PosixPath("it\'s.tif")', "paths": "[PosixPath('c')]", "pair": "(3, 4)",
        "pairs": "[(5, 6)]", "unique": "{7}", "day": "datetime.date(2021, 2, 3)",
        "moment": "datetime.datetime(2021, 2, 3, 4, 5)", "maybe": "PosixPath('m')",
        "first": "PosixPath('1')", "second": "PosixPath('2')", "left": "9", "right": "'é'",
        "far": "[]", "größe": "2.5",
    }  # fmt: skip


def test_objects_keep_their_own_defaults_without(execute):
    found = execute(OBJECTS, names=NAMES)
    assert found == {
        "path": "PosixPath('a.tif')", "paths": "[PosixPath('a'), PosixPath('b')]",
        "pair": "(1, 2)", "pairs": "[(1, 2), (3, 4)]", "unique": "{1, 2}",
        "day": "datetime.date(2020, 1, 1)", "moment": "datetime.datetime(2020, 1, 1, 0, 0)",
        "maybe": "None", "first": "PosixPath('x')", "second": "PosixPath('x')", "left": "1",
        "right": "'r'", "far": "[1.5]", "größe": "1.0",
    }  # fmt: skip


def test_two_parameter_cells_and_other_conventions(execute):
    found = execute(
        "a = 1",
        cell("b = 2 #@param {type:'integer'}\nc: CWLStringInput = 'x'"),
        cell("from ipython2cwl.iotypes import CWLStringInput"),
        "d = a + 0  # apkg: ignore",
        cell("e = dict([('id', 'e'), ('label', 'E'), ('value', 'v')])['value']\n"
             "f = dict([('id', 'f'), ('label', 'F'), ('value', 'v')])"),
        names=["a", "b", "c", "d", "f"],
        a=10, b=20, c="y", f="w",
    )  # fmt: skip
    assert found == {
        "a": "10", "b": "20", "c": "'y'", "d": "10", "f": "{'id': 'f', 'label': 'F', 'value': 'w'}",
    }  # fmt: skip
