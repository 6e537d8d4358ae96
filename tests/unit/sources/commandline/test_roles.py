"""Files and folders, read and written, told from plain values by what authors write."""

import pytest

from apkg.model import Default, Scalar
from apkg.sources.commandline.model import Argument
from apkg.sources.commandline.roles import role_of


def option(flag, help="", **more):  # noqa: A002
    return Argument(name=flag.strip("-").replace("-", "_"), flags=(flag,), help=help, **more)


def positional(name, help="", **more):  # noqa: A002
    return Argument(name=name, help=help, **more)


READ = [
    (option("--input-image", "Path to the input image to convert to greyscale."), "File"),
    (option("--input_catalog", "Path to the STAC Catalog directory."), "Directory"),
    (option("--input-item", "STAC Item URL or staged STAC catalog"), "Directory"),
    (option("--dem", "Digital Elevation Model (DEM) geotiff"), "File"),
    (option("--like", "Raster dataset to use as a template for bounds", metavar="PATH"), "File"),
    (option("--color-table", "color table file name"), "File"),
    (option("-A", "input gdal raster file, you can use any letter [a-z, A-Z]"), "File"),
    (option("-il", "Input image list"), "File"),
    (option("-elev.dem", "DEM directory"), "Directory"),
    (option("--data-dir"), "Directory"),
    (option("--config", "Configuration file", default=Default("config.yaml")), "File"),
    (positional("src_dataset"), "File"),
    (positional("srcfile"), "File"),
    (positional("datasetname"), "File"),
    (positional("src_datasource_name"), "File"),
    (positional("rasters"), "File"),
    (option("--scene", "The Sentinel-2 product, a .SAFE folder"), "Directory"),
    (option("--weights", must_exist=True), "File"),
]
WRITTEN = [
    (option("--output-file", "Name of the output COG"), "File"),
    (option("--output", "Path to output file (optional alternative to a positional arg)."), "File"),
    (option("--out-dir", "Where the results go"), "Directory"),
    (option("--output-folder"), "Directory"),
    (option("--outfile", "output file to generate or fill"), "File"),
    (option("-out", "Output Image"), "File"),
    (option("--report", "File to write the report to"), "File"),
    (option("--mask", "Write the mask to this file"), "File"),
    (option("-o", "Result", metavar="FILE"), "File"),
    (option("--save-plot", "Name of the resulting image"), "File"),
    (positional("dst_dataset"), "File"),
    (positional("dstfile"), "File"),
    (positional("output_TRI_map"), "File"),
    (option("--anything", writes=True), "File"),
    (option("--logfile", "File to output the log messages"), "File"),
    (
        option("--path", "Set the path where the files will be saved", default=Default(".")),
        "Directory",
    ),
    (option("-o", "Output directory", default=Default("."), must_exist=True), "Directory"),
    (option("--output", "Goes here", type=Scalar("Directory"), writes=True), "Directory"),
    (
        option("--output", "Package", type=Scalar("Directory"), writes=True, must_exist=True),
        "Directory",
    ),
]
VALUES = [
    option("--output-format", "GDAL format for the output file"),
    option("--out-crs", "Coordinate system of the output"),
    option("--NoDataValue", "output nodata value"),
    option("--asset_name", "Name of the raster asset to clip"),
    option("--tile_id", "ESA CCI tile id"),
    option("--aoi", "Area of interest expressed as a bounding box"),
    option("--text", "The string to write to the file."),
    option("--title", "Title of the output file"),
    option("-cl", "Output Image channels"),
    option("--resize", "resize the image"),
    option("--dtype", "Output data type."),
    option("--parameters-yaml", "YAML string to be used as parameters."),
    option("--image-size", "Size of the image", type=Scalar("int")),
    option("-where", metavar="restricted_where|@filename"),
    option("--format", "Output format driver.", choices=("tif", "png")),
    option("--subs", "Include sub-directories? [true/false]"),
    option("--extent", "Bounds (W S E N) or geometry file", must_exist=True),
    option("--geometry", "Search area as GeoJSON file, a GeoJSON string, or a WKT string"),
    option("--grid", "Path to a grid's JSON file or its id"),
]


@pytest.mark.parametrize(("argument", "kind"), READ, ids=lambda x: getattr(x, "name", x))
def test_a_path_that_is_read_is_an_input(argument, kind):
    role = role_of(argument)
    assert (role.kind, role.written) == (kind, False)


@pytest.mark.parametrize(("argument", "kind"), WRITTEN, ids=lambda x: getattr(x, "name", x))
def test_a_path_that_is_written_names_an_output(argument, kind):
    role = role_of(argument)
    assert (role.kind, role.written) == (kind, True)


@pytest.mark.parametrize("argument", VALUES, ids=lambda x: x.name)
def test_words_about_files_are_no_files(argument):
    assert role_of(argument).kind == "value"


@pytest.mark.parametrize("help", ["STAC Item URL", "The URL of the catalogue"])
def test_an_address_is_text(help):  # noqa: A002
    assert role_of(option("--input-item", help)).kind == "address"


def test_what_the_code_states_is_no_guess():
    assert role_of(option("--x", must_exist=True)).stated
    assert role_of(option("--x", writes=True)).stated
    assert not role_of(option("--input-file")).stated
