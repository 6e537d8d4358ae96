"""Code made to hurt: deep, wide, growing and recursive."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apkg.sources.notebook.usage import find_usage


def deep(build, leaf, times):
    for _ in range(times):
        leaf = build(leaf)
    return leaf


def module(*expressions):
    body = [ast.Expr(value=expression, lineno=1) for expression in expressions]
    return ast.Module(body=body, type_ignores=[])


@pytest.mark.parametrize(
    "build",
    [
        lambda n: ast.BinOp(left=n, op=ast.Add(), right=ast.Constant(value="x")),
        lambda n: ast.BinOp(left=ast.Constant(value="x"), op=ast.Div(), right=n),
        lambda n: ast.Attribute(value=n, attr="parent", ctx=ast.Load()),
        lambda n: ast.Call(
            func=ast.Attribute(value=n, attr="open", ctx=ast.Load()), args=[], keywords=[], lineno=1
        ),
        lambda n: ast.Call(
            func=ast.Name(id="open", ctx=ast.Load()), args=[n], keywords=[], lineno=1
        ),
        lambda n: ast.List(elts=[n], ctx=ast.Load()),
    ],
)
def test_deep_expressions(build):
    leaf = ast.Name(id="x", ctx=ast.Load())
    find_usage([(1, module(deep(build, leaf, 20_000)))])


def test_a_long_chain_of_elifs_still_counts():
    code = "if a: pass\n" + "elif a: pass\n" * 90 + "else: open('x.csv')"
    assert len(find_usage([(1, ast.parse(code))]).reads) == 1


@pytest.mark.parametrize(
    "code",
    [
        "a = 'x'\n" + "a = a + a\n" * 200 + "open(a)",
        "a = x\n" + "a = f'{a}/{a}'\n" * 200 + "open(a)",
        "a = [p, q]\n" + "a = [x + y for x in a for y in a]\n" * 50 + "open(a[0])",
        "def f(p):\n    open(p)\n    f(p + 'x')\nf('a')",
        "def f(p): g(p)\ndef g(p): f(p)\nf('a')",
        "".join(f"def f{n}(p):\n  f{n + 1}(p); f{n + 1}(p)\n" for n in range(200)) + "f0('a')",
        "open(*a)\nopen(**a)\nopen()\nos.path.join()\nopen('{0}{99999999999}'.format(1))",
        "a, *b = open\n(a, b), c = 1, 2\na.b = a[0] = open(a)\ndel a\nopen(a)",
        "'%' % a\nopen('%s%' % a)\nopen('%(x)s' % a)\nopen('%s %s' % a)",
        "from . import x\nfrom .. import *\nimport a.b.c as d\nd.open('x')",
        "match a:\n    case [x, *y]: open(x)",
        "".join(" " * n + "while 1:\n" for n in range(60)) + " " * 60 + "open('x')",
        "open('\\0')\nopen('a' * 10**9)\nopen('\\ud800.csv')",
    ],
)
def test_awkward_code_is_survived(code):
    find_usage([(1, ast.parse(code))])


def test_time_grows_with_the_code_alone():
    code = "".join(f"if c:\n    a{n} = f'{{b}}/{n}.csv'\nopen(a{n})\n" for n in range(5_000))
    assert len(find_usage([(1, ast.parse(code))]).reads) == 5_000


_NAMES = st.sampled_from(["a", "b", "'x.csv'", "open(a)", "glob.glob(a)", "[a, b]", "Path(a)"])
_PARTS = st.recursive(
    _NAMES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]} + {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"os.path.join({p[0]}, {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"[{p[0]} for a in {p[1]}]"),
        inner.map(lambda p: f"f(({p}))"),
        inner.map(lambda p: f"({p})[0]"),
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_PARTS, max_size=6))
def test_any_path_arithmetic_is_survived(parts):
    code = "def f(x):\n    open(x, 'w')\n    return x\n"
    code += "\n".join(f"a = {part}\nopen({part})" for part in parts)
    usage = find_usage([(1, ast.parse(code))])
    assert all(use.variable or use.glob() for use in (*usage.reads, *usage.writes))
