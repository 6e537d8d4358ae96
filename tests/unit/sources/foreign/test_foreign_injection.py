"""Bash and R themselves, where installed: what papermill sets is what the literal was."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from papermill.translators import BashTranslator, RTranslator

from apkg.sources.notebook.foreign import parse_cell

BASH = """
a=5
b=0.3
c=true
d=05
e='it'"'"'s "q" $x'
f="two\\"
lines \\$y \\n"
g=$'tab\\t\\u4e2d\\''
h=(one 'two three' "4 5")
i=(1 2.5)
j=
k=*.tif
l=3.10
declare -i m=7
export n="x # y"
o=a\\ b#c
p=()
"""
SHOW = "\nfor v in {a..p}; do declare -n r=$v; printf '%s:%s:' $v ${#r[@]}; printf '<%s>' "
SHOW += '"${r[@]}"; unset -n r; done\n'

R = r"""
a <- 5L
b <- 0.3
c <- TRUE
d <- "it's \"q\" $x # \\n \t \u4e2d"
e <- r"(C:\temp)"
f <- list("a", "b")
g <- NULL
h <- -1e-5
i <- list(list(1, 2), list(3))
j <- 0x10
12 -> k
assign("l", 'x')
"""


def values(source, language):
    found = parse_cell(source, language=language, path="a.ipynb", cell=1)
    return {parameter.name: thawed(parameter.default.value) for parameter in found}


def thawed(value):
    return [thawed(item) for item in value] if isinstance(value, tuple) else value


def run(command):
    return subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash():
    injected = values(BASH, "bash")
    assert list(injected) == list("abcdefghijklmnop")
    shown = run(["bash", "-c", BASH + SHOW])
    assert shown == run(["bash", "-c", BashTranslator.codify(injected) + SHOW])
    assert shown == run(["bash", "-c", BASH + BashTranslator.codify(injected) + SHOW])
    assert shown.startswith("a:1:<5>b:1:<0.3>")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
def test_r(tmp_path):
    injected = values(R, "r")
    assert list(injected) == list("abcdefghijkl")
    script = tmp_path / "check.R"
    lines = [f"one <- local({{{R}\nmget(letters[1:12])}})", "two <- local({"]
    lines += [RTranslator.codify(injected), "mget(letters[1:12])})"]
    lines += ["stopifnot(isTRUE(all.equal(one, two)))", "cat('same')"]
    script.write_text("\n".join(lines), encoding="utf-8")
    assert run(["Rscript", "--vanilla", str(script)]) == "same"
