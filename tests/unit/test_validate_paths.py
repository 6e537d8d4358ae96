"""Many files at once: each has its report, whatever the others are."""

import os

import pytest

from apkg.errors import UsageError
from apkg.pipeline.validate import ValidateOptions, validate_paths

TOOL = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: ls\ninputs: []\noutputs: []\n"


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    good, bad, binary = tmp_path / "good.cwl", tmp_path / "bad.cwl", tmp_path / "binary.cwl"
    good.write_text(TOOL)
    bad.write_text("a: [1\n")
    binary.write_bytes(b"\0\1")
    missing = tmp_path / "missing.cwl"
    reports = validate_paths([bad, missing, binary, good])
    assert [(r.kind, r.valid) for r in reports] == [
        ("unreadable", False),
        ("unreadable", False),
        ("unreadable", False),
        ("cwl", True),
    ]
    assert [len(r.findings) for r in reports] == [1, 1, 1, 0]


def test_a_folder_is_searched_without_following_loops(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "tool.cwl").write_text(TOOL)
    (tmp_path / "a" / "x.cwl").mkdir()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "broken.cwl").symlink_to(tmp_path / "nowhere")
    (tmp_path / "order.yml").write_text("threshold: 1\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "hidden.cwl").write_text("broken: [")
    reports = {r.path.removeprefix(f"{tmp_path}/"): r for r in validate_paths([tmp_path])}
    assert set(reports) == {"a/tool.cwl", "a/broken.cwl", "order.yml"}
    assert reports["order.yml"].valid
    assert [f.severity for f in reports["order.yml"].findings] == ["note"]


def test_a_named_file_that_is_no_document_says_so(tmp_path):
    path = tmp_path / "order.yml"
    path.write_text("threshold: 1\n")
    (report,) = validate_paths([path])
    assert (report.kind, report.valid) == ("unknown", False)


def test_an_unreadable_file(tmp_path):
    path = tmp_path / "x.cwl"
    path.write_text(TOOL)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root reads everything")
    assert [f.rule for f in validate_paths([path])[0].findings] == ["document/unreadable"]


def test_warnings_can_be_strict_and_rules_can_be_ignored(tmp_path):
    path = tmp_path / "x.cwl"
    path.write_text(TOOL + "hints: {ScatterFeatureRequirement: {}}\n")
    assert validate_paths([path])[0].valid
    assert not validate_paths([path], options=ValidateOptions(strict=True))[0].valid
    for ignore in ("cwl/requirement-place", "cwl/*"):
        options = ValidateOptions(strict=True, ignore=(ignore,))
        assert validate_paths([path], options=options)[0].findings == ()


def test_a_profile_that_does_not_exist():
    with pytest.raises(UsageError, match="nonsense"):
        validate_paths([], options=ValidateOptions(profiles=("nonsense",)))


def test_terminal_escapes_never_reach_a_message(tmp_path):
    path = tmp_path / "x.cwl"
    path.write_text(TOOL.replace("inputs: []", 'inputs: {a: "\\e[31mred\\u202e"}\n"\\e]0;x": 1'))
    (report,) = validate_paths([path])
    assert not report.valid
    for finding in report.findings:
        said = f"{finding.message}{finding.advice}{finding.subject}"
        assert "\x1b" not in said
        assert "\u202e" not in said
