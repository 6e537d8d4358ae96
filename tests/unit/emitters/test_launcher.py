"""The launcher: its text, its options, and the literals it writes."""

import ast
import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apkg.emitters.binding import form
from apkg.emitters.launcher import launcher
from apkg.emitters.launcher_parts.head import StopError
from apkg.emitters.launcher_parts.languages import Bash, Julia, R, Writer
from apkg.errors import ConversionError
from apkg.model import (
    Application,
    ArrayType,
    Default,
    EnumType,
    Input,
    NotebookProgram,
    RecordField,
    RecordType,
    Scalar,
    UnionType,
)

TEXT, INT, TRUTH = Scalar("string"), Scalar("int"), Scalar("boolean")
NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def application(*inputs, cells=(), **program):
    notebook = json.dumps({**NOTEBOOK, "cells": list(cells)})
    made = NotebookProgram(notebook=notebook, file_name="n.ipynb", language="python", **program)
    return Application(id="demo", inputs=inputs, program=made)


def loaded(*inputs, **program):
    """The launcher as a module, without running it."""
    module = types.ModuleType("demo_launcher")
    exec(compile(launcher(application(*inputs, **program)), "demo", "exec"), vars(module))
    return module


def values(inputs, *words):
    return loaded(*inputs).read_options(list(words))


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        (TEXT, {}, "value"),
        (EnumType(("a",)), {"optional": True}, "value"),
        (Scalar("File"), {"optional": True}, "value"),
        (TRUTH, {}, "json"),
        (ArrayType(TEXT), {}, "repeat"),
        (ArrayType(Scalar("File")), {}, "repeat"),
        (ArrayType(TEXT), {"optional": True}, "json"),
        (ArrayType(TEXT), {"default": Default(())}, "json"),
        (ArrayType(TRUTH), {}, "json"),
        (ArrayType(ArrayType(INT)), {}, "json"),
        (RecordType((RecordField("a", INT),)), {}, "json"),
        (UnionType((INT, TEXT)), {}, "json"),
        (Scalar("Any"), {}, "json"),
    ],
)
def test_form(kind, more, expected):
    assert form(Input(id="x", type=kind, **more)) == expected


def test_text_is_python_3_8_and_the_same_every_time():
    hostile = "'\"\\\n$(x) ${y} {NAME} {{}} é \u2028 \x1b"
    inputs = [
        Input(id="a", type=EnumType((hostile, "b")), label=hostile, variable="ä"),
        Input(id="b", type=INT, doc=hostile * 3),
    ]
    app = application(*inputs, folders=((hostile, hostile),))
    text = launcher(app)
    assert text == launcher(app)
    assert "$" not in text
    assert text.isascii()
    ast.parse(text, feature_version=(3, 8))
    made = loaded(*inputs, folders=((hostile, hostile),))
    assert made.INPUTS[0]["type"] == {"enum": [hostile, "b"]}
    assert [(hostile, hostile)] == made.FOLDERS
    for path in (sys.prefix, str(Path(__file__).parents[3])):
        assert path not in text


def test_text_is_clean(tmp_path):
    path = tmp_path / "demo.launcher.py"
    path.write_text(launcher(application(Input(id="a", type=INT))), encoding="utf-8")
    rules = ["ruff", "check", "--isolated", "--no-cache", "--select", "E9,F,I001,E402", path]
    done = subprocess.run(
        [sys.executable, "-m", *rules], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_launcher_without_notebook_or_with_one_variable_twice():
    with pytest.raises(ConversionError, match="not a notebook"):
        launcher(Application(id="x"))
    twice = application(Input(id="a", type=INT), Input(id="b", type=INT, variable="a"))
    with pytest.raises(ConversionError, match="variable a is set twice"):
        launcher(twice)


AWKWARD = (
    Input(id="help", type=TEXT),
    Input(id="h", type=TEXT, optional=True),
    Input(id="f", type=ArrayType(TEXT), variable="weird name"),
    Input(id="size", type=INT, default=Default(3)),
    Input(id="size2", type=Scalar("double"), optional=True),
    Input(id="yes", type=TRUTH, default=Default(value=None)),
)


def test_options():
    assert values(AWKWARD, "--help=--h=1", "--f=", "--f=-x", "--size2=1e-07") == {
        "help": "--h=1",
        "h": None,
        "weird name": ["", "-x"],
        "size2": 1e-07,
        "yes": None,
    }
    assert values(AWKWARD, "--help=", "--size=0", "--yes=false") == {
        "help": "",
        "h": None,
        "weird name": [],
        "size": 0,
        "size2": None,
        "yes": False,
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "--help is missing: give --help=VALUE"),
        (["--help=a", "--help=b"], "--help is given more than once"),
        (["--help=a", "--siz=1"], "unrecognized arguments: --siz=1"),
        (["--help=a", "x"], "unrecognized arguments: x"),
        (["--help=a", "--size=1.5"], '--size: "1.5" is not a whole number'),
        (["--help=a", "--size=\u0661"], "is not a whole number"),
        (["--help=a", "--size=" + "9" * 5000], "--size: "),
        (["--help=a", "--size2=1_0"], '--size2: "1_0" is not a number'),
        (["--help=a", "--yes=1"], "--yes: 1 is not of type boolean"),
        (["--help=a", "--yes=True"], '--yes: "True" is not JSON'),
        (["--help=a", "--yes=" + "[" * 100000], "--yes: "),
        (["--help=\udcff"], "is not valid UTF-8"),
    ],
)
def test_wrong_options(words, message):
    made = loaded(*AWKWARD)
    with pytest.raises(made.StopError) as caught:
        made.read_options(words)
    assert message in str(caught.value)
    assert caught.value.code == 2
    assert "\n" not in str(caught.value)


