"""Media types of the formats that a description speaks of: ``the GeoTIFF to clip``."""

from __future__ import annotations

import re
from typing import Final

from apkg.media import media_type

#: Format names that are not also everyday words.
_NAMES: Final = (
    "cloud optimized geotiff", "cloud-optimized geotiff", "geotiffs", "geotiff", "tiff", "tif",
    "cog", "netcdf4", "netcdf", "nc", "hdf5", "h5", "hdf", "geojson", "json", "csv", "zarr",
    "geopackage", "gpkg", "shapefile", "shp", "parquet", "geoparquet", "kml", "gml", "png",
    "jpeg", "jpg", "pdf", "zip", "xml", "yaml", "yml", "grib2", "grib", "vrt", "flatgeobuf",
    "txt", "html",
)  # fmt: skip
_WORD: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:" + "|".join(map(re.escape, _NAMES)) + r")s?(?![A-Za-z0-9])", re.IGNORECASE
)
_MOST: Final = 3
_LIMIT: Final = 2_000


def formats_in(*texts: str) -> list[str]:
    """The media types of the formats named in ``texts``, in that order, at most three."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _WORD.finditer(re.sub(r"_|(?<=[a-z])(?=[A-Z][a-z])", " ", text[:_LIMIT])):
            name = match[0].lower()
            kind = media_type(name) or media_type(name.rstrip("s"))
            if kind is not None:
                found.setdefault(kind)
    return list(found)[:_MOST]
