"""``apkg validate --resume``: the same is said, and only what has changed is read again."""

import os
import sqlite3

import pytest
from notebooks import cell, write

from apkg.errors import ApkgError
from apkg.pipeline import check_memory
from apkg.pipeline.check import CheckOptions
from apkg.pipeline.validate import ValidateOptions

LONG_AGO = 1_000_000_000
TOOL = """\
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [echo]
inputs: {x: {type: int, inputBinding: {position: 1}}}
outputs: {}
"""
FLOW = """\
cwlVersion: v1.2
class: Workflow
inputs: {x: int}
outputs: {}
steps:
  one: {run: ../lib/tool.cwl, in: {x: x}, out: []}
"""


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def project(tmp_path):
    """Two tools, one of them broken, a workflow that runs another file, and a notebook."""
    folder = tmp_path / "p"
    folder.mkdir()
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/tool.cwl").write_text(TOOL)
    (folder / "a.cwl").write_text(TOOL)
    (folder / "broken.cwl").write_text(TOOL.replace("class: Comm", "class: Com"))
    (folder / "flow.cwl").write_text(FLOW)
    (folder / "job.yml").write_text("x: 1\n")
    write(folder, "n = 1", cell("import helper", "n"), name="n.ipynb")
    (folder / "helper.py").write_text("y = 1\n")
    age(tmp_path)
    return folder


def age(folder):
    for path in folder.rglob("*"):
        if path.is_file() and "cache" not in path.parts:
            os.utime(path, (LONG_AGO, LONG_AGO))


@pytest.fixture
def again(apkg, tmp_path, monkeypatch):
    """``again(*words)``: what is read when all is checked with --resume; says as without."""

    def call(*words):
        from apkg.pipeline import validate

        read = []
        plain = apkg("validate", "p", *words, "--report", "r.jsonl")
        expected = (tmp_path / "r.jsonl").read_bytes()
        validate_path = validate._validate_path
        with monkeypatch.context() as patch:
            patch.setattr(
                validate,
                "_validate_path",
                lambda path, *rest: read.append(path.name) or validate_path(path, *rest),
            )
            done = apkg("validate", "p", "--resume", *words, "--report", "r.jsonl")
        assert (done.out, done.code) == (plain.out, plain.code)
        assert plain.err.strip() in done.err
        assert (tmp_path / "r.jsonl").read_bytes() == expected
        return sorted(read)

    return call


ALL = ["a.cwl", "broken.cwl", "flow.cwl", "job.yml", "n.ipynb"]


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_nothing_changed(again, project, form):
    assert again("--format", form) == ALL
    assert again("--format", form) == []


def test_it_says_how_many(apkg, project):
    apkg("validate", "p", "--resume")
    done = apkg("validate", "p", "--resume")
    assert "4 checked, 3 valid" in done.err
    assert "4 unchanged since they were read" in done.err


def test_in_processes(apkg, again, project):
    apkg("validate", "p", "--resume", "--jobs", "2")
    assert again() == []


def change_a(project):
    (project / "a.cwl").write_text(TOOL.replace("echo", "true"))


def change_and_say_nothing_in_the_date(project):
    change_a(project)
    os.utime(project / "a.cwl", (LONG_AGO, LONG_AGO))


def change_what_is_run(project):
    (project.parent / "lib/tool.cwl").write_text("class: Nonsense\n")


def remove_what_is_run(project):
    (project.parent / "lib/tool.cwl").unlink()


def mend(project):
    (project / "broken.cwl").write_text(TOOL)


def change_a_module(project):
    (project / "helper.py").write_text("y = 2\n")


def add_a_manifest(project):
    (project / "apkg.yaml").write_text("license: MIT\n")


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (change_a, ["a.cwl"]),
        (change_and_say_nothing_in_the_date, ["a.cwl"]),
        (change_what_is_run, ["flow.cwl"]),
        (remove_what_is_run, ["flow.cwl"]),
        (mend, ["broken.cwl"]),
        (change_a_module, ["n.ipynb"]),
        (add_a_manifest, ["apkg.yaml", "n.ipynb"]),
    ],
)
def test_what_a_change_concerns_is_read_again(again, project, change, read):
    again()
    change(project)
    assert again() == read
    age(project.parent)
    again()
    assert again() == []


