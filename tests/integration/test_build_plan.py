"""``apkg build --dry-run`` without any engine: the build context of what people have."""

import json
import os
import shutil
from pathlib import Path

import pytest
from notebooks import cell, write

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def plan(apkg, tmp_path):
    """``plan(folder, *arguments)``: a dry run where no program is on PATH."""

    def call(folder, *arguments, code=0, **more):
        words = ["build", folder, "--dry-run", "--format", "json", *arguments]
        environment = {**os.environ, "PATH": str(tmp_path / "nothing")}
        done = apkg(*words, code=code, env=environment, **more)
        return json.loads(done.stdout) if code == 0 else done.stderr

    return call


@pytest.fixture
def folder(tmp_path):
    """A folder with two notebooks and what they need."""
    place = tmp_path / "my work"
    place.mkdir()
    for name in ("one", "two"):
        write(place, cell(f"# {name}", kind="markdown"), "n = 1", name=f"{name}.ipynb")
    (place / "requirements.txt").write_text("six\n")
    return place


def content(folder):
    """Every file below a folder with its mode and bytes."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("sample", "buildpack", "image"),
    [
        ("water-mask", "CondaBuildPack", "water-mask:1.0.0"),
        ("time-series", "PythonBuildPack", "time-series:1.0.0"),
        ("stacker", "DockerBuildPack", "stacker:1.2.0"),
        ("feature-extractor", "DockerBuildPack", None),
        ("flood-detector", "DockerBuildPack", None),
    ],
)
def test_samples(plan, tmp_path, sample, buildpack, image):
    done = plan(SAMPLES / sample, "-o", tmp_path / "out")
    assert done["buildpack"] == buildpack
    assert image in (None, done["image"])
    assert done["baseImages"]
    assert done["steps"]
    context = Path(done["context"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == [context.name]
    assert Path(done["dockerfile"]).is_file()
    assert done["command"][-1] == done["context"]
    text = Path(done["dockerfile"]).read_text()
    assert "org.opencontainers.image.title" in text
    assert ("apkg-layer" in text) == (buildpack != "DockerBuildPack")


def test_the_same_input_gives_the_same_context_wherever_it_lies(plan, folder, tmp_path):
    first = plan(folder, "--context", tmp_path / "a")
    shutil.copytree(folder, tmp_path / "other" / "my work")
    second = plan(tmp_path / "other" / "my work", "--context", tmp_path / "b")
    assert first["contextDigest"] == second["contextDigest"]
    assert content(first["context"]) == content(second["context"])
    (folder / "requirements.txt").write_text("six>=1\n")
    third = plan(folder, "--context", tmp_path / "c")
    assert third["contextDigest"] != first["contextDigest"]


def test_a_folders_notebooks_share_an_image_that_is_called_like_it(plan, folder, tmp_path):
    done = plan(folder, "-o", tmp_path / "out")
    assert done["image"] == "my-work:1.0.0"
    assert done["applications"] == ["one", "two"]
    assert Path(done["context"]).name == "my-work.context"
    assert plan(folder / "two.ipynb", "-o", tmp_path / "two")["applications"] == ["two"]


def test_the_image_that_a_manifest_names_is_the_default(plan, folder, tmp_path):
    (folder / "apkg.yaml").write_text("image: registry.org/eo/mine:7\n")
    assert plan(folder, "-o", tmp_path / "a")["image"] == "registry.org/eo/mine:7"
    assert plan(folder, "-o", tmp_path / "b", "-t", "x/y")["image"] == "x/y:latest"


def test_in_the_folder_itself_a_second_context_is_the_same(plan, folder):
    first = plan(".", cwd=folder)
    before = content(first["context"])
    assert "not overwritten" in plan(".", code=3, cwd=folder)
    second = plan(".", "--force", cwd=folder)
    assert second["contextDigest"] == first["contextDigest"]
    assert content(second["context"]) == before
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["my-work.context", "one.ipynb", "requirements.txt", "two.ipynb"]


def test_no_folder_of_somebody_else_is_ever_replaced(plan, folder, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "data").touch()
    said = plan(folder, "--context", tmp_path / "precious", "--force", code=3)
    assert "Name a folder that is empty" in said
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "my-work.context").symlink_to(tmp_path / "precious")
    plan(folder, "-o", tmp_path / "out", "--force", code=3)
    assert [path.name for path in (tmp_path / "precious").iterdir()] == ["data"]


def test_an_empty_folder_may_be_filled(plan, folder, tmp_path):
    (tmp_path / "empty").mkdir()
    done = plan(folder, "--context", tmp_path / "empty")
    assert Path(done["dockerfile"]).is_file()


def test_a_context_that_cannot_be_written_is_said(plan, folder, tmp_path):
    (tmp_path / "file").touch()
    assert "cannot be written" in plan(folder, "--context", tmp_path / "file" / "x", code=3)


def test_for_people_it_prints_buildpack_base_steps_and_the_command(apkg, folder, tmp_path):
    done = apkg("build", folder, "--dry-run", "-o", tmp_path / "out")
    lines = done.stdout.splitlines()
    assert lines[0] == "my-work:1.0.0 would be built"
    assert any(line.split()[:2] == ["buildpack", "PythonBuildPack"] for line in lines)
    assert any(line.startswith("  from ") for line in lines)
    assert any("pip: requirements.txt (1 requirement)" in line for line in lines)
    assert lines[-1].startswith("build it: docker build -t my-work:1.0.0 -f ")
