"""Packages whose launcher writes a STAC catalogue: converted, run by cwltool, read by the next."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pystac
import pytest
import rasterio
import yaml
from notebooks import cell, write
from pystac.validation.stac_validator import JsonSchemaSTACValidator
from rasterio.warp import transform_bounds

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "water-mask"
SECOND = """
import csv
from apkg_stac import asset_path, items

with open("water.csv", "w", newline="") as stream:
    table = csv.writer(stream)
    for item in items(masks):
        with rasterio.open(asset_path(item, key)) as mask:
            table.writerow([item.id, int((mask.read(1) == 1).sum())])
"""

pytestmark = pytest.mark.slow


def valid_items(folder):
    """The items of a catalogue that is valid STAC, every asset of which is there."""
    catalogue = pystac.Catalog.from_file(str(folder / "catalog.json"))
    found = list(catalogue.get_items(recursive=True))
    for thing in (catalogue, *found):
        kind = type(thing).STAC_OBJECT_TYPE
        JsonSchemaSTACValidator().validate_core(thing.to_dict(), kind, pystac.get_stac_version())
    for item in found:
        for asset in item.assets.values():
            assert Path(asset.get_absolute_href()).exists(), asset.href
    return found


@pytest.fixture
def package(tmp_path, apkg):
    apkg("convert", SAMPLE / "water-mask.ipynb", "-o", tmp_path / "package", "--stac")
    return tmp_path / "package" / "water-mask.cwl"


def run(apkg, *args, **kwargs):
    return apkg("run", *args, "--no-container", "--quiet", **kwargs)


def test_the_catalogue_of_one_run_is_the_input_of_the_next(
    package, tmp_path, apkg, cwltool_validate
):
    cwltool_validate(package)
    apkg("validate", package.parent)
    scene = SAMPLE / "data" / "scene.tif"
    first = tmp_path / "first"
    run(apkg, package, f"scene={scene}", "output_name=water mask.tif", "-o", first)
    (item,) = valid_items(first / "results")
    assert item.id == "water-mask"
    assert set(item.assets) == {"water_mask", "water_statistics", "executed_notebook"}
    with rasterio.open(scene) as source:
        west, _, east, _ = transform_bounds(source.crs, "EPSG:4326", *source.bounds)
    assert item.bbox[::2] == pytest.approx([west, east], abs=1e-5)
    # Nothing else is left of the run, for a platform stages out one folder.
    assert [path.name for path in first.iterdir()] == ["results"]
    folder = tmp_path / "second"
    folder.mkdir()
    values = 'masks = "masks"  # type: Directory\nkey = "water_mask"'
    write(folder, values, cell("import rasterio" + SECOND), name="count.ipynb")
    apkg("convert", folder / "count.ipynb", "-o", folder / "package", "--stac")
    results = first / "results"
    run(apkg, folder / "package" / "count.cwl", f"masks={results}", "-o", folder / "out")
    counted = folder / "out" / "results"
    assert (counted / "water.csv").read_text() == f"{item.id},654\n"
    (of_table,) = valid_items(counted)
    assert of_table.id == item.id
    assert of_table.bbox == item.bbox
    assert of_table.geometry == item.geometry
    assert of_table.datetime == item.datetime


def test_the_documents_agree(package):
    tool = yaml.safe_load(package.read_text())["$graph"][1]
    assert tool["outputs"]["results"]["type"] == "Directory"
    assert tool["outputs"]["results"]["outputBinding"] == {"glob": "results"}
    deploy = json.loads(package.with_name("water-mask.deploy.json").read_text())
    outputs = deploy["processDescription"]["process"]["outputs"]
    assert [output["id"] for output in outputs] == ["results"]


def test_a_failing_cell_leaves_its_notebook(tmp_path, apkg):
    write(tmp_path, "a = 1", cell("raise ValueError('no water')"), name="fails.ipynb")
    apkg("convert", tmp_path / "fails.ipynb", "-o", tmp_path / "p", "--stac")
    done = run(apkg, tmp_path / "p" / "fails.cwl", "-o", tmp_path / "out", code=3)
    assert "no water" in done.stderr
    assert (tmp_path / "out" / "fails.executed.ipynb").exists()


def launched(folder, package, **environment):
    """Run the launcher in the package by hand."""
    tool = yaml.safe_load(package.read_text())["$graph"][1]
    for entry in tool["requirements"]["InitialWorkDirRequirement"]["listing"]:
        (folder / entry["entryname"]).write_text(entry["entry"], encoding="utf-8")
    command = [sys.executable, "water-mask.launcher.py", f"--scene={SAMPLE / 'data' / 'scene.tif'}"]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def test_without_pystac_nothing_starts(package, tmp_path):
    shadow = tmp_path / "shadow" / "pystac"
    shadow.mkdir(parents=True)
    (shadow / "__init__.py").write_text("raise ImportError('No module named pystac')\n")
    folder = tmp_path / "job"
    folder.mkdir()
    done = launched(folder, package, PYTHONPATH=str(shadow.parent))
    assert done.returncode == 3
    assert "cannot use pystac, which writes the catalogue" in done.stderr
    assert "pip install pystac" in done.stderr
    assert not (folder / "results").exists()


def test_a_catalogue_twice_is_the_same_one(package, tmp_path):
    texts = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        done = launched(folder, package, SOURCE_DATE_EPOCH="1700000000")
        assert done.returncode == 0, done.stderr
        item = json.loads((folder / "results" / "water-mask" / "water-mask.json").read_text())
        # The executed notebook tells how long its cells took.
        del item["assets"]["executed_notebook"]
        texts.append([item, (folder / "results" / "catalog.json").read_text()])
    assert texts[0] == texts[1]
