"""What a person is told to look at, and what to write instead."""

import pytest
from notebooks import cell


def finding(reading, rule):
    (found,) = [f for f in reading.findings if f.rule == rule]
    return found


def test_a_cell_that_is_no_python(read):
    found = finding(read("x = 1", cell("y = 2\nprint y")), "notebook/not-python")
    assert (found.location.cell, found.location.line) == (2, 2)


@pytest.mark.parametrize("source", ["!ls", "%%bash\necho $X", "x = !ls", "await f()", "?x", ""])
def test_cells_that_only_jupyter_understands_are_no_fault(read, source):
    found = read("x = 1", cell(source)).findings
    assert not [f for f in found if f.rule == "notebook/not-python"]


def test_a_parser_of_its_own(read):
    code = (
        "p = argparse.ArgumentParser()\np.add_argument('-n', '--max-n', default=2)\n"
        "p.add_argument('f', dest='file')\nargs = p.parse_args({})"
    )
    found = read(cell(code.format("[]"))).findings
    assert {f.rule for f in found} >= {"notebook/no-inputs"}
    assert "max_n, file" in finding(read(cell(code.format("[]"))), "notebook/no-inputs").message
    assert not [f for f in found if f.rule == "notebook/own-arguments"]
    told = finding(read("x = 1", cell(code.format(""))), "notebook/own-arguments")
    assert (told.location.cell, told.location.line) == (2, 4)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{'west': 1, 'south': 2, 'east': 3.5, 'north': -4}", "x_bbox = [1, 2, 3.5, -4]"),
        ("dict(ymax=4, xmin=1, ymin=2, xmax=3)", "x_bbox = [1, 2, 3, 4]"),
        ("{'gain': 1, 'bias': 2}", "x_gain and so on"),
    ],
)
def test_what_to_write_instead_of_a_dictionary(refused, value, words):
    assert words in refused(f"x = {value}").message
