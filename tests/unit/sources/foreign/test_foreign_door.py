"""The door: languages, comments, and errors that name every line."""

from __future__ import annotations

import pytest

from apkg.errors import Location, SourceError
from apkg.sources.notebook.foreign import languages, parse_cell


def read(source, language="r"):
    return parse_cell(source, language=language, path="dir/a.ipynb", cell=3)


def test_languages():
    assert languages() == {"r", "julia", "bash"}
    for language, source in {"R": "x <- 5L", " Julia ": "x = 5", "BASH": "x=5"}.items():
        (found,) = read(source, language)
        assert (found.name, found.default.value, found.literal) == ("x", 5, True)


@pytest.mark.parametrize("language", ["octave", "", "c++17", "x\x1b[31m"])
def test_other_languages_are_refused(language):
    with pytest.raises(SourceError) as caught:
        read("x = 5", language)
    error = caught.value
    assert error.location == Location(path="dir/a.ipynb", cell=3)
    assert "R, Julia, Bash" in error.message
    assert "apkg.yaml" in error.hint
    assert "\x1b" not in error.message


@pytest.mark.parametrize(
    ("source", "doc", "hint"),
    [
        ("x <- 5 # Best value", "Best value", None),
        ("# Above\n# it\nx <- 5", "Above it", None),
        ("# Above\nx <- 5 # Beside", "Beside", None),
        ("# Far\n\nx <- 5", "", None),
        ("y <- 1 # of y\nx <- 5", "", None),
        ("x <- 5 # type: stage-in", "", "stage-in"),
        ("x <- 5 # type: stage-in The catalogue", "The catalogue", "stage-in"),
        ("x <- 5 # type: List[int] - Years", "Years", "List[int]"),
        ("x <- 5 # type: enum [a, b]", "", "enum [a, b]"),
        ("# Above\nx <- 5 # type: int", "Above", "int"),
        ("# type: double\n# Above\nx <- 5", "Above", "double"),
        ("#!/usr/bin/Rscript\nx <- 5", "", None),
        ("#' Above\n########\nx <- 5", "Above", None),
        ('x <- "# no comment"', "", None),
        ("x <- c(1, # one\n  2) # both", "both", None),
        ("x <- c(1, # one\n  2)", "one", None),
    ],
)
def test_comments(source, doc, hint):
    found = read(source)[-1]
    assert (found.name, found.doc, found.hint) == ("x", doc, hint)


def test_every_offending_line_is_named():
    source = "a <- 1\r\nb <- Sys.time()\r\n\r\nc <- paste0('\x1b[31m', b)\rd <- 1:3\n"
    with pytest.raises(SourceError) as caught:
        read(source)
    message = caught.value.message
    assert caught.value.location == Location(path="dir/a.ipynb", line=2, cell=3)
    assert "line 2: `b <- Sys.time()` is a call of Sys.time(); write its result" in message
    assert "line 4: `c <- paste0(" in message
    assert "line 5: `d <- 1:3` is a range" in message
    assert "line 1" not in message
    assert "\x1b" not in message


def test_the_list_of_lines_ends():
    with pytest.raises(SourceError) as caught:
        read("\n".join(f"x{n} <- y" for n in range(500)))
    assert "and 480 more" in caught.value.message
    assert len(caught.value.message) < 3000


def test_empty_cells_hold_nothing():
    for language in languages():
        for source in ("", "\n\n", "# only a comment", "   \t\n"):
            assert read(source, language) == ()
