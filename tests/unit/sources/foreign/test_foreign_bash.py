"""Parameter cells in Bash."""

from __future__ import annotations

import pytest

from apkg.errors import SourceError
from apkg.model import ArrayType, Scalar
from apkg.sources.notebook.foreign import parse_cell


def read(source):
    return parse_cell(source, language="bash", path="a.ipynb", cell=2)


@pytest.mark.parametrize(
    ("literal", "value", "kind"),
    [
        ("5", 5, "int"),
        ("-5", -5, "int"),
        ("3000000000", 3000000000, "long"),
        ("99999999999999999999", "99999999999999999999", "string"),
        ("0.3", 0.3, "double"),
        ("1.0", 1.0, "double"),
        (".5", 0.5, "double"),
        ("1e-5", 1e-5, "double"),
        ("1e999", "1e999", "string"),
        ("05", "05", "string"),
        ("3.10", "3.10", "string"),
        ("-0", "-0", "string"),
        ("true", True, "boolean"),
        ("false", False, "boolean"),
        ("'true'", "true", "string"),
        ('"5"', "5", "string"),
        ("", "", "string"),
        ('""', "", "string"),
        ("plain.tif", "plain.tif", "string"),
        ("*.tif", "*.tif", "string"),
        ("a=b", "a=b", "string"),
        ("a#b", "a#b", "string"),
        ("a\\ b", "a b", "string"),
        ("a\\\nb", "ab", "string"),
        ("""'it'"'"'s'""", "it's", "string"),
        ("'$x `y` \\n'", "$x `y` \\n", "string"),
        ('"a \\$x \\"q\\" \\n"', 'a $x "q" \\n', "string"),
        ("$'a\\nb\\x41\\''", "a\nbA'", "string"),
        ("cost$", "cost$", "string"),
        ("'~'", "~", "string"),
    ],
)
def test_scalars(literal, value, kind):
    (found,) = read(f"x={literal}")
    assert (found.default.value, type(found.default.value)) == (value, type(value))
    assert found.type == Scalar(kind)
    assert not found.optional


@pytest.mark.parametrize(
    ("literal", "value", "kind"),
    [
        ("(one two)", ("one", "two"), "string"),
        ("('a b' # first\n  c)", ("a b", "c"), "string"),
        ("(1 2)", (1, 2), "int"),
        ("(1 2.5)", (1, 2.5), "double"),
        ("(1 a)", ("1", "a"), "string"),
        ("(true false)", (True, False), "boolean"),
        ("()", (), "string"),
    ],
)
def test_arrays(literal, value, kind):
    (found,) = read(f"x={literal}")
    assert (found.default.value, found.type) == (value, ArrayType(Scalar(kind)))


@pytest.mark.parametrize(
    "source",
    ["x=5", "export x=5", "declare -i x=5", 'declare -i x="5"', "typeset -ix x=5", "x=5;", " x=5 "],
)
def test_ways_to_assign(source):
    (found,) = read(source)
    assert (found.name, found.default.value, found.type) == ("x", 5, Scalar("int"))


def test_several_on_a_line():
    found = read("a=1 b=2; export c=3 d # of c\n")
    assert [(p.name, p.default.value, p.doc) for p in found] == [
        ("a", 1, ""), ("b", 2, ""), ("c", 3, "of c"),
    ]  # fmt: skip


def test_what_sets_nothing_is_skipped():
    source = """#!/bin/bash
set -euo pipefail
echo x=5 "$(cat <(ls))" 2>/dev/null > a=b
FOO=1 ./tool
f() {
  local y=1
  z=2
}
function g { z=3; }
cat <<EOF
h=3
EOF
cat <<-'END' | sort
\th=4
\tEND
[[ $a == b && c=d ]]
for i in a b; do echo $i; done
if (( a == 3 )); then echo; fi
export PATH
alias ll='ls -l'
x=5
"""
    (found,) = read(source)
    assert (found.name, found.line) == ("x", 21)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('x="$(date)"', "the output of a command"),
        ("x=`date`", "the output of a command"),
        ("x=<(ls)", "the output of a command"),
        ("x=$HOME/data", "the value of another variable"),
        ("x=${x:-5}", "the value of another variable"),
        ("x=$((1+2))", "the output of a command"),
        ("x=~/data", "home folder"),
        ("x=a:~/b", "home folder"),
        ("x=(*.tif)", "a pattern of file names"),
        ("x=([0]=a)", "a pattern of file names"),
        ("x+=5", "a change of a variable"),
        ("x[0]=5", "a change of a variable"),
        ("readonly x=5", "read-only"),
        ("declare -r x=5", "read-only"),
        ("declare -A x=([a]=1)", "a dictionary"),
        ("declare -i x=1+2", "no plain integer"),
        ("declare -u x=abc", "letters change"),
        ("local x=5", "a local variable"),
        (": ${x:=5}", "inside a command"),
        ("((x = 5))", "inside a command"),
        ("let x=5", "inside a command"),
        ("if true; then\n  x=5\nfi", "depends on `if`"),
        ("[ -z $x ] && x=5", "depends on `&&`"),
        ("true ||\n x=5", "depends on `||`"),
        ("(x=5)", "depends on `(…)`"),
        ("case $a in\n b) x=5;;\nesac", "depends on `case`"),
        ("x=5\nx=6", "line 1 sets already"),
        ("x='abc", "never ends"),
        ('x="abc', "never ends"),
        ("x=(a b", "never ends"),
        ("x=${a", "never ends"),
        ("x=$'\\xe9'", "write the character itself"),
    ],
)
def test_refused(source, what):
    with pytest.raises(SourceError) as caught:
        read(source)
    assert what in caught.value.message
