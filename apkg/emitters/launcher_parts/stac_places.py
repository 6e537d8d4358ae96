"""Where the results lie: what their files say, and the catalogues among the inputs."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from apkg.emitters.launcher_parts.head import NAME, say
from apkg.emitters.launcher_parts.stac_files import RASTERS, input_folders
from apkg.emitters.launcher_parts.stac_outlines import (
    around,
    box_geometry,
    edge_points,
    footprint,
)
from apkg.emitters.launcher_parts.stac_table import AREAS
from apkg.emitters.launcher_parts.stac_times import times_in_tags

# part: begin

MOST_BYTES = 50_000_000
MOST_ITEMS = 1000
WGS84 = "EPSG:4326"


class Place(NamedTuple):
    """What a file says of itself: footprint, STAC properties, tags, whether it is a COG."""

    geometry: dict[str, Any] | None = None
    bbox: list[float] | None = None
    properties: dict[str, Any] = {}  # noqa: RUF012 - never changed
    tags: dict[str, Any] = {}  # noqa: RUF012
    is_cog: bool = False


class Source(NamedTuple):
    """One STAC item among the inputs."""

    id: str
    geometry: dict[str, Any] | None
    bbox: list[float] | None
    times: list[datetime]
    href: str | None


def place_of(path: Path) -> Place:
    """Read where a file lies. One that cannot be read lies nowhere: a warning says so."""
    ending = path.suffix.lower()
    try:
        if ending in RASTERS:
            with warnings.catch_warnings():
                # rasterio warns of what has no place; so do we, in our own words.
                warnings.simplefilter("ignore")
                return place_of_raster(path)
        if ending == ".geojson":
            return place_of_geojson(path)
    except Exception as error:  # noqa: BLE001 - GDAL's errors are of many kinds
        say(f"{NAME}: the place of {path.name} cannot be read: {error}")
    return Place()


def optional(name: str) -> Any:
    """Import a module that may be missing."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def place_of_raster(path: Path) -> Place:
    """Read a raster with rasterio, else with GDAL."""
    rasterio = optional("rasterio")
    if rasterio is not None:
        found = by_rasterio(rasterio, path)
    else:
        about = gdal_info(str(path))
        if about is None:
            say(f"{NAME}: neither rasterio nor GDAL is installed, to tell where {path.name} lies")
            return Place()
        found = by_gdal(about)
    if found.geometry is None:
        say(f"{NAME}: {path.name} has no coordinate reference system, or lies nowhere on Earth")
    return found


def by_rasterio(rasterio: Any, path: Path) -> Place:
    """Read a raster with rasterio."""
    with rasterio.open(str(path)) as source:
        tags = {**source.tags(), **source.tags(ns="IMAGERY")}
        is_cog = source.tags(ns="IMAGE_STRUCTURE").get("LAYOUT") == "COG"
        # A netCDF or HDF file of several variables holds as many rasters.
        inner = source.subdatasets[:1] if source.crs is None else []
        with rasterio.open(inner[0] if inner else str(path)) as raster:
            tags = {**raster.tags(), **tags}
            shape, transform, crs = [raster.height, raster.width], raster.transform, raster.crs
            ring = on_ground(transform, edge_points(raster.width, raster.height))
            points, crs_of_points = raster.gcps
    properties: dict[str, Any] = {"proj:shape": shape}
    if crs is None and points:
        ring, crs = around_points([(point.x, point.y) for point in points]), crs_of_points
    elif crs is not None or is_in_degrees(tags):
        properties["proj:transform"] = list(transform)[:6]
    if crs is None:
        geometry, bbox = (is_in_degrees(tags) and footprint(ring)) or (None, None)
        return Place(geometry, bbox, properties, tags, is_cog)
    authority = crs.to_authority()
    properties["proj:code"] = ":".join(authority) if authority else None
    if not authority:
        properties["proj:wkt2"] = crs.to_wkt(version="WKT2_2019")
    warp = importlib.import_module("rasterio.warp")
    lons, lats = warp.transform(crs, WGS84, [x for x, _ in ring], [y for _, y in ring])
    geometry, bbox = footprint(list(zip(lons, lats))) or (None, None)
    return Place(geometry, bbox, properties, tags, is_cog)


def is_in_degrees(tags: dict[str, Any]) -> bool:
    """Tell whether coordinates are longitudes and latitudes: in netCDF their units say it (CF)."""
    return any(name.endswith("#units") and tags[name] == "degrees_north" for name in tags)


