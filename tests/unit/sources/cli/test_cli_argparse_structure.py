"""Parsers: how programs put them together."""

import pytest

from apkg.model import Default, Scalar

STACKER = '''
"""Stack Sentinel-2 scenes."""
import argparse
import os
from pathlib import Path

import rasterio

BANDS = {"red": 4, "nir": 8}
METHODS = ("mean", "median")
OUT = os.path.join("results", "stack.tif")
NAME = "stacker"


def add_common(parser):
    parser.add_argument("-v", "--verbose", action="store_true", help="talk")


def build_parser():
    parser = argparse.ArgumentParser(prog=NAME, description=f"{NAME}: stack scenes.")
    parser.add_argument("scenes", nargs="+", type=Path, help="GeoTIFF scenes")
    group = parser.add_argument_group("output")
    group.add_argument("-o", "--output", default=OUT, help="stack (default: %(default)s)")
    for name, number in BANDS.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--method", choices=METHODS, default=METHODS[0])
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--bbox", nargs=4, type=float)
    either.add_argument("--aoi")
    parser.add_argument("--version", action="version", version="%(prog)s 1.4.2")
    add_common(parser)
    return parser


def stack(paths, target):
    with rasterio.open(paths[0]) as source:
        profile = source.profile
    with rasterio.open(target, "w", **profile) as result:
        result.write(0)


def main(argv=None):
    args = build_parser().parse_args(argv)
    stack(args.scenes, args.output)


if __name__ == "__main__":
    main()
'''


def test_a_stacker(command):
    found = command(STACKER, name="stack.py")
    assert (found.words, found.doc, found.version) == (
        ("stacker",),
        "stacker: stack scenes.",
        "1.4.2",
    )
    by_name = {argument.name: argument for argument in found.arguments}
    assert list(by_name) == [
        "scenes", "output", "red", "nir", "method", "bbox", "aoi", "version", "verbose",
    ]  # fmt: skip
    assert by_name["scenes"].type == Scalar("File")
    assert by_name["scenes"].must_exist
    assert by_name["output"].default == Default("results/stack.tif")
    assert by_name["output"].help == "stack (default: results/stack.tif)"
    assert by_name["output"].writes
    assert by_name["nir"].default == Default(8)
    assert by_name["method"].choices == ("mean", "median")
    assert by_name["bbox"].exclusive == by_name["aoi"].exclusive is not None
    assert by_name["red"].exclusive is None


def test_started_by_an_entry_point(command):
    found = command(STACKER.replace('if __name__ == "__main__":\n    main()', ""), function="main")
    assert found.words == ("stacker",)


def test_nobody_calls_main(command):
    assert command(STACKER.replace('if __name__ == "__main__":\n    main()', "")).arguments


def test_sub_commands(command):
    found = command("""
        import argparse
        def common():
            parent = argparse.ArgumentParser(add_help=False)
            parent.add_argument("--threads", type=int, default=2)
            return parent
        parser = argparse.ArgumentParser(description="Tools")
        parser.add_argument("--debug", action="store_true")
        sub = parser.add_subparsers(dest="command", required=True)
        crop = sub.add_parser("crop", help="Crop a scene", parents=[common()], aliases=["c"])
        crop.add_argument("scene")
        for name in ("ndvi", "ndwi"):
            index = sub.add_parser(name, help=f"The {name.upper()}", description="An index")
            index.add_argument("scene")
        args = parser.parse_args()
        """)
    assert [argument.name for argument in found.arguments] == ["debug"]
    assert [inner.words for inner in found.commands] == [
        ("tool.py", "crop"), ("tool.py", "ndvi"), ("tool.py", "ndwi"),
    ]  # fmt: skip
    crop, ndvi, _ = found.commands
    assert [argument.name for argument in crop.arguments] == ["threads", "scene"]
    assert (crop.title, crop.doc) == ("Crop a scene", "Crop a scene")
    assert (ndvi.title, ndvi.doc) == ("The NDVI", "An index")


def test_set_defaults_and_tables_of_arguments(arguments):
    found = arguments("""
        import argparse
        TABLE = [(("-t", "--tile"), {"default": "33UVP", "help": "tile"}), (("--day",), {})]
        parser = argparse.ArgumentParser()
        for flags, settings in TABLE:
            parser.add_argument(*flags, **settings)
        parser.set_defaults(day="2024-05-01")
        parser.parse_args()
        """)
    assert found["tile"].default == Default("33UVP")
    assert found["day"].default == Default("2024-05-01")


