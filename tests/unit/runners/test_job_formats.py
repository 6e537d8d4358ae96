"""Files say the format that their input declares."""

import json

import pytest

from apkg.runners.job_formats import with_formats

EDAM = "http://edamontology.org/"
IANA = "https://www.iana.org/assignments/media-types/"


def file(name, **more):
    return {"class": "File", "location": f"file:///x/{name}", **more}


@pytest.mark.parametrize(
    ("declared", "name", "found"),
    [
        ("edam:format_3591", "a.tif", EDAM + "format_3591"),
        (IANA + "image/tiff", "a.xyz", IANA + "image/tiff"),
        (["edam:format_3752", IANA + "image/tiff"], "a.tif", IANA + "image/tiff"),
        (["edam:format_3752", IANA + "image/tiff"], "a.xyz", EDAM + "format_3752"),
        ("$(inputs.x)", "a.tif", None),
        (None, "a.tif", None),
    ],
)
def test_formats(tmp_path, declared, name, found):
    path = tmp_path / "a.cwl"
    port = {"type": "File", "format": declared}
    document = {"$namespaces": {"edam": EDAM}, "inputs": {"scene": port, "number": "int"}}
    path.write_text(json.dumps(document), encoding="utf-8")
    order = {"scene": [file(name)], "number": 1, "other": file(name)}
    order = with_formats(path, None, order)
    assert order["scene"][0].get("format") == found
    assert order["number"] == 1
    assert "format" not in order["other"]


def test_what_a_file_says_itself_counts(tmp_path):
    path = tmp_path / "a.cwl"
    process = {"id": "#p", "inputs": [{"id": "#p/scene", "type": "File", "format": "x:a"}]}
    path.write_text(json.dumps({"$graph": [process]}), encoding="utf-8")
    assert with_formats(path, "p", {"scene": file("a", format="y")})["scene"]["format"] == "y"
    assert with_formats(path, "p", {"scene": file("a")})["scene"]["format"] == "x:a"
