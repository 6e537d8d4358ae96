"""The command line as its users call it: in a process of its own."""

import importlib.util
import os
import shlex
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from cwltool_asked import Asked
from started import APKG

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def apkg():
    """Call ``apkg ARGS`` and check its exit code; gives the finished process."""

    def call(*args, code=0, **kwargs):
        command = [sys.executable, *APKG, *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **kwargs)
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

    return call


@pytest.fixture(scope="session")
def cwltool_asked():
    with Asked() as cwltool:
        yield cwltool


@pytest.fixture
def cwltool_validate(cwltool_asked):
    """``cwltool --validate --strict`` accepts the document; gives its warnings."""

    def validate(path):
        status, said = cwltool_asked.verdict(path)
        assert status == 0, said
        return [text for level, text in said if level == "WARNING"]

    return validate


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """A Python environment with this one's packages and the tools of the samples."""
    for module in ("rasterio", "click", "typer", "sklearn"):
        if importlib.util.find_spec(module) is None and not os.environ.get("CI"):
            pytest.skip(f"{module} is not installed")
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    add = [f"import site; site.addsitedir({path!r})" for path in site.getsitepackages()]
    (packages / "samples.pth").write_text("\n".join(add) + "\n", encoding="utf-8")
    for package in ("stacker/stacker", "feature-extractor/feature_extractor"):
        shutil.copytree(SAMPLES / package, packages / Path(package).name)
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
