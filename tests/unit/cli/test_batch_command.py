"""``apkg convert`` and ``apkg validate`` on many sources: lines, reports, totals, exit codes."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from notebooks import write


@pytest.fixture
def many(tmp_path):
    """Three notebooks, the second of which is refused."""
    folder = tmp_path / "nb"
    folder.mkdir()
    for name, source in (("a", "a = 1"), ("b", "x = foo()"), ("c", "c = 1")):
        write(folder, source, name=f"{name}.ipynb")
    return folder


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_line_for_each_and_totals(apkg, many):
    done = apkg("convert", "nb", "-o", "out")
    assert done.code == 3
    assert done.out.splitlines() == [
        "nb/a.ipynb: a (3 files)",
        "nb/b.ipynb: failed",
        "nb/c.ipynb: c (3 files)",
    ]
    assert "error: nb/b.ipynb, cell 1, line 1" in done.err
    assert "hint:" in done.err
    assert "3 sources: 2 converted, 1 failed (" in done.err


def test_globs_lists_and_several_words(apkg, many, monkeypatch):
    assert apkg("convert", "nb/[ac].ipynb", "-o", "one").out.count("(3 files)") == 2
    assert apkg("convert", "nb/a.ipynb", "nb/c.ipynb", "-o", "two").code == 0
    many.joinpath("list.txt").write_text("nb/a.ipynb\n# no\nnb/c.ipynb\n")
    done = apkg("convert", "--from-file", "nb/list.txt", "-o", "three")
    assert done.out == "nb/a.ipynb: a (3 files)\nnb/c.ipynb: c (3 files)\n"
    stdin = SimpleNamespace(buffer=io.BytesIO(b"nb/a.ipynb\0"), isatty=lambda: False)
    monkeypatch.setattr(sys, "stdin", stdin)
    assert apkg("convert", "--from-file", "-", "-o", "four").out == "nb/a.ipynb: a (3 files)\n"


def test_a_glob_of_one_is_told_in_full(apkg, many):
    done = apkg("convert", "nb/a*.ipynb", "-o", "out")
    assert done.code == 0
    assert "wrote out/a.cwl" in done.out


def test_the_report_is_the_same_every_time(apkg, many, tmp_path):
    words = ("convert", "nb", "-o", "out", "--report", "report.jsonl", "--force")
    apkg(*words)
    first = (tmp_path / "report.jsonl").read_bytes()
    apkg(*words, "--jobs", "3")
    assert (tmp_path / "report.jsonl").read_bytes() == first
    a, b, _ = lines(tmp_path / "report.jsonl")
    assert (a["source"], a["status"]) == ("nb/a.ipynb", "converted")
    (package,) = a["packages"]
    assert package["id"] == "a"
    assert package["files"] == ["out/a.cwl", "out/a.deploy.json", "out/a.inputs.yml"]
    assert package["findings"][0]["rule"] == "notebook/image-assumed"
    assert b["status"] == "failed"
    error = b["packages"][0]["error"]
    assert error["location"] == "nb/b.ipynb, cell 1, line 1"
    assert error["hint"]


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_report_replaces_nothing_but_a_report(apkg, many, tmp_path, force):
    before = (many / "c.ipynb").read_bytes()
    done = apkg("convert", "nb/a.ipynb", "-o", "out", "--report", "nb/c.ipynb", *force)
    assert done.code == 2
    assert "no report of apkg" in done.err
    assert (many / "c.ipynb").read_bytes() == before


def test_resume_tells_what_is_unchanged(apkg, many, tmp_path):
    words = ("convert", "nb", "-o", "out", "--resume", "--report", "r.jsonl")
    import os

    for path in many.iterdir():
        os.utime(path, (1e9, 1e9))
    apkg(*words)
    done = apkg(*words)
    assert done.code == 3
    assert done.out.splitlines()[0] == "nb/a.ipynb: a (unchanged)"
    assert "2 unchanged, 1 failed" in done.err
    first = lines(tmp_path / "r.jsonl")[0]
    assert first["status"] == "unchanged"
    assert first["packages"][0]["files"] == ["out/a.cwl", "out/a.deploy.json", "out/a.inputs.yml"]
    data = json.loads(apkg(*words, "--format", "json").out)
    assert [one.get("unchanged", False) for one in data] == [True, False, True]


def test_fail_fast(apkg, many):
    done = apkg("convert", "nb", "-o", "out", "--fail-fast")
    assert done.out.splitlines() == ["nb/a.ipynb: a (3 files)", "nb/b.ipynb: failed"]
    assert "1 converted, 1 failed, 1 not begun or not finished" in done.err
    assert done.code == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from-file", "empty"], "no source is named"),
        (["--from-file", "gone"], "gone"),
        (["nb/*.nope"], "no file matches"),
        (["nb", "--jobs", "0"], "--jobs"),
        (["nb/a.ipynb", "nb/c.ipynb", "--cli", "empty"], "describe one tool"),
    ],
)
def test_wrong_usage(apkg, many, tmp_path, words, said):
    (tmp_path / "empty").touch()
    done = apkg("convert", *words, "-o", "out")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "out").exists()


def test_one_id_for_several_sources(apkg, many):
    done = apkg("convert", "nb/a.ipynb", "nb/c.ipynb", "--set", "id=x")
    assert done.code == 3
    assert "cannot all have one id" in done.err


def test_a_bug_of_ours_costs_one_source(apkg, many, tmp_path, monkeypatch):
    from apkg.sources.notebook import application

    read = application.read_notebook

    def stumble(path):
        if path.name == "a.ipynb":
            raise ZeroDivisionError("oh")
        return read(path)

    monkeypatch.setattr(application, "read_notebook", stumble)
    done = apkg("convert", "nb", "-o", "out", "--report", "r.jsonl")
    assert done.code == 70
    assert "nb/c.ipynb: c (3 files)" in done.out
    assert "an error in apkg" in done.err
    assert "in stumble" in lines(tmp_path / "r.jsonl")[0]["packages"][0]["error"]["traceback"]


def test_a_name_cannot_steer_the_terminal(apkg, tmp_path):
    (tmp_path / "nb").mkdir()
    write(tmp_path / "nb", "a = 1", name="a\x1b[31m\n.ipynb")
    write(tmp_path / "nb", "a = foo()", name="b\x1b[31m.ipynb")
    done = apkg("convert", "nb", "-o", "out")
    assert "\x1b" not in done.out + done.err
    assert len(done.out.splitlines()) == 2


@pytest.fixture
def packages(apkg, many):
    apkg("convert", "nb", "-o", "out")
    (many / "broken.cwl").write_text("cwlVersion: v1.2\nclass: Nonsense\n")
    return many


def test_validate_takes_lists_and_writes_reports(apkg, packages, tmp_path):
    (tmp_path / "list").write_text("out\nnb/broken.cwl\nnb/a.ipynb\n")
    words = ("validate", "--from-file", "list", "--report", "r.jsonl")
    done = apkg(*words)
    assert done.code == 1
    assert "out/a.cwl: cwl: valid" in done.out
    assert "6 checked, 5 valid" in done.err
    found = lines(tmp_path / "r.jsonl")
    assert [one["path"] for one in found] == [
        "out/a.cwl", "out/a.deploy.json", "out/c.cwl", "out/c.deploy.json",
        "nb/broken.cwl", "nb/a.ipynb",
    ]  # fmt: skip
    assert [one["valid"] for one in found] == [True, True, True, True, False, True]
    first = (tmp_path / "r.jsonl").read_bytes()
    assert apkg(*words, "--jobs", "3") == done
    assert (tmp_path / "r.jsonl").read_bytes() == first
    for form in ("json", "sarif", "junit", "github"):
        one = apkg("validate", "out", "nb", "--format", form)
        assert apkg("validate", "out", "nb", "--format", form, "--jobs", "2") == one
        assert one.code == 1


def test_validate_fail_fast(apkg, packages):
    done = apkg("validate", "nb/broken.cwl", "out", "--fail-fast")
    assert done.code == 1
    assert "out/" not in done.out
    assert "not checked" in done.err


def test_validate_without_anything(apkg, packages, tmp_path):
    assert "missing argument" in apkg("validate").err
    (tmp_path / "empty").touch()
    done = apkg("validate", "--from-file", "empty")
    assert done.code == 2
    assert "nothing to check" in done.err
