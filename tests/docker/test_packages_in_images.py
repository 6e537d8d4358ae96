"""Packages run in containers of a real engine, and give what they give without one."""

import json
import subprocess
import sys

import pytest
from docker_images import SAMPLES, unmeasured

pytestmark = [pytest.mark.docker, pytest.mark.slow]


def apkg(*arguments, code=0):
    command = [sys.executable, "-m", "apkg", *map(str, arguments)]
    env = unmeasured()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def results_of(package, out, *words):
    """Run the sample's package; gives its results by name."""
    job = package / "water-mask.inputs.yml"
    apkg("run", package / "water-mask.cwl", "--inputs", job, "-o", out, *words)
    assert (out / "water-mask.executed.ipynb").is_file()
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".ipynb"}


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """What the sample gives without a container."""
    folder = tmp_path_factory.mktemp("outside")
    apkg("convert", SAMPLES / "water-mask", "-o", folder / "package")
    return results_of(folder / "package", folder / "out", "--no-container")


@pytest.mark.parametrize("style", ["workflow", "tool"])
def test_a_notebook_gives_the_same_in_a_container(notebook_image, outside, tmp_path, style):
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
    inside = results_of(package, tmp_path / "inside")
    assert inside.keys() == {"water-mask.tif", "water-statistics.json"}
    assert inside["water-statistics.json"] == outside["water-statistics.json"]


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
