"""What launch is pointed at: the folder, the notebook, and the image."""

import pytest
from notebooks import write

from apkg.errors import SourceError, UsageError
from apkg.pipeline.launch_target import find_target

CWL = """\
cwlVersion: v1.2
class: CommandLineTool
id: demo
baseCommand: demo
hints: {DockerRequirement: {dockerPull: "registry.org/eo/demo:2"}}
inputs: {}
outputs: {}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with one notebook; the current folder is another one."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    write(tmp_path, "x = 1")
    return tmp_path


def find(place, image=None, *, container=True):
    return find_target(str(place), image=image, container=container)


def test_the_image_is_what_build_makes_of_the_folder(folder):
    target = find(folder)
    assert (target.image, target.folder, target.notebook) == ("demo:1.0.0", folder, "demo.ipynb")
    assert target.advice == f"Build it: apkg build {folder}"


def test_the_package_in_the_folder_names_the_image(folder):
    (folder / "demo.cwl").write_text(CWL, encoding="utf-8")
    assert find(folder).image == find(folder / "demo.ipynb").image == "registry.org/eo/demo:2"


def test_the_package_in_the_current_folder_names_the_image(folder):
    (folder / "here" / "demo.cwl").write_text(CWL, encoding="utf-8")
    assert find(folder).image == "registry.org/eo/demo:2"


def test_a_broken_package_is_not_in_the_way(folder):
    (folder / "demo.cwl").write_text("{", encoding="utf-8")
    assert find(folder).image == "demo:1.0.0"


def test_an_option_names_the_image(folder):
    (folder / "demo.cwl").write_text(CWL, encoding="utf-8")
    target = find(folder, "other:3")
    assert target.image == "other:3"
    assert target.advice.endswith("-t other:3")


def test_a_package_is_launched_by_its_document(folder):
    (folder / "demo.cwl").write_text(CWL, encoding="utf-8")
    target = find(folder / "demo.cwl")
    assert (target.image, target.notebook) == ("registry.org/eo/demo:2", None)


def test_a_document_without_image_needs_one(folder):
    path = folder / "demo.cwl"
    path.write_text(CWL.replace("DockerRequirement", "s:none"), encoding="utf-8")
    with pytest.raises(SourceError, match="names no image"):
        find(path)


def test_of_two_notebooks_none_is_opened(folder):
    write(folder, "x = 1", name="second.ipynb")
    assert find(folder).notebook is None


def test_an_image_works_in_the_current_folder(folder):
    target = find("registry.org/eo/demo:2")
    assert target.image == "registry.org/eo/demo:2"
    assert target.folder.resolve() == folder / "here"


@pytest.mark.parametrize(
    "text", ["./none", "/none", "none.ipynb", "demo.cwl", "No Such", "~/none", "a//b"]
)
def test_what_is_neither_there_nor_an_image(folder, text):
    with pytest.raises(SourceError, match="no such file or folder"):
        find(text)


def test_without_container_there_is_no_image(folder):
    assert find(folder, container=False).image is None
    with pytest.raises(SourceError, match="no such file or folder"):
        find("demo:1", container=False)
    with pytest.raises(UsageError, match="exclude"):
        find(folder, "demo:1", container=False)


def test_a_name_that_no_image_has(folder):
    with pytest.raises(UsageError, match="no name for an image"):
        find(folder, "Not An Image")
