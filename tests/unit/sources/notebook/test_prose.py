"""Title and abstract from the first heading and paragraph."""

import time

import pytest
from notebooks import cell


@pytest.mark.parametrize(
    ("text", "title", "abstract"),
    [
        ("# Water mask\n\nFinds water.", "Water mask", "Finds water."),
        ("## Second level ##\nText", "Second level", "Text"),
        ("Underlined\n==========\n\nText", "Underlined", "Text"),
        ("# *Bold* `code` [link](http://x) $x$\n\n**A** _b_", "Bold code link $x$", "A b"),
        (
            "# T\n\n![badge](http://x/b.svg)\n\n- a list\n\nOne\nand two.\n\nMore",
            "T",
            "One and two.",
        ),
        ("# T\n\n<img src='x'>\n\n<!-- hidden -->\n\nText", "T", "Text"),
        ("# T\n\n```\ncode\n```\n", "T", None),
        ("# snake_case_name\n", "snake_case_name", None),
        ("# T\x1b[31m\u202e\n\na\x07b", "T\ufffd[31m\ufffd", "a\ufffdb"),
        ("# T\r\n\r\nText", "T", "Text"),
        ("# C# and F#", "C# and F#", None),
    ],
)
def test_title_and_abstract(read, text, title, abstract):
    application = read(cell(text, kind="markdown"), "x = 1").application
    assert application.title == title
    if abstract is not None:
        assert application.abstract == abstract
    assert application.origin("title").source == "first heading"


def test_without_a_heading_the_name_of_the_file_speaks(read):
    application = read(cell("only text", kind="markdown"), name="Water Mask.ipynb").application
    assert (application.id, application.title) == ("water-mask", "Water mask")
    assert application.origin("title").guessed


def test_the_paragraph_may_stand_in_the_next_cell(read):
    cells = [cell("# T", kind="markdown"), cell("x = 1"), cell("Text", kind="markdown")]
    application = read(*cells).application
    assert (application.title, application.abstract) == ("T", "Text")


def test_a_very_long_paragraph_is_cut_and_costs_little(read):
    text = "# T\n\n" + "[" * 5000 + "a" * 50_000 + "*_" * 5000
    assert len(read(cell(text, kind="markdown")).application.abstract) <= 2000


@pytest.mark.parametrize(
    "text", ["# " + " " * 19_000 + "x", "#" + "# " * 9_000, " " * 19_999 + "#"]
)
def test_hostile_headings_cost_little(read, text):
    started = time.process_time()
    read(cell(text, kind="markdown"))
    assert time.process_time() - started < 2
