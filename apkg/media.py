"""IANA media types of Earth Observation data: by file name, by the names people call formats.

Names are those of the IANA registry where there is one, else those of the STAC best practices
("Common Media Types"). Parameters after ``;`` tell a GeoTIFF from any TIFF (OGC 19-008r4).
"""

from __future__ import annotations

import re
from typing import Final

IANA: Final = "https://www.iana.org/assignments/media-types/"
GEOTIFF: Final = "image/tiff; application=geotiff"
COG: Final = "image/tiff; application=geotiff; profile=cloud-optimized"
NETCDF: Final = "application/netcdf"
HDF5: Final = "application/x-hdf5"
#: Zarr has no registration; ``vnd.`` is the vendor tree of RFC 6838, ``vnd+zarr`` is no such name.
ZARR: Final = "application/vnd.zarr"
GEOJSON: Final = "application/geo+json"
JSON: Final = "application/json"
CSV: Final = "text/csv"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
ZIP: Final = "application/zip"
TEXT: Final = "text/plain"
XML: Final = "application/xml"
YAML: Final = "application/yaml"
PARQUET: Final = "application/vnd.apache.parquet"
DIRECTORY: Final = "application/directory"
NOTEBOOK: Final = "application/x-ipynb+json"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: File name endings, without the leading dot. The longest that fits decides.
_BY_ENDING: Final[dict[str, str]] = {
    **dict.fromkeys(("tif", "tiff", "gtiff", "geotiff", "geotif"), GEOTIFF),
    **dict.fromkeys(("cog", "cog.tif", "cog.tiff"), COG),
    **dict.fromkeys(("ome.tif", "ome.tiff"), "image/tiff"),
    **dict.fromkeys(("nc", "nc4", "cdf", "netcdf"), NETCDF),
    **dict.fromkeys(("h5", "hdf5", "he5", "hdf5.h5"), HDF5),
    **dict.fromkeys(("hdf", "hdf4", "h4"), "application/x-hdf"),
    "zarr": ZARR,
    **dict.fromkeys(("geojson", "geo.json"), GEOJSON),
    **dict.fromkeys(("geojsonl", "geojsons", "geojsonseq"), "application/geo+json-seq"),
    **dict.fromkeys(("jsonl", "ndjson"), "application/x-ndjson"),
    "json": JSON,
    "topojson": JSON,
    "jsonld": "application/ld+json",
    "csv": CSV,
    "tsv": "text/tab-separated-values",
    "png": PNG,
    **dict.fromkeys(("jpg", "jpeg"), JPEG),
    "jp2": "image/jp2",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    **dict.fromkeys(("zip", "safe.zip", "zarr.zip", "shp.zip"), ZIP),
    "safe": DIRECTORY,
    "sen3": DIRECTORY,
    "tar": "application/x-tar",
    **dict.fromkeys(("gz", "tgz", "tar.gz"), "application/gzip"),
    **dict.fromkeys(("bz2", "tar.bz2"), "application/x-bzip2"),
    **dict.fromkeys(("xz", "tar.xz"), "application/x-xz"),
    **dict.fromkeys(("zst", "tar.zst"), "application/zstd"),
    "7z": "application/x-7z-compressed",
    "kml": "application/vnd.google-earth.kml+xml",
    "kmz": "application/vnd.google-earth.kmz",
    "gml": "application/gml+xml",
    "gpkg": "application/geopackage+sqlite3",
    "shp": "application/vnd.shp",
    "shx": "application/vnd.shx",
    "dbf": "application/vnd.dbf",
    "fgb": "application/vnd.flatgeobuf",
    **dict.fromkeys(("parquet", "geoparquet", "pq"), PARQUET),
    **dict.fromkeys(("arrow", "feather"), "application/vnd.apache.arrow.file"),
    **dict.fromkeys(("grib", "grb", "grib1"), "application/x-grib"),
    **dict.fromkeys(("grib2", "grb2"), "application/wmo-GRIB2"),
    **dict.fromkeys(("xml", "vrt", "dim"), XML),
    **dict.fromkeys(("html", "htm"), "text/html"),
    **dict.fromkeys(("txt", "log", "wkt", "prj"), TEXT),
    "md": "text/markdown",
    **dict.fromkeys(("yaml", "yml"), YAML),
    "xlsx": _XLSX,
    "xls": "application/vnd.ms-excel",
    **dict.fromkeys(("sqlite", "sqlite3", "db"), "application/vnd.sqlite3"),
    "las": "application/vnd.las",
    "laz": "application/vnd.laszip",
    "ipynb": NOTEBOOK,
    "cwl": "application/cwl+yaml",
    **dict.fromkeys(("npy", "npz", "pkl", "pickle", "joblib"), "application/octet-stream"),
    **dict.fromkeys(("pt", "pth", "bin", "dat"), "application/octet-stream"),
}
_DIRECTORY_ENDINGS: Final = (".zarr", ".safe", ".sen3", ".gdb", ".data")

