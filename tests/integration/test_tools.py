"""The tools among the samples: the numbers they make, as typed and as packages.

Each job is run twice: by the command that a person types, and by ``apkg run`` on the package that
``apkg convert`` makes of the folder. What comes out is compared with :mod:`tool_truth`.
"""

import json
import os
import shlex
import site
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import tool_truth as truth
import yaml
from tool_commands import command_line, default_options, difference, job_for, with_files

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
EXPERT = ROOT / "tests" / "expert"
sys.path.insert(0, str(ROOT / "tests" / "tools"))

import score_cwl  # noqa: E402
from cwl_compare import Known  # noqa: E402
from cwl_shape import read_tool  # noqa: E402

pytestmark = pytest.mark.slow
COMMANDS = yaml.safe_load((EXPERT / "commands.yaml").read_text(encoding="utf-8"))
CASES = {case.name: case for case in score_cwl.read_cases(os.environ.get("APKG_CORPUS"))}


# --- a place where the tools are installed -----------------------------------------------------


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """A Python environment with this one's packages and the tools of the samples."""
    for module in ("rasterio", "click", "typer", "sklearn"):
        if not os.environ.get("CI"):
            pytest.importorskip(module)
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    add = [f"import site; site.addsitedir({path!r})" for path in site.getsitepackages()]
    paths = [str(SAMPLES / "stacker"), str(SAMPLES / "feature-extractor")]
    (packages / "samples.pth").write_text("\n".join([*add, *paths]) + "\n", encoding="utf-8")
    python = folder / "bin" / "python"
    flood = shlex.quote(str(SAMPLES / "flood-detector"))
    programs = {
        "stacker": f"#!{python}\nfrom stacker.cli import main\nmain()\n",
        "flood-detector": f"#!/bin/sh\nexport FLOOD_HOME={flood}\n"
        'exec "$FLOOD_HOME/flood-detector.sh" "$@"\n',
    }
    for name, text in programs.items():
        program = folder / "bin" / name
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
    return folder / "bin"


@pytest.fixture
def call(installed):
    """Run a command where the tools are installed; nothing is left in their folders."""

    def run(words, folder):
        path = os.pathsep.join([str(installed), os.environ["PATH"]])
        environment = os.environ | {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            list(map(str, words)),
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


# --- jobs --------------------------------------------------------------------------------------


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
    expected, _ = truth.flood(features[1], valid[1], 60.5, 1, above=True)
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
    certain = chance.max(axis=0) >= 0.999999
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
        "flood-detector -i $features.tif -o land.tif -t 60.5 -b 2 -m 1 -s land.json -a",
        {
            "features": "$features.tif",
            "output": "land.tif",
            "threshold": 60.5,
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
        "--min-confidence 0.999999 --precision float64 --probabilities",
        {
            "image": "$image.tif",
            "output_dir": "out",
            "classes": ["water", "bare soil"],
            "min_confidence": 0.999999,
            "precision": "float64",
            "probabilities": True,
        },
        check_water,
    ),
]
IDS = [f"{job.case}-{n}" for n, job in enumerate(JOBS)]


def without_image(text):
    """The folder of the segmentation's image is the sample's own, where there is no image."""
    return text.replace("/app/segment.py", str(SAMPLES / "segmentation" / "segment.py"))


def seen(folder):
    return {path.name: path for path in folder.iterdir()}


# --- tests -------------------------------------------------------------------------------------


@pytest.mark.parametrize("job", JOBS, ids=IDS)
def test_typed(job, call, tmp_path):
    words = shlex.split(without_image(job.typed))
    words = [str(job.data / word[1:]) if word.startswith("$") else word for word in words]
    printed = call(words, tmp_path)
    if printed:
        (tmp_path / "printed").write_text(printed, encoding="utf-8")
    results = seen(tmp_path)
    job.check(results, job.data)
    assert not results


