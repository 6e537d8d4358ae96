"""Dockerfiles as BuildKit reads them, down to the settings of the final image."""

import pytest

from apkg.errors import SourceError
from apkg.files.dockerfile import read_instructions
from apkg.sources.docker.stages import read_dockerfile
from apkg.sources.docker.variables import expand, words


def settings(text):
    return read_dockerfile(text, path="Dockerfile").settings


def test_lines_are_joined_over_comments_and_empty_lines():
    text = 'FROM a\nENV X=1 \\\n  # a comment\n\n  Y=2\nCMD ["x"]\n'
    found = read_instructions(text, name="Dockerfile").items
    assert [(i.name, i.text, i.line) for i in found] == [
        ("FROM", "a", 1),
        ("ENV", "X=1   Y=2", 2),
        ("CMD", '["x"]', 6),
    ]


def test_heredocs_are_not_instructions():
    text = 'FROM a\nRUN <<EOF\nCMD nothing\nEOF\nCOPY <<-"A" <<B /x/\n\tone\n\tA\ntwo\nB\nUSER me\n'
    found = read_instructions(text, name="Dockerfile").items
    assert [i.name for i in found] == ["FROM", "RUN", "COPY", "USER"]
    assert found[1].heredocs == ("CMD nothing",)
    assert found[2].heredocs == ("one", "two")


def test_the_escape_directive_counts_before_everything_else():
    text = '# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nENTRYPOINT [`\n  "x"]\n'
    assert settings(text).entrypoint == ("x",)
    late = settings("FROM a\n# escape=`\nENV X=C:\\\\dir\n")
    assert late.environment == {"X": "C:\\dir"}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("FROM a\nRUN <<EOF\nx\n", 2, "no end"),
        ("FROM a\nHELLO there\n", 2, "no Dockerfile instruction"),
        ("RUN x\n", 1, "before FROM"),
        ("# nothing\n", None, "no FROM"),
    ],
)
def test_what_is_broken_is_told_with_its_line(text, line, what):
    with pytest.raises(SourceError, match=what) as caught:
        settings(text)
    assert caught.value.location.line == line


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$A-${A}", "1-1"),
        ("${B:-x}${E:-y}${E-z}", "xy"),
        ("${A:+set}${B:+set}", "set"),
        ("${B:-${A}}", "1"),
        ("'$A' \"$A\" \\$A", "$A 1 $A"),
        ("${P#*/}:${P##*/}:${P%/*}:${P/a/x}", "b/c:c:a/b:x/b/c"),
        ("$", "$"),
    ],
)
def test_variables(text, value):
    assert expand(text, {"A": "1", "E": "", "P": "a/b/c"}) == value


def test_variables_do_not_grow_without_end():
    known = {"A": "x" * 10_000}
    for _ in range(5):
        known["A"] = expand("$A$A", known)
    assert len(known["A"]) <= 20_000


def test_words_are_split_outside_quotes():
    assert words("a=\"b c\" d='e f' g\\ h") == ['a="b c"', "d='e f'", "g\\ h"]


def test_the_final_stage_inherits_what_an_earlier_one_set():
    found = settings(
        """
        ARG VERSION=3.11
        FROM python:${VERSION} AS base
        ARG VERSION
        ENV HOME_OF=/opt/$VERSION
        WORKDIR $HOME_OF
        LABEL a=1 b="two words"
        CMD ["ignored"]
        FROM other AS unused
        ENTRYPOINT ["no"]
        FROM base
        WORKDIR app
        LABEL b=3
        USER nobody
        ENTRYPOINT ["tool", "$HOME_OF"]
        """
    )
    assert found.base == "python:3.11"
    assert found.workdir == "/opt/3.11/app"
    assert found.labels == {"a": "1", "b": "3"}
    assert found.entrypoint == ("tool", "$HOME_OF")
    assert found.command is None
    assert (found.user, found.location.line) == ("nobody", 15)


def test_onbuild_runs_in_the_stage_that_is_made_from_it():
    found = settings('FROM a AS x\nONBUILD ENTRYPOINT ["t"]\nFROM x\n')
    assert found.entrypoint == ("t",)
    assert settings('FROM a\nONBUILD ENTRYPOINT ["t"]\n').entrypoint is None
