"""Every sample is converted, validated and executed, and its numbers are right."""

import importlib.util
import json
import os
import shutil
import statistics
import struct
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
import pytest
import sample_truth as truth
import yaml

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Sample:
    """One folder of ``samples/``."""

    name: str
    #: The input that is a file, and the name of its data.
    file_input: str
    data_name: str
    #: The other inputs with their defaults.
    defaults: dict
    modules: tuple = ()
    kernel: str = "python3"

    @property
    def folder(self):
        return ROOT / "samples" / self.name

    @property
    def data(self):
        return self.folder / "data" / self.data_name

    def need(self):
        """Skip where the sample's own environment is missing. On CI it has to be there."""
        missing = [name for name in self.modules if importlib.util.find_spec(name) is None]
        if self.kernel == "ir" and not has_r_kernel():
            missing.append("R with its Jupyter kernel")
        if missing and not os.environ.get("CI"):
            pytest.skip(f"{self.name} needs {', '.join(missing)}")


WATER = Sample(
    name="water-mask",
    file_input="scene",
    data_name="scene.tif",
    defaults={
        "threshold": 0.0,
        "minimum_patch": 8,
        "output_name": "water-mask.tif",
        "write_statistics": True,
    },
    modules=("rasterio",),
)
SERIES = Sample(
    name="time-series",
    file_input="dataset",
    data_name="sst.nc",
    defaults={
        "variable": "sst",
        "bbox": [13.0, 41.0, 18.0, 45.0],
        "start_date": "2021-01-01",
        "end_date": "2022-12-31",
        "aggregation": "month",
        "months": None,
    },
    modules=("xarray", "netCDF4", "matplotlib"),
)
VEGETATION = Sample(
    name="vegetation-ipython2cwl",
    file_input="observations",
    data_name="plots.csv",
    defaults={
        "skip_cloudy": True,
        "land_cover": ["bare soil", "cropland", "forest", "grassland"],
        "minimum_plots": 3,
        "region": None,
    },
    modules=("pandas", "matplotlib"),
)
TREND = Sample(
    name="trend-r",
    file_input="input_file",
    data_name="ndvi.csv",
    defaults={
        "first_year": 2001,
        "last_year": 2022,
        "season": list(range(1, 13)),
        "confidence": 0.95,
        "deseasonalise": True,
        "site": "Savanna site",
    },
    kernel="ir",
)
ALL = [pytest.param(sample, id=sample.name) for sample in (WATER, SERIES, VEGETATION, TREND)]


def has_r_kernel():
    from jupyter_client.kernelspec import KernelSpecManager

    return shutil.which("R") is not None and "ir" in KernelSpecManager().find_kernel_specs()


@pytest.fixture
def execute(apkg, tmp_path):
    """Convert a sample and run it on its data: its results by name, without the notebook."""

    def run(sample, **values):
        sample.need()
        package, results = tmp_path / "package", tmp_path / "results"
        apkg("convert", sample.folder, "-o", package)
        given = [f"{sample.file_input}={sample.data}"]
        if values:
            job = {sample.file_input: {"class": "File", "path": str(sample.data)}, **values}
            order = tmp_path / "job.yml"
            order.write_text(yaml.safe_dump(job), encoding="utf-8")
            given = ["--inputs", order]
        command = ["run", package / f"{sample.name}.cwl", *given, "-o", results]
        apkg(*command, "--no-container")
        return without_notebook(results)

    return run


def without_notebook(folder):
    """The files in ``folder``, by name, after a look at the executed notebook among them."""
    files = {path.name: path for path in folder.iterdir()}
    notebooks = [name for name in files if name.endswith(".ipynb")]
    assert len(notebooks) == 1, sorted(files)
    executed = nbformat.read(files.pop(notebooks[0]), as_version=4)
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    return files


def png_size(path):
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert content.endswith(b"IEND\xaeB`\x82")
    assert len(content) > 2000, "more than an empty canvas"
    return struct.unpack(">II", content[16:24])


# --- the samples as they are committed ---------------------------------------------------------


@pytest.mark.parametrize("sample", ALL)
def test_notebook_is_clean(sample):
    path = sample.folder / f"{sample.name}.ipynb"
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == sample.kernel
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    files = {file.name for file in sample.folder.iterdir()}
    assert "README.md" in files
    assert files & {"environment.yml", "requirements.txt", "Dockerfile"}


