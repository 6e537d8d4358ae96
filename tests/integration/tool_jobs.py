"""Jobs for the tools among the samples, and what must come out of each."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import tool_truth as truth

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
EXPERT = ROOT / "tests" / "expert"
sys.path.insert(0, str(ROOT / "tests" / "tools"))

import score_cwl  # noqa: E402

CASES = {case.name: case for case in score_cwl.read_cases(os.environ.get("APKG_CORPUS"))}


@dataclass(frozen=True)
class Job:
    """What to type (``$NAME`` is a file of the sample's data), and what must come out."""

    case: str
    typed: str
    #: In the names of the expert's file.
    job: dict
    #: Called with the results by name, and takes out of the dictionary what it has looked at.
    check: Callable = field(repr=False)

    @property
    def sample(self):
        return CASES[self.case].sample

    @property
    def data(self):
        return self.sample / "data"


def bands(path):
    import rasterio

    with rasterio.open(path) as source:
        return source.read(), source.descriptions, source.nodata, source.transform


def check_stack(results, data):
    stack, names, nodata, transform = bands(results.pop("stack.tif"))
    expected, (left, top) = truth.stack(data / "optical.tif", data / "sar.tif")
    assert np.array_equal(stack, expected)
    assert (names, nodata) == (("optical_green", "optical_nir", "sar_vv"), -9999)
    assert (transform.c, transform.f, transform.a, transform.e) == (left, top, 20, -20)
    assert stack.shape == (3, 44, 44)
    assert len(np.unique(stack)) > 100


def check_coarse_stack(results, data):
    stack, names, _, transform = bands(results.pop("coarse.tif"))
    expected, corner = truth.stack(data / "optical.tif", data / "sar.tif", size=60)
    assert np.array_equal(stack, expected[[0, 2]])
    report = json.loads(results.pop("coarse.json").read_text(encoding="utf-8"))
    assert report == {
        "bands": list(names),
        "width": 14,
        "height": 14,
        "upper_left": list(corner),
        "pixel_size": 60,
    }
    assert (transform.c, transform.f, transform.a) == (*corner, 60)


def check_grey(results, data):
    found, names, nodata, _ = bands(results.pop("features.tif"))
    assert (names, nodata, found.dtype) == (("green_std", "nir_std", "vv_std"), 0, np.uint8)
    pixels, valid = truth.pixels(data / "stack.tif")
    for grey, band, mask in zip(found, pixels, valid, strict=True):
        spread = {place: std for place, (_, std) in truth.neighbourhood(band, mask, 5).items()}
        black, white = (truth.percentile(spread.values(), p) for p in (2, 98))
        assert (grey[~mask] == 0).all()
        for place, value in spread.items():
            share = min(max((value - black) / (white - black), 0), 1)
            assert abs(grey[place] - (1 + 254 * share)) <= 0.5 + 1e-6


def check_features(results, data):
    found, names, nodata, _ = bands(results.pop("texture.tif"))
    pixels, valid = truth.pixels(data / "stack.tif")
    expected = ["green_cv", "green_mean", "nir_cv", "nir_mean", "vv_cv", "vv_mean"]
    assert (list(names), nodata) == (expected, -9999)
    for number, (band, mask) in enumerate(zip(pixels, valid, strict=True)):
        cv, mean = found[2 * number], found[2 * number + 1]
        assert (mean[~mask] == -9999).all()
        for place, (middle, spread) in truth.neighbourhood(band, mask, 3).items():
            assert mean[place] == pytest.approx(middle, rel=1e-6)
            assert cv[place] == pytest.approx(spread / abs(middle), rel=1e-5, abs=1e-7)


def check_statistics(results, data):
    (printed,) = results.values()
    found = json.loads(printed.read_text(encoding="utf-8"))
    results.clear()
    pixels, valid = truth.pixels(data / "stack.tif")
    assert list(found) == ["green", "vv"]
    for name, number in (("green", 0), ("vv", 2)):
        values = pixels[number][valid[number]].tolist()
        mean = sum(values) / len(values)
        assert found[name]["count"] == len(values)
        assert found[name]["mean"] == pytest.approx(mean)
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        assert found[name]["std"] == pytest.approx(variance**0.5)
        assert (found[name]["min"], found[name]["max"]) == (min(values), max(values))


def check_flood(results, data):
    found, names, nodata, _ = bands(results.pop("flood.tif"))
    assert (names, nodata) == (("green_std", "nir_std"), 255)
    features, valid = truth.pixels(data / "features.tif")
    for layer, band, mask in zip(found, features, valid, strict=True):
        expected, small = truth.flood(band, mask, 40, 4)
        assert small >= 1
        assert np.array_equal(layer, expected)
        assert 300 < (layer == 1).sum() < 1000


def check_land(results, data):
    found, names, _, _ = bands(results.pop("land.tif"))
    features, valid = truth.pixels(data / "features.tif")
    expected, _ = truth.flood(features[1], valid[1], 60, 1, above=True)
    assert names == ("nir_std",)
    assert np.array_equal(found, expected[None])
    areas = json.loads(results.pop("land.json").read_text(encoding="utf-8"))["water_area_km2"]
    assert areas == {"nir_std": pytest.approx((expected == 1).sum() * 400 / 1e6, abs=1e-6)}


def check_segments(results, data):
    folder = results.pop("segments")
    assert sorted(path.name for path in folder.iterdir()) == ["segments.tif", "summary.json"]
    (segments,), _, _, _ = bands(folder / "segments.tif")
    classes, chance = truth.land_cover(data / "training.csv", data / "image.tif")
    _, valid = truth.pixels(data / "image.tif")
    assert np.array_equal(segments, np.where(valid.all(axis=0), chance.argmax(axis=0) + 1, 0))
    counts = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["pixels"]
    expected = {name: int((segments == n).sum()) for n, name in enumerate(classes, 1)}
    assert counts == expected | {"unknown": int((~valid.all(axis=0)).sum())}
    assert min(expected.values()) > 300


def check_water(results, data):
    folder = results.pop("out")
    (segments,), _, _, _ = bands(folder / "segments.tif")
    found, names, _, _ = bands(folder / "probabilities.tif")
    classes, chance = truth.land_cover(data / "training.csv", data / "image.tif")
    valid = truth.pixels(data / "image.tif")[1].all(axis=0)
    assert (list(names), found.dtype) == (classes, np.float64)
    assert np.allclose(found[:, valid], chance[:, valid], atol=1e-6)
    assert np.isnan(found[:, ~valid]).all()
    best = chance.argmax(axis=0)
    wanted = np.isin(best, [classes.index("water"), classes.index("bare soil")])
    certain = chance.max(axis=0) >= 0.9
    assert (valid & wanted & ~certain).any()
    assert np.array_equal(segments, np.where(valid & wanted & certain, best + 1, 0))


JOBS = [
    Job(
        "stacker",
        "stacker $optical.tif $sar.tif",
        {"images": ["$optical.tif", "$sar.tif"]},
        check_stack,
    ),
    Job(
        "stacker",
        "stacker $optical.tif $sar.tif -b 1 --resolution 60 -o coarse.tif --report coarse.json "
        "--no-compress",
        {
            "images": ["$optical.tif", "$sar.tif"],
            "bands": [1],
            "resolution": 60,
            "output": "coarse.tif",
            "report": "coarse.json",
            "no_compress": True,
        },
        check_coarse_stack,
    ),
    Job(
        "feature-extractor-extract",
        "python -m feature_extractor extract $stack.tif",
        {"stack": "$stack.tif"},
        check_grey,
    ),
    Job(
        "feature-extractor-extract",
        "python -m feature_extractor extract -f cv -f mean --window 3 --no-normalise "
        "-o texture.tif $stack.tif",
        {
            "stack": "$stack.tif",
            "feature": ["cv", "mean"],
            "window": 3,
            "no_normalise": True,
            "output": "texture.tif",
        },
        check_features,
    ),
    Job(
        "feature-extractor-describe",
        "python -m feature_extractor describe $stack.tif --band 1 --band 3",
        {"stack": "$stack.tif", "band": [1, 3]},
        check_statistics,
    ),
    Job(
        "flood-detector",
        "flood-detector -i $features.tif",
        {"features": "$features.tif"},
        check_flood,
    ),
    Job(
        "flood-detector",
        "flood-detector -i $features.tif -o land.tif -t 60 -b 2 -m 1 -s land.json -a",
        {
            "features": "$features.tif",
            "output": "land.tif",
            "threshold": 60,
            "bands": [2],
            "patch": 1,
            "statistics": "land.json",
            "above": True,
        },
        check_land,
    ),
    Job(
        "segmentation",
        "python /app/segment.py $image.tif",
        {"image": "$image.tif"},
        check_segments,
    ),
    Job(
        "segmentation",
        "python /app/segment.py $image.tif -o out --class water --class 'bare soil' "
        "--min-confidence 0.9 --precision float64 --probabilities",
        {
            "image": "$image.tif",
            "output_dir": "out",
            "classes": ["water", "bare soil"],
            "min_confidence": 0.9,
            "precision": "float64",
            "probabilities": True,
        },
        check_water,
    ),
]
