"""What is read in a Dockerfile, and what is changed in it."""

import pytest

from apkg.builders.dockerfile import (
    base_images,
    closed,
    declares_argument,
    final_user,
    instructions,
    label,
    pinned,
    with_arguments,
    with_defaults,
)
from apkg.files.dockerfile import escape_character

DIGEST = "@sha256:" + "0" * 64
STAGED = """\
# syntax=docker/dockerfile:1
ARG VERSION=3.12
ARG BASE="python:${VERSION}-slim"
FROM --platform=$BUILDPLATFORM golang:1 AS build
USER builder
RUN <<EOF
FROM nothing
USER nobody
EOF
FROM build AS tested
FROM ${BASE}
from \\
    # a comment
    debian:12 AS last
FROM scratch
"""


def test_every_base_image_once_and_no_stage():
    assert base_images(STAGED) == ("golang:1", "python:3.12-slim", "debian:12")


def test_every_from_is_pinned_and_nothing_else():
    digests = {name: name + DIGEST for name in base_images(STAGED)}
    text = pinned(STAGED + "RUN echo debian:12\n", digests)
    assert base_images(text) == tuple(digests.values())
    assert f"FROM --platform=$BUILDPLATFORM golang:1{DIGEST} AS build\n" in text
    assert text.endswith("RUN echo debian:12\n")
    assert "FROM build AS tested\n" in text
    assert text.count("\n") == STAGED.count("\n") + 1
    assert pinned(STAGED, {}) == STAGED


def test_pinning_keeps_windows_line_ends():
    assert pinned("FROM a\r\nRUN b\r\n", {"a": "a" + DIGEST}) == f"FROM a{DIGEST}\r\nRUN b\r\n"


@pytest.mark.parametrize(
    ("text", "users", "user"),
    [
        ("FROM a\nUSER one\nUSER two:2\n", {}, "two:2"),
        ("FROM a AS x\nUSER one\nFROM x\nRUN y\n", {}, "one"),
        ("FROM a AS x\nUSER one\nFROM b\n", {}, None),
        ("FROM a AS x\nUSER one\nFROM b\n", {"b": "1000"}, "1000"),
        ("FROM a\n", {"a": ""}, ""),
        ("FROM a\nRUN <<E\nUSER x\nE\n", {}, None),
        ("FROM a\nRUN x \\\n\n  # c\n USER y\n", {}, None),
        ("FROM a\nuser\tlower\n", {}, "lower"),
        ("", {}, None),
    ],
)
def test_the_user_in_force_at_the_end(text, users, user):
    assert final_user(text, users) == user


def test_arguments_get_the_defaults_they_lack():
    text = "FROM a\nARG NB_USER\nARG NB_UID=7\nARG A B=1 NB_GID\n"
    given = with_defaults(text, {"NB_USER": "j", "NB_UID": "1"})
    assert given == text.replace("NB_USER\n", "NB_USER=j\n")
    names = ("NB_USER", "NB_UID", "NB_GID", "GID", "C")
    assert [n for n in names if declares_argument(text, n)] == ["NB_USER", "NB_UID", "NB_GID"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a", "FROM a\n"),
        ("FROM a\nRUN b \\\n", "FROM a\nRUN b\n"),
        ("FROM a\nRUN b \\\n\n \\", "FROM a\nRUN b\n"),
        ("# escape=`\nFROM a\nRUN b `\n", "# escape=`\nFROM a\nRUN b\n"),
        ("FROM a\nRUN dir c:\\\n", "FROM a\nRUN dir c:\n"),
        ("", ""),
    ],
)
def test_the_end_is_ready_for_more(text, expected):
    assert closed(text) == expected


def test_the_escape_character_counts_before_anything_else_only():
    assert escape_character("# syntax=x\n# escape = `\nFROM a") == "`"
    assert escape_character("FROM a\n# escape=`\n") == "\\"


def test_labels_stay_what_they_are():
    assert label("a b", 'x "$HOME" \\') == r'LABEL "a b"="x \"\$HOME\" \\"'
    assert label("a", "$x", "`") == 'LABEL "a"="`$x"'


def test_other_line_ends_than_dockers_are_text():
    (only,) = instructions("FROM a\u2028FROM b\x0bFROM c\n")
    assert only.name == "FROM"
    assert instructions("\ufeffFROM a\n")[0].name == "FROM"


def test_arguments_that_are_given_name_the_base_image():
    given = {"BASE": "mine:1", "VERSION": "3.11", "OTHER": "x"}
    text = with_arguments(STAGED, given)
    assert base_images(text) == ("golang:1", "mine:1", "debian:12")
    assert text.count("\n") == STAGED.count("\n")
    assert base_images(with_arguments(STAGED, {"VERSION": "3.11"}))[1] == "python:3.11-slim"
    several = 'ARG A=1 \\\n  B="a b" C\nFROM $C\nARG A=2\n'
    made = with_arguments(several, {"A": 'x "$y"', "C": "c:1"})
    assert made == 'ARG A="x \\"\\$y\\"" B="a b" C=c:1\nFROM $C\nARG A=2\n'
    assert base_images(made) == ("c:1",)
    assert with_arguments(STAGED, {}) == STAGED