def test_data_is_what_the_generator_makes(tmp_path):
    netcdf, rasterio = pytest.importorskip("netCDF4"), pytest.importorskip("rasterio")
    script = ROOT / "tests" / "tools" / "make_samples.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=120)

    def made(sample):
        return tmp_path / sample.name / "data" / sample.data_name

    for sample in (VEGETATION, TREND):
        assert made(sample).read_text() == sample.data.read_text()
    with rasterio.open(made(WATER)) as new, rasterio.open(WATER.data) as old:
        assert np.array_equal(new.read(), old.read())
        assert (new.crs, new.transform, new.nodata) == (old.crs, old.transform, old.nodata)
    with netcdf.Dataset(made(SERIES)) as new, netcdf.Dataset(SERIES.data) as old:
        for variable in ("time", "lat", "lon", "sst"):
            for dataset in (new, old):
                dataset[variable].set_auto_maskandscale(False)
            assert np.array_equal(new[variable][:], old[variable][:])
            assert new[variable].__dict__ == old[variable].__dict__
    assert sum(path.stat().st_size for path in (ROOT / "samples").rglob("data/*")) < 200_000


@pytest.mark.slow
@pytest.mark.parametrize("sample", ALL)
def test_package_is_valid(sample, apkg, cwltool_validate, tmp_path):
    apkg("convert", sample.folder, "-o", tmp_path)
    package, process = (tmp_path / f"{sample.name}{end}" for end in (".cwl", ".deploy.json"))
    apkg("validate", package, process)
    cwltool_validate(package)

    document = yaml.safe_load(package.read_text(encoding="utf-8"))
    workflow = next(part for part in document["$graph"] if part["class"] == "Workflow")
    names = {sample.file_input, *sample.defaults}
    assert set(workflow["inputs"]) == names
    assert workflow["inputs"][sample.file_input]["type"] == "File"
    for name, default in sample.defaults.items():
        assert workflow["inputs"][name].get("default") == default
    description = json.loads(process.read_text(encoding="utf-8"))["processDescription"]["process"]
    assert {entry["id"] for entry in description["inputs"]} == names


# --- water-mask --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "too_small"),
    [
        ({}, 4),  # ponds of 1, 3 and 6 pixels and an island of 4
        ({"threshold": 0.2, "minimum_patch": 4, "output_name": "lake 2024.tif"}, 2),
        ({"minimum_patch": 1, "write_statistics": False}, 0),
    ],
)
def test_water_mask(execute, values, too_small):
    results = execute(WATER, **values)
    given = WATER.defaults | values

    import rasterio

    with rasterio.open(WATER.data) as source:
        green, nir = source.read().astype(int)
        place = source.crs, source.transform
    expected, small = truth.water_mask(green, nir, given["threshold"], given["minimum_patch"])
    assert small == too_small
    with rasterio.open(results.pop(given["output_name"])) as mask:
        assert np.array_equal(mask.read(1), expected)
        assert (mask.crs, mask.transform) == place
        assert (mask.count, mask.dtypes, mask.nodata) == (1, ("uint8",), 255)
        assert mask.compression.value == "DEFLATE"
    if given["write_statistics"]:
        found = json.loads(results.pop("water-statistics.json").read_text(encoding="utf-8"))
        pixels = int((expected == 1).sum())
        assert found["water_pixels"] == pixels
        assert found["water_area_km2"] == pytest.approx(pixels * 20 * 20 / 1e6, abs=1e-6)
        assert found["threshold"] == given["threshold"]
    assert not results


# --- time-series -------------------------------------------------------------------------------

