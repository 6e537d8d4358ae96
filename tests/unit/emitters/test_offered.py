"""How a process may be called goes through all dialects that have words for it."""

import json

import pytest

from apkg.pipeline.translate import translate

WORDS = {"jobControlOptions": ["sync-execute", "dismiss"], "outputTransmission": ["value"]}
UNIT = {"executionUnit": {"type": "docker", "image": "example.org/crop:1"}}
PROCESS = {"id": "crop", "version": "2.0", "inputs": {}, "outputs": {}}


def document(tmp_path, value):
    path = tmp_path / "crop.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def found(text):
    """The words wherever a dialect puts them."""
    top = json.loads(text)
    around = top.get("processDescription", {})
    places = (top, around, around.get("process", {}))
    return {name: p[name] for p in places for name in WORDS if name in p}


@pytest.mark.parametrize("to", ["wps-t", "ogcapi", "ogcapi-flat"])
def test_they_are_kept_from_wherever_they_stand(tmp_path, to):
    for value in (
        {"processDescription": {"process": {**PROCESS, **WORDS}}},
        {"processDescription": {"process": PROCESS, **WORDS}},
        {"processDescription": PROCESS, **WORDS},
    ):
        done = translate(str(document(tmp_path, {**value, **UNIT})), to)
        assert found(done.text) == WORDS
        assert not done.losses


def test_what_a_dialect_has_no_word_for_is_told(tmp_path):
    value = {"processDescription": {"process": {**PROCESS, **WORDS}}, **UNIT}
    done = translate(str(document(tmp_path, value)), "ogcapi-2")
    assert found(done.text) == {"jobControlOptions": WORDS["jobControlOptions"]}
    assert [(loss.field, loss.why[-22:]) for loss in done.losses] == [
        ("annotations", "wps:outputTransmission")
    ]


@pytest.mark.parametrize("to", ["wps2", "owc-atom", "owc-json"])
def test_there_and_back_through_xml(tmp_path, to):
    value = {"processDescription": {"process": {**PROCESS, **WORDS}}, **UNIT}
    out = tmp_path / ("there.json" if to == "owc-json" else "there.xml")
    translate(str(document(tmp_path, value)), to, out=out)
    assert found(translate(str(out), "wps-t").text) == WORDS


def test_what_nobody_says_is_as_usual(tmp_path):
    value = {"processDescription": {"process": PROCESS}, **UNIT}
    assert found(translate(str(document(tmp_path, value)), "wps-t").text) == {
        "jobControlOptions": ["async-execute"],
        "outputTransmission": ["reference"],
    }
