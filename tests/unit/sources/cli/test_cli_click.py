"""Click programs."""

import pytest

from apkg.model import Default, Range, Scalar

CLIP = '''
"""Clip STAC items."""
import functools
import os
from enum import Enum

import click
import rasterio

LEVELS = ["L1C", "L2A"]
DEFAULT_BAND = "red"
common_options = [
    click.option("-v", "--verbose", count=True, help="Talk."),
    click.option("--nodata", type=float, default=0.0, show_default=True),
]


def add_options(options):
    def _add(function):
        for option in reversed(options):
            function = option(function)
        return function
    return _add


def with_threads(function):
    @click.option("--threads", type=click.IntRange(1, 8), default=2)
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("1.2.3")
@click.option("--debug/--no-debug", default=False, envvar="DEBUG")
@click.pass_context
def cli(ctx, debug):
    """Tools for scenes.

    \\b
    Kept as it is
    \\f
    Not for the help.
    """


@cli.command("clip", short_help="Clip items")
@click.argument("items", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "--output", "target", type=click.Path(), required=True, help="Where to write.")
@click.option("--level", type=click.Choice(LEVELS), default=LEVELS[1])
@click.option("--bbox", nargs=4, type=float, metavar="W S E N")
@click.option("--band", multiple=True, default=[DEFAULT_BAND])
@click.option("--cloud", type=click.FloatRange(0, 100), help="Percent.")
@click.option("--since", type=click.DateTime(formats=["%Y-%m-%d"]))
@click.option("--secret", hidden=True)
@with_threads
@add_options(common_options)
def clip(items, target, level, bbox, band, cloud, since, secret, threads, verbose, nodata):
    """Clip the items."""
    for item in items:
        with rasterio.open(item):
            pass
    with rasterio.open(target, "w") as result:
        result.write(0)


@click.command()
@click.argument("outdir")
@click.argument("catalogue", type=click.File())
@click.option("--fetch/--no-fetch", " /-N", default=True)
def make_catalogue(outdir, catalogue, fetch):
    """Make a catalogue."""
    os.makedirs(outdir)


cli.add_command(make_catalogue)

if __name__ == "__main__":
    cli()
'''


def by_name(command):
    return {argument.name: argument for argument in command.arguments}


def test_a_group(command):
    found = command(CLIP, name="clip.py")
    assert (found.words, found.version) == (("clip.py",), "1.2.3")
    assert found.doc == "Tools for scenes.\n\n\nKept as it is"
    assert by_name(found)["debug"].off_flag == "--no-debug"
    assert [inner.words[-1] for inner in found.commands] == ["clip", "make-catalogue"]
    assert found.commands[0].title == "Clip items"


def test_the_parameters_of_a_command(command):
    found = by_name(command(CLIP).commands[0])
    assert list(found) == [
        "items", "target", "level", "bbox", "band", "cloud", "since", "secret", "threads",
        "verbose", "nodata",
    ]  # fmt: skip
    items, target = found["items"], found["target"]
    assert (items.minimum, items.maximum, items.type) == (1, None, Scalar("File"))
    assert items.must_exist
    assert (target.flags, target.required, target.writes) == (("-o", "--output"), True, True)
    assert target.type == Scalar("File")
    assert (found["level"].choices, found["level"].default) == (("L1C", "L2A"), Default("L2A"))
    assert (found["bbox"].minimum, found["bbox"].maximum) == (4, 4)
    assert (found["band"].action, found["band"].default) == ("append", Default(("red",)))
    assert found["cloud"].range == Range(minimum=0, maximum=100)
    assert found["since"].semantics == "date"
    assert found["secret"].hidden
    assert found["threads"].range == Range(minimum=1, maximum=8)
    assert (found["verbose"].action, found["nodata"].type) == ("count", Scalar("double"))


