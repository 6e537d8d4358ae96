"""The words by which authors name files, folders and results on their command lines."""

from __future__ import annotations

import re
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GLUED: Final = re.compile(
    r"(input|output|out|in|src|source|dst|dest|ref)"
    r"(files?|dirs?|paths?|folders?|images?|rasters?|datasets?|ds|names?|filenames?)"
)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILES: Final = _set(
    "file files filename filenames filepath filepaths fname fn path paths pathname datasetname "
    "archive zip tarball"
)
DIRECTORIES: Final = _set("dir dirs directory directories folder folders dirname")
#: Things of Earth Observation that are kept in files.
DATA: Final = _set(
    "image images img imagery raster rasters tif tiff geotiff geotiffs cog netcdf nc hdf hdf5 "
    "geojson shapefile shp gpkg geopackage vector vectors dataset datasets ds stack stacks mosaic "
    "dem dsm dtm scene scenes product products granule granules csv json kml xml yaml "
    "datasource datasources catalog catalogue png jpg jpeg pdf safe zarr parquet checkpoint weights"
)
#: Words for results, where something else has to say that they are files.
RESULTS: Final = _set("plot figure chart map mask report log table summary metadata mosaic")
INPUT: Final = _set("input inputs in src source sources")
OUTPUT: Final = _set("output outputs out dst dest destination result results")
SAVING: Final = _set("save export write dump")
#: Endings of names that say something *about* a file, and are none.
ABOUT: Final = _set(
    "format formats type types dtype driver drivers crs srs epsg proj projection res resolution "
    "size width height nodata compress compression compressor profile level levels unit units "
    "encoding scale mode prefix suffix pattern glob regex id ids count number num index band bands "
    "channel channels ext extension option options column columns field fields layer layers asset "
    "assets collection collections date datetime time start end key keys value values name names "
    "bounds bbox extent aoi shape offset method algorithm version style user token password "
    "threshold ratio percent factor tolerance limit title label description expression formula "
    "query filter where attribute attributes property properties language locale color colour "
    "hash checksum port host timeout string text"
)
_NAMED: Final = FILES | _set("datasource dataset datasets ds")
ADDRESSES: Final = _set("url urls uri uris href link endpoint")


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without numbers: ``outputFile_1``: output, file."""
    found: list[str] = []
    for part in re.split(r"[^A-Za-z0-9]+", _CAMEL.sub("_", name)):
        word = part.lower().rstrip("0123456789") or part.lower()
        if not word or word.isdigit():
            continue
        glued = _GLUED.fullmatch(word)
        found += glued.groups() if glued else [word]
    # ``datasource_name`` and ``file_names`` are as good as the thing; ``asset_name`` is not.
    if len(found) > 1 and found[-1] in {"name", "names"} and found[-2] in _NAMED:
        found.pop()
    return tuple(found)


def is_path_word(word: str) -> bool:
    """Whether a name that ends in this word names a file or a folder."""
    return word in FILES or word in DIRECTORIES
