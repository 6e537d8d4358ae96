"""Reads the STAC catalogues that a processing platform stages in for a notebook.

A platform gives a notebook each Earth Observation product as a folder with a STAC catalogue in
it (OGC 20-089, "stage-in"). This module opens such folders::

    from apkg_stac import asset_path, items

    for item in items(scene):  # scene: an input of type Directory
        red = asset_path(item, "red")  # the path of a file, ready for rasterio.open

It needs pystac and nothing else. It is installed with apkg (``pip install "eo-apkg[stac]"``) for
work in Jupyter, and ``apkg convert`` lets it travel with every notebook that imports it. A copy
beside a notebook serves as well.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pystac

__all__ = ["asset_path", "items", "open_catalog"]

_NAMES = ("catalog.json", "collection.json")


def open_catalog(directory: str | os.PathLike[str]) -> pystac.Catalog:
    """Open the STAC catalogue (or collection) in a folder, or in its only sub-folder.

    Args:
        directory: a folder with a ``catalog.json`` or ``collection.json``, or that file itself.

    Raises:
        FileNotFoundError: there is no catalogue.
    """
    path = Path(directory).absolute()
    found = path if path.is_file() else _find(path)
    if found is None:
        message = f"{path} holds no STAC catalogue ({' or '.join(_NAMES)})"
        raise FileNotFoundError(message)
    opened = pystac.read_file(str(found))
    if not isinstance(opened, pystac.Catalog):
        message = f"{found} is no STAC catalogue; it describes {opened.id}"
        raise FileNotFoundError(message)
    return opened


def items(directory: str | os.PathLike[str]) -> list[pystac.Item]:
    """List the items of the catalogue in a folder, those of its sub-catalogues included.

    Raises:
        FileNotFoundError: there is no catalogue.
    """
    catalog = open_catalog(directory)
    found: list[pystac.Item] = list(catalog.get_items())
    for child in catalog.get_children():
        for _, _, below in child.walk():
            found.extend(below)
    return found


def asset_path(item: pystac.Item, key: str | None = None) -> str:
    """Tell where the file of an asset is: a path, or a URL if it was not staged in.

    Args:
        item: the item that has the asset.
        key: the asset's key, such as ``"red"``. Without it the item must have one asset that is
            data (role ``data``, or no role), or one asset.

    Raises:
        KeyError: there is no such asset, or no key is given and several would fit.
    """
    asset = item.assets.get(key) if key is not None else _only(item)
    if asset is None:
        wrong = f"has no asset {key!r}" if key is not None else "has not one asset of data"
        known = ", ".join(sorted(item.assets)) or "none"
        raise KeyError(f"item {item.id} {wrong}; name one of its assets: {known}")
    href = str(asset.get_absolute_href() or asset.href)
    if href.startswith("file://"):
        href = unquote(href[len("file://") :])
    if "://" in href or Path(href).exists():
        return href
    # A link may be written with %20 for a space.
    plain = unquote(href)
    return plain if Path(plain).exists() else href


def _find(folder: Path) -> Path | None:
    below = [path for path in folder.iterdir() if path.is_dir()]
    places = [folder, *below] if len(below) == 1 else [folder]
    paths = (place / name for place in places for name in _NAMES)
    return next((path for path in paths if path.is_file()), None)


def _only(item: pystac.Item) -> Any:
    assets = list(item.assets.values())
    data = [asset for asset in assets if not asset.roles or "data" in asset.roles]
    fitting = data if len(data) == 1 else assets
    return fitting[0] if len(fitting) == 1 else None
