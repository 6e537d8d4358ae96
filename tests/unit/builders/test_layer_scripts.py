"""The scripts that complete an image, run here: by this Python, in folders of the test."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from apkg.builders import layer_files

SCRIPTS = Path(layer_files.__file__).parent


def script(name, *words, code=0, **environment):
    """Run one of the scripts; what it prints on standard output."""
    command = [sys.executable, SCRIPTS / name, *map(str, words)]
    variables = {**os.environ, **environment}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def activated(root, **environment):
    """The variables that the written file sets, as a shell reads it."""
    script("environment.py", root, "/a python", **environment)
    show = f'. {shlex.quote(str(root))}/.environment; env -0; printf %s "$apkg_python"'
    done = subprocess.run(["sh", "-c", show], capture_output=True, check=True, env={"PATH": "/bin"})
    *pairs, python = done.stdout.decode().split("\0")
    assert python == "/a python"
    return dict(pair.split("=", 1) for pair in pairs)


@pytest.fixture
def conda(tmp_path):
    """A Python whose prefix looks like a conda environment."""
    prefix = tmp_path / "conda"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", prefix], check=True)
    (prefix / "conda-meta").mkdir()
    (prefix / "etc/conda/activate.d").mkdir(parents=True)
    return prefix


def test_missing_requirements(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("papermill\nno-such-package>=1\npyyaml>=1\nPyYAML<1\nclick ??\n\n")
    found = script("packages.py", "missing", path).splitlines()
    assert found == ["no-such-package>=1", "PyYAML<1", "click ??"]


def test_a_virtual_environment_is_ours_to_change():
    assert script("packages.py", "managed") == "no\n"


def test_no_activation_sets_nothing(tmp_path):
    assert activated(tmp_path).keys() <= {"PATH", "PWD", "SHLVL", "_", "OLDPWD"}


def test_the_activation_scripts_of_conda(tmp_path, conda):
    text = 'export GDAL_DATA="it\'s \\"$1\\""\nexport A_B=\'x\ny\'\necho noise\n'
    (conda / "etc/conda/activate.d/gdal.sh").write_text(text)
    root = tmp_path / "root"
    root.mkdir()
    command = [conda / "bin/python", SCRIPTS / "environment.py", root, "/a python"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    show = [
        "sh",
        "-c",
        '. "$0"/.environment; printf "%s|" "$GDAL_DATA" "$A_B" "$CONDA_PREFIX" "$PATH"',
    ]
    done = subprocess.run([*show, root], capture_output=True, text=True, check=True)
    gdal, other, prefix, path, _ = done.stdout.split("|")
    assert gdal.startswith("it's \"")
    assert other == "x\ny"
    assert prefix == str(conda)
    assert path.startswith(f"{conda}/bin:")


def test_the_lock_is_sorted_and_the_same_again(tmp_path):
    for name in ("one", ".layer"):
        (tmp_path / name).mkdir()
    texts = []
    for _ in range(2):
        script("lock.py", tmp_path)
        texts.append((tmp_path / "one/lock.txt").read_text())
    assert texts[0] == texts[1]
    assert texts[0].startswith("# What the image of one holds.")
    title = f"[Python packages of {sys.executable}]\n"
    packages = texts[0].partition(title)[2].partition("\n\n")[0].splitlines()
    assert packages == sorted(packages)
    assert any(line.startswith("papermill==") for line in packages)
    assert not (tmp_path / ".layer/lock.txt").exists()


def test_conda_packages_are_locked_by_address_and_checksum(conda):
    for name in ("b", "a"):
        record = {"url": f"https://example.org/{name}.conda", "md5": "0" * 32}
        (conda / f"conda-meta/{name}.json").write_text(json.dumps(record))
    command = [conda / "bin/python", SCRIPTS / "lock.py", "--conda"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        f"https://example.org/{name}.conda#{'0' * 32}" for name in "ab"
    ]


def test_the_scripts_are_for_any_posix_shell_and_an_old_python():
    import ast

    for path in SCRIPTS.glob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    subprocess.run(["sh", "-n", SCRIPTS / "install.sh"], check=True)
