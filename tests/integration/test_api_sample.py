"""The sample that chains from within a notebook: executed, and its numbers counted again."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
import sample_truth as truth

import apkg

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
NAME = "chain-from-notebook"
HECTARES = 20 * 20 / 1e4


def patches(water):
    """The sizes in pixels of the patches of a mask, whose pixels meet at their sides."""
    left = {tuple(map(int, place)) for place in np.argwhere(water)}
    sizes = []
    while left:
        found, size = [left.pop()], 0
        while found:
            row, column = found.pop()
            size += 1
            around = {(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)}
            found += around & left
            left -= around
        sizes.append(size)
    return sorted(sizes, reverse=True)


@pytest.fixture
def sample(tmp_path):
    """The folder with the executed notebook, beside the notebook that it chains."""
    pytest.importorskip("matplotlib")
    pytest.importorskip("rasterio")
    folder = tmp_path / "samples"
    made = shutil.ignore_patterns("package", "results", "executed.ipynb")
    for name in (NAME, "water-mask"):
        shutil.copytree(SAMPLES / name, folder / name, ignore=made)
    words = [f"{NAME}.ipynb", "executed.ipynb", "-k", "python3", "--no-progress-bar"]
    done = subprocess.run(
        [sys.executable, "-m", "papermill", *words],
        cwd=folder / NAME, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / NAME


def test_notebook_is_clean():
    notebook = nbformat.read(SAMPLES / NAME / f"{NAME}.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


@pytest.mark.slow
def test_executed_notebook(sample, cwltool_validate):
    check_numbers(sample / "results")
    check_drawings(nbformat.read(sample / "executed.ipynb", as_version=4))
    check_package(sample / "package", cwltool_validate)


def check_numbers(results):
    import rasterio

    with rasterio.open(SAMPLES / "water-mask" / "data" / "scene.tif") as source:
        green, nir = source.read().astype(int)
    water, _ = truth.water_mask(green, nir, 0.0, 8)
    sizes = patches(water == 1)
    outlines = json.loads((results / "once" / "outlines.geojson").read_text())
    areas = [feature["properties"]["area_ha"] for feature in outlines["features"]]
    assert areas == pytest.approx([n * HECTARES for n in sizes if n * HECTARES >= 1.0])
    assert len(areas) < len(sizes)

    swept = (results / "sweep").glob("outlines.geojson*")
    totals = sorted(
        sum(f["properties"]["area_ha"] for f in json.loads(p.read_text())["features"])
        for p in swept
    )
    counts = [int((truth.water_mask(green, nir, t, 8)[0] == 1).sum()) for t in (0.3, 0.0)]
    assert totals == pytest.approx([n * HECTARES for n in counts])


def check_drawings(notebook):
    drawn = {
        cell.id: output.data
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    }
    with_tables = {name for name, data in drawn.items() if "<table " in data.get("text/html", "")}
    assert with_tables == {"inspect", "convert-tool", "chain", "validate", "run"}
    assert "image/png" in drawn["plot"]
    printed = "".join(o.text for c in notebook.cells for o in c.get("outputs", []) if "text" in o)
    assert "Did you mean mask?" in printed


def check_package(package, cwltool_validate):
    assert apkg.validate(package / "water-outlines.cwl", package / "water-outlines.deploy.json")
    cwltool_validate(package / "water-outlines.cwl")
    cwltool_validate(package / "water-sweep.cwl")
    description = json.loads((package / "water-outlines.deploy.json").read_text())
    profile = description["deploymentProfileName"]
    assert profile == "http://www.opengis.net/profiles/eoc/workflow"
