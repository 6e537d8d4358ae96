"""Files that clearly are not what an input takes, and all the others."""

import pytest

from apkg.media import CSV, GEOJSON, GEOTIFF, NETCDF, ZIP
from apkg.runners.file_kind import misfit

TIFF, BIG_TIFF = b"II*\0\x08\0\0\0", b"MM\0+\0\x08"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
HDF5, NETCDF3 = b"\x89HDF\r\n\x1a\n", b"CDF\x02\0\0"


@pytest.mark.parametrize(
    ("name", "content", "media_types", "kind"),
    [
        ("a.tif", PNG, (GEOTIFF,), "PNG"),
        ("a.png", b"", ("image/tiff",), "PNG"),
        ("a.nc", TIFF, (NETCDF,), "TIFF"),
        ("a.csv", b"a,b\n", (GEOTIFF, NETCDF), "text"),
        ("README.md", b"# x\n", (GEOTIFF,), "text"),
        ("a.dat", HDF5, (GEOTIFF, CSV), "HDF5"),
        ("a", TIFF, (GEOJSON,), "TIFF"),
        # The content counts more than the name.
        ("a.csv", TIFF, (GEOTIFF,), None),
        ("a.png", BIG_TIFF, (GEOTIFF,), None),
        ("a.nc", HDF5, (NETCDF,), None),
        ("a.h5", NETCDF3, (NETCDF,), None),
        # One of several is enough; what nobody knows fits.
        ("a.png", PNG, (GEOTIFF, "image/png"), None),
        ("a.png", PNG, ("application/x-own",), None),
        ("a.png", PNG, (), None),
        ("a.xyz", b"1 2 3", (GEOTIFF,), None),
        ("a.tif", b"broken", (GEOTIFF,), None),
        ("a.tif.gz", b"\x1f\x8b", (GEOTIFF,), None),
        ("a.zip", b"PK\x03\x04", (CSV,), None),
        ("a.bin", b"", (ZIP,), None),
        # Text that stands for a raster.
        ("a.vrt", b"<VRTDataset>", (GEOTIFF,), None),
        ("MTD_MSIL2A.xml", b"<?xml", (GEOTIFF,), None),
        ("a.geojson", b"{}", (CSV,), None),
    ],
)
def test_misfit(tmp_path, name, content, media_types, kind):
    path = tmp_path / name
    path.write_bytes(content)
    assert misfit(path, media_types) == kind


def test_a_file_that_cannot_be_read(tmp_path):
    assert misfit(tmp_path, (GEOTIFF,)) is None
