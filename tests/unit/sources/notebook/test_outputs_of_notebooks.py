"""Outputs: declared, else inferred, else the whole folder; the executed notebook always."""

import pytest
from notebooks import cell

from apkg.model import ArrayType, Scalar

FILE, FOLDER = Scalar("File"), Scalar("Directory")


def test_an_outputs_cell(outputs):
    found = outputs(
        'x = 1\nout = "o.csv"',
        cell(
            'a = "a.tif"  # The mask\n'
            "b = out\n"
            'd = "dir"  # type: Directory\n'
            'e = "*.png"\n'
            'f: Path = Path("x[1].nc")\n'
            'g = "sub/g.zip"',
            "outputs",
        ),
    )
    assert {n: (o.type, o.glob) for n, o in found.items() if n != "b"} == {
        "a": (FILE, "a.tif"), "d": (FOLDER, "dir"), "e": (ArrayType(FILE), "*.png"),
        "f": (FILE, "x[[]1].nc"), "g": (FILE, "sub/g.zip"),
    }  # fmt: skip
    assert found["b"].named_by == "out"
    assert found["a"].doc == "The mask"
    assert found["f"].media_types == ("application/netcdf",)


@pytest.mark.parametrize("path", ["/tmp/x.tif", "../x.tif", "a/../../x"])
def test_an_output_outside_the_working_folder_is_refused(refused, path):
    error = refused(cell(f"a = {path!r}", "outputs"))
    assert "leaves the folder" in error.message
    assert (error.location.cell, error.location.line) == (1, 1)


def test_an_output_that_names_no_file(refused):
    assert "names no file" in refused(cell("a = 5", "outputs")).message


def test_declared_outputs_silence_inference(outputs):
    found = outputs(cell("df.to_csv('b.csv')"), cell("a = 'a.tif'", "outputs"))
    assert list(found) == ["a"]


def test_inferred_outputs_are_guesses(read):
    application = read(cell("import pandas as pd\ndf = pd.DataFrame()\ndf.to_csv('b.csv')"))
    application = application.application
    assert [(o.id, o.glob) for o in application.outputs if o.role == "result"] == [("b", "b.csv")]
    assert application.origin("outputs.b.glob").guessed


def test_an_output_named_by_an_input(outputs):
    found = outputs(
        "out_name = 'x.csv'", cell("import pandas as pd\npd.DataFrame().to_csv(out_name)")
    )
    (output,) = found.values()
    assert (output.named_by, output.media_types) == ("out_name", ("text/csv",))


def test_nothing_known_is_the_whole_folder(read):
    found = read("x = 1").application.outputs
    assert [(o.id, o.type, o.glob) for o in found[:1]] == [("results", FOLDER, ".")]
    assert found[1].role == "executed-notebook"


def test_names_that_inputs_have_already(read):
    application = read("executed_notebook = 1\nresults = 2\nmask = 'a'").application
    names = [o.id for o in application.outputs]
    assert names == ["results_2", "executed_notebook_2"]
    assert application.outputs[1].role == "executed-notebook"


def test_an_output_under_the_name_of_an_input(outputs):
    assert list(outputs("mask = 'in.tif'", cell("mask = 'm.tif'", "outputs"))) == ["mask_output"]


def test_what_stands_in_an_outputs_cell_without_being_a_file_is_returned(outputs):
    found = outputs(
        "word = 'plain'\nplot = 'p.png'",
        cell("chart = 'c.svg'\ntotal = sum([1])"),
        cell("word\nplot\nchart\ntotal\nnote = 'two words'\nlog = 'a\\nb'", "outputs"),
    )
    assert {name: o.named_by or o.glob for name, o in found.items()} == {
        "word_output": "word.json", "plot_output": "plot", "chart": "c.svg",
        "total": "total.json", "note": "note.json", "log": "log.json",
    }  # fmt: skip


def test_a_path_that_names_a_result_is_a_text(read):
    application = read(
        "from pathlib import Path\nout = Path('a.tif')\ntext: Path = Path('b.txt')\n"
        "folder = Path('c')\nscene: Path = Path('s.tif')",
        cell("import rasterio\nrasterio.open(scene)\nrasterio.open(out, 'w')"),
        cell("text.write_text('x')\nfolder.mkdir()\n(folder / 'd').write_text('')"),
    ).application
    assert {i.id: (i.type, i.default and i.default.value) for i in application.inputs} == {
        "out": (Scalar("string"), "a.tif"), "text": (Scalar("string"), "b.txt"),
        "folder": (Scalar("string"), "c"), "scene": (FILE, None),
    }  # fmt: skip
    named = {o.named_by: o.type for o in application.outputs if o.named_by}
    assert named == {"out": FILE, "text": FILE, "folder": FOLDER}


def test_a_path_that_is_read_and_written_is_a_file(inputs):
    code = "text = open(x).read()\nopen(x, 'w').write(text)"
    found = inputs("from pathlib import Path\nx = Path('a.txt')", cell(code))
    assert found["x"].type == FILE
