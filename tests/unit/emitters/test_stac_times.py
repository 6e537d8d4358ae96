"""When a result is of: tags, inputs, the catalogues among the inputs, the clock."""

import json
from datetime import UTC, datetime

import pytest
from catalogues import catalogue_of, loaded, raster

from apkg.model import ArrayType, Default, Input, Scalar

MADE = loaded()
TEXT, FOLDER = Scalar("string"), Scalar("Directory")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01", (2024, 5, 1)),
        (" 2024-05-01T10:11:12Z ", (2024, 5, 1, 10, 11, 12)),
        ("2024-05-01 10:11", (2024, 5, 1, 10, 11)),
        ("2024:05:01 10:11:12", (2024, 5, 1, 10, 11, 12)),
        ("20240501T101112", (2024, 5, 1, 10, 11, 12)),
        ("2024-05-01T10:11:12.5+02:30", (2024, 5, 1, 7, 41, 12, 500_000)),
        ("2024-05-01T10:11:12-01:00", (2024, 5, 1, 11, 11, 12)),
        ("2024-13-01", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("May 2024", None),
        ("20240501-2", None),
        (20240501, None),
        (None, None),
    ],
)
def test_moments(text, expected):
    assert MADE.moment(text) == (datetime(*expected, tzinfo=UTC) if expected else None)


def one(folder, inputs=(), **parameters):
    """Run on one raster, and give its item's times."""
    (folder / "demo.executed.ipynb").write_text("{}", encoding="utf-8")
    loaded(inputs).write_catalogue(parameters)
    (item,) = catalogue_of(folder / "results").get_items()
    known = item.to_dict()["properties"]
    return [known.get(name) for name in ("datetime", "start_datetime", "end_datetime")]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return tmp_path


def product(folder, name="scene", **properties):
    """A staged-in product: a folder with a catalogue of one item."""
    place = folder / name
    place.mkdir()
    link = {"rel": "item", "href": f"./{name}.json"}
    catalogue = {"type": "Catalog", "stac_version": "1.0.0", "id": "c", "links": [link]}
    (place / "catalog.json").write_text(json.dumps(catalogue))
    item = {
        "type": "Feature",
        "id": f"S2A_{name}",
        "bbox": [1, 2, 3, 4],
        "geometry": {"type": "Point", "coordinates": [1, 2]},
        "properties": properties,
        "links": [{"rel": "self", "href": f"https://example.org/{name}"}],
    }
    (place / f"{name}.json").write_text(json.dumps(item))
    return place


def test_the_file_speaks_first(folder):
    raster(folder / "results" / "a.tif", tags={"TIFFTAG_DATETIME": "2020:02:03 04:05:06"})
    date = Input(id="date", type=TEXT, semantics="date")
    assert one(folder, [date], date="2024-05-01") == ["2020-02-03T04:05:06Z", None, None]


def test_then_the_inputs_that_are_dates(folder):
    raster(folder / "results" / "a.tif")
    start = Input(id="start", type=TEXT, semantics="dateTime", variable="t0")
    end = Input(id="end", type=TEXT, semantics="date", default=Default("2024-05-31"))
    times = one(folder, [end, start], t0="2024-05-01T12:00:00Z")
    assert times == ["2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z", "2024-05-31T00:00:00Z"]


def test_then_the_products_among_the_inputs(folder):
    raster(folder / "results" / "a.tif")
    scenes = [
        product(folder, "x", datetime="2024-05-03T00:00:00Z"),
        product(folder, "y", datetime=None, start_datetime="2024-05-01", end_datetime="2024-05-02"),
    ]
    times = one(folder, [Input(id="s", type=ArrayType(FOLDER))], s=[str(s) for s in scenes])
    assert times == ["2024-05-01T00:00:00Z", "2024-05-01T00:00:00Z", "2024-05-03T00:00:00Z"]


def test_then_the_clock(folder):
    raster(folder / "results" / "a.tif")
    assert one(folder) == ["2023-11-14T22:13:20Z", None, None]


def test_of_one_product_come_name_place_and_origin(folder):
    (folder / "results").mkdir()
    scene = product(folder, datetime="2024-05-03T00:00:00Z")
    one(folder, [Input(id="s", type=FOLDER, optional=True)], s=str(scene))
    (item,) = catalogue_of(folder / "results").get_items()
    assert item.id == "S2A_scene"
    assert item.geometry == {"type": "Point", "coordinates": [1, 2]}
    assert item.bbox == [1, 2, 3, 4]
    assert [link.href for link in item.get_links("derived_from")] == ["https://example.org/scene"]


def test_a_bounding_box_among_the_inputs(folder):
    (folder / "results").mkdir()
    numbers = ArrayType(Scalar("double"))
    area = Input(id="area", type=numbers, semantics="bbox", default=Default((5.0, 6.0, 7.0, 8.0)))
    one(folder, [area])
    (item,) = catalogue_of(folder / "results").get_items()
    assert item.bbox == [5, 6, 7, 8]


def test_catalogues_among_the_inputs_that_are_none(folder, capsys):
    (folder / "results").mkdir()
    broken, looped = folder / "broken", folder / "looped"
    for place in (broken, looped):
        place.mkdir()
    (broken / "catalog.json").write_text("{")
    link = {"rel": "child", "href": "../looped/catalog.json"}
    links = [link, *({"rel": "item", "href": href} for href in ("https://e.org/x", "x" * 999))]
    (looped / "catalog.json").write_text(json.dumps({"type": "Catalog", "links": links}))
    inputs = [Input(id=name, type=FOLDER) for name in ("a", "b")]
    assert one(folder, inputs, a=str(broken), b=str(looped))[0] == "2023-11-14T22:13:20Z"
    assert "catalog.json among the inputs is no STAC" in capsys.readouterr().err
