"""Small notebooks, in an empty folder that is the current one."""

import pytest
from notebooks import cell, write


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def mask(here):
    """``mask.ipynb``: an image in, an image out."""
    return write(
        here,
        cell("# Mask", kind="markdown"),
        "image = 'scene.tif'  # The scene\nthreshold = 0.5  # Above this is <b>water</b>",
        cell("import rasterio\nrasterio.open(image)"),
        cell("mask = 'mask.tif'", "outputs"),
        name="mask.ipynb",
    )


@pytest.fixture
def area(here):
    """``area.ipynb``: takes such a mask."""
    return write(
        here,
        "mask = 'mask.tif'\nthreshold = 1.5",
        cell("import rasterio\nrasterio.open(mask)"),
        cell("area = 'area.json'", "outputs"),
        name="area.ipynb",
    )
