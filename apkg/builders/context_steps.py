"""What a build will do, in words: one line for each thing that the folder declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from apkg.builders.capture import Captured
from apkg.builders.dockerfile import instructions, stages, without_entry_point
from apkg.builders.interface import LaunchedProgram
from apkg.builders.staging import BINDER_FOLDERS, Staged, megabytes
from apkg.names import printable

_NAMES = {
    "environment.yml": "conda",
    "environment.yaml": "conda",
    "Pipfile.lock": "pipenv",
    "Pipfile": "pipenv",
    "install.R": "R",
    "DESCRIPTION": "R",
    "Project.toml": "Julia",
    "JuliaProject.toml": "Julia",
    "REQUIRE": "Julia",
    "default.nix": "nix",
}
_LONGEST = 200


def steps(
    captured: Captured, staged: Staged, folder: Path, programs: Sequence[LaunchedProgram]
) -> tuple[str, ...]:
    """The steps of a build, of which ``folder`` is what the buildpack saw."""
    if captured.dockerfile:
        lines = list(_of_dockerfile(captured.dockerfile, folder))
    else:
        lines = list(_declared(captured, folder))
    total = megabytes(sum(staged.sizes.values()))
    lines += [f"files: {_count(len(staged.sizes), 'file')}, {total}"]
    lines += staged.notes
    lines += [f"note: {note}" for note in captured.notes]
    lines += [_of_layer(programs)] if programs else list(_of_tool(captured, folder))
    return tuple(printable(" ".join(line.split()))[:_LONGEST] for line in lines)


def _of_dockerfile(name: str, folder: Path) -> Iterator[str]:
    text = (folder / name).read_text(encoding="utf-8", errors="replace")
    count = _count(len(instructions(text)), "instruction")
    yield f"{name}: {count} in {_count(len(stages(text)), 'stage')}"


def _of_tool(captured: Captured, folder: Path) -> Iterator[str]:
    """What is changed of a tool's own image."""
    name = captured.dockerfile
    text = (folder / name).read_text(encoding="utf-8", errors="replace") if name else ""
    if without_entry_point(text) != text:
        yield "apkg: no ENTRYPOINT, as the package names the whole command"


def _declared(captured: Captured, folder: Path) -> Iterator[str]:
    binder = next((name for name in BINDER_FOLDERS if (folder / name).is_dir()), "")
    place = folder / binder
    shown = f"{binder}/" if binder else ""
    if captured.buildpack != "CondaBuildPack":
        version = getattr(captured.tried[-1], "python_version", None)
        yield f"Python {version or 'of the base image'}"
    if (place / "apt.txt").is_file():
        yield f"apt: {', '.join(_lines(place / 'apt.txt')) or 'nothing'}"
    found = [(how, name) for name, how in _NAMES.items() if (place / name).is_file()]
    for how, name in found[:1] if captured.buildpack == "CondaBuildPack" else found:
        yield f"{how}: {shown}{name}"
    if captured.buildpack != "CondaBuildPack" and (place / "requirements.txt").is_file():
        count = _count(len(_lines(place / "requirements.txt")), "requirement")
        yield f"pip: {shown}requirements.txt ({count})"
    if not binder and any((folder / name).is_file() for name in ("setup.py", "pyproject.toml")):
        yield "pip: the folder itself"
    yield from (name for name in ("postBuild", "start") if (place / name).is_file())


def _lines(path: Path) -> list[str]:
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    lines = (
        re.sub(r"(^|\s)#.*", "", line) for line in data.decode(encoding, "replace").split("\n")
    )
    return [line.strip() for line in lines if line.strip()]


def _of_layer(programs: Sequence[LaunchedProgram]) -> str:
    kernels = dict.fromkeys(f"kernel {p.kernel or f'for {p.language}'}" for p in programs)
    launchers = (f"launcher {program.id}" for program in programs)
    return f"apkg: {', '.join(['papermill', *kernels, *launchers])}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