def test_what_was_missing_is_found(again, project):
    remove_what_is_run(project)
    again()
    assert again() == []
    (project.parent / "lib/tool.cwl").write_text(TOOL)
    assert again() == ["flow.cwl"]


def test_a_part_that_many_run_is_seen_by_each(again, project):
    (project / "flow2.cwl").write_text(FLOW)
    age(project)
    again()
    change_what_is_run(project)
    assert again() == ["flow.cwl", "flow2.cwl"]


@pytest.mark.parametrize("words", [["--strict"], ["--profile", "best-practice"],
                                   ["--ignore", "cwl/*"]])  # fmt: skip
def test_other_options(again, project, words):
    again()
    assert again(*words) == ALL


def test_settings_of_the_project_are_options(again, project):
    again()
    (project.parent / "pyproject.toml").write_text("[tool.apkg.validate]\nstrict = true\n")
    assert again() == ALL


def test_another_version(again, project, monkeypatch):
    again()
    monkeypatch.setattr("apkg.pipeline.batch_fingerprint.__version__", "99")
    assert again() == ALL


def test_other_names_are_told_as_they_are_given(apkg, project):
    first = apkg("validate", "p/broken.cwl", "--resume")
    other = apkg("validate", "p/../p/broken.cwl", "--resume")
    assert other.out == first.out.replace("p/broken", "p/../p/broken")
    # A file that is named must be a package, one in a folder need not.
    apkg("validate", "p", "--resume")
    assert apkg("validate", "p/job.yml", "--resume").code == 1


def test_fail_fast(apkg, project):
    words = ("validate", "p", "--resume", "--fail-fast")
    first = apkg(*words)
    assert first.code == 1
    assert apkg(*words).out == first.out


def test_standard_input_is_always_read(apkg, project, monkeypatch):
    import io
    from types import SimpleNamespace

    for _ in range(2):
        stdin = SimpleNamespace(buffer=io.BytesIO(TOOL.encode()), isatty=lambda: False)
        monkeypatch.setattr("sys.stdin", stdin)
        done = apkg("validate", "-", "--resume")
        assert "unchanged" not in done.err
        assert done.code == 0


def state(cache):
    (found,) = cache.rglob("*.sqlite")
    return found


def test_a_memory_in_use_is_no_reason_to_fail(again, apkg, project, cache):
    again()
    other = sqlite3.connect(state(cache), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert again() == ALL
    assert "remembers nothing" in apkg("validate", "p", "--resume").err
    other.close()
    assert again() == []


def test_a_damaged_memory_is_made_anew(again, project, cache):
    again()
    path = state(cache)
    for each in path.parent.iterdir():
        each.unlink()
    path.write_bytes(b"x" * 5000)
    assert again() == ALL
    assert again() == []


def test_a_cache_that_cannot_be_made(again, apkg, project, cache):
    cache.write_text("a file")
    assert again() == ALL
    assert "note: --resume remembers nothing" in apkg("validate", "p", "--resume").err


def test_what_nobody_used_for_long_goes(project, cache, apkg):
    old = cache / "apkg/validate/0123"
    old.mkdir(parents=True)
    (old / check_memory.NAME).touch()
    os.utime(old, (LONG_AGO, LONG_AGO))
    apkg("validate", "p", "--resume")
    assert not old.exists()


@pytest.mark.parametrize(("named", "used"), [("relative", False), ("", False), ("/abs", True)])
def test_where_the_cache_is(monkeypatch, named, used):
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    assert (str(check_memory.cache_folder()) == "/abs/apkg") is used


def test_a_network_is_never_remembered(tmp_path, project, monkeypatch):
    pytest.importorskip("cwltool")
    monkeypatch.chdir(tmp_path)
    options = CheckOptions(engine="cwltool", network=True)

    def trouble(error: ApkgError):
        raise error

    from apkg.report import Report

    path = project / "a.cwl"
    for asked in (options, CheckOptions(engine="cwltool")):
        with check_memory.CheckMemory(asked, ValidateOptions(), on_trouble=trouble) as memory:
            digest = check_memory.Digests()._digest(str(path), keep=False)
            memory.keep(path, Report("a", "cwl"), {str(path): digest}, named=True)
            assert (memory.known(path, named=True) is None) is asked.network
