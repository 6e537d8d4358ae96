"""The STAC catalogue that the launcher writes: what of the results becomes which item."""

import hashlib
import json

import pystac
import pytest
from catalogues import catalogue_of, loaded, raster

from apkg.model import ArrayType, Default, Input, Output, Scalar

FILE, TEXT, FOLDER = Scalar("File"), Scalar("string"), Scalar("Directory")


@pytest.fixture
def results(tmp_path, monkeypatch):
    """The folder of the results, beside an executed notebook."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo.executed.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "results").mkdir()
    return tmp_path / "results"


@pytest.fixture
def items(results):
    """Write the catalogue, and give its items by id, in their order."""

    def call(inputs=(), outputs=(), **parameters):
        loaded(inputs, outputs).write_catalogue(parameters)
        return {item.id: item for item in catalogue_of(results).get_items()}

    return call


def test_one_raster_takes_everything_else_along(results, items):
    raster(results / "mask.tif")
    (results / "mask.tif.aux.xml").write_text("<a/>")
    (results / "mask.png").write_bytes(b"png")
    (results / "mask_quicklook.jpg").write_bytes(b"jpeg")
    (results / "areas.csv").write_text("a,b\n")
    (results / ".ipynb_checkpoints").mkdir()
    (results / ".ipynb_checkpoints" / "mask.tif").write_bytes(b"")
    (item,) = items().values()
    assert item.id == "demo-mask"
    found = {key: (asset.href, asset.media_type, asset.roles) for key, asset in item.assets.items()}
    assert found == {
        "data": ("../mask.tif", "image/tiff; application=geotiff", ["data"]),
        "thumbnail": ("../mask.png", "image/png", ["thumbnail"]),
        "mask.tif.aux.xml": ("../mask.tif.aux.xml", "application/xml", ["metadata"]),
        "mask_quicklook.jpg": ("../mask_quicklook.jpg", "image/jpeg", ["thumbnail"]),
        "areas.csv": ("../areas.csv", "text/csv", ["data"]),
        "executed_notebook": (
            "../demo.executed.ipynb",
            "application/x-ipynb+json",
            ["metadata"],
        ),
    }
    assert (results / "demo.executed.ipynb").exists()
    assert not (results.parent / "demo.executed.ipynb").exists()


def test_files_say_their_size_and_checksum(results, items):
    path = raster(results / "mask.tif")
    (item,) = items().values()
    extra = item.assets["data"].extra_fields
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert extra == {"file:checksum": f"1220{digest}", "file:size": path.stat().st_size}


def test_rasters_of_different_systems_each_lie_where_they_say(results, items):
    raster(results / "utm.tif")
    raster(results / "plain.tif", crs="EPSG:4326", west=10, north=50, pixel=0.1)
    raster(results / "polar.tif", crs="EPSG:3413", west=500_000, north=-1_000_000, pixel=1000)
    found = items()
    assert list(found) == ["demo-plain", "demo-polar", "demo-utm", "demo"]
    assert found["demo-plain"].bbox == [10, 48, 13, 50]
    assert len(found["demo-plain"].geometry["coordinates"][0]) == 5
    codes = {name: item.properties.get("proj:code") for name, item in found.items()}
    assert codes["demo-utm"] == "EPSG:32633"
    assert codes["demo-polar"] == "EPSG:3413"
    assert found["demo-utm"].properties["proj:shape"] == [20, 30]
    assert found["demo-utm"].properties["proj:transform"] == [10, 0, 500_000, 0, -10, 5_000_000]
    west, south, east, north = found["demo-utm"].bbox
    assert (west, east) == pytest.approx((15.0, 15.0038), abs=1e-4)
    assert (south, north) == pytest.approx((45.1518, 45.1536), abs=1e-3)
    # What is of no raster lies where they all do.
    assert found["demo"].bbox[0] < 0 < found["demo"].bbox[2]
    assert list(found["demo"].assets) == ["executed_notebook"]


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_without_a_system_there_is_no_footprint(results, items, capsys):
    raster(results / "plain.tif", crs=None)
    (item,) = items().values()
    assert item.geometry is None
    assert item.bbox is None
    assert "plain.tif has no coordinate reference system" in capsys.readouterr().err


def test_what_is_no_raster_is_described_and_said(results, items, capsys):
    (results / "broken.tif").write_bytes(b"II*\0")
    (item,) = items().values()
    assert item.geometry is None
    assert list(item.assets) == ["data", "executed_notebook"]
    assert "the place of broken.tif cannot be read" in capsys.readouterr().err


def test_no_rasters(results, items):
    (results / "table.csv").write_text("a\n")
    (item,) = items().values()
    assert item.id == "demo"
    assert sorted(item.assets) == ["executed_notebook", "table.csv"]
    assert item.datetime is not None


def test_nothing_written_at_all(items):
    (item,) = items().values()
    assert list(item.assets) == ["executed_notebook"]


def test_names_with_spaces_and_of_any_language(results, items):
    names = ["water mask.tif", "Überflutung 1.tif", "洪水.tif", "a#b%20c.tif"]
    for name in names:
        raster(results / name)
    found = items()
    assert list(found) == [
        "demo-a-b-20c",
        "demo-water-mask",
        "demo-Uberflutung-1",
        "demo",
        "demo-2",
    ]
    hrefs = [item.assets["data"].href for item in list(found.values())[:4]]
    assert hrefs == [
        "../a%23b%2520c.tif",
        "../water mask.tif",
        "../Überflutung 1.tif",
        "../洪水.tif",
    ]


def test_nested_folders(results, items):
    raster(results / "2024" / "may" / "mask.tif")
    raster(results / "2024" / "june" / "mask.tif")
    (results / "2024" / "june" / "mask.json").write_text("{}")
    found = items()
    assert list(found) == ["demo-2024-june-mask", "demo-2024-may-mask", "demo"]
    june = found["demo-2024-june-mask"]
    assert [asset.href for asset in june.assets.values()] == [
        "../2024/june/mask.tif",
        "../2024/june/mask.json",
    ]


def test_a_folder_of_the_notebook_is_not_written_over(results, items):
    raster(results / "demo-mask" / "demo-mask.tif")
    (results / "demo-mask" / "demo-mask.json").write_text("[1]")
    raster(results / "mask.tif")
    found = items()
    assert set(found) == {"demo-mask-2", "demo-mask-demo-mask", "demo"}
    assert (results / "demo-mask" / "demo-mask.json").read_text() == "[1]"


def test_a_catalogue_of_the_notebook_is_kept(results, capsys):
    raster(results / "mask.tif")
    (results / "catalog.json").write_text("{}")
    loaded().write_catalogue({})
    assert (results / "catalog.json").read_text() == "{}"
    assert "of its own, which is kept" in capsys.readouterr().err


def test_declared_outputs_name_their_assets(results, items):
    outputs = [
        Output(id="mask", type=FILE, label="Mask", doc="Water is 1", named_by="name"),
        Output(id="tiles", type=ArrayType(FILE), glob="tiles/*.nothing"),
        Output(id="stats", type=FILE, label="Figures", glob="*.json", media_types=("text/x-own",)),
    ]
    inputs = [Input(id="name", type=TEXT, default=Default("x.tif"), variable="file")]
    raster(results / "x.tif")
    (results / "s.json").write_text("{}")
    (item,) = items(inputs, outputs).values()
    assert item.properties["title"] == "Mask"
    assert item.properties["description"] == "Water is 1"
    assert list(item.assets) == ["mask", "executed_notebook", "stats"]
    assert item.assets["stats"].media_type == "text/x-own"
    assert item.assets["stats"].title == "Figures"


def test_a_declared_output_that_is_missing_fails_the_run(results):
    raster(results / "other.tif")
    made = loaded(outputs=[Output(id="mask", type=FILE, glob="mask.tif")])
    with pytest.raises(made.StopError, match=r"has not written mask\.tif, .* mask; .*other\.tif"):
        made.write_catalogue({})
    assert not (results / "catalog.json").exists()
    optional = loaded(outputs=[Output(id="mask", type=FILE, glob="mask.tif", optional=True)])
    optional.write_catalogue({})


def test_what_of_a_cloud_optimised_geotiff_is_said(results, items):
    raster(results / "mask.tif", driver="COG")
    (item,) = items().values()
    assert item.assets["data"].media_type == pystac.MediaType.COG


def test_geojson_lies_where_its_positions_are(results, items):
    shape = {"type": "LineString", "coordinates": [[1, 2, 9], [3, 4, 9]]}
    feature = {"type": "Feature", "properties": {"coordinates": [99, 99]}, "geometry": shape}
    collection = {"type": "FeatureCollection", "features": [feature]}
    (results / "lines.geojson").write_text(json.dumps(collection))
    (item,) = items().values()
    assert item.bbox == [1, 2, 3, 4]


def test_netcdf_and_hdf_by_their_first_variable(results, items):
    netcdf4 = pytest.importorskip("netCDF4")
    with netcdf4.Dataset(results / "cube.nc", "w") as cube:
        for name, values, unit in (("lat", [50, 49, 48], "north"), ("lon", [10, 11, 12], "east")):
            cube.createDimension(name, 3)
            cube.createVariable(name, "f8", (name,))[:] = values
            cube[name].units = f"degrees_{unit}"
            cube[name].standard_name = {"lat": "latitude", "lon": "longitude"}[name]
        for name in ("a", "b"):
            cube.createVariable(name, "f4", ("lat", "lon"))[:] = 1
        cube.time_coverage_start = "2024-05-01"
        cube.time_coverage_end = "2024-05-31T12:00:00Z"
    (item,) = items().values()
    assert item.bbox == [9.5, 47.5, 12.5, 50.5]
    assert item.properties["start_datetime"] == "2024-05-01T00:00:00Z"
    assert item.properties["end_datetime"] == "2024-05-31T12:00:00Z"


def test_same_run_same_bytes(results, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    raster(results / "mask.tif")
    texts = []
    for _ in range(2):
        (results.parent / "demo.executed.ipynb").write_text("{}", encoding="utf-8")
        loaded().write_catalogue({})
        written = [results / "catalog.json", results / "demo-mask" / "demo-mask.json"]
        texts.append([path.read_bytes() for path in written])
        for path in written:
            path.unlink()
    assert texts[0] == texts[1]
    assert json.loads(texts[0][1])["properties"]["datetime"] == "2023-11-14T22:13:20Z"
