"""Batches as processes of their own, to be stopped in all the ways that there are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from notebooks import cell, write

ENDS = (".cwl", ".deploy.json", ".inputs.yml")


def write_many(folder, number, *, lines=5):
    """A folder of notebooks ``n000.ipynb`` …, each of ``lines`` inputs."""
    folder.mkdir()
    for index in range(number):
        source = "\n".join(f"x{line} = {index + line}" for line in range(lines))
        write(folder, source, cell("y = x0\n" * lines), name=f"n{index:03}.ipynb")
    return folder


def start(*words, cwd=None, **options):
    """A batch in a session of its own."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": unmeasured()} | options
    command = [sys.executable, "-m", "apkg", *map(str, words)]
    return subprocess.Popen(command, start_new_session=True, cwd=cwd, text=True, **given)


def unmeasured():
    """The environment without what measures coverage: most of these batches do not live to tell."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def run(*words, **options):
    """A batch to its end: exit code, standard output, standard error."""
    with start(*words, **options) as batch:
        out, err = batch.communicate()
    return batch.returncode, out, err


def documents(folder):
    """What is in the output folder, but for what is hidden."""
    if not folder.exists():
        return {}
    return {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")}


def whole(found):
    """Whether each package is there with all its documents."""
    ids = {name.partition(".")[0] for name in found}
    return sorted(found) == sorted(f"{name}{end}" for name in ids for end in ENDS)


def session(number):
    """The processes of a session that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text()
        except OSError:
            continue
        state, _, _, of = stat.rpartition(") ")[2].split()[:4]
        if int(of) == number and state not in "ZX":
            found.append(int(path.name))
    return found


def kills():
    """How many batches are killed: few here, many by hand (APKG_KILLS=200)."""
    return int(os.environ.get("APKG_KILLS", "10"))
