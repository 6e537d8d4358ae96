"""JUnit XML: well-formed whatever the findings say, one test for each file."""

import xml.etree.ElementTree as ET

import pytest

from apkg.emitters.reports.junit import junit
from apkg.errors import Location
from apkg.report import Finding, Report


def finding(severity="error", message="m", rule="cwl/source", **more):
    return Finding(rule=rule, severity=severity, message=message, **more)


def parsed(*reports):
    return ET.fromstring(junit(reports).encode())


def test_a_file_is_a_test_that_passes_fails_or_is_an_error():
    place = Location(path="b.cwl", line=3, column=7)
    root = parsed(
        Report("a.cwl", "cwl", (finding("warning"), finding("note"))),
        Report("b.cwl", "cwl", (finding(location=place, advice="Do this."), finding(message="n"))),
        Report("c.cwl", "unreadable", (finding(rule="document/unreadable"),)),
        Report("d.json", "deploy"),
    )
    suite = root.find("testsuite")
    assert root.attrib | {"skipped": "0"} == suite.attrib
    assert [suite.get(name) for name in ("tests", "failures", "errors")] == ["4", "1", "1"]
    cases = {case.get("name"): case for case in suite}
    assert [child.tag for child in cases["a.cwl"]] == ["system-out"]
    failure = cases["b.cwl"].find("failure")
    assert (failure.get("type"), failure.get("message")) == ("cwl/source", "m")
    assert failure.text.splitlines() == [
        "b.cwl:3:7: error: m [cwl/source]",
        "  Do this.",
        "error: n [cwl/source]",
    ]
    assert cases["c.cwl"].find("error") is not None
    assert list(cases["d.json"]) == []
    assert cases["d.json"].get("classname") == "deploy"


def test_no_files():
    assert parsed().get("tests") == "0"


@pytest.mark.parametrize(
    "hostile",
    ["</failure><x/>", "]]>", '"><x y="', "&lt;", "\x00\x1b[31m\x9b", "\ud800\ufffe", "\r\n\t"],
)
def test_hostile_text_stays_text(hostile):
    text = junit([Report(f"{hostile}.cwl", "cwl", (finding(message=hostile, advice=hostile),))])
    root = ET.fromstring(text.encode())
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
    }
    assert not set(text) & set("\x00\x1b\x9b\ud800\ufffe")
    if hostile.isprintable():
        assert root.find(".//failure").get("message") == hostile
