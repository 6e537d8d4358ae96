"""``apkg init``'s manifest: it reads back to the same application, whatever is in it."""

import dataclasses

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from apkg.emitters.manifest import manifest_text
from apkg.emitters.manifest_words import APPLICATION, INPUT, OUTPUT, RESOURCES
from apkg.errors import Location
from apkg.files.documents import parse_document
from apkg.model import (
    Application,
    ArrayType,
    Catalogue,
    Container,
    Default,
    Discovery,
    EnumType,
    Input,
    Metadata,
    Origin,
    Output,
    Person,
    Range,
    Resources,
    Scalar,
)
from apkg.sources.assemble import assemble
from apkg.sources.manifest import vocabulary
from apkg.sources.manifest.said import said_in

TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=12),
    st.sampled_from(
        [
            "no",
            "1e5",
            "0o7",
            "12:30",
            "2020-01-01",
            "# x",
            "a: b",
            "a\nb",
            " a\n\n# b \n",
            "\x1b[31m",
            "null",
            "~",
            "=",
            "<<",
            "-",
            "'",
            '"',
            "{a}",
            "[",
            "x\r\ny",
            "\u2028x",
            "\ufeffz",
            "\tq\n\tr",
        ]
    ),
)
IDS = st.one_of(
    st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True), st.sampled_from(["no", "y"])
)
OPTIONAL = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
NUMBERS = st.integers(-9, 9) | st.floats(-1e300, 1e300)
MEDIA = st.lists(st.sampled_from(["text/csv", "image/png"]), unique=True, max_size=2).map(tuple)
WHOLE = st.none() | st.integers(0, 9)
DISCOVERY = st.builds(
    Discovery,
    eo_image=st.booleans(),
    allowed_collections=TEXTS,
    catalog_search_field=OPTIONAL,
    unique_aoi=st.none() | st.booleans(),
    unique_toi=st.none() | st.booleans(),
)
SCALARS = [
    (Scalar("string"), TEXT | st.just("")),
    (Scalar("boolean"), st.booleans()),
    (Scalar("int"), st.integers(-9, 9)),
    (Scalar("double"), NUMBERS),
    (Scalar("File"), TEXT),
    (EnumType(("no", "a b", "1e5", "é\n")), st.sampled_from(["no", "a b", "1e5", "é\n"])),
]
TYPED = st.sampled_from(SCALARS).flatmap(
    lambda pair: st.one_of(
        st.tuples(st.just(pair[0]), pair[1]),
        st.tuples(st.just(ArrayType(pair[0])), st.lists(pair[1], max_size=3).map(tuple)),
    )
)


@st.composite
def inputs(draw, name):
    kind, value = draw(TYPED)
    optional = draw(st.booleans())
    values = [None, Default(value), *([Default(None)] if optional else [])]
    scalar = kind.items if isinstance(kind, ArrayType) else kind
    numeric = scalar in (Scalar("int"), Scalar("double"))
    textual = scalar == Scalar("string")
    return Input(
        id=name,
        type=kind,
        optional=optional,
        default=draw(st.sampled_from(values)),
        label=draw(TEXT),
        doc=draw(TEXT | st.just("")),
        semantics=draw(st.sampled_from([None, "date", "anyURI"])) if textual else None,
        media_types=draw(MEDIA),
        range=draw(st.none() | st.just(Range(minimum=-1e308, maximum=1e308))) if numeric else None,
        uom=draw(OPTIONAL),
        supported_crs=draw(TEXTS),
        discovery=draw(DISCOVERY),
        scatter=draw(st.booleans()),
        example=draw(OPTIONAL),
    )


