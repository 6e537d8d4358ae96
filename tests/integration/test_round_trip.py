"""For every type: the value given is the value that arrives in the notebook, exactly."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from round_trip import DUMP_PYTHON, application, run, write

from apkg.errors import ToolError
from apkg.model import (
    ArrayType,
    Default,
    EnumType,
    Input,
    RecordField,
    RecordType,
    Scalar,
    UnionType,
)

pytestmark = pytest.mark.slow

STRINGS = [
    "",
    " ",
    "  leading and trailing  ",
    "-x",
    "--s0=1",
    "é ü ß 漢字 😀 \u2028 \u0301",
    "quotes ' \" ` ''' \"\"\"",
    "$(x) ${y} $z $(inputs.s0) \\$(z)",
    "line\nbreak\r\n\ttab\n",
    "back\\slash \\n \\u0041 \\",
    "true",
    "null",
    "1",
    "1.50",
    "[1]",
    '{"a": 1}',
    "{{x}} {y}",
    "%s %(x)s %%",
    "a=b # no comment",
    "yes",
    "2020-01-01",
    "\x01\x1b[31m\x7f",
]
INTEGERS = [0, -1, 2**31 - 1, -(2**31)]
LONGS = [2**53 + 1, -(2**63), 2**63 - 1]
NUMBERS = [0.1, 1e-07, 1e22, 1.7976931348623157e308, 5e-324, -2.5, 123456.789, 1e16, -0.0, 0.0]


def _inputs(prefix, kind, values):
    return [Input(id=f"{prefix}{n}", type=Scalar(kind)) for n in range(len(values))]


def _values(prefix, values):
    return {f"{prefix}{n}": value for n, value in enumerate(values)}


SCALARS = (
    *_inputs("s", "string", STRINGS),
    *_inputs("i", "int", INTEGERS),
    *_inputs("l", "long", LONGS),
    *_inputs("d", "double", NUMBERS),
    Input(id="yes", type=Scalar("boolean")),
    Input(id="no", type=Scalar("boolean")),
    Input(id="choice", type=EnumType(("a b", "é"))),
    Input(id="help", type=Scalar("string")),
    Input(id="f", type=Scalar("string"), variable="fname"),
)
GIVEN = {
    **_values("s", STRINGS),
    **_values("i", INTEGERS),
    **_values("l", LONGS),
    **_values("d", NUMBERS),
    "yes": True,
    "no": False,
    "choice": "é",
    "help": "me",
    "f": "x",
}


def _arrived(inputs, given):
    """What the notebook must have: by variable."""
    return {i.variable or i.id: given[i.id] for i in inputs}


def _application(inputs, cell="pass"):
    names = [declared.variable or declared.id for declared in inputs]
    return application(tuple(inputs), [cell, DUMP_PYTHON.format(names=names)])


def _same(text, expected):
    # Compared as text: 1, 1.0 and true are equal in Python.
    assert text == json.dumps(expected)


@pytest.mark.parametrize("version", ["v1.0", "v1.2"])
def test_scalars_from_a_file(tmp_path, version):
    package = write(tmp_path, _application(SCALARS), cwl_version=version, style="tool")
    text = run(package, tmp_path / "out", inputs=GIVEN)
    _same(text, _arrived(SCALARS, GIVEN))


def test_scalars_from_words(tmp_path):
    package = write(tmp_path, _application(SCALARS))
    words = [
        f"{name}={value if isinstance(value, str) else json.dumps(value)}"
        for name, value in GIVEN.items()
    ]
    _same(run(package, tmp_path / "out", words=words), _arrived(SCALARS, GIVEN))


ARRAYS = {
    "strings": (ArrayType(Scalar("string")), STRINGS),
    "one_string": (ArrayType(Scalar("string")), ["x"]),
    "one_empty": (ArrayType(Scalar("string")), [""]),
    "no_string": (ArrayType(Scalar("string")), []),
    "longs": (ArrayType(Scalar("long")), LONGS),
    "numbers": (ArrayType(Scalar("double")), NUMBERS),
    "no_number": (ArrayType(Scalar("double")), []),
    "booleans": (ArrayType(Scalar("boolean")), [True, False]),
    "no_boolean": (ArrayType(Scalar("boolean")), []),
    "choices": (ArrayType(EnumType(("a", "b"))), ["b", "a"]),
    "nested": (ArrayType(ArrayType(Scalar("int"))), [[1, 2], [], [3]]),
    "no_nested": (ArrayType(ArrayType(Scalar("int"))), []),
    "record": (
        RecordType((RecordField("a", Scalar("string")), RecordField("b", Scalar("boolean")))),
        {"a": "$(x) \"'\n", "b": False},
    ),
    "either": (UnionType((Scalar("int"), Scalar("string"))), 5),
    "either_text": (UnionType((Scalar("int"), Scalar("string"))), "$(x) y"),
}


@pytest.mark.parametrize("optional", [False, True])
def test_structures(tmp_path, optional):
    # cwltool 3.3 cannot bind an array of enums that may also be null.
    names = [name for name in ARRAYS if not (optional and name == "choices")]
    inputs = [Input(id=name, type=ARRAYS[name][0], optional=optional) for name in names]
    given = {name: ARRAYS[name][1] for name in names}
    package = write(tmp_path, _application(inputs), style="tool" if optional else "workflow")
    _same(run(package, tmp_path / "out", inputs=given), given)


DEFAULTS = {
    "d_string": (Scalar("string"), STRINGS[7]),
    "d_empty": (Scalar("string"), ""),
    "d_int": (Scalar("int"), 0),
    "d_double": (Scalar("double"), 0.1),
    "d_true": (Scalar("boolean"), True),
    "d_false": (Scalar("boolean"), False),
    "d_strings": (ArrayType(Scalar("string")), ("a b", "$(x)", "")),
    "d_none": (ArrayType(Scalar("string")), ()),
    "d_nested": (ArrayType(ArrayType(Scalar("double"))), ((0.5,), ())),
}
OTHERS = {
    "d_string": "",
    "d_empty": "x",
    "d_int": 7,
    "d_double": 2.0,
    "d_true": False,
    "d_false": True,
    "d_strings": [],
    "d_none": ["x"],
    "d_nested": [],
}
NULLS = (
    Input(id="n_string", type=Scalar("string"), optional=True),
    Input(id="n_int", type=Scalar("int"), optional=True),
    Input(id="n_boolean", type=Scalar("boolean"), optional=True),
    Input(id="n_strings", type=ArrayType(Scalar("string")), optional=True),
    Input(id="n_file", type=Scalar("File"), optional=True),
    Input(id="n_files", type=ArrayType(Scalar("File")), optional=True),
    Input(id="n_default", type=Scalar("double"), optional=True, default=Default(None)),
)


def test_omitted_null_and_other_than_the_default(tmp_path):
    defaulted = [
        Input(id=name, type=kind, default=Default(value))
        for name, (kind, value) in DEFAULTS.items()
    ]
    package = write(tmp_path, _application([*defaulted, *NULLS]))
    nulls = {declared.id: None for declared in NULLS}
    defaults = {name: value for name, (_, value) in DEFAULTS.items()}
    _same(run(package, tmp_path / "omitted"), {**defaults, **nulls})
    _same(run(package, tmp_path / "null", inputs=nulls), {**defaults, **nulls})
    words = [f"{name}=null" for name in nulls]
    _same(run(package, tmp_path / "words", words=words), {**defaults, **nulls})
    given = {"n_string": "", "n_int": 0, "n_boolean": False, "n_strings": []}
    given |= {"n_file": None, "n_files": [], "n_default": 0.0}
    _same(run(package, tmp_path / "given", inputs=OTHERS | given), OTHERS | given)


def test_files_and_folders(tmp_path):
    data = tmp_path / "my data é 100% #1 $(x)"
    (data / "sub folder").mkdir(parents=True)
    one, two = data / "one file.txt", data / "two;'.txt"
    one.write_text("1")
    two.write_text("2")
    (data / "sub folder" / "three.txt").write_text("3")
    inputs = [
        Input(id="one", type=Scalar("File")),
        Input(id="folder", type=Scalar("Directory")),
        Input(id="many", type=ArrayType(Scalar("File"))),
        Input(id="many_or_none", type=ArrayType(Scalar("File")), optional=True),
    ]
    read = """\
