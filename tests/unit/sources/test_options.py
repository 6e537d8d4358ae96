"""``--set``: the manifest's vocabulary, word by word."""

import pytest

from apkg.errors import UsageError
from apkg.model import Catalogue, Default, Discovery, Person, Range, Scalar
from apkg.sources.manifest.vocabulary import APPLICATION, INPUT, OUTPUT, RESOURCES
from apkg.sources.options import options_layer, read_options


def application(*pairs, image=None):
    fields = options_layer(pairs, image=image).application
    return {name: claim.value for name, claim in fields.items()}


def input_fields(*pairs):
    fields = options_layer([f"inputs.x.{pair}" for pair in pairs], image=None).inputs["x"]
    return {name: claim.value for name, claim in fields.items()}


def test_metadata():
    assert application(
        "title=A = b: c # d",
        "keywords=a, b",
        "author=Ann Author <a@b.c>",
        "author=Bob",
        "network=yes",
        "ramMin=2048",
        "resources.coresMax=2.5",
        "version=1.0",
        "catalogue=https://example.org/osdd.xml",
        image="ref:1",
    ) == {
        "title": "A = b: c # d",
        "keywords": ("a", "b"),
        "authors": (Person(name="Ann Author", email="a@b.c"), Person(name="Bob")),
        "network": True,
        "ram_min": 2048,
        "cores_max": 2.5,
        "version": "1.0",
        "catalogues": (Catalogue(href="https://example.org/osdd.xml"),),
        "image": "ref:1",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.3", 0.3),
        ("1e-5", 1e-5),
        ("true", True),
        ("null", None),
        ("[1, 2]", (1, 2)),
        ('"2020"', "2020"),
        ("#ff0000", "#ff0000"),
        ("a: b", "a: b"),
        ("", ""),
        ("no", "no"),
        ("2020-01-01", "2020-01-01"),
    ],
)
def test_defaults(text, value):
    assert input_fields(f"default={text}")["default"] == Default(value)


def test_the_type_says_what_a_default_is():
    assert input_fields("default=2020", "type=string")["default"] == Default("2020")
    assert input_fields("type=string", "default=2020")["default"] == Default("2020")


def test_inputs_and_outputs():
    fields = input_fields("type=double?", "range.minimum=0", "eoImage=true", "mediaTypes=CSV,PNG")
    assert fields["type"] == Scalar("double")
    assert fields["optional"] is True
    assert fields["range"] == Range(minimum=0)
    assert fields["discovery"] == Discovery(eo_image=True)
    assert fields["media_types"] == ("text/csv", "image/png")
    reading = read_options(["outputs.a.b.glob=*.tif", "inputs.z.ignore=true"], image=None)
    assert reading.layer.outputs["a.b"]["glob"].value == "*.tif"
    assert reading.ignored_inputs == {"z"}


def test_sources_are_named():
    layer = options_layer(["title=x"], image="i")
    assert layer.application["title"].source == "--set"
    assert layer.application["image"].source == "--image"


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("titel=x", "title"),
        ("inputs.x.tpye=int", "inputs.x.type"),
        ("inputs.x=3", "inputs.ID.FIELD=VALUE"),
        ("resources.rammin=3", "resources.ramMin"),
        ("resources=3", "resources."),
        ("x", "key and a value"),
        ("=x", "key and a value"),
        ("network=maybe", "true or false"),
        ("ramMin=a", "number"),
        ("ramMin=-1", "negative"),
        ("inputs.x.type=strng", "string"),
        ("outputs.x.mediaType=nonsense", "media type"),
        ("inputs.x.default=[1", "pairs"),
        ("inputs.x.default={a: 1}", "mapping"),
        ("inputs.x.default=.inf", "inf"),
    ],
)
def test_what_is_wrong_is_said(pair, expected):
    with pytest.raises(UsageError) as caught:
        options_layer([pair], image=None)
    assert expected in f"{caught.value.message} {caught.value.hint}"


EXAMPLES = {
    "text": "x",
    "flag": "true",
    "amount": "1",
    "count": "1",
    "texts": "a,b",
    "media-type": "CSV",
    "media-types": "CSV",
    "people": "Ann",
    "catalogues": "https://example.org",
    "value": "1",
    "values": "1,2",
    "annotations": "wps:encoding:image/tiff=raw",
    "type": "int",
}


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", APPLICATION), ("resources.", RESOURCES), ("inputs.x.", INPUT), ("outputs.x.", OUTPUT)],
)
def test_every_word_of_the_manifest_is_an_option(prefix, words):
    for word, kind in words.items():
        if kind not in {"inputs", "outputs", "resources", "range"}:
            options_layer([f"{prefix}{word}={EXAMPLES[kind]}"], image=None)


def test_annotations_are_names_and_texts():
    assert application("annotations=owc:title=A = b", "annotations=owc:lang=en") == {
        "annotations": (("owc:title", "A = b"), ("owc:lang", "en"))
    }


def test_a_list_in_brackets_is_one_as_in_a_manifest():
    plain = read_options(["baseCommand=python3, /app/x.py"], image=None)
    listed = read_options(['baseCommand=["python3", /app/x.py]'], image=None)
    assert [reading.layer.application["base_command"].value for reading in (plain, listed)] == [
        ("python3", "/app/x.py")
    ] * 2
