"""Output objects of different runners in one form."""

from apkg.runners.outcome import same_form

OF_CWLTOOL = {
    "d": {
        "location": "file:///o/d",
        "class": "Directory",
        "basename": "d",
        "path": "/o/d",
        "listing": [
            {"class": "File", "basename": "b", "size": 1, "path": "/o/d/b", "nameroot": "b"},
            {"class": "File", "basename": "a", "size": 2, "path": "/o/d/a", "nameext": ""},
        ],
    },
    "record": {"f": {"class": "File", "path": "/o/f", "format": None, "http://x/y": 1}},
    "list": [1, "x", None],
}


def test_fields_and_their_order():
    found = same_form(OF_CWLTOOL)
    assert list(found["d"]) == ["class", "basename", "path", "location", "listing"]
    assert [one["basename"] for one in found["d"]["listing"]] == ["a", "b"]
    assert found["d"]["listing"][0] == {
        "class": "File",
        "basename": "a",
        "path": "/o/d/a",
        "size": 2,
    }
    assert found["record"] == {"f": {"class": "File", "path": "/o/f"}}
    assert found["list"] == [1, "x", None]
