"""Every reader, a fixed number of mutants: a document or one ApkgError, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz_guard import TooSlow, ViolationError, watched
from fuzz_mutate import mutants
from fuzz_targets import TARGETS, Target, attack

HERE = Path(__file__).parent
RUNS, ATHERIS_RUNS = 100, 600


@pytest.mark.parametrize("name", TARGETS)
def test_our_mutants(name):
    target = TARGETS[name]
    for number, data in enumerate(mutants(target.seeds(), RUNS, seed=7)):
        try:
            attack(target, data)
        except (Exception, TooSlow) as error:  # noqa: BLE001 - whatever it is, it is shown
            pytest.fail(f"mutant {number} of {name}: {error!r}\n{data[:500]!r}")


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_themselves(name):
    seeds = TARGETS[name].seeds()
    assert len(seeds) >= 1
    for data in seeds[:3]:
        attack(TARGETS[name], data)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="atheris has wheels for Linux")
def test_mutants_guided_by_coverage(tmp_path):
    pytest.importorskip("atheris")
    command = [sys.executable, HERE / "run.py", "--atheris", f"--runs={ATHERIS_RUNS}"]
    done = subprocess.run(
        [*command, "--keep", tmp_path / "kept"],
        cwd=tmp_path,
        # Two measurings of coverage at once are slow, and tell less than one.
        env={k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
        | {"PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
        check=False,
        errors="replace",
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-3000:]
    assert f"Done {ATHERIS_RUNS} in" in said
    assert list((tmp_path / "kept").iterdir()) == []


def _starts_a_program(folder, path):
    subprocess.run(["true"], check=False)


def _writes_elsewhere(folder, path):
    (folder.parent / f"{folder.name}.txt").touch()
    (folder.parent / f"{folder.name}.txt").unlink()


def _executes(folder, path):
    exec(compile(path.read_bytes(), str(path), "exec"), {})


def _breaks(folder, path):
    raise KeyError(path.name)


def _goes_on(folder, path):
    while True:
        pass


@pytest.mark.parametrize(
    ("reader", "noticed"),
    [
        (_starts_a_program, ViolationError),
        (_writes_elsewhere, ViolationError),
        (_executes, ViolationError),
        (_breaks, KeyError),
    ],
)
def test_a_bad_reader_is_noticed(reader, noticed):
    with pytest.raises(noticed):
        attack(Target("bad", "x.py", reader, None), b"a = 1")


def test_a_slow_reader_is_noticed(tmp_path):
    with pytest.raises(TooSlow), watched(tmp_path, limit=0.2):
        _goes_on(tmp_path, tmp_path)