import json
from pathlib import Path

found = {
    "names": [Path(p).name for p in (one, folder, *many, *many_or_none)],
    "texts": [Path(p).read_text() for p in (one, *many, *many_or_none)],
    "inside": sorted(p.name for p in Path(folder).iterdir()),
    "absolute": all(Path(p).is_absolute() for p in (one, folder, *many, *many_or_none)),
}
Path("values.json").write_text(json.dumps(found))
"""
    package = write(tmp_path, application(tuple(inputs), ["pass", read]))
    words = [f"one={one}", f"folder={data}/sub folder", f"many={two}", f"many={one}"]
    text = run(package, tmp_path / "out", words=[*words, f"many_or_none={two}"])
    assert json.loads(text) == {
        "names": [one.name, "sub folder", two.name, one.name, two.name],
        "texts": ["1", "2", "1", "2"],
        "inside": ["three.txt"],
        "absolute": True,
    }


def test_failure_names_cell_and_line_and_keeps_the_notebook(tmp_path):
    app = application((Input(id="n", type=Scalar("int")),), ["n = 1", "x = 1\ny = x / n", "1"])
    package = write(tmp_path, app)
    with pytest.raises(ToolError) as caught:
        run(package, tmp_path / "out", words=["n=0"])
    assert "round-trip failed in cell 2, line 2: y = x / n" in caught.value.message
    assert "ZeroDivisionError: division by zero" in caught.value.message
    assert len(caught.value.message.splitlines()) < 30
    kept = tmp_path / "out" / "round-trip.executed.ipynb"
    assert str(kept) in (caught.value.hint or "")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [kept.name]
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


def test_r_gets_the_same_values(tmp_path):
    listed = subprocess.run(
        [Path(sys.executable).parent / "jupyter", "kernelspec", "list", "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "JUPYTER_PLATFORM_DIRS": "1"},
    )
    if "ir" not in json.loads(listed.stdout)["kernelspecs"]:
        pytest.skip("no R kernel is installed")
    strings = [text for text in STRINGS if "\u2028" not in text] + ["é ü ß 漢字 😀 \u0301"]
    inputs = (
        *_inputs("s", "string", strings),
        *_inputs("d", "double", NUMBERS),
        Input(id="l", type=Scalar("long")),
        Input(id="yes", type=Scalar("boolean")),
        Input(id="none", type=Scalar("string"), optional=True),
        Input(id="words", type=ArrayType(Scalar("string"))),
        Input(id="no_words", type=ArrayType(Scalar("string"))),
        Input(id="numbers", type=ArrayType(Scalar("double"))),
        Input(id="no_numbers", type=ArrayType(Scalar("double"))),
        Input(id="flags", type=ArrayType(Scalar("boolean"))),
    )
    cell = f"""\
