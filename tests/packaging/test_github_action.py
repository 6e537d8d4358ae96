"""The action for GitHub, its steps run as a runner would: in Bash, with its inputs as variables."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from checkout import ROOT
from notebooks import write

from apkg.cli.errors import guarded
from apkg.cli.root import root

pytestmark = pytest.mark.slow

FOLDER = ROOT / ".github" / "actions" / "validate"
ACTION = yaml.safe_load((FOLDER / "action.yml").read_text(encoding="utf-8"))
INSTALL, VALIDATE = (step for step in ACTION["runs"]["steps"] if "run" in step)
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A user's checkout: one package that is right, and one that is not."""
    monkeypatch.chdir(tmp_path)
    for name in ("good", "bad"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, "threshold = 0.5  # Above this is water", name=f"{name}.ipynb")
        monkeypatch.setattr("sys.argv", ["apkg", "convert", f"{name}/{name}.ipynb", "-o", name])
        assert guarded(root) == 0
    bad = tmp_path / "bad" / "bad.cwl"
    bad.write_text(bad.read_text(encoding="utf-8").replace("v1.2", "v9.9"), encoding="utf-8")
    return tmp_path


def run_step(step, folder, inputs, **variables):
    """What a runner does with a step that has a script."""
    given = {name: facts.get("default", "") for name, facts in ACTION["inputs"].items()} | inputs
    said = {
        name: INPUT.sub(lambda found: given[found[1]], value)
        for name, value in step.get("env", {}).items()
    }
    environment = {
        **os.environ, **variables, **said, "GITHUB_ACTION_PATH": str(FOLDER),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }  # fmt: skip
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "an expression in a script lets a user add commands"
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def validate(folder, **inputs):
    return run_step(VALIDATE, folder, inputs)


def test_it_is_an_action():
    command = ["check-jsonschema", "--builtin-schema", "vendor.github-actions"]
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run(
        [program, *command[1:], FOLDER / "action.yml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_all_inputs_are_used_and_described():
    text = (FOLDER / "action.yml").read_text(encoding="utf-8")
    for name, facts in ACTION["inputs"].items():
        assert facts["description"]
        assert f"inputs.{name}" in text


def test_it_installs_apkg_of_its_own_repository(tmp_path):
    done = run_step(
        INSTALL, tmp_path, {}, PIP_TARGET=str(tmp_path / "site"), PIP_NO_DEPS="1",
        # pip's variable says the reverse of its name.
        PIP_NO_BUILD_ISOLATION="0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "apkg" / "_schemas").is_dir()


def test_what_is_right_passes(repository):
    done = validate(repository, paths="good")
    assert done.returncode == 0, done.stderr
    assert "::error" not in done.stdout


def test_what_is_wrong_is_an_annotation_at_its_line(repository):
    done = validate(repository)
    assert done.returncode == 1
    assert "::error file=bad/bad.cwl,line=" in done.stdout
    assert "::error file=good" not in done.stdout


def test_paths_profiles_strict_and_sarif(repository):
    done = validate(
        repository, paths="good/good.cwl\n\ngood/*.deploy.json\n", profiles="best-practice\n",
        strict="true", sarif="reports/apkg.sarif",
    )  # fmt: skip
    assert done.returncode == 1, "an image that is only a hint is a warning, and strictly an error"
    found = json.loads((repository / "reports" / "apkg.sarif").read_text(encoding="utf-8"))
    rules = {result["ruleId"] for result in found["runs"][0]["results"]}
    assert any(rule.startswith("best-practice/") for rule in rules)


@pytest.mark.parametrize(
    "inputs",
    [
        {"paths": "$(touch evil)\n`touch evil`\n; touch evil #\ngood"},
        {"paths": "--help"},
        {"paths": "good", "profiles": "$(touch evil)"},
        {"paths": "good", "strict": "true; touch evil"},
        {"paths": "good", "sarif": "$(touch evil)/a.sarif"},
    ],
)
def test_inputs_add_no_commands(repository, inputs):
    done = validate(repository, **inputs)
    assert "Usage: apkg validate [OPTIONS]" not in done.stdout
    assert not list(repository.rglob("evil"))


@pytest.mark.parametrize("paths", ["", "nothing-here"])
def test_nothing_to_check_is_no_success(repository, paths):
    assert validate(repository, paths=paths).returncode != 0
