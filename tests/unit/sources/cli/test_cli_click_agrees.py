"""Whatever Click command is declared, we read what Click itself reports of it."""

import click
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apkg.sources.cli import read_cli

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,3})?", fullmatch=True).filter(
    lambda name: name not in ("help", "h") and not name.startswith("no")
)
TYPES = {
    "None": None,
    "int": int,
    "float": float,
    "click.INT": click.INT,
    "click.IntRange(1, 9)": click.IntRange(1, 9),
    "click.FloatRange(min=0.5)": click.FloatRange(min=0.5),
    "click.Choice(['a', 'b'])": click.Choice(["a", "b"]),
    "click.Path(exists=True, dir_okay=False)": click.Path(exists=True, dir_okay=False),
    "click.Path(file_okay=False)": click.Path(file_okay=False),
    "click.File('w')": click.File("w"),
}
TEXTS = st.text("abc äß%_.", max_size=8)


@st.composite
def declarations(draw, name):
    kind = draw(st.sampled_from(["option", "argument", "flag", "pair", "count"]))
    variable = name.replace("-", "_")
    if kind == "argument":
        nargs = draw(st.sampled_from([1, 2, -1]))
        return "argument", [variable], {"nargs": nargs, "type": draw(st.sampled_from(list(TYPES)))}
    common = {"help": draw(TEXTS)}
    if kind == "flag":
        return "option", [f"--{name}"], common | {"is_flag": True, "default": draw(st.booleans())}
    if kind == "pair":
        return "option", [f"--{name}/--no-{name}"], common | {"default": draw(st.booleans())}
    if kind == "count":
        return "option", [f"--{name}"], common | {"count": True}
    common |= {"type": draw(st.sampled_from(list(TYPES))), "required": draw(st.booleans())}
    common |= {"multiple": draw(st.booleans()), "hidden": draw(st.booleans())}
    common |= {"nargs": draw(st.sampled_from([1, 2]))}
    if common["type"] == "None" and draw(st.booleans()) and not common["multiple"]:
        common |= {"nargs": 1, "default": draw(st.one_of(st.integers(-5, 5), TEXTS.filter(bool)))}
    return "option", [f"--{name}"], common


@st.composite
def programs(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=lambda n: n.replace("-", "")))
    found = [draw(declarations(name)) for name in names]
    several = [d for d in found if d[0] == "argument" and d[2]["nargs"] == -1]
    return [d for d in found if d not in several[1:]]


def source_of(declared):
    lines = ["import click", "@click.command()"]
    for kind, words, given_ in declared:
        shown = [repr(word) for word in words]
        shown += [f"{k}={v if k == 'type' else repr(v)}" for k, v in given_.items()]
        lines.append(f"@click.{kind}({', '.join(shown)})")
    return "\n".join([*lines, "def main(**kwargs): pass", "main()"])


def command_of(declared):
    def main(**kwargs):
        pass

    for kind, words, given_ in reversed(declared):
        real = {k: TYPES[v] if k == "type" else v for k, v in given_.items()}
        main = getattr(click, kind)(*words, **real)(main)
    return click.command()(main)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(declared=programs())
def test_agrees_with_click(tmp_path_factory, declared):
    path = tmp_path_factory.mktemp("agrees") / "prog.py"
    path.write_text(source_of(declared), encoding="utf-8")
    (command,) = read_cli(path)
    real = command_of(declared).params
    assert len(command.arguments) == len(real)
    for ours, parameter in zip(command.arguments, real, strict=True):
        compare(ours, parameter)


def compare(ours, parameter):
    assert ours.name == parameter.name
    assert ours.required == parameter.required
    if isinstance(parameter, click.Option):
        assert list(ours.flags) == list(parameter.opts)
        assert [ours.off_flag or ""] == (list(parameter.secondary_opts) or [""])
        assert (ours.action == "flag") == parameter.is_flag
        if parameter.is_flag:
            assert ours.default.value == parameter.get_default(click.Context(click.Command("x")))
        assert (ours.action == "count") == parameter.count
        assert (ours.action == "append") == parameter.multiple
        assert ours.hidden == parameter.hidden
        assert ours.help == (parameter.help or "").strip()
    else:
        assert ours.positional
    if ours.action in ("value", "append"):
        compare_type(ours, parameter)


def compare_type(ours, parameter):
    kind = parameter.type
    counts = (0 if not parameter.required else 1, None) if parameter.nargs == -1 else None
    assert (ours.minimum, ours.maximum) == (counts or (parameter.nargs, parameter.nargs))
    name = getattr(ours.type, "name", None)
    if isinstance(kind, click.Choice):
        assert ours.choices == tuple(kind.choices)
    elif isinstance(kind, click.Path):
        assert name == ("File" if kind.file_okay else "Directory")
        assert ours.must_exist == kind.exists
    elif isinstance(kind, click.File):
        assert (name, ours.writes) == ("File", True)
    else:
        expected = {"integer": "int", "integer range": "int", "float": "double"}
        assert name == expected.get(kind.name, "double" if "float" in kind.name else None)
    limits = (getattr(kind, "min", None), getattr(kind, "max", None))
    ours_range = (None, None) if ours.range is None else (ours.range.minimum, ours.range.maximum)
    assert ours_range == limits
