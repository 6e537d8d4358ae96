"""Samples become images and packages that give the same wherever they run.

Each is built of its folder by the engine, and run by cwltool in Docker as root and as an ordinary
user, by Toil on this machine, and without a container.
"""

import csv
import io
import struct

import numpy as np
import pytest
from acceptance_samples import BY_NAME, SAMPLES_BUILT, USER, files

pytestmark = [pytest.mark.docker, pytest.mark.slow]


def numbers(data):
    """A table with its numbers as such."""

    def value(text):
        try:
            return pytest.approx(float(text), rel=1e-9, nan_ok=True)
        except ValueError:
            return text

    return [[value(text) for text in row] for row in csv.reader(io.StringIO(data.decode()))]


def pixels(data):
    """A raster without what its writer's version decides."""
    from rasterio.io import MemoryFile

    with MemoryFile(data) as file, file.open() as source:
        profile = (source.crs, source.transform, source.nodata, source.descriptions)
        return profile, source.read()


def size_of_picture(data):
    return struct.unpack(">II", data[16:24])


def check_same(inside, outside):
    """Whether results are the same, although other versions of libraries have written them."""
    assert inside.keys() == outside.keys()
    for name in inside:
        here, there = inside[name], outside[name]
        if here == there:
            continue
        if name.endswith(".csv"):
            assert numbers(here) == numbers(there), name
        elif name.endswith(".png"):
            assert size_of_picture(here) == size_of_picture(there), name
        else:
            assert name.endswith(".tif"), name
            (profile, found), (expected_profile, expected) = pixels(here), pixels(there)
            assert profile == expected_profile
            assert np.array_equal(found, expected)


@pytest.fixture
def runs(apkg, as_user, own_folder, tmp_path):
    """``runs(package, data, sample, runner)``: what comes out in Docker."""

    def run(package, data, sample, runner, *, user=False):
        words = ["-q", "--engine", "docker", "--runner", runner]
        if not user:
            out = tmp_path / runner
            apkg("run", package, *sample.job(data), "-o", out, *words)
            return files(out)
        place = own_folder(package, data)
        as_user("run", package.name, *sample.job(data.name), "-o", "out", *words, folder=place)
        assert {path.stat().st_uid for path in (place / "out").rglob("*")} == {USER}
        return files(place / "out")

    return run


@pytest.mark.parametrize("name", [sample.name for sample in SAMPLES_BUILT])
def test_the_same_everywhere(name, made, runs, without_container):
    sample, one = BY_NAME[name], made(name)
    assert one.told["buildpack"] == sample.buildpack
    data = one.folder / "data"
    found = {runner: runs(one.package, data, sample, runner) for runner in ("cwltool", "toil")}
    found["user"] = runs(one.package, data, sample, "cwltool", user=True)
    # One image: byte for byte the same, whoever runs it.
    assert found["cwltool"].keys() == sample.results
    assert found["toil"] == found["cwltool"]
    assert found["user"] == found["cwltool"]
    check_same(found["cwltool"], files(without_container(one.folder, *sample.job(data))))


@pytest.mark.parametrize("name", ["vegetation-ipython2cwl", "flood-detector"])
def test_nothing_is_built_where_nothing_has_changed(made, apkg, base, tmp_path, name):
    sample, first = BY_NAME[name], made(name)
    folder = sample.copy(tmp_path, base)
    out = ["-o", tmp_path / "package", "-q"]
    done = apkg(*sample.command(folder, base, *out))
    assert done.stdout.startswith(f"{sample.image} is up to date\n")
    assert first.told["id"] in done.stdout
    # Package and lock are there nevertheless; a log there is not.
    assert not (tmp_path / "package" / f"{name}.build.log").exists()
    assert files(tmp_path / "package") == {
        path.name: path.read_bytes()
        for path in first.package.iterdir()
        if not path.name.endswith(".log")
    }