@st.composite
def applications(draw):
    names = draw(st.lists(IDS, unique=True, max_size=3))
    resources = {name: draw(WHOLE) for name in ("cores_min", "ram_min", "tmpdir_max", "outdir_max")}
    person = st.builds(Person, name=TEXT, email=OPTIONAL, affiliation=OPTIONAL, identifier=OPTIONAL)
    about = {f.name: draw(OPTIONAL) for f in dataclasses.fields(Metadata) if f.default is None}
    source = draw(TEXT)
    place = draw(st.none() | st.builds(Location, path=TEXT))
    fields = ["title", "abstract", "ram_min"]
    fields += [f"inputs.{n}.{f}" for n in names for f in ("type", "doc", "default", "label")]
    return Application(
        id="a-b",
        title=draw(TEXT),
        abstract=draw(TEXT | st.just("")),
        inputs=tuple(draw(inputs(name)) for name in names),
        outputs=(
            Output(id="out-1", type=Scalar("File"), label=draw(TEXT), doc=draw(TEXT), glob="*.tif"),
            Output(
                id="out_2",
                type=ArrayType(Scalar("File")),
                label="x",
                glob="a b/#*",
                optional=draw(st.booleans()),
                media_types=draw(MEDIA),
            ),
            Output(id="out_3", type=Scalar("Directory"), label="All"),
        ),
        container=draw(st.sampled_from([None, Container(image="no:1e5")])),
        resources=Resources(**resources),
        network=draw(st.booleans()),
        metadata=Metadata(
            version=draw(TEXT),
            keywords=draw(TEXTS),
            authors=tuple(draw(st.lists(person, max_size=2))),
            **about,
        ),
        catalogues=tuple(draw(st.lists(st.builds(Catalogue, href=TEXT, title=TEXT), max_size=2))),
        origins=tuple(Origin(field=f, source=source, guessed=True, location=place) for f in fields),
    )


def read_back(text):
    data = dict(parse_document(text, name="apkg.yaml").value)
    data.pop("notebook", None)
    said = said_in(data, where=lambda _path, _key: None, source="test")
    assert said.problems == ()
    return assemble(said.layer, program=None)


@settings(max_examples=150, deadline=None)
@given(applications())
def test_it_reads_back(application):
    text = manifest_text(application, notebook="a b: #.ipynb")
    assert read_back(text) == application
    # A reader of YAML 1.1 sees the same.
    assert yaml.safe_load(text) == parse_document(text, name="x").value


EXAMPLE = Application(
    id="a",
    title="T",
    inputs=(Input(id="x", type=Scalar("int"), label="X", default=Default(3)),),
    origins=(
        Origin(
            field="inputs.x.type",
            source="the value\n- evil: \x1b[31m",
            guessed=True,
            location=Location(path="n.ipynb", cell=2, line=1),
        ),
    ),
)


def test_guesses_are_marked_and_cannot_leave_their_comment():
    text = manifest_text(EXAMPLE, notebook=None)
    assert (
        "type: int  # guessed: the value - evil: "
        "\N{REPLACEMENT CHARACTER}[31m (n.ipynb, cell 2, line 1)\n" in text
    )
    assert "    label: X\n" in text
    assert "\x1b" not in text


def test_the_whole_vocabulary_is_there():
    assert {word.key for word in APPLICATION} == set(vocabulary.APPLICATION) - {
        "inputs",
        "outputs",
        "resources",
    }
    assert {word.key for word in INPUT} == set(vocabulary.INPUT)
    assert {word.key for word in OUTPUT} == set(vocabulary.OUTPUT)
    assert set(RESOURCES) == set(vocabulary.RESOURCES)
    text = manifest_text(EXAMPLE, notebook=None)
    for word in (*APPLICATION[3:], *INPUT, *OUTPUT):
        assert f"# {word.example}\n" in text or f"  #   {word.example}  # " in text


def test_every_example_may_be_uncommented():
    lines = {word.example for word in APPLICATION}
    data = yaml.safe_load("\n".join(lines))
    data["inputs"] = {"x": yaml.safe_load("\n".join(w.example for w in INPUT))}
    data["outputs"] = {"o": yaml.safe_load("\n".join(w.example for w in OUTPUT))}
    data["resources"] = {key: yaml.safe_load(example) for key, (_, example) in RESOURCES.items()}
    for group in ("inputs", "outputs"):
        for parameter in data[group].values():
            del parameter["mediaType"]
    said = said_in(data, where=lambda _path, _key: None, source="test")
    assert said.problems == ()
    fields = {name for layer in [said.layer.application] for name in layer}
    assert {field for field, _ in RESOURCES.values()} <= fields
