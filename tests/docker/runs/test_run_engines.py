"""The same results from every runner and engine, byte for byte, as without a container."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from run_places import missing

pytestmark = [pytest.mark.docker, pytest.mark.slow]

OF_THE_RUN = {"path", "location"}
HOW = [
    ("cwltool", "docker"),
    ("cwltool", "podman"),
    ("toil", "docker"),
    ("toil", "podman"),
]


@pytest.fixture(scope="module")
def plain(package, tmp_path_factory):
    """What comes out without a container."""
    out = tmp_path_factory.mktemp("plain") / "out"
    words = ["run", package, f"scene={package / 'scene.tif'}", "-o", out, "--no-container"]
    command = [sys.executable, "-m", "apkg", *map(str, words), "--format", "json"]
    return contents(subprocess.run(command, check=True, capture_output=True, text=True).stdout, out)


def contents(printed, out):
    """The output object without what differs from run to run, and the files."""
    outputs = json.loads(printed)
    notebook = outputs.pop("executed_notebook")
    assert notebook["format"].endswith("/application/x-ipynb+json")
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    cells = json.loads(files.pop("water-mask.executed.ipynb"))["cells"]
    assert all(one["metadata"]["papermill"]["status"] == "completed" for one in cells)
    kept = {
        name: {key: value[key] for key in value.keys() - OF_THE_RUN}
        for name, value in outputs.items()
    }
    return kept, files


@pytest.mark.parametrize(("runner", "engine"), HOW)
def test_results_are_those_of_a_run_without_a_container(request, plain, tmp_path, runner, engine):
    package, run = (request.getfixturevalue(name) for name in ("package", "run"))
    if engine == "podman":
        request.getfixturevalue("podman")(request.getfixturevalue("notebook_image"))
    out = tmp_path / "out"
    words = [package, f"scene={package / 'scene.tif'}", "-o", out, "--format", "json"]
    done = run(*words, "--runner", runner, "--engine", engine, env=os.environ)
    assert contents(done.stdout, out) == plain
    assert plain[0]["water_mask"].keys() >= {"size", "checksum", "format"}
    assert "NDWI of the valid pixels" in done.stderr
    assert "toil" not in done.stderr.lower()


def test_an_engine_is_found_where_none_is_named(run, package, tmp_path):
    if not shutil.which("docker"):
        missing("docker")
    done = run(package, f"scene={package / 'scene.tif'}", "-o", tmp_path / "out", "-q")
    assert done.stderr == ""
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row[0] for row in rows] == ["water_mask", "water_statistics", "executed_notebook"]
    assert rows[0][4] == "image/tiff"
    assert rows[0][5].startswith("sha1$")


@pytest.mark.parametrize("runner", ["cwltool", "toil"])
def test_a_failing_cell_tells_where_and_leaves_its_notebook(run, package, tmp_path, runner):
    broken = tmp_path / "broken.tif"
    broken.write_text("no image", encoding="utf-8")
    words = [package, f"scene={broken}", "-o", tmp_path / "out", "--runner", runner]
    done = run(*words, code=3, env=os.environ)
    error = done.stderr[done.stderr.index("error: ") :]
    assert "water-mask failed in cell 6: with rasterio.open(scene) as source:" in error
    assert "RasterioIOError" in error
    assert "Traceback (most recent call last)" in done.stderr
    (kept,) = (tmp_path / "out").iterdir()
    assert f"The notebook as far as it ran: {kept}" in error
    cells = json.loads(kept.read_text(encoding="utf-8"))["cells"]
    assert "failed" in {one["metadata"].get("papermill", {}).get("status") for one in cells}
