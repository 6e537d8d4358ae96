from __future__ import annotations

import pytest

from apkg.model import Default, Range, Scalar
from apkg.sources.commandline.claims import command_layer
from apkg.sources.helptext import read_help
from apkg.sources.helptext.facts import facts
from apkg.sources.helptext.info import is_info
from apkg.sources.helptext.values import type_of_word

INT = Scalar("int")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Size [default: 5]", 5),
        ("Size (default: 0.5)", 0.5),
        ("Size (default is 1e-3).", 1e-3),
        ('Name (default "a b")', "a b"),
        ("Name (default: out.tif).", "out.tif"),
        ("Default is `stop`.", "stop"),
        ("Default value is 'target.dim'.", "target.dim"),
        ("Name. Defaults to 'docker'.", "docker"),
        ("(default: ['B02', 'B03'])", ("B02", "B03")),
        ("text (text|json; default: text)", "text"),
        ("timeout (default 180.0 seconds)", 180.0),
        ("[default: 1; x>=1; required]", 1),
    ],
)
def test_defaults(text, value):
    assert facts(text).default == Default(value)


@pytest.mark.parametrize(
    "text",
    [
        "(default)",
        "(default: None)",
        "(default for superuser)",
        "(default derived from file name)",
        "Defaults to the value of --tmpdir-prefix.",
        "the default output is a file",
        "config (default is $HOME/.x)",
        "[default: (current directory)]",
    ],
)
def test_prose_is_no_default(text):
    assert facts(text).default is None


def test_a_word_is_no_default_of_a_number():
    assert facts("wait (default: forever)", INT).default is None
    assert facts("Default value is '1'.", INT).default == Default(1)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("How [possible values: a, b-c]", ("a", "b-c")),
        ("Value must be one of 'A', 'B'.", ("A", "B")),
        ("options: degrees,percent", ("degrees", "percent")),
        ("mode [auto, on, off] (default: auto)", ("auto", "on", "off")),
        ("bounds as [west, south, east, north]", ()),
    ],
)
def test_choices(text, choices):
    assert facts(text).choices == choices


def test_ranges():
    assert facts("[0<=x<=1]").range == Range(minimum=0, maximum=1)
    assert facts("[default: 2; x>=1]").range == Range(minimum=1)
    assert facts("Valid interval is (0,*).").range == Range(minimum=0)
    assert facts("between 1 and 5").range is None


@pytest.mark.parametrize(
    "text", ["The box  [required]", "Box (required)", "[default: 1; required]"]
)
def test_required(text):
    assert facts(text).required


def test_not_required():
    assert not facts("Not required.").required
    assert not facts("If given, --res is required").required


@pytest.mark.parametrize(
    ("flags", "text", "info"),
    [
        (("-h", "--help"), "", True),
        (("--help-general",), "", True),
        (("-V", "--version"), "output version information and exit", True),
        (("-h", "--no-filename"), "suppress the file name prefix on output", False),
        (("-V", "--version-sort"), "natural sort of (version) numbers", False),
        (("-v", "--verbose"), "print more", False),
    ],
)
def test_info(flags, text, info):
    assert is_info(flags, text, takes_value=False) is info


def test_type_words():
    assert type_of_word("INTEGER") == INT
    assert type_of_word("float") == Scalar("double")
    assert type_of_word("uint32") == Scalar("long")
    assert type_of_word("FILE") is None
    assert type_of_word("TEXT") is None
    assert type_of_word("n") is None


def test_a_colon_in_parentheses_does_not_end_the_name_of_an_option():
    text = "Usage: tool [OPTIONS]\n\n  --level N  of the mask (default: 3)\n"
    inputs = command_layer(read_help(text, path="help.txt")).layer.inputs
    assert [(name, fields["default"].value.value) for name, fields in inputs.items()] == [
        ("level", 3)
    ]
