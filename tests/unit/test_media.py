"""Media types by file name and by declared name."""

import pytest

from apkg import media


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("scene.tif", "image/tiff; application=geotiff"),
        ("a/b/SCENE.TIFF", "image/tiff; application=geotiff"),
        ("cells.ome.tif", "image/tiff"),
        ("x.cog.tif", "image/tiff; application=geotiff; profile=cloud-optimized"),
        ("sst.nc", "application/netcdf"),
        ("sst.nc.gz", "application/gzip"),
        ("out.tar.gz", "application/gzip"),
        ("cube.zarr", "application/vnd.zarr"),
        ("cube.zarr/", "application/vnd.zarr"),
        ("S2A_MSIL2A.SAFE", "application/directory"),
        ("results/", "application/directory"),
        ("aoi.geojson", "application/geo+json"),
        ("item.json", "application/json"),
        ("B04.jp2", "image/jp2"),
        ("v1.2.csv", "text/csv"),
        ("https://example.org/a/b.csv?sig=x.png#y", "text/csv"),
        ("data.v2/readme", None),
        ("results", None),
        ("tif", None),
        ("", None),
        (".", None),
    ],
)
def test_a_file_name_tells_its_media_type(name, expected):
    assert media.media_type_of(name) == expected


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("GeoTIFF", media.GEOTIFF),
        ("COG", media.COG),
        ("Cloud-Optimized GeoTIFF", media.COG),
        ("NetCDF-4", media.NETCDF),
        ("stac", media.GEOJSON),
        ("STAC catalog", media.JSON),
        (".nc", media.NETCDF),
        ("image/tiff", "image/tiff"),
        ("image/tiff; application=geotiff", media.GEOTIFF),
        ("edam:format_3650", media.NETCDF),
        ("http://edamontology.org/format_3464", media.JSON),
        ("iana:image/png", "image/png"),
        (media.cwl_format("text/csv"), "text/csv"),
        ("ogc:geotiff", media.GEOTIFF),
        ("http://www.opengis.net/def/media-type/ogc/1.0/netcdf", media.NETCDF),
        ("edam:format_9999", None),
        ("no such format", None),
        ("", None),
    ],
)
def test_a_declared_format_is_a_media_type(alias, expected):
    assert media.media_type(alias) == expected


def test_the_cwl_format_is_an_iana_iri_without_parameters():
    expected = "https://www.iana.org/assignments/media-types/image/tiff"
    assert media.cwl_format(media.COG) == expected


@pytest.mark.parametrize("name", ["a.zarr", "S2A.SAFE", "s3.SEN3", "out/", "x.gdb"])
def test_folders_are_known_by_name(name):
    assert media.is_directory_name(name)


@pytest.mark.parametrize("name", ["a.tif", "safe", "a.zarr.zip", "a.zarr/.zgroup", ""])
def test_files_are_not_folders(name):
    assert not media.is_directory_name(name)
