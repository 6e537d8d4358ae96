"""The tools among the samples: the numbers they make, as typed and as packages.

Each job is run twice: by the command that a person types, and by ``apkg run`` on the package that
``apkg convert`` makes of the folder. What comes out is compared with :mod:`tool_truth`.
"""

import json
import shlex
import subprocess
import sys

import numpy as np
import pytest
import tool_truth as truth
import yaml
from started import APKG
from tool_commands import command_line, default_options, difference, job_for, with_files, without
from tool_jobs import CASES, EXPERT, JOBS, ROOT, SAMPLES, bands

sys.path.insert(0, str(ROOT / "tests" / "tools"))

import score_cwl
from cwl_compare import Known
from cwl_shape import read_tool

pytestmark = pytest.mark.slow
IDS = [f"{job.case}-{n}" for n, job in enumerate(JOBS)]
COMMANDS = yaml.safe_load((EXPERT / "commands.yaml").read_text(encoding="utf-8"))


# --- tests -------------------------------------------------------------------------------------


def without_image(text):
    """The folder of the segmentation's image is the sample's own, where there is no image."""
    return text.replace("/app/segment.py", str(SAMPLES / "segmentation" / "segment.py"))


def seen(folder):
    return {path.name: path for path in folder.iterdir()}


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


@pytest.fixture
def execute(call, installed, tmp_path):
    """Run a package on a job of a sample, and check what comes out."""

    def run(package, job, values):
        package.write_text(without_image(package.read_text(encoding="utf-8")), encoding="utf-8")
        order, results = tmp_path / "job.yml", tmp_path / "results"
        order.write_text(yaml.safe_dump(with_files(values, job.data)), encoding="utf-8")
        # The environment that apkg runs in is the tools' own, as it is without a container.
        start = [installed / "python", *APKG, "run", package, "--no-container"]
        call([*start, "--inputs", order, "-o", results], tmp_path)
        found = seen(results)
        job.check(found, job.data)
        assert not found

    return run


@pytest.mark.parametrize("job", JOBS, ids=IDS)
def test_package(job, apkg, cwltool_validate, execute, tmp_path):
    case = CASES[job.case]
    package = converted(case, apkg, tmp_path / "package")
    apkg("validate", package, package.with_suffix(".deploy.json"))
    cwltool_validate(package)
    known = Known(score_cwl.told(case, None))
    values, left_out = job_for(job.job, read_tool(case.expert), read_tool(package), known)
    assert not left_out
    execute(package, job, values)


@pytest.mark.parametrize("job", JOBS, ids=IDS)
def test_expert_package(job, execute, tmp_path):
    package = tmp_path / "expert.cwl"
    package.write_bytes(CASES[job.case].expert.read_bytes())
    execute(package, job, job.job)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("t --level=2.0 -o x /in/a.tif /in/b.tif", ""),
        ("t /in/a.tif /in/b.tif --output x --level 2 --mode fast", ""),
        ("u --level 2 -o x /in/a.tif /in/b.tif", "starts with u, not t"),
        ("t --level 2 /in/a.tif /in/b.tif", "not there: -o x"),
        ("t --level 2 -o x /in/b.tif /in/a.tif", "nobody typed: /in/b.tif /in/a.tif"),
        ("t --level 3 -o x /in/a.tif /in/b.tif", "nobody typed: --level 3 -o"),
        ("t --level 2 -o x /in/a.tif /in/b.tif --mode slow", "nobody typed: --mode slow"),
        ("t --level 2 -o x /in/a.tif /in/b.tif -v", "nobody typed: -v"),
        ("t --level 2 --level 2 -o x /in/a.tif /in/b.tif", "nobody typed: --level 2 -o"),
    ],
)
def test_difference_is_told(words, said):
    typed = ["t", "$a.tif $b.tif", "--level 2", "-o x"]
    known = Known("-o FILE, --output FILE")
    found = difference(words.split(), typed, known, [["--mode", "fast"]])
    assert found == said or (said and found.startswith(said))


@pytest.mark.parametrize("name", COMMANDS)
def test_expert_command(name, cwltool_asked, tmp_path):
    path = EXPERT / f"{name}.cwl"
    expert = read_tool(path)
    wanted = COMMANDS[name]
    words = command_line(cwltool_asked, path, wanted["job"], tmp_path)
    defaults = default_options(expert, expert, Known(""), wanted["job"])
    assert difference(words, wanted["typed"], Known(""), defaults) == ""


@pytest.mark.parametrize("name", [name for name in COMMANDS if name in CASES])
def test_command(name, apkg, cwltool_asked, cwltool_validate, tmp_path):
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
    job, left_out = job_for(wanted["job"], expert, made, known)
    # From its help alone, not every option of a public tool can be known in full.
    assert len(left_out) <= (len(job) // 3 if help_text else 0)
    words = command_line(cwltool_asked, package, job, tmp_path)
    defaults = default_options(expert, made, known, wanted["job"])
    assert difference(words, without(wanted["typed"], left_out, expert), known, defaults) == ""


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


def test_scores_meet_the_aims():
    script = ROOT / "tests" / "tools" / "score_cwl.py"
    command = [sys.executable, script, "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


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
    names = ("stacker", "feature-extractor", "flood-detector", "segmentation", "ndvi-chain")
    new = [path for name in names for path in sorted((tmp_path / name / "data").iterdir())]
    assert len(new) == 9
    for path in new:
        old = SAMPLES / path.relative_to(tmp_path)
        if path.suffix == ".csv":
            assert path.read_text() == old.read_text()
            continue
        (pixels, *rest), (others, *same) = bands(path), bands(old)
        assert np.array_equal(pixels, others)
        assert rest == same
