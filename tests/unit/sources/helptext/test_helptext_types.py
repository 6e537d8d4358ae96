"""Types that help texts tell in words: choices, bounds, lists, quantities."""

import pytest

from apkg.model import ArrayType, EnumType, Range, Scalar
from apkg.sources.commandline.claims import command_layer
from apkg.sources.helptext import read_help
from apkg.sources.helptext.choices import listed_below, told_choices
from apkg.sources.helptext.parts import Line

DOUBLE, INT, TEXT = Scalar("double"), Scalar("int"), Scalar("string")


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        (
            'Pull image before running ("always", "missing", "never")',
            ("always", "missing", "never"),
        ),
        ("Set the level ('low', 'mid' or 'high')", ("low", "mid", "high")),
        (
            "sort according to WORD: month -M, numeric -n, version -V",
            ("month", "numeric", "version"),
        ),
        ("Output format (json, csv or parquet)", ("json", "csv", "parquet")),
        ("How to go {fast|slow}", ("fast", "slow")),
    ],
)
def test_choices_in_words(text, choices):
    assert told_choices(text, "WORD") == choices


@pytest.mark.parametrize(
    "text",
    [
        'Name of a colour map (such as "viridis", "magma")',
        "Names such as ('a', 'b')",
        "Path to a file (`pyproject.toml` or `ruff.toml`)",
        "Image to read (tif, png or jpg)",
        "WORD: a sentence about it, and another, and more",
        "one of WORD: a, b",
        "Mode (fast, slow or both) or type (a, b or c)",
        "Copy {file|dir}",
    ],
)
def test_examples_and_prose_are_no_choices(text):
    assert told_choices(text, "WORD") == ()


def test_a_list_below_the_options():
    lines = [Line(1, "Available resampling methods:"), Line(2, "    near (default), cubic,"),
             Line(3, "    Q1, sum."), Line(4, ""), Line(5, "Supported file types: tif, jp2, etc"),
             Line(6, "Available commands:"), Line(7, "    run   Run it, now, here")]  # fmt: skip
    assert listed_below(lines) == {"resampling_method": ("near", "cubic", "Q1", "sum")}


def _fields(row, usage="tool [OPTIONS]"):
    text = f"Usage: {usage}\n\nOptions:\n  {row}\n  --help   Show this message and exit.\n"
    layer = command_layer(read_help(text, path="help.txt")).layer
    (fields,) = layer.inputs.values()
    return fields


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("--co NAME=VALUE   Creation options.", ArrayType(TEXT)),
        ("--set <key>=<value>   Set a thing.", ArrayType(TEXT)),
        ("--set KEY=VALUE   Comma-separated pairs.", ArrayType(TEXT)),
        ("--mount SRC=DST   Mount it.", TEXT),
        ("--res FLOAT   Pixel size. Or use: --res width --res height", ArrayType(DOUBLE)),
        ("--res FLOAT   Pixel size, instead of --res of --like", DOUBLE),
        ("--name TEXT   Name. Repeatable.  [default: a]", ArrayType(TEXT)),
        ("--bands TEXT   Comma-separated list of band numbers", ArrayType(INT)),
        ("--bands TEXT   Comma-separated list of bands", ArrayType(TEXT)),
        ("--size <int range> [x>=1]   Size", INT),
        ("--buffer METERS   How far around", DOUBLE),
        ("--resolution RESOLUTION   Pixel size in units of the projection", DOUBLE),
        ("--size SIZE   Size in pixels, 100x200", TEXT),
        ("--size SIZE   Size in MB or GB, with suffix", TEXT),
        ("--wm memory_in_mb   Memory", DOUBLE),
        ("--scale value   Factor", DOUBLE),
        ("--nodata value   Value, or none", TEXT),
        ('--pull string   When ("on", "off") (default "off")', EnumType(("on", "off"))),
        ('--pull string   When ("on", "off") (default "auto")', TEXT),
        ("--ext TEXT   List of mappings to language (one of `a`, `b`)", TEXT),
        ("--capture METHOD   How: one of fd|sys|no", EnumType(("fd", "sys", "no"))),
        ("--when WHEN   One of: a, b, etc", TEXT),
    ],
)  # fmt: skip
def test_types(row, kind):
    assert _fields(row)["type"].value == kind


def test_settings_repeat_their_flag():
    binding = _fields("--co NAME=VALUE   Creation options.")["binding"].value
    assert (binding.prefix, binding.repeat, binding.item_separator) == ("--co", True, None)


def test_bounds_stand_beside_the_type():
    fields = _fields("--share FLOAT RANGE [0<=x<=1]   A share.")
    assert (fields["type"].value, fields["range"].value) == (DOUBLE, Range(minimum=0, maximum=1))
    assert fields["doc"].value == "A share."


def test_what_is_written_to_this_file_is_a_result():
    row = "-r, --report FILE  also write areas to this JSON file"
    text = f"usage: tool [-r FILE] -o OUTPUT\n\noptions:\n  {row}\n  -o OUTPUT  file to write\n"
    outputs = command_layer(read_help(text, path="help.txt")).layer.outputs
    assert [fields["type"].value for fields in outputs.values()] == [Scalar("File")] * 2


def test_numbered_forms_do_not_repeat_the_plain_one():
    usage = "[-scale[_bn] [src_min src_max]]* [-exponent[_bn] exp_val]* [-oo K=V]* src dst"
    text = f"Usage: tool {usage}\n"
    inputs = command_layer(read_help(text, path="help.txt")).layer.inputs
    kinds = {name: fields["type"].value for name, fields in inputs.items()}
    assert kinds["scale"] == ArrayType(DOUBLE)
    assert kinds["exponent"] == DOUBLE
    assert kinds["oo"] == ArrayType(TEXT)
