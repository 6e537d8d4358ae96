"""Symbolic links where output goes: never written through, whoever laid them."""

import pytest
from notebooks import write

from apkg.errors import ApkgError
from apkg.pipeline.convert import convert
from apkg.pipeline.options import ConvertOptions


def result(tmp_path, out, **options):
    source = tmp_path / "in"
    source.mkdir(exist_ok=True)
    (done,) = convert(write(source, "level = 3"), ConvertOptions(out=out, **options))
    return done


@pytest.mark.parametrize("force", [False, True])
def test_links_in_the_place_of_the_files(tmp_path, tree, force):
    victim = tmp_path / "victim"
    victim.write_text("safe")
    out = tmp_path / "out"
    out.mkdir()
    for ending in (".cwl", ".deploy.json", ".inputs.yml"):
        (out / f"demo{ending}").symlink_to(victim)
    done = result(tmp_path, out, force=force)
    assert victim.read_text() == "safe"
    assert (done.error is None) is force
    assert all((out / f"demo{e}").is_symlink() is not force for e in (".cwl", ".deploy.json"))


def test_an_output_folder_that_is_a_link_is_the_users_choice(tmp_path, tree):
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    assert result(tmp_path, tmp_path / "out").error is None
    names = ["demo.cwl", "demo.deploy.json", "demo.inputs.yml"]
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == names
    assert (tmp_path / "out").is_symlink()


@pytest.mark.parametrize("target", ["nowhere", "out", "file"])
def test_an_output_folder_that_is_a_link_to_none(tmp_path, tree, target):
    (tmp_path / "file").write_text("safe")
    (tmp_path / "out").symlink_to(tmp_path / target)
    before = tree(tmp_path)
    done = result(tmp_path, tmp_path / "out")
    assert isinstance(done.error, ApkgError)
    assert "cannot be written" in done.error.message
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before
    assert sorted(set(after) - set(before)) == ["in", "in/demo.ipynb"]


def test_modules_and_contexts_take_nothing_from_outside_through_links(tmp_path, bounded):
    (tmp_path / "secret.py").write_text("S3CRET = 1\n")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "id_rsa").write_text("S3CRET")
    source = tmp_path / "in"
    source.mkdir()
    write(source, "level = 3\nimport helper")
    (source / "helper.py").symlink_to(tmp_path / "secret.py")
    (source / "data").symlink_to(tmp_path / "keys")
    bounded("convert", source, "-o", tmp_path / "out", codes=(0, 3))
    bounded("build", source, "--dry-run", "-o", tmp_path / "out", codes=(0, 3))
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file() and not path.is_symlink():
            assert b"S3CRET" not in path.read_bytes(), path
