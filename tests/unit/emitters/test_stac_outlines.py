"""Footprints on a round Earth: antimeridian, poles, straight edges that are curves."""

from itertools import pairwise

import pytest
from catalogues import loaded, raster
from hypothesis import given
from hypothesis import strategies as st

MADE = loaded()


def box_ring(west, south, east, north):
    points = MADE.edge_points(east - west, north - south)
    return [(west + x, south + y) for x, y in points]


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def test_a_box_has_four_corners_counterclockwise():
    geometry, bbox = MADE.footprint(box_ring(10, 40, 12, 41))
    assert bbox == [10, 40, 12, 41]
    (ring,) = geometry["coordinates"]
    assert len(ring) == 5
    assert ring[0] == ring[-1]
    assert area(ring) == pytest.approx(2)


@pytest.mark.parametrize("turns", [-360, 0, 360])
def test_across_the_antimeridian(turns):
    geometry, bbox = MADE.footprint(box_ring(178 + turns, -10, 183 + turns, 10))
    assert bbox == [178, -10, -177, 10]
    assert geometry["type"] == "MultiPolygon"
    east, west = (part[0] for part in geometry["coordinates"])
    assert sorted({x for x, _ in east}) == [178, 180]
    assert sorted({x for x, _ in west}) == [-180, -177]
    assert area(east) == pytest.approx(40)
    assert area(west) == pytest.approx(60)


def test_longitudes_that_jump_are_one_outline():
    ring = [((lon + 180) % 360 - 180, lat) for lon, lat in box_ring(170, 0, 190, 5)]
    assert MADE.footprint(ring)[1] == [170, 0, -170, 5]


def test_up_to_the_antimeridian_is_one_part():
    geometry, bbox = MADE.footprint(box_ring(170, 0, 180, 5))
    assert (geometry["type"], bbox) == ("Polygon", [170, 0, 180, 5])


@pytest.mark.parametrize("west", [-180, 0])
def test_the_whole_world(west):
    geometry, bbox = MADE.footprint(box_ring(west, -90, west + 360, 90))
    assert bbox == [-180, -90, 180, 90]
    assert area(geometry["coordinates"][0]) == pytest.approx(360 * 180)


def test_a_pole_inside(tmp_path):
    north = raster(tmp_path / "n.tif", "EPSG:3413", west=-150_000, north=100_000, pixel=10_000)
    south = raster(tmp_path / "s.tif", "EPSG:3031", west=-150_000, north=100_000, pixel=10_000)
    west, low, east, high = MADE.place_of(north).bbox
    assert (west, east, high) == (-180, 180, 90)
    assert 88 < low < 89
    assert MADE.place_of(south).bbox[:3] == [-180, -90, 180]


def test_a_raster_of_utm_zone_1_across_the_antimeridian(tmp_path):
    path = raster(tmp_path / "fiji.tif", "EPSG:32701", west=150_000, north=8_200_000, pixel=1000)
    place = MADE.place_of(path)
    west, south, east, north = place.bbox
    assert 179 < west < 180
    assert -180 < east < -179
    assert south < north < 0
    assert place.geometry["type"] == "MultiPolygon"


@pytest.mark.parametrize("ring", [box_ring(500_000, 0, 500_100, 100), [], [(float("inf"), 1)] * 9])
def test_what_is_nowhere_on_earth(ring):
    assert MADE.footprint(ring) is None


@given(
    st.floats(-180, 179),
    st.floats(-90, 89),
    st.floats(0.001, 300),
    st.floats(0.001, 100),
)
def test_every_footprint_has_the_size_of_its_raster(west, south, width, height):
    north = min(90, south + height)
    geometry, bbox = MADE.footprint(box_ring(west, south, west + width, north))
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    assert sum(area(part[0]) for part in parts) == pytest.approx(
        width * (north - south), rel=1e-2, abs=1e-4
    )
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for part in parts for x, y in part[0])
    assert (bbox[2] - bbox[0]) % 360 == pytest.approx(width, abs=1e-6)


def test_boxes_together():
    assert MADE.around([]) is None
    assert MADE.around([[0, 1, 2, 3], [1, 0, 5, 2]]) == [0, 0, 5, 3]
    assert MADE.around([[0, 1, 100, 2, 3, 200]]) == [0, 1, 2, 3]
    assert MADE.around([[178, 0, -178, 1], [170, 2, 175, 3]]) == [170, 0, -178, 3]
    assert MADE.around([[178, 0, -178, 1], [-10, 2, 10, 3]]) == [-180, 0, 180, 3]
