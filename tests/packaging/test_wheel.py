"""What users install holds all that is needed, and nothing else."""

import json
import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from notebooks import cell, write

from apkg import __version__

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout with the installed backend (no network)."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel unpacked as pip would, away from the checkout."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def apkg(site, *args):
    """Run the unpacked apkg; what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "apkg", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        cwd=site.parent,
        env=environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_name_and_contents(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert wheel.name == f"eo_apkg-{__version__}-py3-none-any.whl"
    assert {name.split("/")[0] for name in names} == {
        "apkg",
        # Notebooks import it, in images that have no apkg.
        "apkg_stac.py",
        f"eo_apkg-{__version__}.dist-info",
    }
    schemas = {name for name in names if name.startswith("apkg/_schemas/")}
    assert schemas == {f"apkg/_schemas/{path.name}" for path in (ROOT / "schemas").iterdir()}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "apkg").rglob("*.py")}
    installed = {name.removeprefix("apkg/travelling/") for name in modules}
    assert installed == {name for name in names if name.endswith(".py")}
    assert "apkg/py.typed" in names


def test_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        info = f"eo_apkg-{__version__}.dist-info"
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
        scripts = archive.read(f"{info}/entry_points.txt").decode()
    assert metadata["Name"] == "eo-apkg"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "LICENSE" in metadata.get_all("License-File")
    assert metadata.get_all("Provides-Extra") == ["run", "stac", "toil", "watch"]
    assert metadata.get_payload().startswith("# apkg")
    assert "apkg = apkg.cli.main:run" in scripts


def test_unpacked_wheel_converts_and_validates_by_its_own_schemas(installed, tmp_path):
    where = "import apkg, sys; sys.stdout.write(apkg.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    asked = subprocess.run(
        [sys.executable, "-P", "-c", where],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert Path(asked.stdout).is_relative_to(installed), "the checkout was imported, not the wheel"
    assert apkg(installed, "--version") == f"apkg {__version__}\n"
    apkg(installed, "convert", ROOT / "samples" / "water-mask", "-o", tmp_path)
    reports = json.loads(apkg(installed, "validate", tmp_path, "--format", "json"))
    # The CWL and the DeployProcess; a job order is none of the documents that are checked.
    assert {report["kind"] for report in reports} >= {"cwl", "deploy"}
    assert all(report["valid"] for report in reports)


def test_unpacked_wheel_gives_notebooks_its_helper(installed, tmp_path):
    path = write(tmp_path, "scene = 'x'  # type: Directory", cell("from apkg_stac import items"))
    apkg(installed, "convert", path, "--stac", "-o", tmp_path)
    assert "Reads the STAC catalogues" in (tmp_path / "demo.cwl").read_text(encoding="utf-8")