def test_what_the_function_does_with_them(command):
    found = by_name(command(CLIP).commands[1])
    assert (found["outdir"].type, found["outdir"].writes) == (Scalar("Directory"), True)
    assert (found["catalogue"].type, found["catalogue"].must_exist) == (Scalar("File"), True)
    assert (found["fetch"].flags, found["fetch"].off_flag) == (("--fetch",), "--no-fetch")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("'--out', type=click.Path(exists=True, file_okay=False)", {"type": Scalar("Directory")}),
        ("'--out', type=click.Path(file_okay=True, dir_okay=True)", {"metavar": "PATH"}),
        ("'--out', type=click.Path(writable=True, dir_okay=False)", {"writes": True}),
        ("'--out', type=click.File('wb')", {"writes": True, "type": Scalar("File")}),
        ("'--out', type=click.File('w'), default='-'", {"writes": True, "default": None}),
        ("'--n', type=click.IntRange(min=0, min_open=True)", {"range": Range(minimum=1)}),
        ("'--n', type=click.FloatRange(0, 1, max_open=True)", {"range": Range(minimum=0)}),
        ("'--n', type=click.INT", {"type": Scalar("int")}),
        ("'--n', default=3", {"type": Scalar("int"), "default": Default(3)}),
        ("'--n', default=0.5", {"type": Scalar("double")}),
        ("'--n', type=(float, float)", {"minimum": 2, "maximum": 2, "type": Scalar("double")}),
        ("'--flag', is_flag=True", {"action": "flag", "default": Default(value=False)}),
        ("'--flag', type=bool", {"action": "value", "choices": ("true", "false")}),
        ("'--up', 'case', flag_value='up'", {"name": "up", "action": "flag", "exclusive": "case"}),
        ("'--name', prompt=True", {"required": True}),
        ("'--Big-Name'", {"name": "big_name", "flags": ("--Big-Name",)}),
        ("'-s', '--long-one', '--x'", {"name": "long_one"}),
        ("'--ask', is_flag=True, is_eager=True, expose_value=False", {"action": "info"}),
    ],
)
def test_options(arguments, call, expected):
    start = f"import click\n@click.command()\n@click.option({call})\n"
    (found,) = arguments(f"{start}def main(**kwargs):\n    pass\nmain()").values()
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_choice_made_of_an_enum_and_keyword_settings(arguments):
    found = arguments("""
        import enum
        import rich_click as click
        class Sensor(str, enum.Enum):
            S2 = "sentinel-2"
            L8 = "landsat-8"
        SETTINGS = dict(type=click.Choice([s.value for s in Sensor]), default=Sensor.S2.value)
        @click.command
        @click.option("--sensor", **SETTINGS)
        def main(sensor):
            pass
        """)
    assert found["sensor"].choices == ("sentinel-2", "landsat-8")
    assert found["sensor"].default == Default("sentinel-2")


def test_several_programs_in_one_file(read):
    code = """
        import click
        @click.command()
        @click.option("--a")
        def first(a): pass
        @click.command("two")
        @click.option("--b")
        def second(b): pass
        """
    found = read(code).commands
    assert [command.words for command in found] == [("first",), ("two",)]
    (chosen,) = read(code, function="tool:second").commands
    assert (chosen.words, chosen.arguments[0].name) == (("tool.py",), "b")


def test_objects_instead_of_decorators(command):
    found = command("""
        import click
        def run(tile): pass
        crop = click.Command("crop", callback=run, params=[click.Option(["-t", "--tile"])])
        cli = click.Group("tools", commands={"crop": crop})
        cli()
        """)
    assert found.commands[0].words == ("tool.py", "crop")
    assert found.commands[0].arguments[0].flags == ("-t", "--tile")


def test_a_decorator_of_elsewhere_is_said(read):
    found = read("""
        import click
        from company.cli import common_options
        @click.command()
        @common_options
        @click.option("--a")
        def main(a): pass
        """)
    assert [argument.name for argument in found.commands[0].arguments] == ["a"]
    assert found.findings[0].rule == "cli.decorator"
    assert "common_options" in found.findings[0].message


def test_locations_are_the_lines_of_the_decorators(command):
    found = command("import click\n@click.command()\n@click.option('--a')\n@click.option('--b')\n"
                    "def main(a, b): pass\n")  # fmt: skip
    assert [argument.location.line for argument in found.arguments] == [3, 4]
