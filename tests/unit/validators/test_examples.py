"""The examples of tests/schemas: the good ones hold, the bad ones are found where they are bad."""

import re
from pathlib import Path

import pytest

from apkg.pipeline.validate import ValidateOptions, validate_paths

EXAMPLES = Path(__file__).resolve().parents[2] / "schemas"
SUFFIXES = (".cwl", ".json", ".xml")
EXPECT = re.compile(r"expect: ([^\"\n]+)")


def files(kind):
    return sorted(p for p in (EXAMPLES / kind).iterdir() if p.suffix in SUFFIXES)


@pytest.mark.parametrize("path", files("positive"), ids=lambda path: path.name)
def test_a_good_example_has_no_finding(path):
    (report,) = validate_paths([path], options=ValidateOptions(strict=True))
    assert report.valid
    assert [f for f in report.findings if f.severity != "note"] == []
    assert report.kind == ("cwl" if path.suffix == ".cwl" else "deploy")


@pytest.mark.parametrize("path", files("negative"), ids=lambda path: path.name)
def test_a_bad_example_is_found_where_it_is_bad(path):
    text = path.read_text(encoding="utf-8")
    (report,) = validate_paths([path])
    lines = text.splitlines()
    found = {(f.rule, f.location.line) for f in report.findings}
    for rule, place in (item.split("@") for item in EXPECT.search(text)[1].split()):
        matching = [line for name, line in found if name == rule]
        assert matching, (rule, found)
        if place.isdigit():
            assert int(place) in matching, (rule, place, matching)
        else:
            assert any(place in lines[line - 1] for line in matching), (rule, place, matching)
    assert not report.valid
    for finding in report.findings:
        assert finding.location.path == str(path)
        assert finding.message
        assert finding.severity == "note" or finding.advice, finding