def test_json_of_every_structure(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = {"class": "File", "path": "/a b/c", "size": 1}
    record = RecordType((RecordField("a", Scalar("double")), RecordField("f", Scalar("File"))))
    inputs = (
        Input(id="record", type=record),
        Input(id="files", type=ArrayType(Scalar("File")), optional=True),
        Input(id="nested", type=ArrayType(ArrayType(Scalar("double")))),
        Input(id="union", type=UnionType((INT, TEXT, Scalar("File")))),
        Input(id="any", type=Scalar("Any")),
        Input(id="file", type=Scalar("File")),
    )
    words = {
        "record": json.dumps({"a": 1, "f": file}),
        "files": json.dumps([file, None]),
        "nested": "[[1, 2.5], []]",
        "union": "not [json",
        "any": json.dumps({"x": [file, True]}),
        "file": "d e/f",
    }
    found = values(inputs, *(f"--{name}={text}" for name, text in words.items()))
    assert json.dumps(found) == json.dumps(
        {
            "record": {"a": 1.0, "f": "/a b/c"},
            "files": ["/a b/c", None],
            "nested": [[1.0, 2.5], []],
            "union": "not [json",
            "any": {"x": ["/a b/c", True]},
            "file": str(tmp_path / "d e" / "f"),
        }
    )
    assert values(inputs[5:], "--file=s3://b/k") == {"file": "s3://b/k"}
    assert values(inputs[5:], "--file=file:///a%20b") == {"file": "/a b"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING)
def test_python_literals(value):
    made = eval(Writer.write(value), {"float": float})
    assert repr(made) == repr(value)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_bash_strings_are_on_one_line(text):
    assert not set(Bash.string(text)) & {"\n", "\r", "\x1b"}


def test_bash_reads_its_literals():
    texts = ["", "a b", "é'\"\\`$(x) $y", "two\nlines\t\x01'\\'", "-n", "*"]
    script = f"{Bash.codify({'a': texts, 'b': texts[3], 'c': None, 'd': True})}"
    script += 'printf "%s\\0" "${#a[@]}" "${a[@]}" "$b" "$c" "$d"'
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert done.stdout.decode().split("\0") == ["6", *texts, texts[3], "", "true", ""]
    for value in ([["x"]], {"a": 1}, "\0"):
        with pytest.raises(ValueError, match="Bash has no"):
            Bash.write(value)


@pytest.mark.parametrize(
    ("value", "kind", "r", "julia"),
    [
        (None, "string", "NULL", "nothing"),
        (True, "boolean", "TRUE", "true"),
        (float("-inf"), "double", "-Inf", "-Inf"),
        (0.1, "double", "0.1", "0.1"),
        (1e-30, "double", (1e-30).hex(), "1e-30"),
        (2**53, "long", "9007199254740992", "9007199254740992"),
        ('é"\\$\n😀', "string", '"\\u00e9\\"\\\\$\\u000a\\U0001f600"', '"é\\"\\\\\\$\\u000a😀"'),
        ([], {"array": "string"}, "character(0)", "String[]"),
        ([], {"array": {"enum": ["a"]}}, "character(0)", "String[]"),
        ([], {"array": "double"}, "numeric(0)", "Float64[]"),
        ([], "Any", "list()", "Any[]"),
        (["a", "b"], {"array": "string"}, 'c("a", "b")', '["a", "b"]'),
        (["a", None], {"array": "string"}, 'list("a", NULL)', '["a", nothing]'),
        ([[1], []], {"array": {"array": "int"}}, "list(c(1), numeric(0))", "[[1], Int64[]]"),
        ({"a": 1}, "Any", 'list("a" = 1)', 'Dict("a" => 1)'),
    ],
)
def test_r_and_julia_literals(value, kind, r, julia):
    assert R.write(value, kind) == r
    assert Julia.write(value, kind) == julia


def test_r_refuses_what_it_cannot_hold():
    with pytest.raises(StopError, match="n: R cannot hold 9007199254740993 exactly"):
        R.codify({"n": 2**53 + 1})
    assert R.assign("_x y", "1") == "`_x y` <- 1"


def code(source, *tags):
    return {
        "id": f"c{abs(hash(source))}",
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


@pytest.fixture
def start(tmp_path):
    """Write a launcher and its notebook, and start it in a folder of its own."""

    def run(app, *words, modules=(), **environment):
        home, work = tmp_path / "home {x}", tmp_path / "work {y}"
        home.mkdir()
        work.mkdir()
        (home / "demo.launcher.py").write_text(launcher(app), encoding="utf-8")
        notebook = json.loads(app.program.notebook)
        if modules:
            notebook["metadata"]["apkg"] = {"files": dict(modules)}
        (home / "demo.template.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        given = {"PATH": os.environ["PATH"], "HOME": str(work), "TMPDIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, str(home / "demo.launcher.py"), *words],
            cwd=work,
            env={**given, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert sorted(path.name for path in tmp_path.iterdir()) == [home.name, work.name]
        return done, work

    return run


@pytest.mark.slow
def test_run_leaves_results_and_notebook_and_nothing_else(start):
    cells = [
        code("n = 1", "parameters"),
        code("import helper\nprint('hello', helper.NAME)\nopen(out + '/x', 'w').write(str(n))"),
    ]
    app = application(Input(id="n", type=INT), cells=cells, folders=(("out", "my plots"),))
    modules = [("helper.py", "NAME = 'helper'"), ("argparse.py", "raise SystemExit(9)")]
    done, work = start(app, "--n=5", modules=modules)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "hello helper\n")
    assert (work / "results" / "my plots" / "x").read_text() == "5"
    assert sorted(path.name for path in work.iterdir()) == ["demo.executed.ipynb", "results"]
    executed = json.loads((work / "demo.executed.ipynb").read_text(encoding="utf-8"))
    assert not {"input_path", "output_path"} & set(executed["metadata"]["papermill"])
    source = "".join(executed["cells"][1]["source"])
    assert source == "# Parameters\nn = 5\nout = 'my plots'\n"


@pytest.mark.slow
def test_failing_cell(start):
    cells = [code("n = 1", "parameters"), code("def f(x):\n    return 1 / x\n\nf(n)\n")]
    app = application(Input(id="n", type=INT), cells=cells)
    done, work = start(app, "--n=0")
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert lines[-2:] == [
        "demo failed in cell 2, line 4: f(n)",
        "ZeroDivisionError: division by zero",
    ]
    assert "\x1b" not in done.stderr
    assert (work / "demo.executed.ipynb").is_file()


@pytest.mark.slow
def test_kernel_that_dies(start):
    cells = [code("import os\nos.kill(os.getpid(), 9)")]
    done, _ = start(application(cells=cells))
    assert done.returncode == 1
    assert "demo could not be run: the kernel died" in done.stderr.splitlines()[-1]


@pytest.mark.slow
def test_no_kernel_and_no_papermill(tmp_path):
    app = application(Input(id="n", type=INT))
    text = launcher(app).replace("LANGUAGE = 'python'", "LANGUAGE = 'fortran'")
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "demo.launcher.py").write_text(text, encoding="utf-8")
    (folder / "demo.template.ipynb").write_text(app.program.notebook, encoding="utf-8")
    command = [sys.executable, "demo.launcher.py", "--n=1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("demo: no Jupyter kernel for fortran is installed")
    # Without its site packages, Python has no papermill.
    command[1:1] = ["-S", "-E"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "pip install papermill ipykernel" in done.stderr