#: What people call a format (letters and digits only, lower case), where no ending says it.
_BY_NAME: Final[dict[str, str]] = {
    **dict.fromkeys(("cloudoptimizedgeotiff", "cloudoptimisedgeotiff"), COG),
    **dict.fromkeys(("netcdf4", "netcdf3", "netcdfcf"), NETCDF),
    **dict.fromkeys(("stac", "stacitem"), GEOJSON),
    **dict.fromkeys(("staccatalog", "staccatalogue", "staccollection"), JSON),
    "geopackage": _BY_ENDING["gpkg"],
    **dict.fromkeys(("shapefile", "esrishapefile"), _BY_ENDING["shp"]),
    "flatgeobuf": _BY_ENDING["fgb"],
    "jpeg2000": _BY_ENDING["jp2"],
    "excel": _XLSX,
    "text": TEXT,
    "markdown": _BY_ENDING["md"],
    "gzip": _BY_ENDING["gz"],
    "sqlite": _BY_ENDING["sqlite"],
    **dict.fromkeys(("directory", "folder"), DIRECTORY),
    "hdf4": _BY_ENDING["hdf"],
    **dict.fromkeys(("pickle", "numpy"), "application/octet-stream"),
}
#: EDAM format concepts (http://edamontology.org/format_NNNN).
_EDAM: Final[dict[str, str]] = {
    **dict.fromkeys(("1964", "2330"), TEXT),
    "1915": "application/octet-stream",
    "2332": XML,
    "3464": JSON,
    "3467": "image/gif",
    "3475": "text/tab-separated-values",
    "3508": "application/pdf",
    "3579": JPEG,
    "3590": HDF5,
    "3591": "image/tiff",
    "3603": PNG,
    "3604": "image/svg+xml",
    "3620": _XLSX,
    "3650": NETCDF,
    "3750": YAML,
    "3752": CSV,
    "3857": "application/cwl+yaml",
    "3915": ZARR,
    "3987": ZIP,
    "3989": "application/gzip",
}
_OGC: Final = re.compile(
    r"(?:ogc:|https?://www\.opengis\.net/def/media-type/ogc/[0-9.]+/)(.+)", re.IGNORECASE
)
_IANA: Final = re.compile(
    r"(?:iana:|https?://www\.iana\.org/assignments/media-types/)(.+)", re.IGNORECASE
)
_EDAM_ID: Final = re.compile(
    r"(?:edam:|https?://edamontology\.org/)?format_([0-9]{4})", re.IGNORECASE
)
_NAME: Final = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
_MEDIA_TYPE: Final = re.compile(rf"{_NAME}/{_NAME}(?:\s*;\s*[^;\s=]+=[^;]+)*", re.ASCII)


def media_type_of(name: str) -> str | None:
    """The media type that a file name (or path, or URL) tells by its ending, else ``None``."""
    parts = _last_part(name).lower().split(".")[1:]
    endings = (".".join(parts[start:]) for start in range(max(0, len(parts) - 2), len(parts)))
    found = next((_BY_ENDING[ending] for ending in endings if ending in _BY_ENDING), None)
    if found is None and name.rstrip() != name.rstrip().rstrip("/\\"):
        return DIRECTORY
    return found


def is_directory_name(name: str) -> bool:
    """Whether a path names a folder: it ends in ``/``, or in ``.zarr``, ``.SAFE``, ``.SEN3`` …."""
    path = name.strip().split("?", 1)[0]
    return path.endswith(("/", "\\", *_DIRECTORY_ENDINGS)) or path.lower().endswith(
        _DIRECTORY_ENDINGS
    )


def media_type(alias: str) -> str | None:
    """The media type that a declared format means: ``GeoTIFF``, ``.nc``, ``edam:format_3650``.

    A media type is returned as it is. IANA, OGC and EDAM IRIs and CURIEs are understood.
    """
    text = alias.strip()
    if match := _EDAM_ID.fullmatch(text):
        return _EDAM.get(match[1])
    if match := _IANA.fullmatch(text) or _OGC.fullmatch(text):
        text = match[1]
    if _MEDIA_TYPE.fullmatch(text):
        return text
    key = re.sub(r"[^a-z0-9]+", "", text.lower())
    return _BY_NAME.get(key) or _BY_ENDING.get(text.lower().lstrip(".")) or _BY_ENDING.get(key)


def cwl_format(media_type: str) -> str:
    """The IRI for CWL's ``format``: IANA's, without the parameters that follow a ``;``."""
    return IANA + media_type.split(";", 1)[0].strip()


def _last_part(name: str) -> str:
    path = name.strip()
    if "://" in path:
        path = re.split(r"[?#]", path, maxsplit=1)[0]
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1]
