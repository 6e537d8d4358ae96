"""Imports of a document from itself, as packed CWL holds them."""

import pytest

from apkg.files.own_parts import with_own_parts

NAMES = {"class": "SchemaDefRequirement", "id": "#names.yml", "types": [{"name": "#names.yml/n"}]}


def test_a_part_stands_wherever_it_is_imported():
    value = {"$graph": [{"id": "#a", "requirements": [NAMES]}, {"id": "b"}]}
    value["$graph"][1]["requirements"] = [{"$import": "#names.yml"}]
    value["$graph"][1]["more"] = {"deep": {"$import": "#names.yml/n"}, "other": {"$import": "#a"}}
    filled, places = with_own_parts(value)
    assert filled["$graph"][1]["requirements"] == [NAMES]
    assert filled["$graph"][1]["more"]["deep"] == {"name": "#names.yml/n"}
    assert filled["$graph"][1]["more"]["other"] == value["$graph"][0]
    assert places["$graph", 1, "requirements", 0] == ("$graph", 0, "requirements", 0)
    assert places["$graph", 1, "more", "deep"] == ("$graph", 0, "requirements", 0, "types", 0)


@pytest.mark.parametrize(
    "value",
    [
        {"id": "#a", "in": {"$import": "#b"}},
        {"id": "#a", "in": {"$import": "b.yml"}},
        {"id": "#a", "in": {"$import": "#a", "more": 1}},
        {"id": "#a", "default": {"$import": "#a"}},
        {"id": "#a", "in": {"$import": 3}},
        [1, "#a", None],
        "$import",
    ],
)
def test_what_is_no_import_of_a_part_stays(value):
    filled, places = with_own_parts(value)
    assert filled is value
    assert places == {}


def test_a_part_that_holds_itself_is_opened_once():
    filled, _ = with_own_parts({"id": "#a", "in": {"$import": "#a"}})
    assert filled == {"id": "#a", "in": {"id": "#a", "in": {"$import": "#a"}}}


def test_parts_of_parts_do_not_grow_without_end(monkeypatch):
    monkeypatch.setattr("apkg.files.own_parts.MAX_VALUES", 2_000)
    levels = [{"id": f"#l{n}", "in": [{"$import": f"#l{n + 1}"}] * 10} for n in range(20)]
    filled, _ = with_own_parts(levels)
    assert len(str(filled)) < 200_000
