"""A parameters cell: every assignment is an input, with the very value that Python gives it."""

import pytest

from apkg.model import ArrayType, Default, EnumType, Range, Scalar, UnionType
from apkg.typetext import type_text


def shown(declared):
    return type_text(declared.type, declared.optional, declared.semantics)


VALUES = [
    ("x = 1", "int", 1),
    ("x = -1", "int", -1),
    ("x = +2", "int", 2),
    ("x = 1_000", "int", 1000),
    ("x = 0x1F", "int", 31),
    ("x = 2**31 - 1", "int", 2**31 - 1),
    ("x = -2**31", "int", -(2**31)),
    ("x = 2147483648", "long", 2**31),
    ("x = 9223372036854775807", "long", 2**63 - 1),
    ("x = 1e-5", "double", 1e-05),
    ("x = -1.5e+3", "double", -1500.0),
    ("x = .5", "double", 0.5),
    ("x = 10 / 4", "double", 2.5),
    ("x = float(3)", "double", 3.0),
    ("x = int(5.5)", "int", 5),
    ("x = bool(0)", "boolean", False),
    ("x = True", "boolean", True),
    ("x = False", "boolean", False),
    ("x = ''", "string", ""),
    ("x = 'a=b#c'", "string", "a=b#c"),
    ("x = r'a\\d'", "string", "a\\d"),
    ("x = ('a=b'  # one\n     'c#d')", "string", "a=bc#d"),
    ("x = 'a' + 'b'", "string", "ab"),
    ("x = '''a\nb'''", "string", "a\nb"),
    ("x = '''\n!not a command\n%nor this\n'''", "string", "\n!not a command\n%nor this\n"),
    ("x = str('a')", "string", "a"),
    ("x = list(range(2, 8, 3))", "int[]", (2, 5)),
    ("x = \\\n  5", "int", 5),
    ("x = [1, 2]", "int[]", (1, 2)),
    ("x = [1, 2.5]", "double[]", (1, 2.5)),
    ("x = (1, 2)", "int[]", (1, 2)),
    ("x = {1, 2}", "int[]", (1, 2)),
    ("x = [True, False]", "boolean[]", (True, False)),
    ("x = [[1], [2, 3]]", "int[][]", ((1,), (2, 3))),
    ("x = []", "string[]", ()),
    ("x = '2020-02-29'", "date", "2020-02-29"),
    ("x = '2021-02-29'", "string", "2021-02-29"),
    ("x = '2020-01-01T10:00:00Z'", "dateTime", "2020-01-01T10:00:00Z"),
    ("x = datetime.date(2020, 1, 2)", "date", "2020-01-02"),
    ("x = pd.Timestamp('2020-01-02')", "date", "2020-01-02"),
    ("x = 'https://example.org/a'", "anyURI", "https://example.org/a"),
    ("bbox = [1, 2, 3, 4]", "bbox", (1, 2, 3, 4)),
]


@pytest.mark.parametrize(("source", "kind", "value"), VALUES, ids=[v[0] for v in VALUES])
def test_a_literal_is_a_default_of_its_own_type(inputs, source, kind, value):
    (declared,) = inputs(source).values()
    assert shown(declared) == kind
    assert declared.default == Default(value)
    assert type(declared.default.value) is type(value)


ANNOTATED = [
    ("x: float = 5", "double"),
    ("x: list[float] = [1, 2]", "double[]"),
    ("x: List[int] = []", "int[]"),
    ("x: list[list[str]] = []", "string[][]"),
    ("x: str | None = None", "string?"),
    ("x: 'Optional[int]' = None", "int?"),
    ("x: Optional[list[str]] = None", "string[]?"),
    ("x: Union[int, float] = 1", "double"),
    ("x: tuple[float, float] = (1.0, 2.0)", "double[]"),
    ("x: Literal['a', 'b'] = 'a'", "enum [a, b]"),
    ("x: np.float32 = 1.0", "float"),
    ("x: date = '2020-01-01'", "date"),
    ("x: datetime.datetime = '2020-01-01T00:00:00'", "dateTime"),
    ("x: int", "int"),
    ("x: Path", "File"),
    ("x: Path | None = None", "File?"),
    ("x: list[Path] = [Path('a'), Path('b')]", "File[]"),
    ("x = None  # type: double[]?", "double[]?"),
    ("x = 'a'  # type: File", "File"),
    ("x = 'a'  # type: stage-in", "Directory"),
]


