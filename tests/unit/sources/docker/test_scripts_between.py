"""Scripts between an image and its program: what hands its words on is followed."""

import pytest

from apkg.sources.cli.shell.forwarding import Forwarding, forwarding
from apkg.sources.docker.entry import entry_of
from apkg.sources.docker.locate import locate
from apkg.sources.docker.stages import read_dockerfile
from apkg.sources.options import read_options
from apkg.sources.tool import read_tool

PROGRAM = """import argparse
parser = argparse.ArgumentParser()
parser.add_argument("scene")
parser.add_argument("--gain", type=float, default=1.0)
parser.add_argument("-o", "--out-dir", required=True)
parser.parse_args()
"""
SCRIPT = """#!/bin/bash
set -e
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
out="results"
mkdir -p "${out}"
conda run -n eo python -u "${here}/tool.py" "$@" -o "${out}" > log.txt
echo done
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tool.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "run.sh").write_text(SCRIPT, encoding="utf-8")
    return tmp_path


def located(folder, text):
    dockerfile = read_dockerfile(f"FROM a\nWORKDIR /w\nCOPY . .\n{text}", path="Dockerfile")
    return locate(entry_of(dockerfile.settings), dockerfile, folder)


def test_a_script_that_hands_its_words_on_is_followed(folder):
    found = located(folder, 'ENTRYPOINT ["./run.sh"]')
    assert (found.words, found.path) == (("/w/run.sh",), folder / "tool.py")
    assert found.fixed == ("-o", "results")


def test_what_the_script_gives_is_no_input(folder):
    text = 'FROM a\nWORKDIR /w\nCOPY . .\nENTRYPOINT ["./run.sh"]\n'
    (folder / "Dockerfile").write_text(text, encoding="utf-8")
    (reading,) = read_tool(folder, options=read_options((), image=None))
    assert [item.id for item in reading.application.inputs] == ["scene", "gain"]
    assert reading.application.program.base_command == ("/w/run.sh",)


def test_a_script_that_runs_what_follows_it(folder):
    (folder / "run.sh").write_text('#!/bin/sh\n. /env\nexec "$@"\n', encoding="utf-8")
    found = located(folder, 'ENTRYPOINT ["/w/run.sh"]\nCMD ["python", "tool.py"]')
    assert found.words == ("/w/run.sh", "python", "/w/tool.py")
    assert found.path == folder / "tool.py"


def test_the_script_of_a_well_known_base_image(folder):
    words = '"/usr/local/bin/_entrypoint.sh", "python", "tool.py"'
    found = located(folder, f"ENTRYPOINT [{words}]")
    assert found.words == ("/usr/local/bin/_entrypoint.sh", "python", "/w/tool.py")
    assert found.path == folder / "tool.py"


@pytest.mark.parametrize(
    "script",
    ['tool "$1" "$@"', "tool", 'one "$@"\ntwo "$@"', 'shift\ntool "$@"', "tool '",
     'case "$1" in a) ;; esac\ntool "$@"', 'while getopts a: x; do :; done\ntool "$@"'],
)  # fmt: skip
def test_a_script_with_words_of_its_own_is_not(tmp_path, script):
    path = tmp_path / "x.sh"
    path.write_text(script, encoding="utf-8")
    assert forwarding(path) is None


def test_the_words_around_those_handed_on(tmp_path):
    path = tmp_path / "x.sh"
    text = 'N=3\nif true; then\n  A=1 exec tool crop --n=$N "${@}" --log "$LOG" 2>&1\nfi\n'
    path.write_text(text, encoding="utf-8")
    assert forwarding(path) == Forwarding(
        before=("tool", "crop", "--n=3"), behind=("--log", "$LOG")
    )
