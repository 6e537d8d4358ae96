"""Packages run in containers of a real engine, and give what they give without one."""

import json
import re
import subprocess
import sys

import pytest
from docker_images import PYTHON, SAMPLES

pytestmark = [pytest.mark.docker, pytest.mark.slow]

NOTEBOOK_IMAGE = "apkg-test/notebook:1"
STACKER_IMAGE = "apkg-test/stacker:1"


def apkg(*arguments, code=0):
    command = [sys.executable, "-m", "apkg", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def notebook_image(base, build):
    """An image with the kernel and papermill, and nothing of apkg."""
    install = "RUN pip install -q papermill ipykernel rasterio\n"
    return build(NOTEBOOK_IMAGE, f"FROM {base}\n{PYTHON}{install}")


@pytest.fixture(scope="session")
def stacker_image(base, build):
    """The image of samples/stacker, its Python taken from the base image."""
    text = (SAMPLES / "stacker" / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^FROM \S+( AS \w+)?$", rf"FROM {base}\1\n{PYTHON}", text, flags=re.MULTILINE)
    return build(STACKER_IMAGE, text, SAMPLES / "stacker")


@pytest.mark.parametrize("style", ["workflow", "tool"])
def test_a_notebook_gives_the_same_in_a_container(notebook_image, tmp_path, style):
    package = tmp_path / "package"
    apkg(
        "convert",
        SAMPLES / "water-mask",
        "-o",
        package,
        "--image",
        notebook_image,
        "--style",
        style,
    )
    results = {}
    for name, words in (("inside", []), ("outside", ["--no-container"])):
        out = tmp_path / name
        job = package / "water-mask.inputs.yml"
        apkg("run", package / "water-mask.cwl", "--inputs", job, "-o", out, *words)
        results[name] = {
            path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".ipynb"
        }
        assert (out / "water-mask.executed.ipynb").is_file()
    assert results["inside"].keys() == {"water-mask.tif", "water-statistics.json"}
    assert results["inside"]["water-statistics.json"] == results["outside"]["water-statistics.json"]


def test_a_failing_cell_in_a_container_is_a_failure(notebook_image, tmp_path):
    apkg("convert", SAMPLES / "water-mask", "-o", tmp_path, "--image", notebook_image)
    broken = tmp_path / "broken.tif"
    broken.write_text("no image", encoding="utf-8")
    done = apkg(
        "run", tmp_path / "water-mask.cwl", f"scene={broken}", "-o", tmp_path / "out", code=3
    )
    assert "water-mask failed in cell" in done.stderr


def test_an_image_tells_how_to_convert_it(stacker_image, tmp_path):
    done = apkg("convert", "--image", stacker_image, "--probe", "-o", tmp_path, "--format", "json")
    (converted,) = json.loads(done.stdout)
    inputs = {port["id"]: port["type"] for port in converted["application"]["inputs"]}
    assert inputs["image"] == "File[]"
    assert inputs["band"] == "int[]?"
    assert converted["application"]["version"] == "1.2.0"


def test_a_tool_runs_in_its_image(stacker_image, tmp_path):
    apkg("convert", SAMPLES / "stacker", "-o", tmp_path, "--image", stacker_image)
    images = [f"images={SAMPLES / 'stacker' / 'data' / name}.tif" for name in ("optical", "sar")]
    job = ["run", tmp_path / "stacker.cwl", *images, "-o", tmp_path / "out", "--format", "json"]
    outputs = json.loads(apkg(*job).stdout)
    assert outputs["result"]["basename"] == "stack.tif"
    assert outputs["result"]["size"] > 0
    assert outputs["report_file"] is None


def test_no_container_stays_behind(stacker_image, tmp_path):
    apkg("convert", "--image", stacker_image, "--probe", "-o", tmp_path)
    command = ["docker", "ps", "--all", "--quiet", f"--filter=ancestor={stacker_image}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == ""
