"""The chains among the samples: built, validated, run without a container, and right."""

import json
import os

import chain_truth
import numpy as np
import pytest
import sample_truth
import tool_truth
import yaml
from started import APKG
from tool_jobs import SAMPLES, bands

pytestmark = pytest.mark.slow
STACKER = SAMPLES / "stacker" / "data"
NDVI = SAMPLES / "ndvi-chain" / "data"


@pytest.fixture
def build(apkg, cwltool_validate, tmp_path):
    """``build(words…)``: the CWL of a chain, checked by both validators, and Facet 2."""

    def call(*words):
        package = tmp_path / "package"
        package.mkdir(exist_ok=True)
        done = apkg("chain", *words, "--format", "json", cwd=package)
        cwl, deploy, order = map(package.joinpath, json.loads(done.stdout)["files"])
        apkg("validate", cwl, deploy)
        cwltool_validate(f"{cwl}#{cwl.stem}")
        return cwl, json.loads(deploy.read_text(encoding="utf-8")), order

    return call


@pytest.fixture
def run(call, installed, tmp_path):
    """Run a chain where the samples are installed: the results by output."""

    def start(cwl, order, *values):
        words = [installed / "python", *APKG, "run", cwl, "--inputs", order, *values]
        words += ["-o", tmp_path / "results", "--no-container", "--format", "json"]
        return json.loads(call(words, tmp_path))

    return start


def path(value):
    from pathlib import Path
    from urllib.parse import unquote, urlsplit

    return Path(unquote(urlsplit(value["location"]).path))


def check_flood(file):
    found, names, nodata, _ = bands(file)
    assert (names, nodata) == (("optical_green_std", "optical_nir_std", "sar_vv_std"), 255)
    stack, _ = tool_truth.stack(STACKER / "optical.tif", STACKER / "sar.tif")
    expected, unsure = chain_truth.flood(stack)
    assert unsure == 0
    assert np.array_equal(found, expected)
    assert chain_truth.biggest_lake(found[1]) > 100
    return found


@pytest.mark.parametrize("manifest", ["apkg.yaml", "with-notebook.yaml"])
def test_flood(build, run, manifest):
    place = SAMPLES / "flood-chain"
    words = [place] if manifest == "apkg.yaml" else ["--manifest", place / manifest]
    cwl, deploy, order = build(*words)
    results = run(cwl, order)
    found = check_flood(path(results["flood"]))
    if manifest == "apkg.yaml":
        areas = json.loads(path(results["areas"]).read_text(encoding="utf-8"))["water_area_km2"]
        expected = [(layer == 1).sum() * 400 / 1e6 for layer in found]
        assert list(areas.values()) == pytest.approx(expected, abs=1e-6)
    process = deploy["processDescription"]["process"]
    assert process["title"] == "Flood detection"
    assert {one["id"] for one in process["outputs"]} == set(results)
    assert deploy["deploymentProfileName"].endswith("/eoc/workflow")
    assert deploy["executionUnit"] == [{"href": cwl.name}]


def test_flood_by_what_fits(build, run):
    """No link is said: the Stacker's result, the extractor's and the detector's find each other."""
    parts = [SAMPLES / "stacker", SAMPLES / "feature-notebook", SAMPLES / "flood-detector"]
    cwl, _, order = build(*parts, "--id", "flood", "--output", "flood-detector/result")
    job = yaml.safe_load(order.read_text(encoding="utf-8"))
    files = [STACKER / "optical.tif", STACKER / "sar.tif"]
    assert "images" not in job
    check_flood(path(run(cwl, order, *[f"images={file}" for file in files])["result"]))


def test_two_collections(build, run):
    cwl, deploy, order = build(SAMPLES / "ndvi-chain")
    results = run(cwl, order)
    found, names, nodata, transform = bands(path(results["output"]))
    assert names == ("fine-1-ndvi_ndvi", "fine-2-ndvi_ndvi", "coarse-1-ndvi_ndvi")
    expected = chain_truth.ndvi_stack(NDVI)
    assert found.shape == expected.shape
    assert np.array_equal(found == nodata, np.isnan(expected))
    assert np.allclose(found[found != nodata], expected[~np.isnan(expected)], atol=1e-6)
    assert len(np.unique(found)) > 100
    assert (transform.a, transform.c) == (20, 399_960.0 + 11 * 20)
    check_example_of_the_report(deploy)


