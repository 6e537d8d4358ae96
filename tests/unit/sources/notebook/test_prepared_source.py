"""The prepared notebook: values go in from outside, everything else is the author's own text."""

import json

import pytest
from notebooks import cell

from apkg.sources.notebook.declaration import Edit
from apkg.sources.notebook.prepare import apply_edits


def content(reading):
    return json.loads(reading.application.program.notebook)


def sources(reading):
    return [c["source"] for c in content(reading)["cells"]]


def test_plain_values_need_no_change(read):
    text = "x = 1  # a comment\ny = 'a'\n"
    assert sources(read(text, cell("print(x)"))) == [text, "print(x)"]


def test_objects_are_rebuilt_in_their_place(read):
    before, after = sources(
        read(
            "from pathlib import Path\n"
            "p = Path('a.tif')  # é\n"
            "q, r = (1, 2), [(1, 2)]\n"
            "s = np.array([1.0])\n"
            "n: Path"
        )
    )
    assert "_apkg_q = [1, 2]" in before
    assert after == (
        "from pathlib import Path\n"
        "p = Path(_apkg_p)  # é\n"
        "q, r = (_apkg_q if _apkg_q is None else tuple(_apkg_q)), (_apkg_r if _apkg_r is None else "
        "list(tuple(v) if isinstance(v, list) else v for v in _apkg_r))\n"
        "s = (_apkg_s if _apkg_s is None else np.array(_apkg_s))\n"
        'n = __import__("pathlib").Path(_apkg_n)'
    )


def test_two_names_for_one_value_get_a_value_each(read):
    assert sources(read("a = b = Path('x')"))[1] == "a = b = Path(_apkg_a)\nb = Path(_apkg_b)"


def test_two_parameter_cells(read):
    assert sources(read("x = 1", "y = 2")) == [
        "# Written by apkg: the values that the launcher sets.\n_apkg_x = 1\n_apkg_y = 2",
        "x = _apkg_x",
        "y = _apkg_y",
    ]


def test_only_the_first_cell_is_tagged_then(read):
    cells = content(read("x = 1", "y = 2"))["cells"]
    assert ["parameters" in c["metadata"].get("tags", []) for c in cells] == [True, False, False]


def test_outputs_and_marks_of_a_run_are_gone(read):
    used = cell("print(1)") | {
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "secret"}],
        "execution_count": 7,
    }
    used["metadata"] |= {"execution": {"iopub": "2020"}, "collapsed": True}
    made = content(read("x = 1", used))
    assert "secret" not in json.dumps(made)
    assert (made["cells"][1]["outputs"], made["cells"][1]["execution_count"]) == ([], None)
    assert made["cells"][1]["metadata"] == {"tags": []}


def test_the_same_notebook_gives_the_same_bytes(read):
    cells = ["x = (1, 2)", cell("y = 1")]
    first = read(*cells, nbformat_minor=5).application.program.notebook
    assert first == read(*cells, nbformat_minor=5).application.program.notebook
    ids = [c["id"] for c in json.loads(first)["cells"]]
    assert ids == ["apkg-1", "apkg-2", "apkg-3"]


def test_what_is_prepared_is_a_valid_notebook(read):
    import nbformat

    made = read("x = (1, 2)", cell("# T", kind="markdown"), cell("y = 1"), nbformat_minor=5)
    nbformat.validate(nbformat.reads(made.application.program.notebook, as_version=4))


@pytest.mark.parametrize(
    ("source", "edits", "result"),
    [
        ("a = 1", [((1, 4), (1, 5), "x")], "a = x"),
        ("é = 1", [((1, 5), (1, 6), "x")], "é = x"),
        ("a, b = 1, 2", [((1, 7), (1, 8), "x"), ((1, 10), (1, 11), "y")], "a, b = x, y"),
        ("a = [\n1,\n]\nb", [((1, 4), (3, 1), "x")], "a = x\n\n\nb"),
        ("a = 1\r\nb = 2", [((2, 4), (2, 5), "x")], "a = 1\nb = x"),
    ],
)
def test_edits_by_bytes_and_lines(source, edits, result):
    made = [Edit(cell=1, span=(start, end), text=text) for start, end, text in edits]
    assert apply_edits(source, made) == result
    assert apply_edits(source, reversed(made)) == result
