"""The command line as its users call it: in a process of its own."""

import subprocess
import sys

import pytest

#: ``python -m cwltool`` would end with status 0 whatever happens.
CWLTOOL = "import sys; from cwltool.main import run; sys.exit(run())"


@pytest.fixture
def apkg():
    """Call ``apkg ARGS`` and check its exit code; gives the finished process."""

    def call(*args, code=0, **kwargs):
        command = [sys.executable, "-m", "apkg", *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **kwargs)
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

    return call


@pytest.fixture
def cwltool_validate():
    """``cwltool --validate --strict`` accepts the document."""

    def validate(path):
        command = [sys.executable, "-c", CWLTOOL, "--validate", "--strict", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return validate
