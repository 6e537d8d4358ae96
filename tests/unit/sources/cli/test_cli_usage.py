"""What the code does with its arguments."""

import pytest

from apkg.model import Scalar

FILE, FOLDER = Scalar("File"), Scalar("Directory")


@pytest.mark.parametrize(
    ("body", "kind", "writes", "must_exist"),
    [
        ("open(args.x)", FILE, False, True),
        ("open(args.x, 'w')", FILE, True, False),
        ("rasterio.open(args.x)", FILE, False, True),
        ("rasterio.open(args.x, 'w', driver='GTiff')", FILE, True, False),
        ("os.makedirs(args.x, exist_ok=True)", FOLDER, True, False),
        ("Path(args.x).mkdir(parents=True)", FOLDER, True, False),
        ("os.listdir(args.x)", FOLDER, False, True),
        ("rasterio.open(os.path.join(args.x, 'B04.tif'))", FOLDER, False, True),
        ("rasterio.open(f'{args.x}/out.tif', 'w')", FOLDER, True, False),
        ("df.to_csv(args.x)", FILE, True, False),
        ("shutil.copy('a.tif', args.x)", FILE, True, False),
        ("plt.savefig(args.x)", FILE, True, False),
        ("xr.open_dataset(vars(args)['x'])", FILE, False, True),
        ("print(args.x)", None, False, False),
        ("pystac.read_file(args.x)", None, False, False),
        ("os.makedirs(os.path.dirname(args.x))", None, False, False),
    ],
)
def test_uses(arguments, body, kind, writes, must_exist):
    found = arguments(f"""
        import argparse, os, shutil
        from pathlib import Path
        import rasterio, pystac, xarray as xr, matplotlib.pyplot as plt
        def main():
            parser = argparse.ArgumentParser()
            parser.add_argument("--x")
            args = parser.parse_args()
            df = object()
            {body}
        main()
        """)["x"]
    assert (found.type, found.writes, found.must_exist) == (kind, writes, must_exist)


@pytest.mark.parametrize(
    ("function", "call"),
    [
        ("def work(options):\n    open(options.x, 'w')", "work(args)"),
        ("def work(path):\n    open(path, 'w')", "work(args.x)"),
        ("def work(x, **others):\n    open(x, 'w')", "work(**vars(args))"),
        ("def save(path):\n    open(path, 'w')\ndef work(out):\n    save(out)", "work(args.x)"),
        ("class A:\n    def run(self, args):\n        open(args.x, 'w')", "A().run(args)"),
    ],
)
def test_uses_inside_of_functions(arguments, function, call):
    found = arguments(
        f"import argparse\n{function}\np = argparse.ArgumentParser()\n"
        f"p.add_argument('--x')\nargs = p.parse_args()\n{call}\n"
    )["x"]
    assert (found.type, found.writes) == (FILE, True)


def test_a_declaration_is_not_contradicted(arguments):
    found = arguments("""
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument("--n", type=int)
        parser.add_argument("--mode", choices=["r", "w"])
        parser.add_argument("--scene", type=argparse.FileType("r"))
        args = parser.parse_args()
        open(args.n); open(args.mode); open(args.scene, "w")
        """)
    assert found["n"].type == Scalar("int")
    assert not found["n"].must_exist
    assert not found["mode"].must_exist
    assert (found["scene"].must_exist, found["scene"].writes) == (True, False)


def test_text_that_the_code_converts(arguments):
    found = arguments("""
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument("--n", default="3")
        parser.add_argument("--bands", default="red,nir")
        args = parser.parse_args()
        n = int(args.n)
        bands = args.bands.split(",")
        """)
    assert (found["n"].type, found["n"].default.value) == (Scalar("int"), 3)
    assert (found["bands"].separator, found["bands"].maximum) == (",", None)


def test_functions_of_another_file(arguments):
    found = arguments(
        "import argparse\nfrom work import crop\np = argparse.ArgumentParser()\n"
        "p.add_argument('--x')\nargs = p.parse_args()\ncrop(args.x)\n",
        files={"work.py": "import rasterio\ndef crop(path):\n    rasterio.open(path, 'w')\n"},
    )
    assert found["x"].writes
