"""The copy of a folder that a build sees."""

import os
import socket
from pathlib import Path

import pytest

from apkg.builders.staging import megabytes, stage
from apkg.errors import SourceError


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def staged(source, **options):
    target = source.parent / "context" / "stage"
    target.parent.mkdir(exist_ok=True)
    result = stage(source, target, **options)
    return result, {p.relative_to(target).as_posix(): p for p in target.rglob("*")}


def test_what_no_image_needs_stays_out(source):
    for name in (".git", ".ipynb_checkpoints", "__pycache__", "results", "apkg-layer", ".venv"):
        put(source, f"{name}/x")
    put(source, "env/pyvenv.cfg", "conda/conda-meta/history", "a.py", "deep/results/x")
    result, found = staged(source)
    assert found.keys() == {"a.py", "deep", "deep/results", "deep/results/x"}
    assert result.notes == [
        "left out: conda (a conda environment)",
        "left out: env (a virtual environment)",
    ]
    assert result.sizes == {"a.py": 1, "deep/results/x": 1}


def test_dockerignore_decides_about_the_rest(source):
    put(source, "a", "results/keep", "results/not", "data/raw")
    (source / ".dockerignore").write_text("data\n!results/keep\n")
    assert staged(source)[1].keys() == {"a", "results", "results/keep"}


def test_declarations_are_seen_whatever_dockerignore_says(source):
    put(source, "binder/environment.yml", "binder/other", "other")
    (source / ".dockerignore").write_text("*\n")
    assert staged(source)[1].keys() == {"binder", "binder/environment.yml"}


def test_paths_that_are_left_out_are_no_patterns(source):
    put(source, "a[1].cwl", "a1.cwl", "*", "b")
    assert staged(source, exclude=("a[1].cwl", "*"))[1].keys() == {"a1.cwl", "b"}


def test_modes_and_times_are_the_same_everywhere(source):
    put(source, "plain", "script", "folder/inner")
    (source / "plain").chmod(0o600)
    (source / "script").chmod(0o710)
    (source / "folder").chmod(0o700)
    _, found = staged(source)
    modes = {name: path.stat().st_mode & 0o7777 for name, path in found.items()}
    assert modes == {"plain": 0o644, "script": 0o755, "folder": 0o755, "folder/inner": 0o644}
    assert len({path.stat().st_mtime for path in found.values()}) == 1


def test_links_stay_links_and_lead_nowhere_else(source, tmp_path):
    (tmp_path / "secret").write_text("secret")
    put(source, "data/a")
    links = {
        "inside": "data/a",
        "data/up": "../data",
        "outside": "../secret",
        "absolute": str(source / "data"),
        "round": "round",
        "sly": "data/../../secret",
        "through": "sly",
    }
    for name, target in links.items():
        (source / name).symlink_to(target)
    result, found = staged(source)
    assert found.keys() == {"data", "data/a", "data/up", "inside", "round"}
    assert found["inside"].readlink() == Path("data/a")
    assert [note.split()[2] for note in result.notes] == ["absolute", "outside", "sly", "through"]
    assert result.sizes == {"data/a": 1}


def test_a_declaration_that_leads_out_is_refused(source, tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM secret")
    (source / "Dockerfile").symlink_to("../Dockerfile")
    with pytest.raises(SourceError, match="leads out of the folder") as caught:
        staged(source)
    assert caught.value.location.path == str(source / "Dockerfile")


def test_pipes_and_sockets_are_left_out(source, monkeypatch):
    os.mkfifo(source / "pipe")
    monkeypatch.chdir(source)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        result, found = staged(source)
    assert found == {}
    assert result.notes == [f"left out: {n} (it is no regular file)" for n in ("pipe", "socket")]


def test_too_much_names_the_largest_files(source):
    for number in range(8):
        (source / f"scene{number}.tif").write_bytes(bytes(1024 * (number + 1)))
    with pytest.raises(SourceError) as caught:
        staged(source, limit=20_000)
    assert "holds 36.0 KiB, too much" in caught.value.message
    assert "scene7.tif (8.0 KiB), scene6.tif" in caught.value.message
    assert "scene1.tif" not in caught.value.message
    assert ".dockerignore" in caught.value.hint
    (source / ".dockerignore").write_text("*.tif\n")
    assert staged(source, limit=20_000)[1] == {}


def test_a_sparse_giant_is_refused_before_a_byte_is_copied(source):
    with (source / "giant").open("wb") as stream:
        stream.truncate(3 * 2**30)
    with pytest.raises(SourceError, match=r"holds 3\.0 GiB"):
        staged(source)


def test_the_context_may_lie_in_the_folder_itself(source):
    put(source, "a")
    target = source / "context" / "stage"
    target.parent.mkdir()
    stage(source, target)
    assert [path.name for path in target.iterdir()] == ["a"]


def test_a_large_declaration_is_refused(source):
    (source / "environment.yml").write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(SourceError, match="larger than 1 MiB"):
        staged(source)


def test_names_that_are_no_text_are_copied(source):
    (source / os.fsdecode(b"\xff\n")).touch()
    assert len(staged(source)[1]) == 1


def test_sizes_in_words():
    sizes = [megabytes(n) for n in (0, 2047, 5 * 2**20, 2**40)]
    assert sizes == ["0 bytes", "2.0 KiB", "5.0 MiB", "1024.0 GiB"]
