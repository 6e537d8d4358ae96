"""docopt: the text is the definition."""

import pytest

from apkg.model import Default, Scalar

STACKER = '''
"""Stacks scenes.

Usage:
  stacker.py stack [options] <scene>... --output=<file>
  stacker.py (crop | clip) <scene> [<bbox>]
  stacker.py -h | --help

Options:
  -h --help                  Show this.
  -o FILE --output=FILE      Where to write.
  -m METHOD --method=METHOD  Method [default: mean].
  --threads=N                Threads
                             to use [default: 2].
  -v                         Talk.
"""
from docopt import docopt
import rasterio

args = docopt(__doc__, version="stacker 1.0")
threads = int(args["--threads"])
for scene in args["<scene>"]:
    rasterio.open(scene)
rasterio.open(args["--output"], "w")
'''


def test_sub_commands(command):
    found = command(STACKER)
    assert (found.doc, found.version, found.arguments) == ("Stacks scenes.", "1.0", ())
    assert [inner.words[-1] for inner in found.commands] == ["stack", "crop", "clip"]


def test_arguments(command):
    found = {a.name: a for a in command(STACKER).commands[0].arguments}
    scene, output = found["scene"], found["output"]
    assert (scene.maximum, scene.required, scene.type) == (None, True, Scalar("File"))
    assert (output.flags, output.required, output.writes) == (("-o", "--output"), True, True)
    assert (found["method"].default, found["method"].help) == (Default("mean"), "Method")
    assert (found["threads"].default, found["threads"].type) == (Default(2), Scalar("int"))
    assert found["threads"].help == "Threads to use"
    assert found["v"].action == "flag"
    assert found["help"].action == "info"
    assert (found["method"].location.line, scene.location.line) == (12, 5)
    crop = {a.name: a for a in command(STACKER).commands[1].arguments}
    assert (crop["bbox"].required, crop["bbox"].minimum) == (False, 0)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ("prog <a> [<b>]", {"a": True, "b": False}),
        ("prog (--x=<n> | --y=<n>) FILE", {"x": False, "y": False, "file": True}),
        ("prog [--x=<n>] FILE...", {"x": False, "file": True}),
        ("prog --x=<n>", {"x": True}),
    ],
)
def test_patterns(arguments, usage, expected):
    code = f'"""Tool.\n\nUsage: {usage}\n"""\nimport docopt\ndocopt.docopt(__doc__)\n'
    assert {name: a.required for name, a in arguments(code).items()} == expected


WAYS = '''
"""Usage:
  tool.py -n <count> -o <file>
  tool.py [options] crop <mask>
  tool.py list
  tool.py <project>

Options:
  -n <count>       How many.
  -o <file>        Where to write.
  --mask=FN        A mask.
"""
from docopt import docopt
docopt(__doc__)
'''


def test_each_way_to_call_it_has_what_it_names(command):
    found = {c.words[1:]: [(a.name, bool(a.flags)) for a in c.arguments]
             for c in command(WAYS).commands}  # fmt: skip
    assert found == {
        ("crop",): [("n", True), ("o", True), ("mask", True), ("mask", False)],
        ("list",): [],
        (): [("n", True), ("o", True), ("project", False)],
    }
