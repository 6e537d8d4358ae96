"""What code saves."""

import pytest

PARAMETERS = 'out = "results"\nname = "a"\nscene = "data/s.tif"\nfiles = ["a.tif", "b.tif"]'


@pytest.mark.parametrize(
    ("code", "literal", "media_type"),
    [
        ("open('x.txt', 'w')", "x.txt", "text/plain"),
        ("open('x.txt', mode='ab')", "x.txt", "text/plain"),
        ("rio.open('m.tif', 'w', **p)", "m.tif", "image/tiff; application=geotiff"),
        ("df.to_csv('a.csv')", "a.csv", "text/csv"),
        ("df.groupby('x').mean().to_csv('./ts.dat')", "ts.dat", "application/octet-stream"),
        ("ds.to_netcdf('cube')", "cube", "application/netcdf"),
        ("ds.rio.to_raster('o.tif')", "o.tif", "image/tiff; application=geotiff"),
        ("plt.savefig('p.png', dpi=90)", "p.png", "image/png"),
        ("fig.savefig('plot')", "plot.png", "image/png"),
        ("np.save('a', x)", "a.npy", "application/octet-stream"),
        ("Path('a.json').write_text('{}')", "a.json", "application/json"),
        ("with Path('a.json').open('w') as f: json.dump({}, f)", "a.json", "application/json"),
        ("import joblib\njoblib.dump(m, 'm.pkl')", "m.pkl", "application/octet-stream"),
        ("shutil.copy(src(), 'c.pdf')", "c.pdf", "application/pdf"),
        ("shutil.make_archive('all', 'zip', d)", "all.zip", "application/zip"),
        ("img.save('q.jpg')", "q.jpg", "image/jpeg"),
        (
            "from osgeo import gdal\ngdal.Warp('w.tif', ds)",
            "w.tif",
            "image/tiff; application=geotiff",
        ),
        ("drv.Create('c.tif', 1, 1)", "c.tif", "image/tiff; application=geotiff"),
        ("import cv2\ncv2.imwrite('c.png', a)", "c.png", "image/png"),
    ],
)
def test_a_constant_path(usage, code, literal, media_type):
    (use,) = usage(code).writes
    assert (use.variable, use.literal, use.media_type) == (None, literal, media_type)
    assert use.glob() == literal


@pytest.mark.parametrize("code", ["ds.to_zarr('c.zarr')", "catalog.normalize_and_save('cat')"])
def test_a_folder(usage, code):
    (use,) = usage(code).writes
    assert use.kind == use.target == "directory"


def test_a_path_below_a_folder_variable(usage):
    code = "def path(n):\n    return os.path.join(out, n + '.csv')\ndf.to_csv(path('ts'))"
    (use,) = usage(PARAMETERS, code).writes
    assert (use.variable, use.kind, use.target) == ("out", "directory", "file")
    assert (use.below, use.literal) == ("ts.csv", "results/ts.csv")
    assert (use.glob(), use.glob(["out"])) == ("results/ts.csv", "*/ts.csv")


def test_a_name_that_hangs_on_a_variable(usage):
    (use,) = usage(PARAMETERS, "plt.savefig(f'{name}_[1].png')").writes
    assert (use.variable, use.literal, use.depends) == (None, "a_[1].png", ("name",))
    assert (use.glob(), use.glob(["name"])) == ("a_[[]1].png", "*_[[]1].png")


@pytest.mark.parametrize(
    "code",
    [
        "for i in range(3): plt.savefig(f'fig_{i}.png')",
        "i = 0\nwhile i < 3:\n    plt.savefig('fig_' + str(i) + '.png')\n    i += 1",
        "for f in files: plt.savefig('fig_%s.png' % Path(f).stem)",
        "for f in files: plt.savefig('fig_' + f.replace('.tif', '.png'))",
    ],
)
def test_a_loop_writes_many(usage, code):
    (use,) = usage(PARAMETERS, code).writes
    assert (use.literal, use.glob(["files"]), use.array) == (None, "fig_*.png", True)


def test_a_file_named_after_an_input_is_not_that_input(usage):
    (use,) = usage(PARAMETERS, "rio.open(Path(scene).stem + '_mask.tif', 'w')").writes
    assert (use.variable, use.literal) == (None, "s_mask.tif")
    assert use.glob(["scene"]) == "*_mask.tif"


def test_a_list_that_grows_holds_what_was_appended(usage):
    code = "made = []\nfor f in files:\n    made.append(f'{out}/x.tif')\nrio.open(made[0], 'w')"
    (use,) = usage(PARAMETERS, code).writes
    assert (use.variable, use.below) == ("out", "x.tif")


def test_a_folder_made_counts_if_something_is_saved_in_it(usage):
    found = usage(
        PARAMETERS, "os.makedirs(out)\nos.mkdir('empty')\nplt.savefig(out + '/a.png')"
    ).writes
    assert [use.call for use in found] == ["os.makedirs", "matplotlib.pyplot.savefig"]
    assert found[0].variable == "out"


@pytest.mark.parametrize(
    "code",
    [
        "text = df.to_csv()",
        "df.to_csv(buffer())",
        "import tempfile\nwith tempfile.TemporaryDirectory() as t: open(t + '/x.txt', 'w')",
        "model.save()",
        "f.save(name)",
        "open('/dev/null', 'w')",
        "def save(n): plt.savefig(n + '.png')",
    ],
)
def test_what_is_no_result_is_not_claimed(usage, code):
    assert usage(PARAMETERS, code).writes == ()
