"""Results arrive whole, and replace nothing unless asked to."""

import pytest

from apkg.errors import ApkgError
from apkg.runners.deliver import free_name, keep, move_results, moved_outputs, result_paths


@pytest.fixture
def folders(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "sub" / "empty").mkdir(parents=True)
    (source / "a.txt").write_text("new")
    (source / "sub" / "b.txt").write_text("new")
    (source / "link").symlink_to("a.txt")
    (target / "sub").mkdir(parents=True)
    (target / "sub" / "other.txt").write_text("old")
    return source, target


def test_folders_are_merged(folders):
    source, target = folders
    move_results(source, target, force=False)
    assert (target / "sub" / "other.txt").read_text() == "old"
    assert (target / "sub" / "b.txt").read_text() == "new"
    assert (target / "sub" / "empty").is_dir()
    assert (target / "link").is_symlink()


def test_nothing_moves_when_one_file_is_taken(folders):
    source, target = folders
    (target / "sub" / "b.txt").write_text("old")
    with pytest.raises(ApkgError, match=r"not overwritten: .*b\.txt"):
        move_results(source, target, force=False)
    assert not (target / "a.txt").exists()
    assert (target / "sub" / "b.txt").read_text() == "old"
    move_results(source, target, force=True)
    assert (target / "sub" / "b.txt").read_text() == "new"


@pytest.mark.parametrize("place", ["a.txt", "sub"])
def test_a_folder_is_never_replaced_by_a_file_nor_a_file_by_a_folder(folders, place):
    source, target = folders
    if place == "sub":
        (target / "sub" / "other.txt").unlink()
        (target / "sub").rmdir()
        (target / "sub").write_text("old")
    else:
        (target / "a.txt").mkdir()
    with pytest.raises(ApkgError, match="not overwritten"):
        move_results(source, target, force=True)


def test_keep_finds_a_free_name(tmp_path):
    for name in ("x.txt", "x-2.txt", "new.txt"):
        (tmp_path / name).write_text(name)
    assert free_name(tmp_path / "x.txt") == tmp_path / "x-3.txt"
    assert keep(tmp_path / "new.txt", tmp_path / "x.txt").read_text() == "new.txt"


def test_outputs_name_the_new_places(tmp_path):
    source, target = tmp_path / "s", tmp_path / "t u"
    file = {"class": "File", "path": str(source / "a.txt"), "location": "file:///x", "size": 1}
    outside = {"class": "File", "path": "/elsewhere", "location": "file:///elsewhere"}
    value = {"one": file, "many": [file], "none": None, "text": "x", "outside": outside}
    moved = moved_outputs(value, source, target)
    place = target / "a.txt"
    expected = {**file, "path": str(place), "location": place.as_uri()}
    assert moved == {**value, "one": expected, "many": [expected]}
    assert [str(path) for path in result_paths(moved)] == [str(place), str(place), "/elsewhere"]
