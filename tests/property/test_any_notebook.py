"""Any notebook: three documents that our own validators accept, or one clear error."""

import ast
import json
import keyword
import tempfile
from pathlib import Path

import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from notebooks import cell, notebook

from apkg.errors import ApkgError
from apkg.model import Default
from apkg.pipeline.convert import ConvertOptions, convert
from apkg.pipeline.validate import validate_paths
from apkg.sources.notebook import read_notebook_application

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
INT64 = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = [st.booleans(), INT64, FLOATS, TEXT]
LISTS = [st.lists(one, max_size=4) for one in SCALARS]
NESTED = [st.lists(st.lists(one, max_size=3), max_size=3) for one in SCALARS]
VALUES = st.one_of(*SCALARS, *LISTS, *NESTED, st.none())
NAMES = st.from_regex(r"[a-zA-Zé_][a-z0-9_é]{0,6}", fullmatch=True).filter(
    lambda name: not keyword.iskeyword(name)
)
HINTS = st.sampled_from(
    ["", "  # text", "  # type: string", "  # type: double[]?", "  # type: File", "  # a = b # c",
     "  #@param {type:'slider', min:0, max:5}", "  # oda:Float; oda:lower_limit 0"]
)  # fmt: skip
ANNOTATIONS = st.sampled_from(
    ["", ": int", ": float", ": str", ": bool", ": list[int]", ": Path | None", ": 'Optional[str]'",
     ": Literal['a', 'b']", ": CWLFilePathInput", ": CWLFilePathOutput", ": Nothing[", ": Any"]
)  # fmt: skip
LINES = st.builds(
    lambda name, note, value, hint: f"{name}{note} = {value!r}{hint}",
    NAMES,
    ANNOTATIONS,
    VALUES,
    HINTS,
)
ODD_LINES = st.sampled_from(
    ["%matplotlib inline", "!ls", "x?", "import os", "a = b = 3", "c, d = 1, 2", "e = f(1)",
     "p = Path('a.tif')", "def f():\n    return 1", "  indented", "(", "'''", "await g()",
     "o: CWLPNGPlot = plt.plot()", "df.to_csv('x.csv')", "with open('y', 'w') as h:\n    pass",
     "r = dict([('id', 'r'), ('label', 'R'), ('value', 'v')])", "workflow = dict(id='w')"]
)  # fmt: skip
SOURCES = st.lists(LINES | ODD_LINES, max_size=5).map("\n".join)
TAGS = st.lists(st.sampled_from(["parameters", "outputs", "other"]), max_size=2)
CELLS = st.builds(lambda source, tags: cell(source, *tags), SOURCES | TEXT, TAGS)
MARKDOWN = st.builds(
    lambda source: cell(source, kind="markdown"), TEXT.map(lambda t: f"# {t}\n\n{t}")
)


def converted(content, **options):
    """The conversion of a notebook, its documents checked by our own validators."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.ipynb"
        path.write_text(json.dumps(content), encoding="utf-8")
        (done,) = convert(path, ConvertOptions(out=Path(folder) / "out", **options))
        if done.error is not None:
            assert not (Path(folder) / "out").exists()
            assert done.error.message
            return done
        for report in validate_paths(done.files[:2]):
            assert report.valid, report.findings
        order = yaml.safe_load(done.files[2].read_text(encoding="utf-8"))
        assert set(order) <= {declared.id for declared in done.application.inputs}
        return done


@given(st.lists(CELLS | MARKDOWN, max_size=4), st.sampled_from(["workflow", "tool"]))
@example([cell("N = 1\nn = 2\né = 3\ne = 4", "parameters")], "workflow")
@example([cell("No = 1\non = 2\nnull = None", "parameters")], "workflow")
@example([cell("x = 1\nx: CWLFilePathOutput = 'x'", "parameters")], "tool")
def test_a_notebook_of_anything(cells, style):
    converted(notebook(*cells), style=style)


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_every_literal_is_the_default_with_its_own_value(values):
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    # Python itself takes different spellings of one name for the same variable.
    names = [statement.targets[0].id for statement in ast.parse(source).body]
    assume(len(set(names)) == len(values))
    done = converted(notebook(source))
    assert done.error is None, done.error.message
    found = {declared.variable or declared.id: declared for declared in done.application.inputs}
    assert list(found) == names
    for name, value in zip(names, values.values(), strict=True):
        assert found[name].default == Default(_tuples(value))


def _tuples(value):
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _error(path):
    """The one error that reading may end in; any other exception fails the test."""
    try:
        read_notebook_application(path)
    except ApkgError as error:
        return error
    return None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["cell_type", "source", "metadata", "outputs", "tags"])


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "cells": JSON | st.lists(st.dictionaries(KEYS, JSON | st.just("code")), max_size=3),
            "metadata": JSON
            | st.fixed_dictionaries(
                {},
                optional={"kernelspec": JSON, "language_info": JSON, "apkg": JSON, "title": JSON,
                          "authors": JSON, "keywords": JSON},
            ),
            "nbformat": JSON | st.sampled_from([2, 3, 4, 5]),
            "nbformat_minor": st.sampled_from([0, 5]),
            "worksheets": JSON,
        },
    )
)  # fmt: skip
def test_a_file_that_is_hardly_a_notebook(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.ipynb"
        path.write_text(json.dumps(content), encoding="utf-8")
        error = _error(path)
        assert error is None or (error.message and error.location)


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf{}")
@example(b'{"cells": [{"cell_type": "code", "source": "x = \\"\\ud800\\""}]}')
def test_bytes(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.ipynb"
        path.write_bytes(content)
        error = _error(path)
        assert error is None or (error.message and error.location)
