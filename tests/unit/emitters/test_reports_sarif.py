"""SARIF: the shape that OASIS says (a strict extract of its schema), and what it carries."""

import json

import jsonschema
import pytest

from apkg.emitters.reports.sarif import RuleText, sarif, uri
from apkg.errors import Location
from apkg.report import Finding, Report

TEXT = {"type": "object", "required": ["text"], "additionalProperties": False}
TEXT["properties"] = {"text": {"type": "string", "minLength": 1}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def strict(required, **properties):
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def several(item, **more):
    return {"type": "array", "items": item, **more}


#: SARIF 2.1.0, 3.13 (sarifLog) to 3.49 (reportingDescriptor): what apkg uses of it, and no more.
SCHEMA = strict(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs=several(
        strict(
            "tool",
            tool=strict(
                "driver",
                driver=strict(
                    "name",
                    name={"type": "string"},
                    version={"type": "string"},
                    rules=several(
                        strict(
                            "id",
                            id={"type": "string"},
                            shortDescription=TEXT,
                            help=TEXT,
                            defaultConfiguration=strict("", level=LEVEL),
                        ),
                        uniqueItems=True,
                    ),
                ),
            ),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            invocations=several(
                strict("executionSuccessful", executionSuccessful={"type": "boolean"})
            ),
            results=several(
                strict(
                    "message",
                    ruleId={"type": "string"},
                    ruleIndex={"type": "integer", "minimum": -1},
                    level=LEVEL,
                    message=TEXT,
                    locations=several(
                        strict(
                            "",
                            physicalLocation=strict(
                                "artifactLocation",
                                artifactLocation=strict(
                                    "", uri={"type": "string", "pattern": r"^[!-~]*$"}
                                ),
                                region=strict(
                                    "startLine",
                                    startLine={"type": "integer", "minimum": 1},
                                    startColumn={"type": "integer", "minimum": 1},
                                ),
                            ),
                            logicalLocations=several(strict("", name={"type": "string"})),
                        )
                    ),
                )
            ),
        )
    ),
)


def made(*findings, path="a b.cwl", **more):
    log = json.loads(sarif([Report(path, "cwl", findings)], **more))
    jsonschema.Draft202012Validator(SCHEMA).validate(log)
    return log["runs"][0]


def finding(rule="cwl/source", severity="error", **more):
    return Finding(rule=rule, severity=severity, message="m", **more)


def test_the_extract_is_strict():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    log = json.loads(sarif([Report("x", "cwl", (finding(),))]))
    log["runs"][0]["results"][0]["levle"] = "error"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_results_rules_and_places():
    one = finding(location=Location(path="a b.cwl", line=3, column=7), advice="Do this.")
    two = finding("cwl/format", "warning")
    text = RuleText(title="T", help="H", severity="error")
    run = made(one, two, one, version="1.2", rules={"cwl/source": text})
    assert run["tool"]["driver"]["version"] == "1.2"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["cwl/source", "cwl/format"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 0]
    first, second, _ = run["results"]
    assert first["message"]["text"] == "m\nDo this."
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.cwl"},
        "region": {"startLine": 3, "startColumn": 7},
    }
    assert second["level"] == "warning"
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_nothing_found_and_nothing_looked_at():
    assert made()["results"] == []
    assert made()["invocations"] == [{"executionSuccessful": True}]
    assert made(finding("document/unreadable"))["invocations"] == [{"executionSuccessful": False}]
    assert json.loads(sarif([]))["runs"][0]["results"] == []


def test_a_cell_is_no_region_of_the_file():
    run = made(finding(location=Location(path="n.ipynb", cell=2, line=5)), path="n.ipynb")
    location = run["results"][0]["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"] == [{"name": "cell 2, line 5"}]


@pytest.mark.parametrize("hostile", ["\x1b[31m", "\x9b", "\u202e", "\ud800", '"\\', "é"])
def test_hostile_text_is_plain_ascii(hostile):
    bad = Finding(rule="cwl/x", severity="error", message=hostile, advice=hostile)
    text = sarif([Report(f"{hostile}.cwl".replace("\ud800", "\udc80"), "cwl", (bad,))])
    assert text.isascii()
    assert not set(text) & set("\x1b\x9b")
    jsonschema.validate(json.loads(text), SCHEMA)


def test_paths_below_the_current_folder_are_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert uri(str(tmp_path / "a" / "x.cwl")) == "a/x.cwl"
    assert uri("/elsewhere/x y.cwl") == "file:///elsewhere/x%20y.cwl"
    assert uri("a#b%.cwl") == "a%23b%25.cwl"
