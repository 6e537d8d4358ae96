"""Parameter cells in Julia."""

from __future__ import annotations

import pytest

from apkg.errors import SourceError
from apkg.model import ArrayType, Scalar
from apkg.sources.notebook.foreign import parse_cell

INTS = ArrayType(Scalar("int"))
DOUBLES = ArrayType(Scalar("double"))


def read(source):
    return parse_cell(source, language="julia", path="a.ipynb", cell=2)


@pytest.mark.parametrize(
    ("literal", "value", "kind"),
    [
        ("5", 5, "int"),
        ("-1_000", -1000, "int"),
        ("3000000000", 3000000000, "long"),
        ("-9223372036854775808", -(2**63), "long"),
        ("0x1f", 31, "int"),
        ("0b101", 5, "int"),
        ("0o17", 15, "int"),
        ("0.3", 0.3, "double"),
        (".5", 0.5, "double"),
        ("5.", 5.0, "double"),
        ("1e-5", 1e-5, "double"),
        ("1f0", 1.0, "float"),
        ("(5)", 5, "int"),
        ("true", True, "boolean"),
        ('"a # \\$b = \\"c\\"\\n"', 'a # $b = "c"\n', "string"),
        ('"\\u00e9 \\U1F600 \\x41"', "\xe9 \U0001f600 A", "string"),
        ('"a\\\n   b"', "ab", "string"),
        ('raw"C:\\temp\\\\"', "C:\\temp\\", "string"),
        ('raw"a \\" $b"', 'a " $b', "string"),
        ('"""\n    one\n      "two"\n    """', 'one\n  "two"\n', "string"),
        ('"""one\n  two"""', "one\ntwo", "string"),
        ('""', "", "string"),
    ],
)
def test_scalars(literal, value, kind):
    (found,) = read(f"x = {literal}")
    assert (found.default.value, type(found.default.value)) == (value, type(value))
    assert found.type == Scalar(kind)
    assert not found.optional


@pytest.mark.parametrize(
    ("literal", "value", "kind"),
    [
        ("[1, 2]", (1, 2), INTS),
        ("[1, 2.5,]", (1, 2.5), DOUBLES),
        ("Float64[1, 2]", (1, 2), DOUBLES),
        ("String[]", (), ArrayType(Scalar("string"))),
        ("Vector{Int}()", (), INTS),
        ("Vector{Float64}[[1], [2]]", ((1,), (2,)), ArrayType(DOUBLES)),
        ("[[1, 2],\n [3.5]] ", ((1, 2), (3.5,)), ArrayType(DOUBLES)),
        ("(1, 2)", (1, 2), INTS),
        ('("a",)', ("a",), ArrayType(Scalar("string"))),
    ],
)
def test_arrays(literal, value, kind):
    (found,) = read(f"x = {literal}")
    assert (found.default.value, found.type) == (value, kind)


@pytest.mark.parametrize(
    ("source", "kind", "optional"),
    [
        ("x::Float64 = 3", Scalar("double"), False),
        ("x::Int = 5", Scalar("int"), False),
        ("x::Int64 = 5", Scalar("long"), False),
        ("x::Float32 = 0.5", Scalar("float"), False),
        ("x::Vector{Float64} = [1, 2]", DOUBLES, False),
        ("x::Array{Int,1} = [1, 2]", INTS, False),
        ("x::Union{Nothing, String} = nothing", Scalar("string"), True),
        ("x::Union{Int, Nothing} = 5", Scalar("int"), True),
        ("x::Any = 5", Scalar("int"), False),
        ("x = nothing", Scalar("null"), True),
        ("global x = 5", Scalar("int"), False),
    ],
)
def test_declared_types(source, kind, optional):
    (found,) = read(source)
    assert (found.name, found.type, found.optional) == ("x", kind, optional)


def test_what_sets_nothing_is_skipped():
    source = """using Dates: Date,
    DateTime
import Pkg; Pkg.add(name = "CSV")
#= a block #= comment =#
x = 4 =#
function f(v; k = 3)
    a = v[end]
    if a > 1; b = 2; end
    return a'
end
struct P; q::Int; end
let z = 5
    z
end
println("x = $(f("y")) "); @show 1 == 2
for i in 1:3 println(i) end
\u03b4! = .5; b = c = 1  # of both
"""
    found = read(source)
    assert [(p.name, p.line, p.doc) for p in found] == [
        ("\u03b4!", 17, ""), ("b", 17, ""), ("c", 17, "of both"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('x = "a $b"', "`$`"),
        ('x = "a $(f("b")) c"', "`$`"),
        ("const x = 5", "without `const`"),
        ("local x = 5", "without `local`"),
        ("x = 'a'", "a Char"),
        ("x = :abc", "a Symbol"),
        ("x = missing", "write nothing"),
        ("x = -Inf", "Inf"),
        ("x = NaN32", "NaN"),
        ("x = 1e999", "too large"),
        ("x = 9223372036854775808", "64 bits"),
        ("x = 1:3", "[1, 2, 3]"),
        ("x = [1 2; 3 4]", "a matrix"),
        ("x = [1; 2]", "a matrix"),
        ("x = [1\n2]", "a matrix"),
        ('x = [1, "a"]', "different types"),
        ('x = Float64["a"]', "not of its type"),
        ("x::Int = 0.5", "declared type"),
        ("x::String = nothing", "declared type"),
        ("x = (a = 1, b = 2)", "a named tuple"),
        ('x = Dict("a" => 1)', "a dictionary"),
        ("x = Dates.now()", "a call of Dates.now()"),
        ("x = Date(2024, 5, 1)", "as a string"),
        ("x = v -> v", "a function"),
        ("f(x) = 5", "a function"),
        ("x = y", "the value of another variable"),
        ("x = 2y", "an expression"),
        ("x = A'", "an expression"),
        ("x = `ls`", "a command"),
        ('x = r"a"', 'a call of r"'),
        ("x += 1", "a change of a variable"),
        ("a.b = 1", "part of a variable"),
        ("a, b = 1, 2", "several variables"),
        ("if true\n  x = 5\nend", "inside `if` (line 2)"),
        ("for i = 1:3\n  x = i\nend", "inside `for` (line 2)"),
        ("@isdefined(x) || (x = 5)", "inside an expression"),
        ("@time x = 5", "inside an expression"),
        ("x = 5\nx = 6", "line 1 sets already"),
        ('x = "\\xe9"', "write the character itself"),
        ('x = "abc', "never ends"),
        ("#= x = 5", "never ends"),
        ("begin\nx = 5", "without its `end`"),
    ],
)
def test_refused(source, what):
    with pytest.raises(SourceError) as caught:
        read(source)
    assert what in caught.value.message
