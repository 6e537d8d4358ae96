"""``apkg validate --engine cwltool``: cwltool's own verdict beside ours."""

import pytest

GOOD = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: ls\ninputs: []\noutputs: []\n"
REMOTE = (
    "cwlVersion: v1.2\nclass: Workflow\ninputs: []\noutputs: []\n"
    "steps: {a: {run: https://example.org/a.cwl, in: [], out: []}}\n"
)


@pytest.mark.slow
def test_cwltool_says_the_same_at_the_same_line(apkg, tmp_path):
    (tmp_path / "good.cwl").write_text(GOOD)
    (tmp_path / "bad.cwl").write_text(GOOD.replace("baseCommand", "baseComand"))
    done = apkg("validate", "good.cwl", "bad.cwl", "--engine", "cwltool")
    assert done.code == 1
    assert "good.cwl: cwl: valid\n" in done.out
    assert "bad.cwl:3:1: error: cwltool refuses it" in done.out
    assert "invalid field 'baseComand'" in done.out
    assert apkg("validate", "good.cwl", "--engine", "cwltool").code == 0


@pytest.mark.slow
def test_what_only_apkg_finds_is_told_as_that(apkg, tmp_path):
    (tmp_path / "x.cwl").write_text(GOOD.replace("[]", '{n: {type: int, default: "7"}}', 1))
    done = apkg("validate", "x.cwl", "--engine", "cwltool")
    assert done.code == 1
    assert "note: cwltool --validate accepts it [engine/cwltool]" in done.out
    done = apkg("validate", "x.cwl", "--engine", "cwltool", "--ignore", "engine/*")
    assert "engine/cwltool" not in done.out


def test_offline_cwltool_is_not_asked_about_what_is_on_a_network(apkg, tmp_path):
    (tmp_path / "x.cwl").write_text(REMOTE)
    done = apkg("validate", "x.cwl", "--engine", "cwltool")
    assert done.code == 0
    assert "[cwl/not-checked]" in done.out
    assert "[engine/not-checked]" in done.out


@pytest.mark.slow
def test_with_network_cwltool_is_asked_and_its_failure_is_a_finding(apkg, tmp_path, monkeypatch):
    # Nobody listens there, so that no name outside of this machine is looked up.
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    (tmp_path / "x.cwl").write_text(REMOTE.replace("https://example.org", "http://127.0.0.1:9"))
    done = apkg("validate", "x.cwl", "--engine", "cwltool", "--network")
    assert done.code == 1
    assert "cwltool refuses it" in done.out


def test_a_missing_cwltool_is_said_once_with_what_to_install(apkg, tmp_path, monkeypatch):
    (tmp_path / "x.cwl").write_text(GOOD)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    done = apkg("validate", "x.cwl", "--engine", "cwltool")
    assert (done.code, done.out) == (3, "")
    assert "pip install 'eo-apkg[run]'" in done.err
