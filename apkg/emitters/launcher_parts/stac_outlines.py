"""Outlines on the globe: from rings of points to GeoJSON, across the antimeridian and poles."""

from __future__ import annotations

import math
from typing import Any

# part: begin

STEPS = 16  # of each edge: a straight edge in a projection is curved in degrees
DIGITS = 7  # of a degree: a centimetre
STRAIGHT = 1e-5  # of a degree: a metre


def edge_points(width: float, height: float) -> list[tuple[float, float]]:
    """List the points around a rectangle, column and row, closed."""
    corners = [(0.0, 0.0), (0.0, height), (width, height), (width, 0.0), (0.0, 0.0)]
    points = [
        (x + (right - x) * step / STEPS, y + (below - y) * step / STEPS)
        for (x, y), (right, below) in zip(corners, corners[1:])
        for step in range(STEPS)
    ]
    return [*points, corners[0]]


def footprint(ring: list[tuple[float, float]]) -> tuple[dict[str, Any], list[float]] | None:
    """Write a closed ring of longitudes and latitudes as GeoJSON geometry and bounding box.

    Both cross the antimeridian as RFC 7946 asks: the geometry in two parts, the box with a west
    greater than its east. A ring around a pole becomes the whole cap. ``None``: no such place.
    """
    points = [(lon, lat) for lon, lat in ring if math.isfinite(lon) and math.isfinite(lat)]
    if len(points) < 4 or any(abs(lat) > 90.01 or abs(lon) > 720 for lon, lat in points):
        return None
    points = unrolled([(lon, max(-90.0, min(90.0, lat))) for lon, lat in points])
    turn = points[-1][0] - points[0][0]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    south, north = min(lats), max(lats)
    if abs(turn) > 180:
        cap = [-180.0, south, 180.0, 90.0] if sum(lats) > 0 else [-180.0, -90.0, 180.0, north]
        return box_geometry(cap), rounded_box(cap)
    if max(lons) - min(lons) >= 360 - 1e-9:
        band = [-180.0, south, 180.0, north]
        return box_geometry(band), rounded_box(band)
    shift = 360 * math.floor((min(lons) + 180) / 360)
    points = [(lon - shift, lat) for lon, lat in points]
    west, east = min(lons) - shift, max(lons) - shift
    if east <= 180 + 1e-9:
        shape = {"type": "Polygon", "coordinates": [outline(points)]}
        return shape, rounded_box([west, south, min(east, 180.0), north])
    halves = [clipped(points, 180.0, 1), clipped(points, 180.0, -1)]
    halves[1] = [(lon - 360, lat) for lon, lat in halves[1]]
    shape = {"type": "MultiPolygon", "coordinates": [[outline(half)] for half in halves]}
    return shape, rounded_box([west, south, east - 360, north])


def unrolled(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Let longitudes run on across the antimeridian."""
    done = [points[0]]
    for lon, lat in points[1:]:
        before = done[-1][0]
        done.append((before + (lon - before + 180) % 360 - 180, lat))
    return done


def clipped(
    points: list[tuple[float, float]], limit: float, side: int
) -> list[tuple[float, float]]:
    """Keep the part of a closed ring west (``side`` 1) or east (-1) of a meridian."""
    kept: list[tuple[float, float]] = []
    for (lon, lat), (after, lat_after) in zip(points, points[1:]):
        is_in, is_in_after = side * (limit - lon) >= 0, side * (limit - after) >= 0
        if is_in:
            kept.append((lon, lat))
        if is_in != is_in_after:
            kept.append((limit, lat + (lat_after - lat) * (limit - lon) / (after - lon)))
    return [*kept, kept[0]]


def outline(points: list[tuple[float, float]]) -> list[list[float]]:
    """Write a closed ring: as few points as tell its shape, rounded, counterclockwise."""
    extent = max(max(side) - min(side) for side in zip(*points))
    ring = simplified(points, min(STRAIGHT, extent / 1000))
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    ring = ring if area >= 0 else ring[::-1]
    return [[round(lon, DIGITS), round(lat, DIGITS)] for lon, lat in ring]


def simplified(points: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Leave out the points of a line that are no farther off it than the tolerance."""
    places = range(1, len(points) - 1)
    far, place = max(((off_line(points, i), i) for i in places), default=(0.0, 0))
    if far <= tolerance:
        return [points[0], points[-1]]
    before, after = points[: place + 1], points[place:]
    return [*simplified(before, tolerance)[:-1], *simplified(after, tolerance)]


def off_line(points: list[tuple[float, float]], place: int) -> float:
    """Tell how far a point is from the straight line between the first point and the last."""
    (x, y), (start, below), (end, above) = points[place], points[0], points[-1]
    along, up = end - start, above - below
    length = math.hypot(along, up)
    if not length:
        return math.hypot(x - start, y - below)
    return abs(along * (y - below) - up * (x - start)) / length


def rounded_box(box: list[float]) -> list[float]:
    """Write a bounding box."""
    return [round(value, DIGITS) for value in box]


def box_geometry(box: list[float]) -> dict[str, Any]:
    """Write a bounding box (west, south, east, north) as a geometry."""
    west, south, east, north = rounded_box(box)

    def ring(left: float, right: float) -> list[list[list[float]]]:
        corners = [[left, south], [right, south], [right, north], [left, north], [left, south]]
        return [corners]

    if west <= east:
        return {"type": "Polygon", "coordinates": ring(west, east)}
    return {"type": "MultiPolygon", "coordinates": [ring(west, 180.0), ring(-180.0, east)]}


def around(boxes: list[list[float]]) -> list[float] | None:
    """Give the bounding box of bounding boxes; one that crosses the antimeridian makes it wrap."""
    flat = [[*box[:2], *box[3:5]] if len(box) == 6 else box for box in boxes]
    flat = [box for box in flat if len(box) == 4]
    if not flat:
        return None
    wraps = any(box[0] > box[2] for box in flat)
    # Counted from Greenwich eastward, such boxes are whole.
    turned = [[b[0] % 360, b[1], b[2] % 360, b[3]] if wraps else b for b in flat]
    if any(box[0] > box[2] for box in turned):
        west, east = -180.0, 180.0
    else:
        west, east = min(box[0] for box in turned), max(box[2] for box in turned)
        west, east = (west - 360 if west > 180 else west), (east - 360 if east > 180 else east)
    return [west, min(b[1] for b in flat), east, max(b[3] for b in flat)]
