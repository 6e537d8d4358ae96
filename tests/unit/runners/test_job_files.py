"""Files of a job order: what they are, and what has to stand beside them."""

import json
from pathlib import Path

import pytest

from apkg.errors import UsageError
from apkg.media import GEOTIFF
from apkg.model import ArrayType, Input, Scalar
from apkg.runners.job_files import check_media, check_secondary, secondary

FILE = Scalar("File")
PNG = b"\x89PNG\r\n\x1a\n"


def value(path):
    return {"class": "File", "location": path.as_uri()}


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "a #1 é.tif"
    path.write_bytes(PNG)
    return path


@pytest.mark.parametrize("kind", [FILE, ArrayType(FILE)])
def test_a_file_of_another_kind(picture, kind):
    declared = Input(id="scene", type=kind, media_types=(GEOTIFF,))
    order = {"scene": [value(picture)] if isinstance(kind, ArrayType) else value(picture)}
    with pytest.raises(UsageError, match=f"scene: {picture} is a PNG file, and not") as caught:
        check_media([declared], order)
    assert GEOTIFF in caught.value.message
    assert "--no-check-media" in caught.value.hint
    check_media([Input(id="scene", type=kind)], order)
    check_media([declared], {"scene": {"class": "File", "location": "https://example.org/a.png"}})
    check_media([declared], {})


@pytest.mark.parametrize(
    ("pattern", "name"),
    [(".idx", "a.b.tif.idx"), ("^.tfw", "a.b.tfw"), ("^^.txt", "a.txt"), ("_x", "a.b.tif_x")],
)
def test_patterns(pattern, name):
    assert secondary(Path("/x/a.b.tif"), pattern) == Path("/x") / name


@pytest.fixture
def package(tmp_path):
    def write(inputs, **graph):
        path = tmp_path / "a.cwl"
        process = {"class": "Workflow", "id": "#main", "inputs": inputs}
        path.write_text(json.dumps({"$graph": [{"id": "other"}, process]} if graph else process))
        return path

    return write


@pytest.mark.parametrize("graph", [{}, {"graph": True}])
@pytest.mark.parametrize("listed", [False, True])
def test_a_secondary_file_is_missing(package, picture, graph, listed):
    patterns = [".idx", {"pattern": "^.opt", "required": False}, "x?", "$(self.basename).js"]
    declared = {"type": "File", "secondaryFiles": patterns}
    inputs = [{"id": "#main/scene", **declared}] if listed else {"scene": declared, "n": "int"}
    path = package(inputs, **graph)
    with pytest.raises(UsageError, match=r"scene: .*\.tif\.idx is not beside") as caught:
        check_secondary(path, "main", {"scene": value(picture), "n": 1})
    assert "(secondaryFiles: .idx)" in caught.value.hint
    check_secondary(path, "main", {"scene": {**value(picture), "secondaryFiles": []}})
    check_secondary(path, "main", {})
    picture.with_name(f"{picture.name}.idx").touch()
    check_secondary(path, "main", {"scene": [value(picture)]})
