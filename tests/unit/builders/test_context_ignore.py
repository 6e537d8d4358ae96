"""``.dockerignore``: the rules of Docker's builder, in time in proportion."""

import time

import pytest

from apkg.builders.ignore import Ignored, read_patterns
from apkg.errors import SourceError


@pytest.mark.parametrize(
    ("patterns", "path", "ignored"),
    [
        (["a"], "a", True),
        (["a"], "a/b/c", True),
        (["a"], "b/a", False),
        (["/a/"], "a", True),
        (["*.tif"], "x.tif", True),
        (["*.tif"], "d/x.tif", False),
        (["*"], ".hidden", True),
        (["**/*.tif"], "x.tif", True),
        (["**/*.tif"], "d/e/x.tif", True),
        (["**"], "a", True),
        (["d/**"], "d/e/f", True),
        (["d/**"], "d", False),
        (["d/**/f"], "d/f", True),
        (["d/**/f"], "d/a/b/f/g", True),
        (["*/x"], "d/x", True),
        (["a?c"], "abc", True),
        (["a[bd]c"], "adc", True),
        (["a[^b]c"], "abc", False),
        (["a[^b]c"], "axc", True),
        (["a\\*c"], "abc", False),
        (["a\\*c"], "a*c", True),
        (["a\\bc"], "abc", True),
        (["x/../a"], "a", True),
        (["../a"], "a", True),
        (["."], "a", False),
        (["*", "!a"], "a", False),
        (["*", "!a"], "b", True),
        (["d", "!d/keep"], "d/keep/x", False),
        (["d", "!d/keep", "d/keep/no"], "d/keep/no", True),
        (["[z-a]"], "b", False),
        (["["], "[", True),
    ],
)
def test_the_last_pattern_that_fits_decides(patterns, path, ignored):
    assert (path in Ignored(patterns)) is ignored


def test_docker_py_agrees():
    from docker.utils.build import PatternMatcher

    patterns = ["*.log", "!keep.log", "data/**/raw", "**/tmp?", "docs", "!docs/README.md"]
    paths = ["x.log", "keep.log", "data/raw", "data/a/raw/f", "a/tmp1/x", "docs/a"]
    paths += ["docs/README.md", "docs/deep/README.md", "a/x.log", "data/raws", "tmp12"]
    ours, theirs = Ignored(patterns), PatternMatcher(patterns)
    assert [p in ours for p in paths] == [theirs.matches(p) for p in paths]


def test_an_exception_may_lie_in_an_ignored_folder():
    assert Ignored(["d", "!d/e/*.txt"]).may_keep_below("d/e")
    assert Ignored(["d", "!d/e"]).may_keep_below("d")
    assert Ignored(["d", "!**/x"]).may_keep_below("d/e/f")
    assert not Ignored(["d", "!other"]).may_keep_below("d")


def test_stars_cost_no_time():
    start = time.monotonic()
    path = "/".join(["a" * 200] * 10)
    assert path not in Ignored(["*a" * 60 + "b"] + ["**/a*a*a*a*a*a*b"] * 50)
    assert time.monotonic() - start < 5


def test_comments_and_empty_lines_are_no_patterns():
    assert read_patterns("# c\n\n a \r\n!b\n", "x") == ("a", "!b")
    with pytest.raises(SourceError, match="2001 patterns"):
        read_patterns("a\n" * 2001, "x")
