"""What a file is, as far as its first bytes and its name tell, beside what an input takes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from apkg.media import media_type_of

#: First bytes (offset, bytes): the file formats' own specifications.
_MAGIC: Final = (
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"II+\0", "TIFF"),
    (0, b"MM\0+", "TIFF"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF8", "GIF"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (8, b"WEBP", "WebP"),
    (0, b"\x89HDF\r\n\x1a\n", "HDF5"),
    (0, b"\x0e\x03\x13\x01", "HDF4"),
    (0, b"CDF\x01", "NetCDF"),
    (0, b"CDF\x02", "NetCDF"),
    (0, b"CDF\x05", "NetCDF"),
    (0, b"GRIB", "GRIB"),
    (0, b"%PDF-", "PDF"),
    (0, b"SQLite format 3\0", "SQLite"),
    (0, b"PAR1", "Parquet"),
)
_TEXT: Final = "text"
#: Media types (without parameters) and what their files are. What is not here may be anything.
_KINDS: Final[dict[str, frozenset[str]]] = {
    "image/tiff": frozenset({"TIFF"}),
    "image/png": frozenset({"PNG"}),
    "image/jpeg": frozenset({"JPEG"}),
    "image/gif": frozenset({"GIF"}),
    "image/jp2": frozenset({"JPEG 2000"}),
    "image/webp": frozenset({"WebP"}),
    **dict.fromkeys(
        ("application/netcdf", "application/x-netcdf"), frozenset({"NetCDF", "HDF5", "HDF4"})
    ),
    "application/x-hdf5": frozenset({"HDF5"}),
    "application/x-hdf": frozenset({"HDF4", "HDF5"}),
    "application/pdf": frozenset({"PDF"}),
    **dict.fromkeys(
        ("application/geopackage+sqlite3", "application/vnd.sqlite3"), frozenset({"SQLite"})
    ),
    "application/vnd.apache.parquet": frozenset({"Parquet"}),
    **dict.fromkeys(("application/x-grib", "application/wmo-grib2"), frozenset({"GRIB"})),
    **dict.fromkeys(
        (
            "application/json",
            "application/geo+json",
            "application/yaml",
            "application/x-ipynb+json",
        ),
        frozenset({_TEXT}),
    ),
}
#: Text that stands for the data it names: virtual rasters, metadata of a product.
_STAND_INS: Final = (".vrt", ".xml", ".dim", ".json", ".txt")


def misfit(path: Path, media_types: tuple[str, ...]) -> str | None:
    """Tell what a file clearly is instead of any of ``media_types``; None: it may be one.

    First bytes count more than the name. What neither tells, or is not looked into (archives,
    other formats), fits everything.
    """
    wanted = [_kinds(one) for one in media_types]
    kind = _kind(path)
    if kind is None or not wanted or path.suffix.lower() in _STAND_INS:
        return None
    return None if any(kinds is None or kind in kinds for kinds in wanted) else kind


def _kind(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return None
    found = next((kind for at, magic, kind in _MAGIC if start[at:].startswith(magic)), None)
    return found or _by_name(path.name)


def _by_name(name: str) -> str | None:
    kinds = _kinds(media_type_of(name) or "") or frozenset()
    return next(iter(kinds)) if len(kinds) == 1 else None


def _kinds(media_type: str) -> frozenset[str] | None:
    plain = _plain(media_type)
    return frozenset({_TEXT}) if plain.startswith("text/") else _KINDS.get(plain)


def _plain(media_type: str) -> str:
    return media_type.split(";", 1)[0].strip().lower()