@pytest.mark.parametrize(("source", "kind"), ANNOTATED, ids=[v[0] for v in ANNOTATED])
def test_an_annotation_or_a_hint_says_the_type(inputs, source, kind):
    assert shown(inputs(source)["x"]) == kind


def test_a_value_without_annotation_is_a_guess_and_with_one_is_not(read):
    application = read("a = 1\nb: int = 1").application
    assert application.origin("inputs.a.type").guessed
    declared = application.origin("inputs.b.type")
    assert (declared.source, declared.guessed, declared.location.line) == ("annotation", False, 2)


def test_a_comment_says_more_than_an_annotation_and_an_annotation_more_than_the_value(inputs):
    assert inputs("x: float = 1  # type: long")["x"].type == Scalar("long")
    assert inputs("x: float = 1")["x"].type == Scalar("double")


def test_annotated_gives_ranges_and_descriptions(inputs):
    found = inputs(
        'a: Annotated[int, "how many", Field(ge=0, le=10)] = 5\n'
        'b: Annotated[float, Field(gt=0, description="big")] = 5.0\n'
        "c: Literal[1, 2] = 1"
    )
    assert (found["a"].range, found["a"].doc) == (Range(minimum=0, maximum=10), "how many")
    assert (found["b"].range, found["b"].doc) == (Range(minimum=0), "big")
    assert (found["c"].type, found["c"].allowed_values) == (Scalar("int"), (1, 2))


def test_a_path_is_an_example_of_a_file_and_no_default(inputs):
    declared = inputs("from pathlib import Path\nx = Path('scene.tif')")["x"]
    assert (declared.type, declared.default) == (Scalar("File"), None)
    assert declared.example == "scene.tif"
    assert declared.media_types == ("image/tiff; application=geotiff",)


def test_several_names_and_unpacking(inputs):
    found = inputs("a = b = 3\nc, d = 1, 'x'\ne, (f, g) = 1, (2.5, 3)\nh = 4; i = 5")
    values = {name: declared.default.value for name, declared in found.items()}
    assert values == {
        "a": 3, "b": 3, "c": 1, "d": "x", "e": 1, "f": 2.5, "g": 3, "h": 4, "i": 5,
    }  # fmt: skip


def test_the_last_of_two_assignments_counts(inputs):
    assert inputs("x = 1  # first\nx = 2.5  # second")["x"].default == Default(2.5)


def test_null_among_the_items_is_kept(inputs):
    kind = inputs("x = [1, None]")["x"].type
    assert kind == ArrayType(UnionType((Scalar("null"), Scalar("int"))))


def test_nothing_but_null_is_an_optional_string_and_said_so(read):
    reading = read("x = None")
    (declared,) = reading.application.inputs
    assert (declared.type, declared.optional) == (Scalar("string"), True)
    assert "notebook/type-unknown" in {finding.rule for finding in reading.findings}


def test_names_that_are_no_ascii_become_ids_and_stay_variables(inputs):
    found = inputs("größe = 1.5\né = 1\ne = 2")
    assert {n: (d.variable, d.default.value) for n, d in found.items() if n != "grosse"} == {
        "e": ("é", 1),
        "e_2": ("e", 2),
    }
    assert found["grosse"].variable == "größe"


def test_choices_of_texts_are_an_enum(inputs):
    declared = inputs("x = 'a'  # oda:String; oda:allowed_value 'a','b'")["x"]
    assert declared.type == EnumType(("a", "b"))


def test_names_that_differ_in_case_only_get_ids_that_do_not(inputs):
    found = inputs("N = 1\nn = 2")
    assert {name: declared.default.value for name, declared in found.items()} == {"N": 1, "n_2": 2}
    assert found["n_2"].variable == "n"


def test_a_path_put_together_is_the_path_that_it_is(inputs):
    declared = inputs("from pathlib import Path\nx = Path('out') / 'a' / 'mask.tif'")["x"]
    assert (declared.type, declared.example) == (Scalar("File"), "out/a/mask.tif")
