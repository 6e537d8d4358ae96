"""Notebooks of R, Julia and Bash: their tagged cells, or a refusal that names the cell."""

import pytest
from notebooks import cell

from apkg.model import ArrayType, Default, Scalar

R = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
JULIA = {"kernelspec": {"name": "julia-1.10", "language": "julia", "display_name": "J"}}
BASH = {"kernelspec": {"name": "bash", "language": "bash", "display_name": "Bash"}}


@pytest.mark.parametrize(
    ("metadata", "source"),
    [
        (R, 'n <- 5L  # How many\nname <- "x"\nflag <- TRUE\nlist <- c(1.5, 2)'),
        (JULIA, 'n = 5  # How many\nname = "x"\nflag = true\nlist = [1.5, 2.0]'),
    ],
    ids=["r", "julia"],
)
def test_literals(inputs, metadata, source):
    found = inputs(source, metadata=metadata)
    assert found["n"].doc == "How many"
    assert found["n"].default == Default(5)
    assert (found["name"].type, found["flag"].type) == (Scalar("string"), Scalar("boolean"))
    assert found["list"].type == ArrayType(Scalar("double"))


def test_bash(inputs):
    found = inputs("name='a b'  # What\ncount=3", metadata=BASH)
    assert (found["name"].default, found["name"].doc) == (Default("a b"), "What")


@pytest.mark.parametrize(
    ("metadata", "source"),
    [(R, "x <- Sys.time()"), (JULIA, "x = now()"), (BASH, "x=$(date)")],
    ids=["r", "julia", "bash"],
)
def test_what_would_have_to_run_is_refused(refused, metadata, source):
    error = refused(cell("# T", kind="markdown"), source, metadata=metadata)
    assert (error.location.cell, error.location.line) == (2, 1)
    assert "x" in error.message


def test_another_language_is_refused_with_the_cell(refused):
    metadata = {"kernelspec": {"name": "octave", "language": "octave", "display_name": "O"}}
    error = refused("x = 5;", metadata=metadata)
    assert error.location.cell == 1
    assert "octave" in error.message


def test_another_language_without_a_parameters_cell_is_fine(read):
    metadata = {"kernelspec": {"name": "octave", "language": "octave", "display_name": "O"}}
    application = read(cell("x = 5;"), metadata=metadata).application
    assert application.inputs == ()
    assert (application.program.language, application.program.kernel) == ("octave", "octave")


def test_type_hints_and_outputs(read):
    application = read(
        "scene <- 'a.tif'  # type: File",
        cell("mask <- 'mask.tif'", "outputs"),
        metadata=R,
    ).application
    assert application.inputs[0].type == Scalar("File")
    assert [(o.id, o.glob) for o in application.outputs][:1] == [("mask", "mask.tif")]
