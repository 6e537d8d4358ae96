"""The helper with which notebooks open the catalogues that are staged in for them."""

import pystac
import pytest
from apkg_stac import asset_path, items, open_catalog


def item(name, **assets):
    made = pystac.Item(
        id=name, geometry=None, bbox=None, datetime=pystac.utils.str_to_datetime("2024-05-01"),
        properties={},
    )  # fmt: skip
    for key, (href, *roles) in assets.items():
        made.add_asset(key, pystac.Asset(href=href, roles=roles or None))
    return made


@pytest.fixture
def catalogue(tmp_path):
    """Write a catalogue of items, each in a folder of its own; gives where it is."""

    def write(*given, folder=tmp_path / "scene", children=()):
        made = pystac.Catalog(id="staged", description="Staged in")
        made.add_items(given)
        for number, below in enumerate(children):
            child = pystac.Catalog(id=f"child-{number}", description="Below")
            child.add_item(below)
            made.add_child(child)
        made.normalize_hrefs(str(folder))
        made.save(pystac.CatalogType.SELF_CONTAINED)
        return folder

    return write


def test_items_and_the_paths_of_their_assets(catalogue):
    folder = catalogue(item("a", red=("./red.tif", "data"), meta=("./m.xml", "metadata")))
    (folder / "a" / "red.tif").write_bytes(b"")
    (found,) = items(folder)
    assert found.id == "a"
    assert asset_path(found, "red") == str(folder / "a" / "red.tif")
    assert asset_path(found) == asset_path(found, "red")


def test_items_of_catalogues_below_come_too(catalogue):
    folder = catalogue(item("a"), children=[item("b"), item("c")])
    assert [found.id for found in items(folder)] == ["a", "b", "c"]


def test_the_folder_the_file_or_the_only_folder_below(catalogue, tmp_path):
    folder = catalogue(item("a"), folder=tmp_path / "staged" / "scene")
    for way in (folder, str(folder), folder / "catalog.json", folder.parent):
        assert open_catalog(way).id == "staged"


def test_a_collection_is_a_catalogue(tmp_path):
    extent = pystac.Extent(
        pystac.SpatialExtent([[0, 0, 1, 1]]), pystac.TemporalExtent([[None, None]])
    )
    made = pystac.Collection(id="c", description="d", extent=extent)
    made.normalize_hrefs(str(tmp_path))
    made.save(pystac.CatalogType.SELF_CONTAINED)
    assert open_catalog(tmp_path).id == "c"
    assert items(tmp_path) == []


def test_no_catalogue(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"holds no STAC catalogue \(catalog\.json"):
        open_catalog(tmp_path)
    item("lonely").save_object(dest_href=str(tmp_path / "lonely.json"))
    with pytest.raises(FileNotFoundError, match=r"is no STAC catalogue; it describes lonely"):
        open_catalog(tmp_path / "lonely.json")


def test_names_with_spaces_however_they_are_written(catalogue):
    folder = catalogue(item("a", one=("./a b.tif",), two=("./a%20b.tif",), no=("./x%20y.tif",)))
    (folder / "a" / "a b.tif").write_bytes(b"")
    (found,) = items(folder)
    assert asset_path(found, "one") == asset_path(found, "two") == str(folder / "a" / "a b.tif")
    assert asset_path(found, "no").endswith("x%20y.tif")


def test_what_was_not_staged_in_stays_a_url(catalogue):
    folder = catalogue(item("a", red=("https://example.org/a%20b.tif",), s3=("s3://b/c",)))
    (found,) = items(folder)
    assert asset_path(found, "red") == "https://example.org/a%20b.tif"
    assert asset_path(found, "s3") == "s3://b/c"


def test_an_absolute_file_url(tmp_path, catalogue):
    path = tmp_path / "x y.tif"
    path.write_bytes(b"")
    (found,) = items(catalogue(item("a", red=(path.as_uri(),))))
    assert asset_path(found) == str(path)


def test_assets_that_are_not_there_or_not_one(catalogue):
    folder = catalogue(item("a", red=("./r.tif", "data"), nir=("./n.tif", "data")), item("b"))
    one, none = items(folder)
    with pytest.raises(KeyError, match=r"item a has no asset 'blue'; name one of .*: nir, red"):
        asset_path(one, "blue")
    with pytest.raises(KeyError, match=r"has not one asset of data; .*: nir, red"):
        asset_path(one)
    with pytest.raises(KeyError, match="none"):
        asset_path(none)