def on_ground(transform: Any, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Turn columns and rows into coordinates: an affine transform of six numbers."""
    a, b, c, d, e, f = tuple(transform)[:6]
    return [(a * x + b * y + c, d * x + e * y + f) for x, y in points]


def around_points(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Give the rectangle around points, as a closed ring."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    west, south = min(xs), min(ys)
    return [(west + x, south + y) for x, y in edge_points(max(xs) - west, max(ys) - south)]


def gdal_info(name: str) -> dict[str, Any] | None:
    """Ask GDAL about a raster: its Python module, or its program gdalinfo."""
    gdal = optional("osgeo.gdal")
    program = shutil.which("gdalinfo")
    if gdal is not None:
        gdal.UseExceptions()
        info: dict[str, Any] = gdal.Info(name, format="json")
    elif program is not None:
        answer = subprocess.run([program, "-json", name], capture_output=True, check=False)  # noqa: S603
        if answer.returncode:
            raise ValueError(answer.stderr.decode("utf-8", "replace").strip())
        info = json.loads(answer.stdout)
    else:
        return None
    domains = info.get("metadata") or {}
    inner = domains.get("SUBDATASETS", {}).get("SUBDATASET_1_NAME")
    if inner is None or info.get("coordinateSystem"):
        return info
    within = gdal_info(inner) or {}
    tags = {**(within.get("metadata") or {}).get("", {}), **domains.get("", {})}
    return {**within, "metadata": {"": tags}}


def by_gdal(info: dict[str, Any]) -> Place:
    """Read what gdalinfo tells of a raster."""
    width, height = info["size"]
    wkt = (info.get("coordinateSystem") or {}).get("wkt", "")
    domains, geo = info.get("metadata") or {}, info.get("geoTransform")
    tags = {**domains.get("", {}), **domains.get("IMAGERY", {})}
    properties: dict[str, Any] = {"proj:shape": [height, width]}
    ring: list[tuple[float, float]] = []
    is_in_lon_lat = wkt.startswith("GEOG") or (not wkt and is_in_degrees(tags))
    if geo and (wkt or is_in_lon_lat):
        # GDAL's order is another than STAC's.
        properties["proj:transform"] = [geo[1], geo[2], geo[0], geo[4], geo[5], geo[3]]
    if geo and is_in_lon_lat:
        ring = on_ground(properties["proj:transform"], edge_points(width, height))
    elif wkt and "wgs84Extent" in info:
        ring = [(lon, lat) for lon, lat in info["wgs84Extent"]["coordinates"][0]]
    if wkt:
        # The last identifier in WKT is that of the whole.
        names = re.findall(r'(?:ID|AUTHORITY)\["(\w+)",\s*"?(\w+)"?\]\s*\]*\s*\Z', wkt)
        properties["proj:code"] = ":".join(names[0]) if names else None
        if not names:
            properties["proj:wkt2"] = wkt
    geometry, bbox = footprint(ring) or (None, None)
    is_cog = domains.get("IMAGE_STRUCTURE", {}).get("LAYOUT") == "COG"
    return Place(geometry, bbox, properties, tags, is_cog)


def place_of_geojson(path: Path) -> Place:
    """Read the bounding box of GeoJSON."""
    if path.stat().st_size > MOST_BYTES:
        return Place()
    data = json.loads(path.read_text(encoding="utf-8"))
    given = data.get("bbox") if isinstance(data, dict) else None
    box = around([given] if given else [[x, y, x, y] for x, y in positions(data)])
    is_on_earth = box is not None and max(map(abs, box)) <= 180
    return Place(box_geometry(box), box) if box and is_on_earth else Place()


def positions(data: Any) -> list[tuple[float, float]]:
    """List the positions in GeoJSON, however deep."""
    found: list[tuple[float, float]] = []
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            if len(value) >= 2 and all(isinstance(part, (int, float)) for part in value[:2]):
                found.append((value[0], value[1]))
            else:
                waiting += value
        elif isinstance(value, dict):
            names = ("features", "geometry", "geometries", "coordinates")
            waiting += [value[name] for name in names if name in value]
    return found


def area_in_inputs(parameters: dict[str, Any]) -> list[float] | None:
    """Give the bounding box that the inputs say: west, south, east, north."""
    for variable, default in AREAS:
        value = parameters.get(variable, default)
        if isinstance(value, str):
            value = [part for part in value.replace(",", " ").split() if part]
        try:
            numbers = [float(part) for part in value or []]
        except (TypeError, ValueError):
            continue
        if len(numbers) in (4, 6):
            return around([numbers])
    return None


def sources(parameters: dict[str, Any]) -> list[Source]:
    """List the STAC items among the inputs, by what their files say; nothing is fetched."""
    found: list[Source] = []
    for folder in input_folders(parameters):
        waiting = [folder / name for name in ("catalog.json", "collection.json")]
        seen: set[Path] = set()
        while waiting and len(found) < MOST_ITEMS:
            path = waiting.pop(0)
            # A catalogue may lead in circles.
            if path in seen or not os.path.isfile(path):  # noqa: PTH113 - a path may be no path
                continue
            seen.add(path)
            try:
                data = json.loads(path.read_text(encoding="utf-8"))
                links = [link for link in data.get("links", []) if "href" in link]
                if data.get("type") == "Feature":
                    found.append(source(data, links))
                    continue
            except (ValueError, AttributeError, TypeError, OSError) as error:
                say(f"{NAME}: {path.name} among the inputs is no STAC: {error}")
                continue
            ways = [link["href"] for link in links if link.get("rel") in ("item", "child")]
            waiting += [Path(os.path.normpath(path.parent / str(way))) for way in ways]
    return found


def source(data: dict[str, Any], links: list[dict[str, Any]]) -> Source:
    """Read one STAC item."""
    properties = data.get("properties") or {}
    own = {"datetime": properties.get("datetime")}
    own.update({name: properties.get(name) for name in ("start_datetime", "end_datetime")})
    times = times_in_tags(own)
    hrefs = [str(link["href"]) for link in links if link.get("rel") == "self"]
    href = next((href for href in hrefs if href.startswith(("https://", "http://"))), None)
    return Source(str(data.get("id", "")), data.get("geometry"), data.get("bbox"), times, href)
