"""Constants and code that a default hangs on: followed as Python would have it, or left out."""

import pytest

KNOWN = [
    ("'a' 'b' + 'c'", "abc"),
    ("2 ** 10 // 3 % 100", 41),
    ("-3.5 + abs(-1)", -2.5),
    ("not True or 'x'", "x"),
    ("'y' if 1 < 2 <= 2 else 'n'", "y"),
    ("'b' if 'a' in ('a', 'b') else None", "b"),
    ("f'{3:03d}-{\"a\"!r}'", "003-'a'"),
    ("'%s_%02d' % ('tile', 5)", "tile_05"),
    ("'{}/{name}'.format('a', name='b')", "a/b"),
    ("','.join(['a', 'b']).upper()", "A,B"),
    ("'S2_L2A'.split('_')[1]", "L2A"),
    ("'abcdef'[1:4]", "bcd"),
    ("[1, 2, 3][-1]", 3),
    ("[*[1], 2] + [3]", (1, 2, 3)),
    ("{'a': 1, **{'b': 2}}['b']", 2),
    ("{**dict(a=1), 'a': 3}.get('a')", 3),
    ("sorted({'b', 'a'})", ("a", "b")),
    ("[n * 2 for n in range(3) if n]", (2, 4)),
    ("list({k: v for k, v in zip('ab', [1, 2])}.values())", (1, 2)),
    ("sorted({c for c in 'ba'})", ("a", "b")),
    ("[i for i, _ in enumerate('ab', 1)]", (1, 2)),
    ("[a + b for a in 'xy' for b in '12']", ("x1", "x2", "y1", "y2")),
    ("max(len('abc'), 2)", 3),
    ("str(4) + str(0.5)", "40.5"),
    ("int('7') + round(1.6)", 9),
    ("list(map(str, [1, 2]))", ("1", "2")),
    ("list(reversed([1, 2]))", (2, 1)),
    ("functools.reduce(lambda a, b: a + b, [1, 2, 3])", 6),
    ("(lambda x, y=2: x * y)(4)", 8),
    ("functools.partial(join, 'a')('b')", "a-b"),
    ("os.path.join('out', 'x.tif')", "out/x.tif"),
    ("os.path.basename('out/x.tif')", "x.tif"),
    ("os.path.dirname('out/x.tif') + os.sep", "out/"),
    ("os.getcwd()", "."),
    ("Path('out') / 'x.tif'", "out/x.tif"),
    ("Path('out', 'y').joinpath('x').with_suffix('.tif').as_posix()", "out/y/x.tif"),
    ("Path('out/x.tif').with_name('y').parent.name", "out"),
    ("str(Path('x.tif').stem) + Path('x.tif').suffix", "x.tif"),
    ("textwrap.dedent('  a')", "a"),
    ("Sensor.S2", "sentinel-2"),
    ("Sensor['L8'].value", "landsat-8"),
    ("Sensor('landsat-8').name", "L8"),
    ("Sensor.S2.name if Sensor.S2 is Sensor.S2 else ''", "S2"),
    ("list(Sensor.__members__)[0]", "S2"),
    ("Number.TWO.value", 2),
    ("Names.RED", "red"),
    ("Settings.TILE", "33UVP"),
    ("Settings().tile", "33UVP"),
    ("Settings.make().day()", "2024"),
    ("Settings().plain(2)", 3),
    ("Settings().both", "33UVP-2024"),
    ("Child().tile + Child.TILE", "childT1"),
    ("getattr(Settings, 'TILE')", "33UVP"),
    ("(last := 5) + last", 10),
    ("join.__name__", "join"),
    ("GROWN", (1, 2, 3)),
    ("COUNTED", 6),
    ("str(FIRST) + str(REST)", "1[2, 3]"),
    ("TABLE['b']", 3),
    ("SAME", "x"),
    ("LOOPED", 1),
    ("FOUND", "b"),
    ("either(True)", "yes"),
    ("later()", "set"),
    ("True", True),
]
UNKNOWN = [
    "undefined",
    "cpu_count()",
    "np.pi",
    "DIFFERENT",
    "x if flag() else y",
    "f'{undefined}'",
    "'a' + undefined",
    "[n for n in undefined]",
    "[][3]",
    "{}['a']",
    "1 / 0",
    "int('x')",
    "'{missing}'.format()",
    "__file__",
    "lambda: 3",
    "either(undefined)",
    "{'a': 1}",
    "b'bytes'",
    "Sensor",
    "Path(__file__).parent / 'x'",
    "Path.home() / 'x'",
    "os.environ.get('X', 'y')",
    "join(undefined, 'b')",
    "await_()",
    "'abc'.encode()",
]
PROGRAM = """
import argparse, functools, os, sys, textwrap
from enum import Enum, StrEnum, auto
from pathlib import Path
from multiprocessing import cpu_count
import numpy as np

class Sensor(Enum):
    S2 = "sentinel-2"
    L8 = "landsat-8"

class Number(Enum):
    ONE = auto()
    TWO = auto()

class Names(StrEnum):
    RED = auto()

class Settings:
    TILE = "33UVP"
    def __init__(self):
        self.tile = self.TILE
    @classmethod
    def make(cls):
        return cls()
    @staticmethod
    def plain(x):
        return x + 1
    def day(self):
        return "2024"
    @property
    def both(self):
        return f"{{self.tile}}-{{self.day()}}"

class Child(Settings):
    TILE = "T1"
    def __init__(self):
        super().__init__()
        self.tile = "child"

def join(one, *others, sep="-"):
    return sep.join([one, *others])

def either(value):
    if value:
        return "yes"
    return "no"

def later():
    global LATE
    LATE = "set"
    return LATE

def flag(): return sys.argv

GROWN = [1]
GROWN.append(2)
GROWN += [3]
COUNTED = 0
for number in (1, 2, 3):
    COUNTED += number
FIRST, *REST = 1, 2, 3
TABLE = {{"a": 1}}
TABLE["b"] = 3
TABLE.update(c=4)
try:
    import gdal
    DIFFERENT, SAME = "a", "x"
except ImportError:
    DIFFERENT, SAME = "b", "x"
else:
    pass
finally:
    DONE = True
LOOPED = 0
for LOOPED in range(5):
    if LOOPED == 1:
        break
for FOUND in "ab":
    continue
with open("x") as stream:
    pass
match sys.platform:
    case "linux":
        PLATFORM = 1
while flag():
    break
del DONE
x = y = 1
parser = argparse.ArgumentParser()
parser.add_argument("--value", default={})
parser.parse_args()
"""


@pytest.mark.parametrize(("expression", "value"), KNOWN)
def test_known(arguments, expression, value):
    found = arguments(PROGRAM.format(f"({expression})"))["value"].default
    assert found is not None
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize("expression", UNKNOWN)
def test_not_known_and_said(read, expression):
    found = read(PROGRAM.format(f"({expression})"))
    assert found.commands[0].arguments[0].default is None
    (note,) = found.findings
    assert (note.rule, note.subject) == ("cli.unresolved", "value")
    assert note.location.line == PROGRAM[: PROGRAM.index("parser.add_argument")].count("\n") + 1