SUMMERS_AND_JANUARY = {
    "bbox": [14.0, 40.5, 19.0, 43.0],
    "start_date": "2021-03-01",
    "end_date": "2022-08-31",
    "aggregation": "season",
    "months": [1, 6, 7, 8],
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "periods"),
    [({}, 24), (SUMMERS_AND_JANUARY, 3), ({"aggregation": "year", "months": []}, 2)],
)
def test_time_series(execute, values, periods):
    results = execute(SERIES, **values)
    given = {name: v for name, v in (SERIES.defaults | values).items() if name != "variable"}
    expected = truth.area_series(SERIES.data, **given)
    assert len(expected) == periods
    table = truth.rows(results.pop("time-series.csv"))
    assert [row["time"] for row in table] == sorted(expected)
    for row in table:
        means = expected[row["time"]]
        assert int(row["count"]) == len(means)
        assert float(row["mean"]) == pytest.approx(statistics.fmean(means), abs=2e-4)
        assert float(row["min"]) == pytest.approx(min(means), abs=2e-4)
        assert float(row["max"]) == pytest.approx(max(means), abs=2e-4)
    assert png_size(results.pop("time-series.png")) == (800, 400)
    assert not results


# --- vegetation-ipython2cwl --------------------------------------------------------------------

SOUTH = {
    "skip_cloudy": False,
    "land_cover": ["forest", "bare soil", "cropland"],
    "minimum_plots": 6,  # there are five plots of forest in the south
    "region": "south",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "covers"),
    [({}, VEGETATION.defaults["land_cover"]), (SOUTH, ["bare soil", "cropland"])],
)
def test_vegetation(execute, values, covers):
    results = execute(VEGETATION, **values)
    expected = truth.ndvi_by_cover(VEGETATION.data, **VEGETATION.defaults | values)
    assert sorted(expected) == covers
    table = truth.rows(results.pop("ndvi-statistics.csv"))
    assert [row["land_cover"] for row in table] == covers
    for row in table:
        ndvi = expected[row["land_cover"]]
        assert int(row["count"]) == len(ndvi)
        assert float(row["mean"]) == pytest.approx(statistics.fmean(ndvi), abs=2e-6)
        assert float(row["std"]) == pytest.approx(statistics.stdev(ndvi), abs=2e-6)
        assert float(row["min"]) == pytest.approx(min(ndvi), abs=2e-6)
        assert float(row["max"]) == pytest.approx(max(ndvi), abs=2e-6)
    width, height = png_size(results.pop("ndvi_plot.png"))
    assert 300 <= width <= 1200
    assert 200 <= height <= 900
    assert not results


# --- trend-r -----------------------------------------------------------------------------------

RAINY_SEASON = {
    "first_year": 2005,
    "last_year": 2015,
    "season": [11, 12, 1],
    "confidence": 0.9,
    "deseasonalise": False,
    "site": 'O\'Kavango "North"',
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "count", "student"),
    [
        ({}, 258, 1.9692739),  # quantile of t for 0.975 and 256 degrees of freedom
        (RAINY_SEASON, 33, 1.6955188),  # for 0.95 and 31
    ],
)
def test_trend(execute, values, count, student):
    results = execute(TREND, **values)
    given = TREND.defaults | values
    period = {name: given[name] for name in ("first_year", "last_year", "season")}
    used = list(truth.monthly_ndvi(TREND.data, **period))
    assert len(used) == count

    by_month = defaultdict(list)
    for _, month, value in used:
        by_month[month].append(value)
    climatology = {int(row["month"]): row for row in truth.rows(results.pop("climatology.csv"))}
    assert list(climatology) == sorted(by_month)
    for month, row in climatology.items():
        assert int(row["count"]) == len(by_month[month])
        assert float(row["mean"]) == pytest.approx(statistics.fmean(by_month[month]), rel=1e-9)
        assert float(row["sd"]) == pytest.approx(statistics.stdev(by_month[month]), rel=1e-9)

    means = {month: statistics.fmean(group) for month, group in by_month.items()}
    cycle = means if given["deseasonalise"] else dict.fromkeys(means, 0.0)
    times = [year + (month - 0.5) / 12 for year, month, _ in used]
    slope, error = truth.least_squares(times, [value - cycle[m] for _, m, value in used])
    (trend,) = truth.rows(results.pop("trend.csv"))
    assert int(trend["count"]) == count
    assert float(trend["slope_per_year"]) == pytest.approx(slope, rel=1e-6)
    assert float(trend["standard_error"]) == pytest.approx(error, rel=1e-6)
    assert float(trend["lower"]) == pytest.approx(slope - student * error, rel=1e-6)
    assert float(trend["upper"]) == pytest.approx(slope + student * error, rel=1e-6)
    assert png_size(results.pop("trend.png")) == (800, 400)
    assert not results
