"""What asking for a STAC catalogue makes of a notebook, and how one asks."""

import json
from pathlib import Path

import apkg_stac
import pytest
from notebooks import cell, write

from apkg.emitters.launcher import launcher, launcher_packages
from apkg.errors import SourceError
from apkg.model import Scalar
from apkg.pipeline.convert import convert
from apkg.pipeline.init import init
from apkg.pipeline.options import ConvertOptions
from apkg.sources.notebook import read_notebook_application
from apkg.sources.options import read_options

SAVES = cell(
    "import rasterio\nwith rasterio.open('mask.tif', 'w') as m:\n    pass\nopen('a.csv', 'w')"
)
ASKED = read_options([], image=None, stac=True)


def asked(folder, *cells, options=ASKED, **more):
    return read_notebook_application(write(folder, *cells, **more), options=options).application


def test_one_folder_is_the_output(tmp_path):
    made = asked(tmp_path, "a = 1", SAVES)
    (output,) = made.outputs
    assert (output.id, output.type, output.glob) == ("results", Scalar("Directory"), ".")
    assert sorted(result.glob for result in made.program.results) == ["a.csv", "mask.tif"]
    assert made.origin("outputs.results.type").source == "--stac"
    assert not [o.field for o in made.origins if o.field.startswith("outputs.mask")]


def test_an_input_may_be_called_results(tmp_path):
    made = asked(tmp_path, "results = 1", SAVES)
    assert made.outputs[0].id == "results_2"


def test_a_folder_that_the_author_declared_keeps_its_words(tmp_path):
    said = ["outputs.maps.type=Directory", "outputs.maps.glob=.", "outputs.maps.doc=All the maps."]
    made = asked(tmp_path, "a = 1", options=read_options(said, image=None, stac=True))
    (output,) = made.outputs
    assert (output.id, output.doc) == ("maps", "All the maps.")


def test_nobody_asked(tmp_path):
    made = asked(tmp_path, "a = 1", SAVES, options=None)
    assert not made.program.stac
    assert "pystac" not in launcher(made)
    assert launcher_packages(made) == ("papermill>=2.4",)


@pytest.mark.parametrize("way", ["manifest", "set", "metadata"])
def test_other_ways_to_ask(tmp_path, way):
    if way == "manifest":
        (tmp_path / "apkg.yaml").write_text("stac: true\n")
    metadata = {"metadata": {"apkg": {"stac": True}}} if way == "metadata" else {}
    options = read_options(["stac=yes"], image=None) if way == "set" else None
    made = asked(tmp_path, "a = 1", SAVES, options=options, **metadata)
    assert made.program.stac
    assert len(made.outputs) == 1
    assert launcher_packages(made) == ("papermill>=2.4", "pystac>=1.8")


def test_a_manifest_declares_what_the_author_did(tmp_path):
    (tmp_path / "apkg.yaml").write_text("stac: true\n")
    first = asked(tmp_path, "a = 1", SAVES, options=None)
    init(tmp_path, force=True)
    text = (tmp_path / "apkg.yaml").read_text()
    assert "\nstac: true\n" in text
    again = asked(tmp_path, "a = 1", SAVES, options=None)
    assert again.program.results == first.program.results
    assert again.outputs == first.outputs


def test_an_option_overrules_the_manifest(tmp_path):
    (tmp_path / "apkg.yaml").write_text("stac: true\n")
    made = asked(tmp_path, "a = 1", options=read_options(["stac=no"], image=None))
    assert not made.program.stac


def test_the_launcher_is_python_3_8_without_dollars(tmp_path):
    import ast

    text = launcher(asked(tmp_path, "a = '$(b)'", SAVES))
    ast.parse(text, feature_version=(3, 8))
    assert "$" not in text
    assert "# stac" not in text
    assert len(max(text.splitlines(), key=len)) < 400


def test_a_tool_writes_its_own(tmp_path):
    (tmp_path / "tool.py").write_text(
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('a')\np.parse_args()\n"
    )
    (done,) = convert(tmp_path / "tool.py", ConvertOptions(out=tmp_path / "out", stac=True))
    assert isinstance(done.error, SourceError)
    assert "only the launcher of a notebook writes a STAC catalogue" in str(done.error)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("code", ["import apkg_stac", "from apkg_stac import items", "import mine"])
def test_our_helper_travels_with_who_imports_it(tmp_path, code):
    (tmp_path / "mine.py").write_text("from apkg_stac import open_catalog\n")
    made = asked(tmp_path, "a = 1", cell(code), options=None)
    files = json.loads(made.program.notebook)["metadata"]["apkg"]["files"]
    assert files["apkg_stac.py"] == Path(apkg_stac.__file__).read_text(encoding="utf-8")
    assert launcher_packages(made) == ("papermill>=2.4", "pystac>=1.8")


def test_a_copy_of_the_author_goes_first(tmp_path):
    (tmp_path / "apkg_stac.py").write_text("mine = 1\n")
    made = asked(tmp_path, "a = 1", cell("import apkg_stac"))
    files = json.loads(made.program.notebook)["metadata"]["apkg"]["files"]
    assert files == {"apkg_stac.py": "mine = 1\n"}


def test_nobody_imports_it(tmp_path):
    made = asked(tmp_path, "a = 1", cell("import numpy  # not apkg_stac"))
    assert "apkg" not in json.loads(made.program.notebook)["metadata"]
