import pytest
from hypothesis import given
from hypothesis import strategies as st

from apkg.model import ArrayType, EnumType, RecordField, RecordType, Scalar, UnionType
from apkg.sources.cwl_types import ANY, MAX_DEPTH, NULL, SCALARS, parse_type, type_names

STRING, INT, FILE = Scalar("string"), Scalar("int"), Scalar("File")


@pytest.mark.parametrize(
    ("written", "expected", "optional"),
    [
        ("string", STRING, False),
        ("string?", STRING, True),
        ("string[]", ArrayType(STRING), False),
        ("string[]?", ArrayType(STRING), True),
        ("int[][]", ArrayType(ArrayType(INT)), False),
        (["null", "File"], FILE, True),
        ([None, "File"], FILE, True),
        (["null", "File", "string"], UnionType((FILE, STRING)), True),
        (["File", "File"], FILE, False),
        ("null", NULL, False),
        ({"type": "array", "items": "File"}, ArrayType(FILE), False),
        ({"type": "array", "items": ["null", "int"]}, ArrayType(UnionType((NULL, INT))), False),
        (["null", {"type": "array", "items": "int?"}], ArrayType(UnionType((NULL, INT))), True),
        ({"type": "enum", "symbols": ["a", "b"]}, EnumType(("a", "b")), False),
        ({"type": "enum", "symbols": ["#main/mode/a", "C#"]}, EnumType(("a", "C#")), False),
        ({"type": "string"}, STRING, False),
        ({"type": "string?"}, STRING, True),
        ("stdin", FILE, False),
    ],
)
def test_types_are_understood(written, expected, optional):
    found = parse_type(written)
    assert (found.type, found.optional, found.problems) == (expected, optional, ())


@pytest.mark.parametrize(
    "fields",
    [
        {"a": "int", "b": {"type": "array", "items": "string"}},
        [{"name": "a", "type": "int"}, {"name": "#x/b", "type": "string[]"}],
    ],
)
def test_record_fields_may_be_a_list_or_a_map(fields):
    expected = RecordType((RecordField("a", INT), RecordField("b", ArrayType(STRING))))
    assert parse_type({"type": "record", "fields": fields}).type == expected


@pytest.mark.parametrize(
    "name", ["mode", "#mode", "types.yml#mode", "https://example.org/types.yml#mode"]
)
def test_named_types_are_found_however_they_are_referred_to(name):
    names = type_names([{"name": "#mode", "type": "enum", "symbols": ["fast"]}])
    assert parse_type(name, names).type == EnumType(("fast",))
    assert parse_type(f"{name}[]?", names).type == ArrayType(EnumType(("fast",)))


@pytest.mark.parametrize(
    ("fragment", "semantics"),
    [
        ("Date", "date"),
        ("DateTime", "dateTime"),
        ("Time", "time"),
        ("URI", "anyURI"),
        ("IPv4", None),
    ],
)
def test_string_formats_are_strings_with_a_meaning(fragment, semantics):
    url = f"https://raw.githubusercontent.com/eoap/schemas/main/string_format.yaml#{fragment}"
    found = parse_type(f"{url}?")
    assert (found.type, found.optional, found.semantics) == (STRING, True, semantics)
    assert found.schema == url
    assert found.problems == ()


def test_a_bounding_box_is_numbers_with_a_meaning():
    found = parse_type("ogc.yaml#BBox")
    assert (found.type, found.semantics) == (ArrayType(Scalar("double")), "bbox")


def test_an_unknown_type_is_any_and_says_what_may_be_meant():
    found = parse_type("strnig")
    assert found.type == ANY
    assert "`string`" in found.problems[0]


def test_a_type_that_contains_itself_ends():
    names = type_names(
        [{"name": "tree", "type": "record", "fields": {"left": "tree?", "right": "tree?"}}]
    )
    found = parse_type("tree", names)
    assert isinstance(found.type, RecordType)
    assert found.problems == ("the type `tree` contains itself",)


def test_types_that_multiply_are_cut_short():
    names: dict[str, object] = {"t0": "string"}
    for level in range(1, 30):
        fields = {f"f{n}": f"t{level - 1}" for n in range(8)}
        names[f"t{level}"] = {"type": "record", "fields": fields}
    assert any("too many" in problem for problem in parse_type("t29", names).problems)


def test_deep_nesting_is_cut_short():
    assert parse_type("string" + "[]" * (MAX_DEPTH + 5)).problems


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(sorted(SCALARS)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "items", "fields", "symbols", "name"]) | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_VALUES, st.dictionaries(st.text(max_size=3), _VALUES, max_size=3))
def test_no_type_however_odd_raises(value, names):
    found = parse_type(value, {**names, **type_names(value)})
    assert found.type is not None
