"""Scripts that read ``sys.argv``."""

from apkg.model import Default, Scalar


def test_a_script(command):
    found = command("""\
        '''Crop a scene.'''
        import sys
        import rasterio
        if len(sys.argv) < 3:
            sys.exit("usage: crop.py IN OUT [FACTOR]")
        infile = sys.argv[1]
        outfile = sys.argv[2]
        factor = float(sys.argv[3]) if len(sys.argv) > 3 else 2.5
        with rasterio.open(infile) as source:
            pass
        with rasterio.open(outfile, "w") as result:
            pass
        """)
    infile, outfile, factor = found.arguments
    assert (found.doc, infile.name, infile.location.line) == ("Crop a scene.", "infile", 6)
    assert (infile.type, infile.must_exist, infile.required) == (Scalar("File"), True, True)
    assert (outfile.type, outfile.writes) == (Scalar("File"), True)
    assert (factor.minimum, factor.default, factor.type) == (0, Default(2.5), Scalar("double"))


def test_several_at_once(arguments):
    found = arguments("from sys import argv\nscript, tile, *scenes = argv\n")
    assert {name: a.maximum for name, a in found.items()} == {"tile": 1, "scenes": None}
    found = arguments("import sys\nfor scene in sys.argv[1:]:\n    open(scene)\n")
    assert found["scenes"].maximum is None


def test_a_place_is_named_by_the_function_it_is_handed_to(arguments):
    found = arguments(
        "import sys\ndef crop(scene, factor): open(scene)\ncrop(sys.argv[1], int(sys.argv[2]))\n"
    )
    assert list(found) == ["scene", "factor"]
    assert (found["scene"].must_exist, found["factor"].type) == (True, Scalar("int"))


def test_a_place_without_a_name(arguments):
    found = arguments("import sys\ndef main():\n    work(sys.argv[1], sys.argv[2])\nmain()\n")
    assert list(found) == ["argument_1", "argument_2"]
