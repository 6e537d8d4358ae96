"""The STAC catalogue of the results (OGC 20-089, requirements 5 and 6)."""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from apkg.emitters.launcher_parts.head import MISSING, NAME, RESULTS, StopError, say
from apkg.emitters.launcher_parts.stac_files import (
    Group,
    declared_files,
    files_in,
    grouped,
    item_id,
    media_type,
    plain_id,
    roles,
)
from apkg.emitters.launcher_parts.stac_outlines import around, box_geometry
from apkg.emitters.launcher_parts.stac_places import (
    Place,
    Source,
    area_in_inputs,
    place_of,
    sources,
)
from apkg.emitters.launcher_parts.stac_table import ABSTRACT, TITLE
from apkg.emitters.launcher_parts.stac_times import (
    now,
    times_in_inputs,
    times_in_tags,
    written,
)

# part: begin

CATALOGUE = "catalog.json"
EXECUTED = f"{NAME}.executed.ipynb"
PROJECTION = "https://stac-extensions.github.io/projection/v2.0.0/schema.json"
FILE = "https://stac-extensions.github.io/file/v2.1.0/schema.json"
COG = "image/tiff; application=geotiff; profile=cloud-optimized"
SHA_256 = "1220"  # how a multihash says what it is, and that 32 bytes follow


def needed_pystac() -> Any:
    """Import pystac, which has to be installed."""
    try:
        return importlib.import_module("pystac")
    except ImportError as error:
        message = f"{sys.executable} cannot use pystac, which writes the catalogue: {error}. "
        raise StopError(f"{message}Install it there: pip install pystac", MISSING) from None


class Run:
    """What all items of a run share."""

    def __init__(self, root: Path, parameters: dict[str, Any]) -> None:
        self.pystac = needed_pystac()
        self.root = root
        self.declared = declared_files(root, parameters)
        self.sources = sources(parameters)
        self.times = times_in_inputs(parameters) or sorted(
            time for source in self.sources for time in source.times
        )
        self.now = now()
        self.place = place_of_inputs(self.sources, area_in_inputs(parameters))
        one = plain_id(self.sources[0].id) if len(self.sources) == 1 else ""
        self.prefix = one or NAME
        self.taken: list[str] = []


def place_of_inputs(given: list[Source], area: list[float] | None) -> Place:
    """Tell where the inputs lie, for results that do not say where they do."""
    if area is None and len(given) == 1 and given[0].geometry and given[0].bbox:
        return Place(given[0].geometry, given[0].bbox)
    box = area or around([source.bbox for source in given if source.bbox])
    return Place(box_geometry(box), box) if box else Place()


def write_catalogue(parameters: dict[str, Any]) -> None:
    """Describe everything in the results in a STAC catalogue, the executed notebook included."""
    root = Path(RESULTS).absolute()
    run = Run(root, parameters)
    Path(EXECUTED).replace(root / EXECUTED)
    if (root / CATALOGUE).exists():
        say(f"{NAME}: the notebook has written a {CATALOGUE} of its own, which is kept")
        return
    catalogue = run.pystac.Catalog(id=NAME, title=TITLE or None, description=ABSTRACT or NAME)
    groups = grouped(files_in(root))
    places = [place_of(group.main) if group.main else Place() for group in groups]
    whole = around([place.bbox for place in places if place.bbox])
    for group, own in zip(groups, places):
        place = own
        if own.geometry is None:
            found = run.place
            if group.main is None and whole is not None:
                found = Place(box_geometry(whole), whole)
            place = own._replace(geometry=found.geometry, bbox=found.bbox)
            warn_of_place(group, place)
        catalogue.add_item(item_of(run, group, place))
    catalogue.normalize_hrefs(str(root))
    catalogue.save(run.pystac.CatalogType.SELF_CONTAINED)
    items = f"{len(groups)} item{'s' if len(groups) > 1 else ''}"
    say(f"{NAME}: {RESULTS}/{CATALOGUE} describes the results: {items}")


def warn_of_place(group: Group, place: Place) -> None:
    """Say where the footprint of an item is from, or that it has none."""
    what = group.main.name if group.main else "the item of the other results"
    has = "has the footprint of the inputs" if place.geometry else "has no footprint"
    if group.main or not place.geometry:
        say(f"{NAME}: {what} {has} in the catalogue")


def item_of(run: Run, group: Group, place: Place) -> Any:
    """Describe one group of files as an item."""
    times = times_in_tags(place.tags) or run.times or [run.now]
    properties: dict[str, Any] = {"created": written(run.now), **place.properties}
    entry = run.declared.get(group.main) if group.main else None
    title = entry["label"] if entry else (group.main.name if group.main else TITLE)
    if title:
        properties["title"] = title
    if entry and entry["doc"]:
        properties["description"] = entry["doc"]
    if len(times) > 1 and times[0] != times[-1]:
        properties["start_datetime"] = written(times[0])
        properties["end_datetime"] = written(times[-1])
    item = run.pystac.Item(
        id=item_id(run.root, group.main, run.prefix, run.taken),
        geometry=place.geometry,
        bbox=place.bbox,
        datetime=times[0],
        properties=properties,
        stac_extensions=[*([PROJECTION] if "proj:shape" in properties else []), FILE],
    )
    for source in run.sources:
        if source.href:
            item.add_link(run.pystac.Link("derived_from", source.href))
    for path in [*([group.main] if group.main else []), *group.others]:
        item.add_asset(asset_key(run, path, group, item.assets), asset_of(run, path, group, place))
    return item


def asset_key(run: Run, path: Path, group: Group, taken: dict[str, Any]) -> str:
    """Name an asset: by the output that it is, else by what it is to the item, else as the file."""
    entry = run.declared.get(path)
    role = roles(path, group.main)[0]
    wanted = [entry["id"]] if entry else []
    wanted += ["data"] if path == group.main else []
    wanted += ["thumbnail"] if role == "thumbnail" else []
    wanted += ["executed_notebook"] if path.name == EXECUTED else []
    name = str(path.relative_to(run.root))
    keys = [*wanted, path.name, name]
    return str(next(key for key in keys if key not in taken))


def asset_of(run: Run, path: Path, group: Group, place: Place) -> Any:
    """Describe one file."""
    entry = run.declared.get(path)
    media = (entry["media"] if entry else None) or media_type(path)
    if path == group.main and place.is_cog:
        media = COG
    about = {} if path.is_dir() else file_facts(path)
    way = path.relative_to(run.root).as_posix()
    return run.pystac.Asset(
        # An item lies in a folder of its own. Readers take the link for a path: only what would
        # not be read as part of one is quoted.
        href="../" + re.sub("[%#?]", lambda match: quote(match.group()), way),
        title=entry["label"] if entry else path.name,
        description=(entry["doc"] or None) if entry else None,
        media_type=media,
        roles=roles(path, group.main),
        extra_fields=about,
    )


def file_facts(path: Path) -> dict[str, Any]:
    """Tell size and checksum of a file (STAC's file extension)."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for part in iter(lambda: stream.read(1 << 20), b""):
            digest.update(part)
    return {"file:checksum": SHA_256 + digest.hexdigest(), "file:size": path.stat().st_size}
