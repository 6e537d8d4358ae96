"""The package beside an image: written where it is missing, else only told the image's name."""

import stat

import pytest
from engine_in_memory import Engine, image
from notebooks import cell, write

from apkg.errors import ApkgError, ToolError
from apkg.pipeline.build_options import BuildOptions
from apkg.pipeline.build_outputs import write_package
from apkg.pipeline.build_sources import read_sources

TAG = "registry.org/eo/demo:1.0.0"
DIGEST = "registry.org/eo/demo@sha256:" + "1" * 64
LOCK = "/opt/apkg/demo/lock.txt"


@pytest.fixture
def package(tmp_path):
    """``package(reference)``: what is written for a small notebook, into ``out``."""
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", cell("# Demo", kind="markdown"), "n = 1")

    def call(reference=TAG, *, push=False, digests=(), files=None):
        engine = Engine(images={TAG: image(digests=digests)}, files=files or {LOCK: b"a==1\n"})
        sources = read_sources(tmp_path / "in").in_image(TAG)
        options = BuildOptions(out=tmp_path / "out", push=push)
        return write_package(sources, options, engine, image=TAG, reference=reference)

    return call


def names(written):
    return sorted(path.name for path in written.files)


def test_a_new_package_expects_the_notebook_in_the_image(package, tmp_path):
    expected = ["demo.cwl", "demo.deploy.json", "demo.inputs.yml", "demo.lock.txt"]
    assert names(package()) == expected
    text = (tmp_path / "out" / "demo.cwl").read_text()
    assert "baseCommand:\n  - demo\n" in text
    assert f"dockerPull: {TAG}\n" in text
    assert f'"href": "{TAG}"' in (tmp_path / "out" / "demo.deploy.json").read_text()
    assert (tmp_path / "out" / "demo.lock.txt").read_text() == "a==1\n"


def test_what_has_not_changed_is_not_written(package):
    package()
    assert names(package()) == []


def test_an_existing_package_changes_in_the_images_name_alone(package, tmp_path):
    package()
    facets = [tmp_path / "out" / "demo.cwl", tmp_path / "out" / "demo.deploy.json"]
    facets[0].write_text("# mine\n" + facets[0].read_text())
    before = [path.read_text() for path in facets]
    assert names(package(DIGEST, push=True)) == ["demo.cwl", "demo.deploy.json"]
    assert [path.read_text() for path in facets] == [t.replace(TAG, DIGEST) for t in before]


def test_the_name_by_digest_stays_as_long_as_it_is_that_image(package, tmp_path):
    package(DIGEST, push=True)
    assert names(package(TAG, digests=[DIGEST])) == []
    assert names(package(TAG)) == ["demo.cwl", "demo.deploy.json"]
    assert DIGEST not in (tmp_path / "out" / "demo.cwl").read_text()


def test_an_image_without_lock_leaves_no_half_package(package, tmp_path):
    with pytest.raises(ToolError):
        package(files={"other": b""})
    assert not (tmp_path / "out").exists()


def test_a_facet_that_cannot_be_read_stops_it_all(package, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "demo.cwl").write_text("a: [")
    with pytest.raises(ApkgError):
        package()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["demo.cwl"]


def test_permissions_of_a_facet_stay(package, tmp_path):
    package()
    (tmp_path / "out" / "demo.cwl").chmod(0o600)
    package(DIGEST, push=True)
    assert stat.S_IMODE((tmp_path / "out" / "demo.cwl").stat().st_mode) == 0o600
