"""Which sources words, globs, folders and lists stand for."""

import os

import pytest
from notebooks import write

from apkg.errors import UsageError
from apkg.pipeline.sources_listed import list_sources, names_in


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for place in ("b", "b/deep", "b/.hidden", "b/__pycache__", "tool"):
        (tmp_path / place).mkdir()
    for name in ("b/2.ipynb", "b/1.IPYNB", "b/deep/3.ipynb", "b/.hidden/4.ipynb", "top.ipynb"):
        write(tmp_path, "x = 1", name=name)
    write(tmp_path, "x = 1", name="b/__pycache__/5.ipynb")
    (tmp_path / "tool/Dockerfile").write_text("FROM scratch\n")
    return tmp_path


def test_a_folder_stands_for_the_notebooks_directly_in_it(folder):
    assert list_sources(["b"]) == ("b/1.IPYNB", "b/2.ipynb")
    assert list_sources(["."]) == ("top.ipynb",)


def test_a_folder_without_notebooks_stands_for_itself(folder):
    assert list_sources(["tool", "gone"]) == ("tool", "gone")


def test_recursion_finds_notebooks_and_tools_not_what_is_hidden(folder):
    assert list_sources(["."], recursive=True) == (
        "top.ipynb", "b/1.IPYNB", "b/2.ipynb", "b/deep/3.ipynb", "tool",
    )  # fmt: skip


def test_a_loop_of_links_is_no_loop(folder):
    (folder / "b/loop").symlink_to(folder)
    assert len(list_sources(["."], recursive=True)) == 5


def test_globs_are_sorted_and_each_source_comes_once(folder):
    words = ["b/*.ipynb", "b/[d]*/*.ipynb", "*.ipynb", "b/2.ipynb", "./b/../b/2.ipynb"]
    found = list_sources(words)
    assert found == ("b/2.ipynb", "b/deep/3.ipynb", "top.ipynb")


def test_a_glob_that_matches_nothing_is_wrong_usage(folder):
    with pytest.raises(UsageError, match="no file matches"):
        list_sources(["*.nope"])


def test_names_of_a_list_are_no_globs(folder):
    assert list_sources([], named=["*.ipynb", "a.cwl#x"]) == ("*.ipynb", "a.cwl#x")


def test_a_file_that_is_called_like_a_glob_is_that_file(folder):
    write(folder, "x = 1", name="[t]op.ipynb")
    assert list_sources(["[t]op.ipynb"]) == ("[t]op.ipynb",)


def test_lists_by_line_and_by_nul():
    assert names_in(b"\xef\xbb\xbfa b.ipynb\r\n# no\n\n./#yes\n\xff") == (
        "a b.ipynb", "./#yes", os.fsdecode(b"\xff"),
    )  # fmt: skip
    assert names_in(b"a\nb\0#c\0") == ("a\nb", "#c")
    assert names_in(b"") == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may search everything")
def test_a_closed_folder_is_not_passed_over(folder):
    (folder / "b/deep").chmod(0)
    try:
        assert "b/deep" in list_sources(["b"], recursive=True)
    finally:
        (folder / "b/deep").chmod(0o755)
