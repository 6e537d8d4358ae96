"""Fire and its kin: functions whose signature is the command line."""

import pytest

from apkg.errors import SourceError
from apkg.model import Default, Scalar

CROP = '''
import fire
import rasterio


def crop(scene: str, bbox: list[float], out="out.tif", scale: float = 1.0, fast=False):
    """Crop a scene.

    It is cut at the box.

    Args:
        scene: Path of the scene.
        bbox (list): The box.
    """
    rasterio.open(scene)
    rasterio.open(out, "w")


def show(scene):
    print(scene)


'''


def test_fire(command):
    found = command(f"{CROP}fire.Fire(crop)\n")
    arguments = {a.name: a for a in found.arguments}
    assert (found.source, found.doc) == ("Fire", "Crop a scene.")
    assert arguments["scene"].flags == ("--scene",)
    assert (arguments["scene"].required, arguments["scene"].type) == (True, Scalar("File"))
    assert (arguments["scene"].help, arguments["bbox"].help) == ("Path of the scene.", "The box.")
    assert (arguments["bbox"].separator, arguments["bbox"].maximum) == (",", None)
    assert (arguments["out"].writes, arguments["out"].default) == (True, Default("out.tif"))
    assert arguments["scale"].type == Scalar("double")
    assert (arguments["fast"].action, arguments["fast"].off_flag) == ("flag", "--nofast")


@pytest.mark.parametrize("target", ["{'crop': crop, 'show': show}", "", "[crop, show]"])
def test_several_functions(command, target):
    found = command(f"{CROP}fire.Fire({target})\n")
    assert [inner.words[-1] for inner in found.commands] == ["crop", "show"]


def test_a_class(command):
    found = command("""
        import fire
        class Tools:
            def crop(self, scene, scale=2): pass
            def _private(self): pass
        fire.Fire(Tools)
        """)
    (crop,) = found.commands
    assert [a.name for a in crop.arguments] == ["scene", "scale"]


def test_a_function_that_is_named(read):
    code = "def main(a: int, b: str = 'x'):\n    pass\n"
    (found,) = read(code, function="main").commands
    assert [(a.name, a.type, a.required) for a in found.arguments] == [
        ("a", Scalar("int"), True), ("b", None, False),
    ]  # fmt: skip
    with pytest.raises(SourceError, match="no command line"):
        read(code)


def test_a_name_that_is_not_there(read):
    with pytest.raises(SourceError, match="there is no 'mian'") as error:
        read("import sys\ndef main(): print(sys.argv[1])", function="mian")
    assert "main" in error.value.hint


def test_what_an_object_is_made_with_stands_before_its_methods(command):
    found = command("""
        import fire
        class Tiles:
            def __init__(self, size=256):
                self.size = size
            def join(self, *tiles, out="mosaic.tif"):
                pass
        fire.Fire(Tiles)
    """)
    assert [(a.flags, a.default) for a in found.arguments] == [(("--size",), Default(256))]
    (join,) = found.commands
    assert [(a.name, a.flags, a.maximum) for a in join.arguments] == [
        ("out", ("--out",), 1), ("tiles", (), None),
    ]  # fmt: skip