@pytest.mark.parametrize("job", JOBS, ids=IDS)
def test_package(job, apkg, cwltool_validate, installed, call, tmp_path):
    package = converted(CASES[job.case], apkg, tmp_path / "package")
    deploy = package.with_suffix(".deploy.json")
    apkg("validate", package, deploy)
    cwltool_validate(package)
    case = CASES[job.case]
    expert, made, known = (
        read_tool(case.expert),
        read_tool(package),
        Known(score_cwl.told(case, None)),
    )
    package.write_text(without_image(package.read_text(encoding="utf-8")), encoding="utf-8")
    order = tmp_path / "job.yml"
    values = with_files(job_for(job.job, expert, made, known), job.data)
    order.write_text(yaml.safe_dump(values), encoding="utf-8")
    results = tmp_path / "results"
    # The environment that apkg runs in is the tools' own, as it is without a container.
    words = [installed / "python", "-m", "apkg", "run", package, "--inputs", order, "-o", results]
    call([*words, "--no-container"], tmp_path)
    found = seen(results)
    job.check(found, job.data)
    assert not found


@pytest.mark.parametrize("name", COMMANDS)
def test_expert_command(name, tmp_path):
    path = EXPERT / f"{name}.cwl"
    expert = read_tool(path)
    wanted = COMMANDS[name]
    words = command_line(path, wanted["job"], tmp_path)
    defaults = default_options(expert, expert, Known(""), wanted["job"])
    assert difference(words, wanted["typed"], Known(""), defaults) == ""


@pytest.mark.parametrize("name", [name for name in COMMANDS if name in CASES])
def test_command(name, apkg, cwltool_validate, tmp_path):
    case = CASES[name]
    help_text = (
        case.help_file.read_text(encoding="utf-8", errors="replace") if case.help_file else None
    )
    package = converted(case, apkg, tmp_path / "package", "--style", "tool", help_text=help_text)
    apkg("validate", package)
    cwltool_validate(package)
    expert, made = read_tool(case.expert), read_tool(package)
    known = Known(score_cwl.told(case, help_text))
    wanted = COMMANDS[name]
    words = command_line(package, job_for(wanted["job"], expert, made, known), tmp_path)
    defaults = default_options(expert, made, known, wanted["job"])
    assert difference(words, wanted["typed"], known, defaults) == ""


def converted(case, apkg, folder, *options, help_text=None):
    """The package of a case."""
    source = [case.sample]
    if help_text is not None:
        folder.mkdir()
        (folder / "help.txt").write_text(help_text, encoding="utf-8")
        source = ["--help-text", folder / "help.txt"]
    apkg("convert", *source, *case.options, *options, "-o", folder)
    (package,) = folder.glob("*.cwl")
    return package


def test_chain(call, tmp_path):
    """From the Stacker's result to the Feature Extractor to the Flood Detector (10.1)."""
    data = SAMPLES / "stacker" / "data"
    call(["stacker", data / "optical.tif", data / "sar.tif"], tmp_path)
    call(["python", "-m", "feature_extractor", "extract", "stack.tif"], tmp_path)
    call(["flood-detector", "-i", "features.tif", "-b", "2,3", "-m", "8"], tmp_path)
    flood, names, _, _ = bands(tmp_path / "flood.tif")
    assert names == ("optical_nir_std", "sar_vv_std")
    stack, _ = truth.stack(data / "optical.tif", data / "sar.tif")
    # The texture is low where the backscatter is, away from the shore.
    lake = stack[2] < -15
    inside = np.array(
        [
            [bool(lake[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3].all()) for x in range(44)]
            for y in range(44)
        ]
    )
    assert inside.sum() > 200
    assert (flood[1][inside] == 1).all()


def test_model_is_what_training_makes(call, tmp_path):
    sample = SAMPLES / "segmentation"
    call(["python", sample / "train.py", sample / "data" / "training.csv", "new.json"], tmp_path)
    new = json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))
    old = json.loads((sample / "model" / "land-cover.json").read_text(encoding="utf-8"))
    for name in ("bands", "classes"):
        assert new[name] == old[name]
    for name in ("prior", "mean", "variance"):
        assert np.allclose(new[name], old[name], atol=1e-5)


def test_data_is_what_the_generator_makes(call, tmp_path):
    call(["python", ROOT / "tests" / "tools" / "make_samples.py", tmp_path], tmp_path)
    names = ("stacker", "feature-extractor", "flood-detector", "segmentation")
    new = [path for name in names for path in sorted((tmp_path / name / "data").iterdir())]
    assert len(new) == 6
    for path in new:
        old = SAMPLES / path.relative_to(tmp_path)
        if path.suffix == ".csv":
            assert path.read_text() == old.read_text()
            continue
        (pixels, *rest), (others, *same) = bands(path), bands(old)
        assert np.array_equal(pixels, others)
        assert rest == same
