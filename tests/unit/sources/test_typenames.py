"""Type words, and that what we show reads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apkg.model import ArrayType, EnumType, RecordField, RecordType, Scalar, UnionType
from apkg.sources.typenames import TypeWord, parse_type, type_text

STRING, INT, DOUBLE = Scalar("string"), Scalar("int"), Scalar("double")
FILE = Scalar("File")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("int", TypeWord(type=INT)),
        ("File[]", TypeWord(type=ArrayType(FILE))),
        ("double?", TypeWord(type=DOUBLE, optional=True)),
        ("string[]?", TypeWord(type=ArrayType(STRING), optional=True)),
        ("double[][]", TypeWord(type=ArrayType(ArrayType(DOUBLE)))),
        (" str ", TypeWord(type=STRING)),
        ("float", TypeWord(type=Scalar("float"))),
        ("np.float64?", TypeWord(type=DOUBLE, optional=True)),
        ("list[float]", TypeWord(type=ArrayType(DOUBLE))),
        ("typing.List[pathlib.Path]", TypeWord(type=ArrayType(FILE))),
        ("tuple[int, ...]", TypeWord(type=ArrayType(INT))),
        ("Optional[int]", TypeWord(type=INT, optional=True)),
        ("str | None", TypeWord(type=STRING, optional=True)),
        ("Union[int, str]", TypeWord(type=UnionType((INT, STRING)))),
        ("folder", TypeWord(type=Scalar("Directory"))),
        ("datetime", TypeWord(type=STRING, semantics="dateTime")),
        ("datetime.date", TypeWord(type=STRING, semantics="date")),
        ("url[]", TypeWord(type=ArrayType(STRING), semantics="anyURI")),
        ("bbox?", TypeWord(type=ArrayType(DOUBLE), semantics="bbox", optional=True)),
        ("enum[a, b, c]?", TypeWord(type=EnumType(("a", "b", "c")), optional=True)),
        ("enum ['a b', \"c\\u00e9\"]", TypeWord(type=EnumType(("a b", "cé")))),
        ("low|mid|high", TypeWord(type=EnumType(("low", "mid", "high")))),
        ("low|high|None", TypeWord(type=EnumType(("low", "high")), optional=True)),
        ("stage-in", TypeWord(type=FILE, role="stage-in")),
        ("stage_out?", TypeWord(type=Scalar("Directory"), role="stage-out", optional=True)),
        ("oda:POSIXPath", TypeWord(type=FILE)),
        ("oda:Float", TypeWord(type=DOUBLE)),
        ("http://odahub.io/ontology#Integer", TypeWord(type=INT)),
        ("http://www.w3.org/2001/XMLSchema#float", TypeWord(type=Scalar("float"))),
        ("xsd:dateTime", TypeWord(type=STRING, semantics="dateTime")),
        ("record {a: int}", TypeWord(type=RecordType((RecordField("a", INT),)))),
    ],
)
def test_words_people_write(text, expected):
    assert parse_type(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "[]",
        "dooble",
        "list",
        "dict",
        "int | foo",
        "int]",
        "enum []",
        "oda:Nope",
        "a|",
        "int int",
        "(" * 5000,
        "int" + "[]" * 5000,
        "Optional[" * 500,
        "enum [" + "a," * 20000,
        "x" * 10**6,
    ],
)
def test_unknown_and_hostile_words_are_no_types(text):
    assert parse_type(text) is None


SYMBOLS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, unique=True)
LEAVES = st.one_of(
    st.sampled_from(
        ["boolean", "int", "long", "float", "double", "string", "File", "Directory", "Any"]
    ).map(Scalar),
    SYMBOLS.map(lambda symbols: EnumType(tuple(symbols))),
)
NAMES = st.lists(st.from_regex(r"[a-z_]{1,5}", fullmatch=True), min_size=1, max_size=3, unique=True)


def _composite(inner):
    unions = st.lists(inner, min_size=2, max_size=3, unique=True).map(tuple).map(UnionType)
    records = NAMES.flatmap(
        lambda names: st.tuples(*(st.builds(RecordField, st.just(n), inner) for n in names))
    ).map(RecordType)
    return st.one_of(inner.map(ArrayType), unions, records)


TYPES = st.recursive(LEAVES, _composite, max_leaves=6)


@given(TYPES, st.booleans())
def test_what_is_shown_reads_back(kind, optional):
    assert parse_type(type_text(kind, optional)) == TypeWord(type=kind, optional=optional)


@pytest.mark.parametrize("semantics", ["date", "dateTime", "time", "anyURI", "bbox"])
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_meanings_read_back(semantics, depth):
    kind = ArrayType(DOUBLE) if semantics == "bbox" else STRING
    for _ in range(depth):
        kind = ArrayType(kind)
    word = parse_type(type_text(kind, optional=True, semantics=semantics))
    assert word == TypeWord(type=kind, optional=True, semantics=semantics)


def test_a_meaning_that_is_not_of_the_type_is_not_shown():
    assert type_text(INT, optional=False, semantics="date") == "int"


@given(st.text(max_size=60))
def test_any_text_is_a_type_or_none(text):
    word = parse_type(text)
    assert word is None or parse_type(type_text(word.type, word.optional, word.semantics))
