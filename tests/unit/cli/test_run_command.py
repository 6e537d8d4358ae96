"""``apkg run`` where nothing is started yet: its options, and what it says of a job order."""

import json
import sys

import pytest

TOOL = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "id": "look",
    "baseCommand": ["python3", "-c", "import sys; print(sys.argv[1:], file=sys.stderr)"],
    "inputs": {
        "scene": {
            "type": "File",
            "format": "https://www.iana.org/assignments/media-types/image/tiff",
            "inputBinding": {"position": 1},
        },
        "folder": {"type": "Directory?"},
        "threshold": {"type": "double?", "inputBinding": {"position": 2}},
    },
    "outputs": {},
}


@pytest.fixture
def package(tmp_path):
    """A tool in no image, a scene that is none, and a picture."""
    (tmp_path / "look.cwl").write_text(json.dumps(TOOL), encoding="utf-8")
    (tmp_path / "scene.tif").write_bytes(b"II*\0\x08\0\0\0")
    (tmp_path / "picture.tif").write_bytes(b"\x89PNG\r\n\x1a\n")
    return "look.cwl"


@pytest.mark.parametrize(
    ("words", "told", "advice"),
    [
        (["scene=nowhere.tif"], "scene: there is no file nowhere.tif", "scene takes: File"),
        (["scene=."], "scene: . is a folder, and a file is wanted", "scene takes: File"),
        (
            ["scene=scene.tif", "folder=scene.tif"],
            "folder: scene.tif is a file, and a folder is wanted",
            "folder takes: Directory",
        ),
        (["scene=picture.tif"], "is a PNG file, and not image/tiff", "--no-check-media"),
        (["scene=scene.tif", "treshold=1"], "no input 'treshold'", "Did you mean threshold?"),
        (["scene=scene.tif", "threshold=much"], "threshold: 'much' is not a number", "double"),
        ([], "1 required input missing:\n  scene", "Give scene=…"),
        (["scene"], "'scene' is not of the form NAME=VALUE", "The inputs are: scene"),
    ],
)
def test_a_job_order_is_checked_before_anything_starts(apkg, package, words, told, advice):
    done = apkg("run", package, *words, "--engine", "singularity")
    assert done.code == 2 or not words
    assert told in done.err
    assert advice in done.err
    assert "singularity" not in done.err


def test_a_file_of_another_kind_may_be_wanted(apkg, package, tmp_path):
    done = apkg("run", package, "scene=picture.tif", "--no-check-media", "--no-container")
    assert done.code == 0
    assert "picture.tif" in done.err
    assert not (tmp_path / "results").exists() or not list((tmp_path / "results").iterdir())


def test_options_behind_two_dashes_are_the_runners(apkg, package):
    done = apkg("run", package, "scene=scene.tif", "--no-container", "--", "--no-such-option")
    assert done.code == 3
    assert "--no-such-option" in done.err


def test_an_engine_and_no_container(apkg, package):
    done = apkg("run", package, "scene=scene.tif", "--engine", "podman", "--no-container")
    assert done.code == 2
    assert "exclude each other" in done.err


def test_an_engine_that_is_not_installed(apkg, package, tmp_path, monkeypatch):
    image = {"requirements": {"DockerRequirement": {"dockerPull": "no/such:1"}}}
    (tmp_path / package).write_text(json.dumps({**TOOL, **image}), encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    for name, told in (
        ("udocker", "udocker is not installed"),
        ("apptainer", "singularity or apptainer is not installed"),
        ("docker", "docker not found on PATH"),
    ):
        done = apkg("run", package, "scene=scene.tif", "--engine", name)
        assert done.code == 3
        assert told in done.err
        assert "--no-container" in done.err


def test_calrissian_that_is_not_installed(apkg, package, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = apkg("run", package, "scene=scene.tif", "--runner", "calrissian")
    assert done.code == 3
    assert "calrissian is not on PATH" in done.err


def test_a_timeout(apkg, package, tmp_path):
    slow = {**TOOL, "baseCommand": ["python3", "-c", "import time; time.sleep(99)"]}
    (tmp_path / package).write_text(json.dumps(slow), encoding="utf-8")
    done = apkg("run", package, "scene=scene.tif", "--no-container", "--timeout", "4")
    assert done.code == 3
    assert "look.cwl was not done in 4 seconds" in done.err
    assert sys.executable not in done.err
    assert not (tmp_path / "results").exists()
