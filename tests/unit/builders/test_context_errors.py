"""Folders that repo2docker cannot read: one error each, which names the file."""

import re

import pytest
from contexts import folder

from apkg.builders.context import make_context
from apkg.builders.interface import ContextRequest
from apkg.errors import SourceError, ToolError


def refused(tmp_path, kind=SourceError, **files):
    source = folder(tmp_path / "source", **files)
    with pytest.raises(kind) as caught:
        make_context(ContextRequest(folder=source), tmp_path / "context")
    assert str(tmp_path / "context") not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("files", "name", "line"),
    [
        ({"environment__yml": "a: [\n"}, "environment.yml", 2),
        ({"environment__yml": "- a\n"}, "environment.yml", None),
        ({"environment__yml": "dependencies: 3\n"}, "environment.yml", None),
        ({"environment__yml": "dependencies: [python=2.9]\n"}, "environment.yml", None),
        ({"environment__yml": "dependencies: [python=4]\n"}, "environment.yml", None),
        ({"environment__yml": "a: " + "[" * 20_000}, "environment.yml", 1),
        ({"environment__yml": "a:\n" + "- " * 20_000}, "environment.yml", 2),
        ({"binder___environment__yml": "\n\na: b: c\n"}, "binder/environment.yml", 3),
        ({"environment__yaml": "a: *x\n"}, "environment.yaml", 1),
        ({"runtime__txt": "python-3.9-2020\n"}, "runtime.txt", None),
        ({"runtime__txt": "python-x.y\n"}, "runtime.txt", None),
        ({"runtime__txt": "r-2020-13-77\n"}, "runtime.txt", None),
        ({"pyproject__toml": "[project\n"}, "pyproject.toml", None),
        ({"Pipfile__lock": "{"}, "Pipfile.lock", 1),
        ({"Pipfile": "[[["}, "Pipfile", 1),
        ({"apt__txt": "!\n", "requirements__txt": ""}, "apt.txt", None),
        ({"binder___runtime__txt": "x"}, "binder/runtime.txt", None),
        ({"binder___a": "", "__binder___a": ""}, "", None),
        ({"Dockerfile": "FROM andrewosh/binder-base\n"}, "Dockerfile", None),
    ],
)
def test_the_file_is_named(tmp_path, files, name, line):
    error = refused(tmp_path, **files)
    assert error.location.path == str(tmp_path / "source" / name)
    if line is not None:
        assert error.location.line == line
    assert error.hint
    assert len(error.message) < 400


@pytest.mark.parametrize("beside", ["Dockerfile", "binder___requirements__txt"])
def test_an_environment_that_nobody_reads_is_no_error(tmp_path, beside):
    text = "FROM x\n" if beside == "Dockerfile" else ""
    source = folder(tmp_path / "source", **{"environment__yml": "a: [\n", beside: text})
    made = make_context(ContextRequest(folder=source), tmp_path / "context")
    assert made.buildpack == ("DockerBuildPack" if text else "PythonBuildPack")


@pytest.mark.parametrize("name", ["environment.yml", "runtime.txt", "apt.txt", "Dockerfile"])
def test_text_that_is_no_utf_8_is_named(tmp_path, name):
    source = folder(tmp_path / "source", requirements__txt="numpy\n")
    (source / name).write_bytes(b"a: \xff\xfe\xfa\n")
    with pytest.raises(SourceError) as caught:
        make_context(ContextRequest(folder=source), tmp_path / "context")
    assert caught.value.location.path == str(source / name)


@pytest.mark.parametrize(
    "files",
    [
        {"runtime__txt": "r-4.3-2024-01-15\n", "install__R": ""},
        {"Project__toml": '[compat]\njulia = "1.6"\n'},
    ],
)
def test_no_network_is_said(tmp_path, monkeypatch, files):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    error = refused(tmp_path, ToolError, **files)
    assert re.search(r"which versions there are; [a-z0-9.-]+ does not answer$", error.message)
    assert "network" in error.hint


def test_terminal_escapes_stay_out_of_messages(tmp_path):
    error = refused(tmp_path, runtime__txt="\x1b[31mred\n")
    assert "\x1b" not in error.message
