"""An engine that stops in the middle of a run."""

import json
import subprocess
import sys

import pytest
from engine_places import daemon

pytestmark = [pytest.mark.docker, pytest.mark.slow]

PACKAGE = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "requirements": {"DockerRequirement": {"dockerPull": "tiny:1"}},
    "baseCommand": ["sh", "-c", "echo started >&2; sleep 60; true"],
    "inputs": {},
    "outputs": {},
}


def test_the_engine_stops_in_mid_run(base, tmp_path):
    package = tmp_path / "package.cwl"
    package.write_text(json.dumps(PACKAGE), encoding="utf-8")
    command = [sys.executable, "-m", "apkg", "run", package, "-o", tmp_path / "out"]
    with (
        daemon(tmp_path) as (environment, engine),
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process,
    ):
        lines = []
        for line in process.stderr:
            lines.append(line)
            if line == "started\n":
                engine.terminate()
        assert process.wait(timeout=60) == 3
    told = "".join(lines)
    assert "package.cwl has failed: the container engine has stopped" in told
    assert "systemctl start docker" in told
    assert not (tmp_path / "out").exists()
