"""``apkg translate`` and ``apkg convert --deploy-profile``: streams and exit codes."""

import json

import pytest

from apkg.cli.profiles import NAMES
from apkg.emitters.dialects.registry import DIALECTS, dialect

PROCESS = {
    "id": "crop",
    "title": "Crop",
    "version": "1.0.0",
    "inputs": {"x": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}},
    "outputs": {},
}
PACKAGE = {
    "processDescription": {"process": PROCESS},
    "executionUnit": {"type": "docker", "image": "crop:1"},
}


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "crop.json"
    path.write_text(json.dumps(PACKAGE), encoding="utf-8")
    return path


def test_the_names_are_those_of_the_registry(apkg):
    assert list(DIALECTS) == list(NAMES)
    assert all(name in apkg("translate", "--help").out for name in NAMES)


def test_the_document_is_on_standard_output_and_losses_are_not(apkg, package):
    done = apkg("translate", package, "--to", "wps-t")
    assert done.code == 0
    assert json.loads(done.out)["executionUnit"] == [{"href": "crop:1"}]
    assert done.err.startswith("lost: inputs.x.type is not said in wps-t: ")


def test_json_holds_the_document_and_the_losses(apkg, package, tmp_path):
    done = apkg("translate", package, "--to", "wps-t", "-o", "out.json", "--format", "json")
    found = json.loads(done.out)
    assert [loss["field"] for loss in found["losses"]] == ["inputs.x.type"]
    assert found["losses"][0]["why"]
    assert (found["file"], found["to"], found["id"]) == ("out.json", "wps-t", "crop")
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == found["document"]
    assert done.err == ""


def test_strict_is_3_and_writes_nothing(apkg, package, tmp_path):
    done = apkg("translate", package, "--to", "wps-t", "--strict", "-o", "out.json")
    assert (done.code, done.out) == (3, "")
    assert "cannot say inputs.x.type" in done.err
    assert not (tmp_path / "out.json").exists()
    assert apkg("translate", package, "--to", "ogcapi", "--strict", "-o", "o.json").code == 0
    assert apkg("translate", package, "--to", "ogcapi", "-o", "o.json").code == 3
    assert apkg("translate", package, "--to", "ogcapi", "-o", "o.json", "--force").code == 0


@pytest.mark.parametrize("arguments", [["--to", "ogcapy"], []])
def test_wrong_usage(apkg, package, arguments):
    assert apkg("translate", package, *arguments).code == 2


@pytest.mark.parametrize("name", NAMES)
def test_convert_writes_facet_2_in_the_dialect_asked_for(apkg, demo, name, tmp_path):
    done = apkg("convert", demo, "--image", "demo:1", "--deploy-profile", name, "-o", "out")
    assert done.code == 0, done.err
    written = tmp_path / "out" / f"demo{dialect(name).suffix}"
    assert written.is_file()
    assert apkg("validate", "out", "--strict").code == 0
    # What is written is read again, with the CWL beside it.
    assert json.loads(apkg("inspect", written, "--format", "json").out)["id"] == "demo"


def test_convert_tells_losses_and_strict_stops_it(apkg, demo, tmp_path):
    said = ("--image", "demo:1", "--set", "visibility=private", "--deploy-profile", "ogcapi")
    done = apkg("convert", demo, *said, "-o", "strict", "--strict")
    assert done.code == 3
    assert "ogcapi cannot say visibility" in done.err
    assert not (tmp_path / "strict").exists()
    done = apkg("convert", demo, *said, "-o", "loose", "--format", "json")
    assert done.code == 0
    assert [loss["field"] for loss in json.loads(done.out)[0]["losses"]] == ["visibility"]
    text = apkg("convert", demo, *said, "-o", "text")
    assert "lost: visibility is not said in ogcapi" in text.err
    assert apkg("convert", demo, "--image", "demo:1", "-o", "plain", "--strict").code == 0
