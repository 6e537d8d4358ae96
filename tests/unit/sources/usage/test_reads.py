"""What code opens."""

import pytest

PARAMETERS = (
    'scene = "data/s.tif"\nfolder = "in"\nfiles = ["a.tif", "b.tif"]\nred = None\nnir = None'
)


@pytest.mark.parametrize(
    "code",
    [
        "rio.open(scene)",
        "with rasterio.open(scene) as src: src.read()",
        "from rasterio import open as o\no(scene)",
        "open(scene, 'rb')",
        "p = Path(scene)\nrio.open(p)",
        "rio.open(str(Path(scene).resolve()))",
        "rio.open(f'{scene}')",
        "rio.open('%s' % scene)",
        "rio.open('{}'.format(scene))",
        "Path(scene).read_bytes()",
        "Path(scene).open()",
        "import xarray\nxarray.open_dataset(filename_or_obj=scene)",
        "from osgeo import gdal\ngdal.Open(scene)",
        "from PIL import Image\nImage.open(scene)",
        "def load(path): return rio.open(path)\nload(scene)",
        "def load(path): return rio.open(path)\nload(path=scene)",
        "def load(path=scene): return rio.open(path)\nload()",
        "def load():\n    return rio.open(scene)\nload()",
        "def g(p): return rio.open(p)\ndef f(q): return g(q)\nf(scene)",
        "x = [rio.open(p) for p in [scene]]",
        "async def f():\n    async with a: rio.open(scene)",
        "class A:\n    def f(self): return rio.open(scene)",
        "(lambda: rio.open(scene))()",
    ],
)
def test_a_variable_that_is_opened_is_a_file(usage, code):
    (use,) = usage(PARAMETERS, code).reads
    assert (use.variable, use.literal, use.kind, use.array) == (
        "scene",
        "data/s.tif",
        "file",
        False,
    )
    assert use.media_type == "image/tiff; application=geotiff"
    assert use.cell == 2


@pytest.mark.parametrize(
    ("code", "below"),
    [
        ("rio.open(os.path.join(folder, 'x.tif'))", "x.tif"),
        ("rio.open(folder + '/x.tif')", "x.tif"),
        ("rio.open(f'{folder}/x.tif')", "x.tif"),
        ("rio.open(Path(folder) / 'sub' / 'x.tif')", "sub/x.tif"),
        ("d = Path(folder)\nrio.open(d.joinpath('x.tif'))", "x.tif"),
        ("glob.glob(folder + '/*.tif')", "*.tif"),
        ("sorted(Path(folder).glob('*.tif'))", "*.tif"),
        ("for f in sorted(glob.glob(f'{folder}/*.tif')): pass", "*.tif"),
        ("p = [f'{folder}/{b}.tif' for b in bands]\nfor f in p: rio.open(f)", "*.tif"),
    ],
)
def test_a_path_below_a_variable_makes_it_a_folder(usage, code, below):
    use = usage(PARAMETERS, code).reads[0]
    assert (use.variable, use.kind, use.below) == ("folder", "directory", below)
    assert use.media_type == "image/tiff; application=geotiff"


@pytest.mark.parametrize(
    "code",
    ["os.listdir(folder)", "list(Path(folder).iterdir())", "for r, d, f in os.walk(folder): pass"],
)
def test_a_folder_that_is_listed(usage, code):
    (use,) = usage(PARAMETERS, code).reads
    assert (use.variable, use.literal, use.kind) == ("folder", "in", "directory")
    assert (use.below, use.media_type) == (None, "application/directory")


@pytest.mark.parametrize(
    "code",
    [
        "for f in files: rio.open(f)",
        "x = [rio.open(f).read() for f in files]",
        "for i, f in enumerate(sorted(files)): rio.open(f)",
        "def load(p): return rio.open(p)\nx = [load(f) for f in files]",
        "def load(p): return rio.open(p)\nlist(map(load, files))",
        "def load(ps):\n    for p in ps: rio.open(p)\nload(files)",
        "rio.open(files[0])",
        "xr.open_mfdataset(files)",
    ],
)
def test_a_loop_over_a_variable_makes_it_an_array_of_files(usage, code):
    (use,) = usage(PARAMETERS, code).reads
    assert (use.variable, use.kind, use.array) == ("files", "file", True)


def test_a_loop_over_variables_opens_each_of_them(usage):
    found = usage(PARAMETERS, "x = [rio.open(b).read(1) for b in (red, nir)]").reads
    assert [use.variable for use in found] == ["red", "nir"]
    assert not any(use.array for use in found)


def test_an_annotated_variable_without_value_and_one_nobody_assigns(usage):
    found = usage("scene: CWLFilePathInput", "open(scene)\nopen(injected)").reads
    assert [use.variable for use in found] == ["scene", "injected"]


def test_the_value_of_a_repo2cli_cell(usage):
    code = "dem = dict([('id', 'dem'), ('value', 'dem.tif'), ('type', 'File')])"
    (use,) = usage(code, "rio.open(dem['value'])").reads
    assert (use.variable, use.literal) == ("dem", "dem.tif")


@pytest.mark.parametrize(
    "code",
    [
        "scene = fetch()\nrio.open(scene)",
        "if x:\n    scene = fetch()\nrio.open(scene)",
        "for scene in fetch(): rio.open(scene)",
        "with fetch() as scene: rio.open(scene)",
        "f = lambda scene: rio.open(scene)",
        "def load(scene): return rio.open(scene)",
        "open(0)",
        "match fetch():\n    case [scene, *rest]: rio.open(scene)",
        "pd.read_json('{\"a\": [1]}\\n')",
        "webbrowser.open('x.html')",
        "import webbrowser\nwebbrowser.open('x.html')",
        "def open(x): return x\nopen('x.csv')",
    ],
)
def test_what_is_unknown_is_not_claimed(usage, code):
    assert usage(PARAMETERS, code).reads == ()


def test_another_constant_is_no_longer_the_variable(usage):
    (use,) = usage(PARAMETERS, "scene = 'other.tif'\nrio.open(scene)").reads
    assert (use.variable, use.literal) == (None, "other.tif")


def test_a_default_put_in_for_none_leaves_the_variable(usage):
    found = usage(PARAMETERS, "if red is None:\n    red = 'r.tif'\nrio.open(red)").reads
    assert [(use.variable, use.literal) for use in found] == [("red", None), (None, "r.tif")]


def test_a_read_of_what_was_written_before_is_marked(usage):
    code = "open('a.json', 'w')\nopen('a.json')\nopen('b.json')\nopen('b.json', 'w')"
    assert [(use.literal, use.own) for use in usage(code).reads] == [
        ("a.json", True),
        ("b.json", False),
    ]
