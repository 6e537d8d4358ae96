"""Translate: what is deployed stays, links stay good, losses are told, --strict writes nothing."""

import json
from pathlib import Path

import pytest

from apkg.emitters.dialects.registry import DIALECTS, dialect
from apkg.errors import ApkgError, ConversionError, SourceError, UsageError
from apkg.pipeline.translate import translate
from apkg.pipeline.validate import validate_paths

EXAMPLES = Path(__file__).resolve().parents[2] / "schemas" / "positive"
FACETS_2 = sorted(p for p in EXAMPLES.iterdir() if p.suffix == ".json")
JSON = ("wps-t", "ogcapi", "ogcapi-2", "ogcapi-flat")
TOOL = """cwlVersion: v1.2
class: CommandLineTool
id: crop
baseCommand: crop
inputs: {scene: {type: File, inputBinding: {position: 1}}, big: {type: long, default: 0}}
outputs: {out: {type: File, outputBinding: {glob: out.tif}}}
"""
DOCKER = "http://www.opengis.net/profiles/eoc/dockerizedApplication"


def document(tmp_path, process=None, **more):
    process = {"id": "crop", "inputs": [], "outputs": [], **(process or {})}
    path = tmp_path / "crop.json"
    value = {"processDescription": {"process": process}, "deploymentProfileName": DOCKER, **more}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize("to", JSON)
@pytest.mark.parametrize("path", FACETS_2, ids=lambda path: path.name)
def test_every_example_in_every_dialect_is_valid_there(tmp_path, path, to):
    out = tmp_path / f"x{dialect(to).suffix}"
    done = translate(str(path), to, out=out)
    assert out.read_text(encoding="utf-8") == done.text
    (report,) = validate_paths([out])
    assert report.kind == "deploy"
    assert not [f for f in report.findings if f.severity == "error"]


@pytest.mark.parametrize("to", JSON)
@pytest.mark.parametrize("path", FACETS_2, ids=lambda path: path.name)
def test_there_and_back_is_the_same(tmp_path, path, to):
    first = translate(str(path), to, out=tmp_path / "first.json")
    assert translate(str(tmp_path / "first.json"), to).text == first.text


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ([{"href": "registry.example.org/crop:1"}], "image"),
        ([{"href": "https://example.org/crop.cwl", "type": "application/cwl"}], "href"),
        ([{"unit": {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "crop",
                    "inputs": {}, "outputs": {}, "baseCommand": "true"}}], "inline"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("to", JSON)
def test_what_is_deployed_stays(tmp_path, to, unit, kind):
    done = json.loads(translate(str(document(tmp_path, executionUnit=unit)), to).text)
    found = done["executionUnit"]
    (found,) = found if isinstance(found, list) else [found]
    if kind == "image":
        assert "registry.example.org/crop:1" in (found.get("href"), found.get("image"))
    elif kind == "href":
        assert found["href"] == "https://example.org/crop.cwl"
    else:
        assert unit[0]["unit"] in (found.get("unit"), found.get("value"))
        if to == "wps-t":
            assert done["deploymentProfileName"] == DOCKER


def test_a_cwl_beside_it_is_known_and_its_link_leads_there(tmp_path):
    (tmp_path / "crop.cwl").write_text(TOOL, encoding="utf-8")
    path = document(tmp_path, executionUnit={"href": "crop.cwl#crop", "type": "application/cwl"})
    (tmp_path / "sub").mkdir()
    out = tmp_path / "sub" / "crop.deploy.json"
    # The glob and the command are in the CWL, which goes along: nothing is lost.
    done = translate(str(path), "wps-t", out=out, strict=True)
    assert json.loads(done.text)["executionUnit"] == [{"href": "../crop.cwl#crop"}]
    assert [i.id for i in done.application.inputs] == ["scene", "big"]
    (report,) = validate_paths([out])
    assert not report.findings


def test_a_cwl_is_deployed_as_it_is(tmp_path):
    (tmp_path / "crop.cwl").write_text(TOOL, encoding="utf-8")
    done = translate(str(tmp_path / "crop.cwl"), "ogcapi")
    assert json.loads(done.text)["executionUnit"] == {
        "href": "crop.cwl",
        "type": "application/cwl",
    }
    assert not done.losses


def test_losses_are_told_and_strict_writes_nothing(tmp_path):
    process = {
        "inputs": {"x": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}},
        "metadata": [{"role": "https://schema.org/license", "title": "MIT"}],
    }
    unit = {"type": "docker", "image": "crop:1", "config": {"memoryMin": 2}}
    path = document(tmp_path, process, executionUnit=unit)
    done = translate(str(path), "wps-t")
    assert [loss.field for loss in done.losses] == ["license", "ram_min", "inputs.x.type"]
    assert not translate(str(path), "ogcapi", strict=True).losses
    with pytest.raises(ConversionError, match=r"license, ram_min, inputs\.x\.type") as caught:
        translate(str(path), "wps-t", out=tmp_path / "out.json", strict=True)
    assert "--strict" in caught.value.hint
    assert not (tmp_path / "out.json").exists()


def test_an_existing_file_is_kept(tmp_path):
    path = document(tmp_path, executionUnit=[{"href": "crop:1"}])
    with pytest.raises(ApkgError, match="not overwritten"):
        translate(str(path), "ogcapi", out=path)
    translate(str(path), "ogcapi", out=path, force=True)
    assert "ogcapppkg" not in path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["executionUnit"]["image"] == "crop:1"


def test_what_names_nothing_to_deploy_is_refused(tmp_path):
    with pytest.raises(ConversionError, match="neither an image nor a CWL"):
        translate(str(document(tmp_path, executionUnit=[{"test": "x"}])), "ogcapi")


def test_an_execute_request_is_refused_with_help():
    execute = EXAMPLES.parent / "negative" / "execute.json"
    with pytest.raises(SourceError, match="Execute request") as caught:
        translate(str(execute), "ogcapi")
    assert "Give apkg the package" in caught.value.hint


def test_an_unknown_dialect_is_told_before_anything_is_read():
    with pytest.raises(UsageError) as caught:
        translate("nowhere.json", "ogcapy")
    assert "ogcapi" in caught.value.hint
    assert all(dialect(name).name == name for name in DIALECTS)