bits <- function(x) paste(rev(as.character(writeBin(x, raw()))), collapse = "")
text <- function(x) paste(as.character(charToRaw(enc2utf8(x))), collapse = "")
lines <- c(
  sapply(mget(paste0("s", 0:{len(strings) - 1})), text),
  sapply(mget(paste0("d", 0:{len(NUMBERS) - 1})), bits),
  format(l, digits = 17), yes, is.null(none), sapply(words, text), mode(no_words),
  length(no_words), sapply(numbers, bits), mode(no_numbers), length(no_numbers), flags
)
writeLines(unname(lines), "values.txt")
"""
    app = application(inputs, ["l <- 1", cell], result="values.txt", language="R", kernel="ir")
    given = {**_values("s", strings), **_values("d", NUMBERS), "l": 2**53, "yes": True}
    given |= {"words": strings, "no_words": [], "numbers": NUMBERS, "no_numbers": []}
    text = run(write(tmp_path, app), tmp_path / "out", inputs={**given, "flags": [True, False]})
    utf8 = [string.encode().hex() for string in strings]
    bits = [_bits(number) for number in NUMBERS]
    middle = [str(2**53), "TRUE", "TRUE", *utf8, "character", "0"]
    assert text.split("\n") == [
        *(*utf8, *bits, *middle, *bits, "numeric", "0", "TRUE", "FALSE", "")
    ]


def _bits(number):
    import struct

    return struct.pack(">d", number).hex()
