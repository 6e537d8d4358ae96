"""Footprints as GDAL tells them, where rasterio is not installed: the same as with it."""

import importlib
import os
import shutil

import pytest
from catalogues import loaded, raster


@pytest.fixture
def made(monkeypatch):
    """The launcher where Python has neither rasterio nor GDAL."""

    def without(name):
        if name.partition(".")[0] in ("rasterio", "osgeo"):
            raise ImportError(name)
        return real(name)

    real, module = importlib.import_module, loaded()
    monkeypatch.setattr(module.importlib, "import_module", without)
    return module


@pytest.mark.skipif(
    shutil.which("gdalinfo") is None and not os.environ.get("CI"), reason="gdalinfo is missing"
)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"crs": "EPSG:4326", "west": -180, "north": 90, "pixel": 9},
        {"crs": "EPSG:4326", "west": 170, "north": 10, "pixel": 1},
        {"crs": "ESRI:54009", "west": 1_000_000, "north": 5_000_000, "pixel": 1000},
        {"crs": "+proj=laea +lat_0=52 +lon_0=10 +datum=WGS84", "tags": {"datetime": "2024-05-01"}},
        {"driver": "COG"},
    ],
)
def test_gdal_says_what_rasterio_says(tmp_path, made, settings):
    path = raster(tmp_path / "a raster.tif", **settings)
    told, expected = made.place_of(path), loaded().place_of_raster(path)
    assert told.bbox == pytest.approx(expected.bbox, abs=1e-4)
    assert told.is_cog == expected.is_cog
    assert made.times_in_tags(told.tags) == made.times_in_tags(expected.tags)
    for name in ("proj:code", "proj:shape", "proj:transform"):
        assert told.properties[name] == expected.properties[name], name
    assert ("proj:wkt2" in told.properties) == ("proj:wkt2" in expected.properties)


def test_with_neither_it_says_so(tmp_path, made, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    path = raster(tmp_path / "mask.tif")
    assert made.place_of(path).geometry is None
    assert "neither rasterio nor GDAL is installed" in capsys.readouterr().err


def test_pystac_has_to_be_there(made, monkeypatch):
    monkeypatch.setattr(made.importlib, "import_module", _nothing)
    with pytest.raises(made.StopError, match=r"cannot use pystac.*pip install pystac") as caught:
        made.needed_pystac()
    assert caught.value.code == 3


def _nothing(name):
    raise ImportError(f"No module named {name!r}")
