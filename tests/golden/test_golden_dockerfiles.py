"""The Dockerfiles of build contexts are what they were, as far as conda, R and Julia go, too.

After an intended change: ``pytest tests/golden --update-golden``, then read ``git diff``. What
repo2docker itself writes changes with its versions: another one than these were written with
only gets its cases of the lean buildpack and of Dockerfiles compared.
"""

import platform
import re
from pathlib import Path

import pytest
import requests

from apkg.builders.context import make_context
from apkg.builders.interface import ContextRequest, LaunchedProgram

TEXTS = Path(__file__).parent / "dockerfiles"
LABELS = (("org.opencontainers.image.title", 'Water "mask"'),)
DIGEST = "docker.io/library/buildpack-deps@sha256:" + "0" * 64
PINNED = {"docker.io/library/buildpack-deps:24.04": DIGEST}
CASES = {
    "conda": {"environment.yml": "dependencies: [python=3.11, numpy]\n", "postBuild": ""},
    "conda-r": {"environment.yml": "dependencies: [r-base=4.3, r-irkernel]\n"},
    "pip": {"requirements.txt": "numpy\n", "apt.txt": "gdal-bin\n", "runtime.txt": "python-3.11\n"},
    "pipfile": {"Pipfile": '[packages]\nnumpy = "*"\n[requires]\npython_version = "3.11"\n'},
    "r": {"install.R": 'install.packages("terra")\n', "runtime.txt": "r-4.3-2024-01-15\n"},
    "julia": {"Project.toml": '[deps]\n[compat]\njulia = "1.10"\n'},
    "nothing": {},
    "lean": {"requirements.txt": "numpy\n", "apt.txt": "gdal-bin\n", "start": ""},
    "dockerfile": {"Dockerfile": "FROM a:1 AS b\nUSER me\nFROM b\nRUN x \\\n"},
}


class Answer:
    """What a service of versions answered on the day this was written."""

    def __init__(self, value):
        self.value = value

    def json(self):
        return self.value


@pytest.fixture
def written(tmp_path, monkeypatch):
    """The Dockerfile of a case."""
    snapshot, versions = {"upsi": "2024-01-15+ABC"}, {"1.9.4": {}, "1.10.4": {}, "1.11.0-rc1": {}}
    monkeypatch.setattr(requests, "post", lambda *_, **__: Answer(snapshot))
    monkeypatch.setattr(requests, "get", lambda *_, **__: Answer(versions))

    def call(case):
        source = tmp_path / "source"
        source.mkdir()
        for name, text in CASES[case].items():
            (source / name).write_text(text, encoding="utf-8")
        program = LaunchedProgram(id="water-mask", launcher="", notebook="", language="python")
        request = ContextRequest(
            folder=source, programs=(program,), lean=case == "lean", labels=LABELS, pinned=PINNED
        )
        made = make_context(request, tmp_path / "context")
        return (tmp_path / "context" / made.dockerfile).read_text(encoding="utf-8")

    return call


def version(text):
    found = re.search(r"repo2docker\.version\"?=\"([^\"]*)\"", text)
    return found and found[1]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.skipif(platform.machine() != "x86_64", reason="repo2docker writes for this machine")
def test_dockerfiles(case, written, request):
    text, path = written(case), TEXTS / f"{case}.Dockerfile"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8", newline="\n")
    golden = path.read_text(encoding="utf-8")
    now = version(text)
    if now != version(golden) and case not in {"lean", "dockerfile"}:
        pytest.skip(f"repo2docker is {now}, and this was written by {version(golden)}")
    if now:
        golden = golden.replace(str(version(golden)), now)
    assert text == golden, f"{path.name} has changed"


def test_no_golden_dockerfile_is_left_over():
    assert {path.stem for path in TEXTS.iterdir()} == CASES.keys()
