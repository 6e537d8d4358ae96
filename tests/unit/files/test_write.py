"""Files are written whole or not at all."""

import os
import stat

import pytest

from apkg.errors import ApkgError
from apkg.files.write import write_all


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_folders_are_made_and_text_is_utf8_with_plain_newlines(tmp_path):
    path = tmp_path / "a" / "b" / "c.txt"
    write_all({path: "é\n\u2028x\r\n"}, force=False)
    assert path.read_bytes() == "é\n\u2028x\r\n".encode()
    assert names(path.parent) == ["c.txt"]


def test_the_users_mask_decides_who_may_read(tmp_path):
    old = os.umask(0o027)
    try:
        write_all({tmp_path / "a": "x"}, force=False)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_one_existing_file_stops_the_whole_set(tmp_path):
    (tmp_path / "b").write_text("kept")
    with pytest.raises(ApkgError, match=r"not overwritten: .*b") as caught:
        write_all({tmp_path / "a": "1", tmp_path / "b": "2"}, force=False)
    assert "--force" in caught.value.hint
    assert names(tmp_path) == ["b"]
    assert (tmp_path / "b").read_text() == "kept"


def test_force_overwrites(tmp_path):
    (tmp_path / "a").write_text("old")
    write_all({tmp_path / "a": "new"}, force=True)
    assert (tmp_path / "a").read_text() == "new"


def test_a_folder_in_the_way_stops_the_whole_set(tmp_path):
    (tmp_path / "b").mkdir()
    with pytest.raises(ApkgError, match="a folder of this name") as caught:
        write_all({tmp_path / "a": "1", tmp_path / "b": "2"}, force=True)
    assert caught.value.location.path == str(tmp_path / "b")
    assert names(tmp_path) == ["b"]


def test_what_no_file_can_hold_stops_the_whole_set(tmp_path):
    with pytest.raises(ApkgError, match="half a character") as caught:
        write_all({tmp_path / "a": "1", tmp_path / "b": "\ud800"}, force=False)
    assert caught.value.location.path == str(tmp_path / "b")
    assert names(tmp_path) == []


@pytest.mark.parametrize("force", [True, False])
def test_a_file_where_the_folder_should_be(tmp_path, force):
    (tmp_path / "f").write_text("kept")
    with pytest.raises(ApkgError, match="cannot be written") as caught:
        write_all({tmp_path / "f" / "a": "1"}, force=force)
    assert ".tmp" not in str(caught.value.location)
    assert (tmp_path / "f").read_text() == "kept"


def test_a_link_is_replaced_and_never_written_through(tmp_path):
    target = tmp_path / "target"
    target.write_text("kept")
    link = tmp_path / "link"
    link.symlink_to(target)
    with pytest.raises(ApkgError, match="not overwritten"):
        write_all({link: "1"}, force=False)
    write_all({link: "1"}, force=True)
    assert (target.read_text(), link.read_text(), link.is_symlink()) == ("kept", "1", False)


def test_a_dangling_link_counts_as_existing(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(ApkgError, match="not overwritten"):
        write_all({link: "1"}, force=False)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir(mode=0o555)
    with pytest.raises(ApkgError, match="Permission denied") as caught:
        write_all({folder / "a": "1"}, force=False)
    assert "-o" in caught.value.hint


def test_a_name_that_is_too_long_leaves_nothing(tmp_path):
    with pytest.raises(ApkgError, match="cannot be written"):
        write_all({tmp_path / "a": "1", tmp_path / ("n" * 300): "2"}, force=False)
    assert names(tmp_path) == []


def test_bytes_are_written_as_they_are(tmp_path):
    write_all({tmp_path / "a.png": b"\x89PNG\r\n\x00", tmp_path / "b.txt": "é\n"}, force=False)
    assert (tmp_path / "a.png").read_bytes() == b"\x89PNG\r\n\x00"
    assert (tmp_path / "b.txt").read_bytes() == "é\n".encode()
