"""What Python gives becomes words, and what the commands say becomes Python."""

from datetime import date
from enum import Enum
from pathlib import Path

import numpy as np
import pytest

from apkg.api.given import plain, settings_of
from apkg.api.spoken import spoken
from apkg.errors import UsageError
from apkg.sources.options import read_options


class Colour(str, Enum):  # noqa: UP042 - people still write it so
    RED = "red"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float64(0.5), 0.5),
        (np.int16(3), 3),
        (np.array(2.5), 2.5),
        (Colour.RED, "red"),
        (np.bool_(True), True),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (Path("a") / "b.tif", "a/b.tif"),
        ((1, Path("x"), None), [1, "x", None]),
        ({"a": {np.int64(1)}}, {"a": [1]}),
        (date(2024, 2, 29), "2024-02-29"),
        (range(3), [0, 1, 2]),
    ],
)
def test_values_become_plain(value, expected):
    found = plain(value)
    assert found == expected
    assert type(found) is type(expected)


def test_what_json_does_not_have_is_refused():
    with pytest.raises(UsageError, match="of type bytes"):
        plain(b"x")


@pytest.mark.parametrize(
    ("settings", "pairs"),
    [
        (None, ()),
        ({"title": "a, b", "network": True}, ("title=a, b", "network=true")),
        ({"keywords": ["a", "b"]}, ("keywords=a,b",)),
        ({"authors": ["Ann <a@b.org>", "Bob"]}, ("authors=Ann <a@b.org>", "authors=Bob")),
        ({"annotations": {"x": "1"}}, ("annotations=x=1",)),
        ({"inputs": {"a": {"default": "7"}}}, ('inputs.a.default="7"',)),
        ({"inputs.a.range.minimum": 0.5}, ("inputs.a.range.minimum=0.5",)),
        ({"inputs.a.allowedValues": ["x", 1]}, ('inputs.a.allowedValues=["x", 1]',)),
        ({"resources": {"ramMin": 512}}, ("resources.ramMin=512",)),
    ],
)
def test_settings_become_pairs(settings, pairs):
    assert settings_of(settings) == pairs
    read_options(settings_of(settings), image=None)


def test_text_that_looks_like_a_number_stays_text():
    pairs = settings_of({"inputs": {"a": {"default": "7"}, "b": {"default": 7}}})
    layer = read_options(pairs, image=None).layer
    assert {name: layer.inputs[name]["default"].value.value for name in "ab"} == {"a": "7", "b": 7}


def test_a_comma_in_a_list_is_refused():
    with pytest.raises(UsageError, match="an item of keywords has a comma"):
        settings_of({"keywords": ["a, b"]})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("--force overwrites; -o names another folder.", "force=True overwrites; out= names"),
        ("or run without a container: --no-container.", "a container: container=False."),
        ("say --set inputs.a.type=File; if", 'say settings={"inputs.a.type": "File"}; if'),
        ("--set outputs.r.glob='*.tif' --set", 'settings={"outputs.r.glob": "*.tif"} settings='),
        ("write --link a/out=b/in.", 'write links={"b/in": "a/out"}.'),
        ("too: --pick b/in=first_non_null", 'too: picks={"b/in": "first_non_null"}'),
        ("--output NAME=a/out", 'outputs={"NAME": "a/out"}'),
        ("Convert it first: apkg convert a.ipynb", 'Convert it first: apkg.convert("a.ipynb")'),
        ("Give scene=…, or --inputs FILE.", "Give scene=…, or inputs=FILE."),
        ("cwltool --validate, --skip-schemas", "cwltool --validate, --skip-schemas"),
        ("non-o and a--force", "non-o and a--force"),
    ],
)
def test_options_are_said_as_keywords(said, expected):
    assert expected in spoken(said)
