"""Nothing is dropped silently: what cannot be an input is an error that names cell and line."""

import pytest
from notebooks import cell

REFUSED = [
    ("y = 'a'\nx = f'{y}'", 2, "f-string"),
    ("y = 'a'\nx = y", 2, "another variable"),
    ("x = foo()", 1, "a call of foo()"),
    ("x = os.environ.get('A', 'b')", 1, "os.environ.get()"),
    ("x = {'a': 1}", 1, "dictionary"),
    ("x = [i for i in y]", 1, "comprehension"),
    ("x = lambda: 1", 1, "function"),
    ("x = 1 if y else 2", 1, "condition"),
    ("x = b'a'", 1, "bytes"),
    ("x = 3j", 1, "complex"),
    ("x = 1e999", 1, "too large"),
    ("x = float('nan')", 1, "float()"),
    ("x = 2**63", 1, "64 bits"),
    ("x = 99999999999999999999", 1, "64 bits"),
    ("x = [1, 'a']", 1, "different types"),
    ("x = [1, True]", 1, "different types"),
    ("x = Path('a') / b", 1, "another variable"),
    ("x = Path('a')" + " / 'b'" * 50, 1, "nested too deeply"),
    ("x = datetime.date(2020, 13, 1)", 1, "a date that does not exist"),
    ("x = " + "[" * 60 + "]" * 60, 1, "nested too deeply"),
    ("x = !ls", 1, "magic or shell"),
    ("a, *b = 1, 2, 3", 1, "a is part of another value"),
    ("a, b = 1, 2, 3", 1, "part of another value"),
    ("a, b = 'xy'", 1, "part of another value"),
    ("x = 1\nx += 1", 2, "changed in place"),
    ("if True:\n    x = 1", 2, "inside a block"),
    ("for i in range(3):\n    x: int = 1", 2, "inside a block"),
    ("print(n := 10)", 1, "inside an expression"),
    ("os.environ['A'] = 'b'", 1, "part of another object"),
    ("plt.rc.dpi = 3", 1, "part of another object"),
    ("x = 1  # type: wibble", 1, "'wibble'"),
    ("x: Wibble", 1, "no type"),
    ("x: int = 'a'", 1, '"a" is no int'),
    ("x: Literal['a'] = 'b'", 1, "enum [a]"),
    ("x = 50 #@param {type:'slider', min:0, max:10}", 1, "outside the range"),
    ("print 'x'\nx = 1", 1, "not Python 3"),
    ("x = 1\nx = (", 2, "not Python 3"),
    ("%%bash\nx=5", 1, "%%bash"),
]


@pytest.mark.parametrize(("source", "line", "words"), REFUSED, ids=[r[0][:40] for r in REFUSED])
def test_what_cannot_be_an_input_is_named_with_cell_and_line(refused, source, line, words):
    error = refused(cell("# A title", kind="markdown"), source)
    assert words in error.message
    assert (error.location.cell, error.location.line) == (2, line)
    assert error.location.path.endswith("demo.ipynb")


def test_all_of_them_are_named_in_one_error_that_says_what_to_write(refused):
    error = refused("a = foo()\nb = 1\nc = bar()")
    assert "cell 1, line 1: a is" in error.message
    assert "cell 1, line 3: c is" in error.message
    assert "b" not in error.message.replace("become", "").replace("bar", "")
    assert "apkg: ignore" in error.hint


@pytest.mark.parametrize(
    "source",
    [
        "x = foo()  # apkg: ignore",
        "x = foo(\n  1,\n)  # apkg: ignore",
        "# apkg: ignore\nx = foo()",
        "if y:\n    x = 1  # apkg: ignore",
        "os.environ['a'] = 'b'  # apkg: ignore",
        "os.environ['a'] = (\n  'b'\n)  # APKG:ignore",
    ],
)
def test_a_comment_keeps_an_assignment_as_a_constant(inputs, source):
    assert list(inputs(f"{source}\nz = 2")) == ["z"]


def test_what_assigns_nothing_is_no_problem(inputs):
    source = (
        "import os\nfrom a import b\n'a text'\nprint(1)\n%matplotlib inline\n!pip install x \\\n"
        "   y\nfoo?\n?bar\ndef f():\n    y = 2\nclass A:\n    z = 1\n"
        "for i in (1, 2):\n    pass\nx = 1"
    )
    assert list(inputs(source)) == ["x"]


def test_a_notebook_without_parameters_has_no_inputs_and_a_warning_names_candidates(read):
    reading = read(cell("threshold = 0.5\nname = 'a'\n_private = 1\nz = f(1)"))
    assert reading.application.inputs == ()
    (warning,) = [f for f in reading.findings if f.rule == "notebook/no-inputs"]
    assert "threshold, name" in warning.message
    assert "_private" not in warning.message