def test_a_class_that_is_a_program(arguments):
    found = arguments("""
        import argparse
        class Program:
            TILE = "33UVP"
            def __init__(self):
                self.parser = argparse.ArgumentParser()
                self._declare()
            def _declare(self):
                self.parser.add_argument("--tile", default=self.TILE)
            def run(self):
                self.args = self.parser.parse_args()
                open(self.args.tile)
        if __name__ == "__main__":
            Program().run()
        """)
    assert found["tile"].default == Default("33UVP")
    assert found["tile"].must_exist


def test_a_parser_of_its_own_class(arguments):
    found = arguments("""
        import argparse
        class Parser(argparse.ArgumentParser):
            def __init__(self, **settings):
                super().__init__(description="own", **settings)
                self.add_argument("--scene")
            def with_date(self):
                self.add_argument("--date")
                return self
        Parser(prog="own").with_date().parse_args()
        """)
    assert list(found) == ["scene", "date"]


def test_other_files_of_the_package_are_followed(command):
    found = command(
        "from eo.options import add_options, NAME\nimport argparse\n"
        "parser = argparse.ArgumentParser(prog=NAME)\nadd_options(parser)\nparser.parse_args()\n",
        name="eo/__main__.py",
        files={
            "eo/__init__.py": "",
            "eo/options.py": "NAME = 'eo-tool'\n\ndef add_options(p):\n"
            "    p.add_argument('--tile')\n",
        },
    )
    assert found.words == ("eo-tool",)
    assert found.arguments[0].location.path.endswith("options.py")
    assert found.arguments[0].location.line == 4


def test_the_parser_that_parses_is_the_program(command):
    found = command("""
        import argparse
        unused = argparse.ArgumentParser(description="not this one")
        unused.add_argument("--other")
        early = argparse.ArgumentParser(add_help=False)
        early.add_argument("--config")
        known, rest = early.parse_known_args()
        parser = argparse.ArgumentParser(parents=[early])
        parser.add_argument("--scene")
        parser.parse_args(rest)
        """)
    assert [argument.name for argument in found.arguments] == ["config", "scene"]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("load_settings()['tile']", "not known"),
        ("os.environ.get('TILE', '33UVP')", "environment variable TILE"),
        ("os.environ['TILE']", "environment variable TILE"),
        ("os.path.join(os.path.dirname(__file__), 'x.tif')", "not known"),
        ("datetime.now().isoformat()", "not known"),
        ("'a' if SCALE else 'b'", "a condition"),
    ],
)
def test_what_is_not_known_is_left_out_and_said(read, value, why):
    found = read(f"""
        import argparse, os
        from datetime import datetime
        from settings import load_settings, SCALE
        parser = argparse.ArgumentParser()
        parser.add_argument("--tile", default={value})
        parser.parse_args()
        """)
    (argument,) = found.commands[0].arguments
    assert argument.default is None
    (note,) = found.findings
    assert (note.severity, note.subject, note.location.line) == ("note", "tile", 6)
    assert why in note.message


def test_a_name_that_is_not_known_is_said(read):
    found = read("""
        import argparse, sys
        parser = argparse.ArgumentParser()
        parser.add_argument("--tile")
        for name in sys.modules:
            parser.add_argument(f"--{name}")
        parser.parse_args()
        """)
    assert [argument.name for argument in found.commands[0].arguments] == ["tile"]
    assert found.findings[0].location.line == 6


def test_two_branches_declare_one_argument(command):
    found = command("""
        import argparse, sys
        parser = argparse.ArgumentParser()
        if sys.version_info >= (3, 9):
            parser.add_argument("--mask", action=argparse.BooleanOptionalAction)
        else:
            parser.add_argument("--mask", action="store_true")
        parser.parse_args()
        """)
    (mask,) = found.arguments
    assert mask.off_flag == "--no-mask"


def test_optparse(arguments):
    found = arguments("""
        from optparse import OptionParser
        parser = OptionParser(usage="%prog [options]")
        parser.add_option("-o", "--output", dest="out", default="x.tif", help="to [%default]")
        parser.add_option("-n", type="int", default=3)
        parser.add_option("-q", action="store_false", dest="verbose", default=True)
        options, args = parser.parse_args()
        open(options.out, "w")
        """)
    assert found["out"].help == "to [x.tif]"
    assert found["out"].writes
    assert found["n"].type == Scalar("int")
    assert found["q"].action == "flag"
