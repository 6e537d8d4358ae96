"""``apkg validate`` of notebooks: would they convert?"""

import json
from pathlib import Path

import pytest
from notebooks import cell, notebook, write

from apkg.pipeline.validate import validate_paths, validate_text


def rules(path):
    (report,) = validate_paths([path])
    assert report.kind == "notebook"
    return report, {finding.rule: finding for finding in report.findings}


def test_a_notebook_that_converts_is_valid(apkg, demo):
    before = sorted(Path().iterdir())
    report, found = rules(demo)
    assert report.valid
    assert set(found) == {"notebook/image-assumed"}
    assert apkg("validate", demo).code == 0
    assert sorted(Path().iterdir()) == before


def test_what_stops_a_conversion_is_an_error_at_its_cell_and_line(apkg, tmp_path):
    path = write(tmp_path, "import os\nfolder = os.getcwd()")
    report, found = rules(path)
    assert not report.valid
    error = found["notebook/refused"]
    assert (error.location.cell, error.location.line) == (1, 2)
    assert error.advice
    done = apkg("validate", "demo.ipynb")
    assert done.code == 1
    assert "demo.ipynb, cell 1, line 2: error: folder is a call" in done.out
    assert "  2 | folder = os.getcwd()" in done.out


def test_guesses_are_warnings(tmp_path):
    path = write(tmp_path, "a = None", cell("with open('scene.tif') as f:\n    f.read()"))
    report, found = rules(path)
    assert report.valid
    assert {"notebook/type-unknown", "notebook/fixed-input"} <= set(found)


def test_a_manifest_that_is_wrong_stops_the_notebook_beside_it(tmp_path):
    path = write(tmp_path, "a = 1")
    (tmp_path / "apkg.yaml").write_text("licence: MIT\n")
    report, found = rules(path)
    assert not report.valid
    assert Path(found["notebook/refused"].location.path).name == "apkg.yaml"


@pytest.mark.parametrize("text", [json.dumps(notebook("a = 1")), '{"nbformat": 99}'])
def test_without_a_file_only_the_json_is_checked(text):
    report = validate_text(text.encode(), name="<stdin>")
    assert [finding.rule for finding in report.findings] == ["document/notebook"]
