"""Parameter cells in R."""

from __future__ import annotations

import pytest

from apkg.errors import SourceError
from apkg.model import ArrayType, Scalar, UnionType
from apkg.sources.notebook.foreign import parse_cell

STRINGS = ArrayType(Scalar("string"))
DOUBLES = ArrayType(Scalar("double"))


def read(source):
    return parse_cell(source, language="R", path="a.ipynb", cell=2)


@pytest.mark.parametrize(
    ("literal", "value", "kind"),
    [
        ("5L", 5, "int"),
        ("5", 5, "double"),
        ("0.3", 0.3, "double"),
        ("-.5", -0.5, "double"),
        ("1e-5", 1e-5, "double"),
        ("0x10", 16, "double"),
        ("0x10L", 16, "int"),
        ("1e3L", 1000, "int"),
        ("2147483648L", 2147483648, "double"),
        ("1.5L", 1.5, "double"),
        ("(5L)", 5, "int"),
        ("- 5L", -5, "int"),
        ("TRUE", True, "boolean"),
        ("F", False, "boolean"),
        ('"a # b = \\"c\\""', 'a # b = "c"', "string"),
        ("'it\\'s'", "it's", "string"),
        ('"\\u00e9\\x41\\t\\U{1F600}\\101"', "\xe9A\t\U0001f600A", "string"),
        ('r"(C:\\temp)"', "C:\\temp", "string"),
        ('R"---[a ]" b]---"', 'a ]" b', "string"),
        ('""', "", "string"),
        ('"two\nlines"', "two\nlines", "string"),
    ],
)
def test_scalars(literal, value, kind):
    (found,) = read(f"x <- {literal}")
    assert (found.default.value, type(found.default.value)) == (value, type(value))
    assert found.type == Scalar(kind)
    assert not found.optional


@pytest.mark.parametrize(
    ("literal", "value", "kind"),
    [
        ('c("a", "b")', ("a", "b"), STRINGS),
        ("c(1L, 2.5)", (1, 2.5), DOUBLES),
        ("c(c(1L), c(2L, 3L))", (1, 2, 3), ArrayType(Scalar("int"))),
        ("list(c(1, 2), c(3))", ((1, 2), (3,)), ArrayType(DOUBLES)),
        ("list()", (), STRINGS),
        ("character(0)", (), STRINGS),
        ("numeric()", (), DOUBLES),
        ('list("a", NULL)', ("a", None), ArrayType(UnionType((Scalar("null"), Scalar("string"))))),
    ],
)
def test_arrays(literal, value, kind):
    (found,) = read(f"x = {literal}")
    assert (found.default.value, found.type) == (value, kind)


def test_null_is_optional():
    for literal in ("NULL", "c()"):
        (found,) = read(f"x <- {literal}")
        assert found.optional
        assert found.default.value is None
        assert found.type == Scalar("null")


@pytest.mark.parametrize(
    "source",
    ["x <- 5L", "x = 5L", "x<-5L", "x <<- 5L", "5L -> x", 'assign("x", 5L)', "`x` <- 5L",
     '"x" <- 5L', "x <-\n  5L", "x <- 5L;", "x <- (\n5L\n)"],
)  # fmt: skip
def test_ways_to_assign(source):
    (found,) = read(source)
    assert (found.name, found.default.value, found.line) == ("x", 5, 1)


def test_several_on_a_line_and_chains():
    found = read("a <- 1L; b <- 2L # of b\nc <- d <- 3L")
    assert [(p.name, p.default.value, p.doc, p.line) for p in found] == [
        ("a", 1, "", 1), ("b", 2, "of b", 1), ("c", 3, "", 2), ("d", 3, "", 2),
    ]  # fmt: skip


def test_what_sets_nothing_is_skipped():
    source = """#!/usr/bin/env Rscript
library(terra)
suppressPackageStartupMessages({
  library(sf)
})
options(digits = 4)
print("x <- 5")
invisible(sapply(1:3, function(i) { y <- i }))
if (interactive()) print("hello")
dt[, z := 5]
my.name_1 <- 2L
"""
    (found,) = read(source)
    assert (found.name, found.line) == ("my.name_1", 11)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("x <- Sys.time()", "a call of Sys.time()"),
        ("x <- lubridate::now()", "a call of lubridate::now()"),
        ('x <- as.Date("2024-05-01")', "as a string"),
        ("x <- y", "the value of another variable"),
        ("x <- 1:3", "c(1L, 2L, 3L)"),
        ("x <- 2 * 3", "an expression"),
        ("x <- NA", "write NULL"),
        ("x <- -Inf", "Inf"),
        ("x <- NaN", "NaN"),
        ("x <- 1e999", "too large"),
        ("x <- 2i", "a complex number"),
        ("x <- c(a = 1)", "a list with names"),
        ('x <- c("a", 1)', "different types"),
        ('x <- list("a", 1)', "different types"),
        ("f <- function(a) a", "a function"),
        ("f <- \\(a) a", "a function"),
        ("x <- if (a) 1 else 2", "a condition"),
        ('x <- "\\xe9"', "write the character itself"),
        ('x <- "\\q"', "no escape"),
        ("x$a <- 1", "part of a variable"),
        ("x[1] <- 1", "part of a variable"),
        ("`my x` <- 1", "papermill cannot set"),
        ("`_x` <- 1", "papermill cannot set"),
        ("if (TRUE)\n\n  x <- 5", "inside `if` (line 3)"),
        ("if (TRUE) { x = 5 }", "inside `if`"),
        ("(x <- 5)", "inside"),
        ("print(x <- 5)", "inside a call"),
        ("c(a, b) %<-% c(1, 2)", "inside a call"),
        ('suppressWarnings(assign("x", 5))', "inside a call"),
        ('assign("x", 5, envir = e)', "write name <- value"),
        ("x <-", "without a value"),
        ("x <- 1 -> y", "two directions"),
        ("x <- 1\nx <- 2", "line 1 sets already"),
        ('x <- "abc', "never ends"),
        ("x <- c(1", "never closed"),
        ("x <- 1)", "closes nothing"),
    ],
)
def test_refused(source, what):
    with pytest.raises(SourceError) as caught:
        read(source)
    assert what in caught.value.message
    assert "another cell" in caught.value.hint