def check_example_of_the_report(deploy):
    """Facet 2 has what the first example of 18-049r1, 8.3 has, and where it has it."""
    process = deploy["processDescription"]["process"]
    assert process["inputs"][0]["id"] == "image-collection1"
    for number, collection in ((1, "EXAMPLE_FINE_L2A"), (2, "EXAMPLE_COARSE_L2")):
        (one,) = [one for one in process["inputs"] if one["id"] == f"image-collection{number}"]
        assert (one["minOccurs"], one["maxOccurs"]) == ("1", "unbounded")
        assert one["formats"][0]["mimeType"].startswith("image/tiff")
        (group,) = one["additionalParameters"]
        assert group["role"] == "http://www.opengis.net/eoc/applicationContext/inputMetadata"
        assert group["parameters"] == [
            {"name": "EOImage", "values": ["true"]},
            {"name": "AllowedCollections", "values": [collection]},
        ]
    (output,) = process["outputs"]
    assert output["id"] == "output"
    assert process["metadata"][0]["href"].startswith("https://catalogue.example.org/")
    assert deploy["executionUnit"] == [{"href": "multi-sensor-ndvi-stacker.cwl"}]
    assert deploy["deploymentProfileName"] == "http://www.opengis.net/profiles/eoc/workflow"


def test_five_scenes(build, run, tmp_path):
    """A notebook over five scenes, and a tool that stacks what comes out."""
    import rasterio

    scenes = []
    with rasterio.open(SAMPLES / "water-mask" / "data" / "scene.tif") as source:
        profile, pixels = source.profile, source.read()
    for number in range(5):
        scenes.append(tmp_path / f"scene-{number}.tif")
        with rasterio.open(scenes[-1], "w", **profile) as target:
            target.write(darker(pixels, number))
    words = ["mask=" + str(SAMPLES / "water-mask"), "stack=" + str(SAMPLES / "stacker")]
    words += ["--scatter", "mask/scene", "--link", "mask/water_mask=stack/images"]
    cwl, _, order = build(*words, "--id", "lakes", "--output", "stack/result")
    results = run(cwl, order, *[f"scene={scene}" for scene in scenes])
    found, _, nodata, _ = bands(path(results["result"]))
    assert found.shape[0] == 5
    for number, layer in enumerate(found):
        green, nir = darker(pixels, number).astype(int)
        expected, _ = sample_truth.water_mask(green, nir, 0.0, 8)
        assert np.array_equal(np.where(layer == nodata, 255, layer), expected)
    assert len({int((layer == 1).sum()) for layer in found}) > 1


def darker(pixels, number):
    """The scene with less near infrared, so that there is more water in it."""
    green, nir = pixels.astype(int)
    return np.stack([green, np.where(nir > 0, nir - nir * number // 9, 0)]).astype("uint16")


def test_manifests_and_words_say_the_same(apkg, tmp_path):
    """The chain of the manifest, in the words of the command."""
    place = SAMPLES / "ndvi-chain"
    words = [f"fine={place / 'ndvi.ipynb'}", f"coarse={place / 'ndvi.ipynb'}"]
    words += [f"stack={SAMPLES / 'stacker'}", "--scatter", "fine/scene", "--scatter"]
    words += ["coarse/scene", "--link", "image-collection1=fine/scene", "--link"]
    words += ["image-collection2=coarse/scene", "--link", "fine/ndvi=stack/images", "--link"]
    words += ["coarse/ndvi=stack/images", "--output", "output=stack/result", "--id"]
    words += ["multi-sensor-ndvi-stacker"]
    apkg("chain", *words, "-o", tmp_path / "words.cwl")
    apkg("chain", place, "-o", tmp_path / "said.cwl")
    said, spoken = (
        yaml.safe_load((tmp_path / f"{name}.cwl").read_text(encoding="utf-8"))["$graph"]
        for name in ("said", "words")
    )
    assert said[0]["steps"] == spoken[0]["steps"]
    assert said[0]["requirements"] == spoken[0]["requirements"]
    assert said[1:] == spoken[1:]
    assert os.fspath(place) not in (tmp_path / "said.cwl").read_text(encoding="utf-8")
