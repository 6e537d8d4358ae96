"""Notebook files as they are found: any format, damaged, hostile; one error or all cells."""

import json

import pytest
from notebooks import cell, notebook

from apkg.errors import SourceError
from apkg.sources.notebook.cells import read_notebook


def put(folder, content, name="demo.ipynb"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[1]", "not an object"),
        (b"{}", "no list of cells"),
        (b'{"cells": 5}', "no list of cells"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"cells": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"nbformat": 3, "worksheets": 7}', "nbformat 3"),
        (b'{"nbformat": 3, "worksheets": [{"cells": 5}]}', "nbformat 3"),
    ],
)
def test_what_is_no_notebook_is_one_clear_error(tmp_path, content, words):
    with pytest.raises(SourceError, match=words) as caught:
        read_notebook(put(tmp_path, content))
    assert caught.value.location.path.endswith("demo.ipynb")


def test_the_place_of_broken_json_is_told(tmp_path):
    with pytest.raises(SourceError) as caught:
        read_notebook(put(tmp_path, b'{"cells": [\n  oops\n]}'))
    assert (caught.value.location.line, caught.value.location.column) == (2, 3)


def test_missing_file_and_folder(tmp_path):
    for path in (tmp_path / "none.ipynb", tmp_path):
        with pytest.raises(SourceError, match="cannot be read"):
            read_notebook(path)


def test_byte_order_mark_and_crlf(tmp_path):
    text = json.dumps(notebook("a = 1\r\nb = 'x'\r\n"), indent=1).replace("\n", "\r\n")
    found = read_notebook(put(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert found.cells[0].source.splitlines() == ["a = 1", "b = 'x'"]


OLD = {
    "metadata": {"name": ""},
    "nbformat_minor": 0,
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 1, "source": "Old", "metadata": {}},
                {
                    "cell_type": "code", "input": "x = 1\nprint x", "language": "python",
                    "outputs": [], "metadata": {"tags": ["parameters"]}, "prompt_number": 1,
                },
            ],
            "metadata": {},
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize("major", [2, 3])
def test_old_formats_are_read_with_their_cells_in_order(tmp_path, major):
    found = read_notebook(put(tmp_path, OLD | {"nbformat": major}))
    assert [c.kind for c in found.cells][-1] == "code"
    assert found.cells[-1].source == "x = 1\nprint x"
    assert found.content["nbformat"] == 4


def test_sources_that_are_lists_or_nonsense(tmp_path):
    cells = [
        cell(["x = 1\n", "y = 2"]),
        cell(5),
        cell(None),
        cell(["a", 7, "b"]),
        {"cell_type": "markdown"},
        7,
    ]
    sources = [c.source for c in read_notebook(put(tmp_path, notebook(*cells))).cells]
    assert sources == ["x = 1\ny = 2", "", "", "ab", "", ""]


@pytest.mark.parametrize(
    ("metadata", "language", "kernel"),
    [
        ({}, "python", None),
        ([1], "python", None),
        ({"kernelspec": "python3"}, "python", None),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "r", "ir"),
        ({"kernelspec": {"name": "ir"}}, "r", "ir"),
        ({"kernelspec": {"name": "python2", "language": "python"}}, "python", "python2"),
        ({"language_info": {"name": "julia"}}, "julia", None),
        ({"kernelspec": {"name": 5, "language": ["x"]}}, "python", None),
    ],
)
def test_kernels_said_and_unsaid(tmp_path, metadata, language, kernel):
    found = read_notebook(put(tmp_path, notebook("x = 1", metadata=metadata)))
    assert (found.language, found.kernel) == (language, kernel)


def test_half_of_a_surrogate_pair_is_marked_and_whole_ones_stay(tmp_path):
    raw = b'{"cells": [{"cell_type": "code", "source": "x = \\"\\ud83d\\ude00 \\ud83d\\""}]}'
    assert read_notebook(put(tmp_path, raw)).cells[0].source == 'x = "\N{GRINNING FACE} \ufffd"'


def test_other_cells_may_hold_anything(inputs):
    cells = [
        cell("print 'Python 2'"),
        cell("await foo()\nasync for x in y:\n    pass"),
        cell("%%bash\nexport A=1"),
        cell("%%time\nq = 1"),
        cell("x = (((("),
        cell("raw \x00 text", kind="raw"),
        cell("!x\n" + " " * 50_000 + "x y"),
    ]
    assert list(inputs(*cells, "a = 1")) == ["a"]


def test_the_kinds_of_python_magics_leave_the_cell_python(inputs):
    assert list(inputs("%%time\nx = 5")) == ["x"]
    assert list(inputs("%%capture out\nx = 5")) == ["x"]


@pytest.mark.parametrize("line", ["\u2028", "\x0c", "\x0b", "\x85"])
def test_only_what_ends_a_line_for_python_counts_as_a_line(read, line):
    application = read(f'x = "a{line}b"  # c\ny = 2').application
    assert application.origin("inputs.y.default").location.line == 2


def test_an_old_notebook_without_metadata(tmp_path):
    content = {key: value for key, value in OLD.items() if key != "metadata"} | {"nbformat": 3}
    assert read_notebook(put(tmp_path, content)).cells[-1].source.startswith("x = 1")
