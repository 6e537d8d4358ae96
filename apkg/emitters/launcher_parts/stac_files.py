"""Which of the files that the notebook has written belong together."""

from __future__ import annotations

import glob
import os
import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

from apkg.emitters.launcher_parts.head import FAILED, INPUTS, NAME, StopError, say
from apkg.emitters.launcher_parts.stac_table import DECLARED, MEDIA

# part: begin

RASTERS: tuple[str, ...] = (
    ".tif",
    ".tiff",
    ".jp2",
    ".nc",
    ".nc4",
    ".zarr",
    ".h5",
    ".hdf5",
    ".hdf",
    ".he5",
)
RASTERS += (".vrt", ".img", ".grib", ".grib2", ".grb", ".grb2")
VECTORS = (".geojson", ".gpkg", ".shp", ".fgb", ".gml", ".kml", ".geoparquet")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")
PREVIEW = re.compile(
    r"(?i)(?:^|[^a-z])(?:thumb(?:nail)?|quick-?look|preview|browse|ql)(?:[^a-z]|\Z)"
)
ABOUT_DATA: tuple[str, ...] = (
    ".xml",
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".log",
    ".tfw",
    ".wld",
    ".prj",
    ".cpg",
)
ABOUT_DATA += (".ovr", ".qml", ".sld", ".ipynb", ".pdf")
LONGEST_ID = 200


class Group(NamedTuple):
    """Files of one STAC item: the one that it is about, if any, and what goes with it."""

    main: Path | None
    others: list[Path]


def files_in(root: Path) -> list[Path]:
    """List the files below a folder, without hidden ones; a Zarr store counts as one."""
    found: list[Path] = []
    for folder, folders, names in os.walk(root):
        stores = [name for name in folders if name.lower().endswith(".zarr")]
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in stores)
        found += [Path(folder, name) for name in stores + names if not name.startswith(".")]
    return sorted(path for path in found if is_text(path))


def is_text(path: Path) -> bool:
    """Tell whether a catalogue can hold the path."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        say(f"{NAME}: {str(path)!a} is not in the catalogue: its name is not valid UTF-8")
        return False
    return True


def grouped(files: list[Path]) -> list[Group]:
    """Put each raster or vector file together with what lies beside it and is named after it.

    What is named after none makes the last group, which has no main file.
    """
    data = [path for path in files if path.suffix.lower() in RASTERS]
    data += [path for path in files if path.suffix.lower() in VECTORS]
    groups: dict[tuple[Path, str], Group] = {}
    for path in data:
        groups.setdefault((path.parent, path.stem), Group(path, []))
    rest: list[Path] = []
    for path in files:
        group = groups.get((path.parent, path.stem)) or named_after(path, groups)
        if group is None:
            rest.append(path)
        elif group.main != path:
            group.others.append(path)
    found = [groups[key] for key in sorted(groups, key=lambda key: (key[0].parts, key[1]))]
    if len(found) == 1:
        found[0].others.extend(rest)
        return found
    return [*found, Group(None, rest)] if rest or not found else found


def named_after(path: Path, groups: dict[tuple[Path, str], Group]) -> Group | None:
    """Find the group whose name a file's own begins with: the longest such name."""
    if path.suffix.lower() in RASTERS + VECTORS:
        return None
    name = path.name
    for length in range(len(name) - 1, 0, -1):
        if name[length] in "._- " and (path.parent, name[:length]) in groups:
            return groups[path.parent, name[:length]]
    return None


def item_id(root: Path, main: Path | None, prefix: str, taken: list[str]) -> str:
    """Name an item after its file and after what was processed: letters, digits, ``_.-``."""
    own = "" if main is None else plain_id(str(main.relative_to(root).with_suffix("")))
    begins = own.lower().startswith(prefix.lower())
    whole = own if begins else "-".join(part for part in (prefix, own) if part)
    whole = whole[:LONGEST_ID]
    chosen, number = whole, 2
    while chosen.lower() in taken or is_in_use(root / chosen):
        chosen, number = f"{whole}-{number}", number + 1
    taken.append(chosen.lower())
    return chosen


def is_in_use(folder: Path) -> bool:
    """Tell whether an item's folder would meet something of the notebook's."""
    if folder.is_dir():
        return (folder / f"{folder.name}.json").exists() or folder.suffix == ".zarr"
    return folder.exists()


def plain_id(text: str) -> str:
    """Write text with the characters that every catalogue takes in an identifier."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", ascii_text).strip("-.")


def media_type(path: Path) -> str | None:
    """Tell the media type of a file by its name."""
    return MEDIA.get(path.suffix.lower().lstrip("."))


def roles(path: Path, main: Path | None) -> list[str]:
    """Tell what a file is to its item."""
    ending = path.suffix.lower()
    if path == main:
        return ["data"]
    if ending in PICTURES:
        is_small = PREVIEW.search(path.stem) or (main is not None and path.stem == main.stem)
        return ["thumbnail"] if is_small else ["overview"]
    return ["metadata"] if ending in ABOUT_DATA else ["data"]


def declared_files(root: Path, parameters: dict[str, Any]) -> dict[Path, dict[str, Any]]:
    """Find what the author has declared: by file, the declaration.

    Raises:
        StopError: the notebook has not written something that is not optional.

    """
    found: dict[Path, dict[str, Any]] = {}
    for entry in DECLARED:
        pattern = entry["glob"]
        if entry["named_by"]:
            pattern = glob.escape(str(parameters.get(entry["named_by"], entry["default"])))
        paths = glob.glob(os.path.join(glob.escape(str(root)), pattern))  # noqa: PTH118, PTH207
        if not paths and entry["required"]:
            raise StopError(
                f"{NAME} has not written {pattern}, its output {entry['id']}; "
                f"written were: {', '.join(p.name for p in files_in(root)) or 'no files'}",
                FAILED,
            )
        for path in sorted(paths):
            found.setdefault(Path(path), entry)
    return found


def input_folders(parameters: dict[str, Any]) -> list[Path]:
    """List the folders that were given to inputs of type Directory."""
    folders: list[Path] = []
    for entry in INPUTS:
        value = parameters.get(entry["variable"])
        if "Directory" in str(entry["type"]) and value is not None:
            values = value if isinstance(value, list) else [value]
            folders += [Path(path) for path in values if isinstance(path, str)]
    return [folder for folder in folders if folder.is_dir()]
