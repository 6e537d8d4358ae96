"""Whatever parser is declared, we read what argparse itself reports of it."""

import argparse

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apkg.sources.cli import read_cli

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,7}", fullmatch=True).filter(
    lambda name: name not in ("help", "h", "p") and "__" not in name and not name.endswith("_")
)
PLAIN = st.text("abc %-_.äß", max_size=8)
ACTIONS = (None, "store_true", "store_false", "append", "count", "BooleanOptionalAction", "extend")
TYPES = {None: None, "int": int, "float": float, "str": str}
TYPE_NAMES = {int: "int", float: "double"}


@st.composite
def calls(draw, name):
    """One ``add_argument`` call as its words and settings."""
    positional = draw(st.booleans())
    given_ = {"help": draw(PLAIN).replace("%", "%%")}
    action = None if positional else draw(st.sampled_from(ACTIONS))
    if action:
        given_["action"] = action
    if action in (None, "append", "extend"):
        given_["type"] = draw(st.sampled_from(list(TYPES)))
        nargs = draw(st.sampled_from([None, "?", "*", "+", 1, 2, 4]))
        if nargs is not None:
            given_["nargs"] = nargs
        if given_["type"] is None and draw(st.booleans()):
            given_["choices"] = draw(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True))
        if draw(st.booleans()) and action is None:
            given_["default"] = draw(st.one_of(st.none(), st.integers(-9, 9), PLAIN.filter(bool)))
            if given_["type"] in ("int", "float"):
                given_["default"] = draw(st.integers(-9, 9))
    if not positional and draw(st.booleans()):
        given_["required"] = draw(st.booleans())
    if positional:
        return [name], given_
    flags = [f"--{name.replace('_', '-')}"]
    return flags, given_


@st.composite
def programs(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique_by=lambda n: n.replace("_", "")))
    return [draw(calls(name)) for name in names]


def source_of(declared):
    lines = ["import argparse", "p = argparse.ArgumentParser(prog='prog')"]
    for words, given_ in declared:
        shown = [repr(word) for word in words]
        for name, value in given_.items():
            bare = name == "type" or value == "BooleanOptionalAction"
            prefix = "argparse." if value == "BooleanOptionalAction" else ""
            shown.append(f"{name}={prefix}{value}" if bare else f"{name}={value!r}")
        lines.append(f"p.add_argument({', '.join(shown)})")
    return "\n".join([*lines, "p.parse_args()"])


def parser_of(declared):
    parser = argparse.ArgumentParser(prog="prog")
    for words, given_ in declared:
        real = dict(given_)
        if "type" in real:
            real["type"] = TYPES[real["type"]]
        if real.get("action") == "BooleanOptionalAction":
            real["action"] = argparse.BooleanOptionalAction
        parser.add_argument(*words, **real)
    return parser


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(declared=programs())
def test_agrees_with_argparse(tmp_path_factory, declared):
    path = tmp_path_factory.mktemp("agrees") / "prog.py"
    path.write_text(source_of(declared), encoding="utf-8")
    (command,) = read_cli(path)
    real = [a for a in parser_of(declared)._actions if not isinstance(a, argparse._HelpAction)]
    assert len(command.arguments) == len(real)
    for ours, action in zip(command.arguments, real, strict=True):
        compare(ours, action)


def compare(ours, action):
    kind = type(action)
    expected = {
        argparse._StoreTrueAction: "flag",
        argparse._StoreFalseAction: "flag",
        argparse.BooleanOptionalAction: "flag",
        argparse._CountAction: "count",
        argparse._AppendAction: "append",
    }.get(kind, "value")
    if kind is argparse._ExtendAction and action.nargs is None:
        expected = "append"
    assert ours.action == expected
    flags = [flag for flag in action.option_strings if flag != ours.off_flag]
    assert list(ours.flags) == flags
    assert (ours.off_flag is not None) == (kind is argparse.BooleanOptionalAction)
    assert ours.name == action.dest
    if expected in ("value", "append"):
        assert ours.type == (None if action.type in (None, str) else ours.type)
        assert getattr(ours.type, "name", None) == TYPE_NAMES.get(action.type)
        limits = {None: (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
        counted = (action.nargs, action.nargs)
        assert (ours.minimum, ours.maximum) == limits.get(action.nargs, counted)
        assert list(ours.choices) == list(action.choices or [])
        default = None if ours.default is None else ours.default.value
        assert default == action.default
    if ours.flags or action.nargs != "*":
        assert ours.required == action.required
    assert ours.help == action.help.replace("%%", "%").strip()
