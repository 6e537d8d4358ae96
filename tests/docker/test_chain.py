"""The chains of the samples in containers, every part in its own image; numbers checked."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
from docker_images import SAMPLES, of_sample, unmeasured

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "integration"))

import chain_truth
import tool_truth
from compile_chain import WORDS, write_parts

pytestmark = [pytest.mark.docker, pytest.mark.slow]
NOTEBOOK, STACKER = "apkg-test/notebook:1", "apkg-test/stacker:1"
EXTRACTOR, DETECTOR = "apkg-test/feature-extractor:1", "apkg-test/flood-detector:1"
COMPILER = "apkg-test/cc:1"


def apkg(*arguments, cwd=None):
    command = [sys.executable, "-m", "apkg", *map(str, arguments)]
    options = {"cwd": cwd, "env": unmeasured()}
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def images(notebook_image, stacker_image, build):
    """The image of each part, as the samples' own Dockerfiles make them."""
    text = of_sample("feature-extractor", notebook_image)
    build(EXTRACTOR, text, SAMPLES / "feature-extractor")
    # Without Debian's own rasterio, which is large, and without what only BuildKit knows.
    text = f"FROM {NOTEBOOK}\nENV FLOOD_HOME /opt/flood\nCOPY detect.py $FLOOD_HOME/\n"
    text += "COPY flood-detector.sh /usr/local/bin/flood-detector\n"
    text += "RUN chmod 755 /usr/local/bin/flood-detector\n"
    build(DETECTOR, text, SAMPLES / "flood-detector")


@pytest.fixture
def samples(images, tmp_path):
    """The samples of the chains, each saying its image in its manifest."""
    said = {
        "stacker": STACKER,
        "feature-extractor": EXTRACTOR,
        "flood-detector": DETECTOR,
        "feature-notebook": NOTEBOOK,
        "ndvi-chain": NOTEBOOK,
        "flood-chain": None,
    }
    for name, image in said.items():
        shutil.copytree(SAMPLES / name, tmp_path / name)
        place = tmp_path / name / "apkg.yaml"
        before = place.read_text(encoding="utf-8") if place.exists() else ""
        if image is not None:
            place.write_text(f"image: {image}\n{before}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(tmp_path):
    """Run a package in containers: its outputs, as paths."""

    def start(cwl, *words):
        command = ["run", cwl, *words, "-o", tmp_path / "results", "--format", "json"]
        found = json.loads(apkg(*command).stdout)
        return {
            name: Path(unquote(urlsplit(value["location"]).path)) for name, value in found.items()
        }

    return start


def read(path):
    import rasterio

    with rasterio.open(path) as source:
        return source.read(), source.nodata


def images_in(cwl):
    return set(re.findall(r"dockerPull: (\S+)", cwl.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("manifest", "middle"), [("apkg.yaml", EXTRACTOR), ("with-notebook.yaml", NOTEBOOK)]
)
def test_flood(samples, run, manifest, middle):
    apkg("chain", "--manifest", samples / "flood-chain" / manifest, "-o", samples / "flood.cwl")
    assert images_in(samples / "flood.cwl") == {STACKER, middle, DETECTOR}
    results = run(samples / "flood.cwl", "--inputs", samples / "flood.inputs.yml")
    found, _ = read(results["flood"])
    data = SAMPLES / "stacker" / "data"
    stack, _ = tool_truth.stack(data / "optical.tif", data / "sar.tif")
    expected, unsure = chain_truth.flood(stack)
    assert unsure == 0
    assert np.array_equal(found, expected)


def test_two_collections(samples, run):
    apkg("chain", samples / "ndvi-chain", "-o", samples / "ndvi.cwl")
    assert images_in(samples / "ndvi.cwl") == {STACKER, NOTEBOOK}
    results = run(samples / "ndvi.cwl", "--inputs", samples / "ndvi.inputs.yml")
    found, nodata = read(results["output"])
    expected = chain_truth.ndvi_stack(SAMPLES / "ndvi-chain" / "data")
    assert np.array_equal(found == nodata, np.isnan(expected))
    assert np.allclose(found[found != nodata], expected[~np.isnan(expected)], atol=1e-6)


def test_untar_and_compile(base, build, run, tmp_path):
    """OGC 18-049r1, 7.1, with a compiler that is in an image alone."""
    install = "RUN apt-get update -q && apt-get install -q -y --no-install-recommends gcc libc6-dev"
    build(COMPILER, f"FROM {base}\n{install}\n")
    folder = write_parts(tmp_path / "parts")
    for name, image in (("untar", base), ("compile", COMPILER), ("execute", base)):
        place = folder / f"{name}.cwl"
        text = place.read_text(encoding="utf-8")
        hint = f"hints: {{DockerRequirement: {{dockerPull: '{image}'}}}}\n"
        place.write_text(text + hint, encoding="utf-8")
    words = [*WORDS, "execute.cwl", "--output", "execute/answer"]
    apkg("chain", *words, "-o", tmp_path / "sum.cwl", cwd=folder)
    given = [f"tarball={folder / 'sources.tar'}", "name_of_file_to_extract=sum.c", "number=12"]
    results = run(tmp_path / "sum.cwl", *given)
    assert int(results["answer"].read_text(encoding="utf-8")) == sum(n * n for n in range(13))
    assert results["compiled_class"].read_bytes().startswith(b"\x7fELF")
