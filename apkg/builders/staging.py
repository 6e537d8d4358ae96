"""A copy of a folder for the builder: sorted, with fixed modes and times, and bounded.

Nothing outside the folder gets in: links are kept as links where they stay inside, else left out.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from apkg.builders.ignore import Ignored, read_patterns
from apkg.errors import Location, SourceError
from apkg.names import printable

#: Files that declare an environment, as repo2docker reads them, in the folder or its binder folder.
ENVIRONMENT_FILES = frozenset(
    (
        "Dockerfile", "environment.yml", "environment.yaml", "requirements.txt",
        "requirements3.txt", "runtime.txt", "apt.txt", "postBuild", "start", "install.R",
        "DESCRIPTION", "Project.toml", "JuliaProject.toml", "Manifest.toml", "REQUIRE", "Pipfile",
        "Pipfile.lock", "default.nix", "setup.py", "pyproject.toml",
    )
)  # fmt: skip
BINDER_FOLDERS = ("binder", ".binder")
#: What no image needs; a ``.dockerignore`` may bring it back (``!results``).
LEFT_OUT = (
    "**/.git", "**/.hg", "**/.svn", "**/.ipynb_checkpoints", "**/__pycache__", "**/.venv",
    "**/.tox", "**/.nox", "**/.mypy_cache", "**/.pytest_cache", "**/.ruff_cache", "**/.DS_Store",
    "results", "apkg-layer",
)  # fmt: skip
_IGNORE_FILES = (".dockerignore", ".containerignore", "Dockerfile.dockerignore")
LIMIT_BYTES = 2 * 2**30
_LIMIT_ENVIRONMENT = 2**20
_SHOWN = 5
#: 1980-01-02 UTC: before it no ZIP file can be dated, and pip makes wheels of folders.
_TIME = 315_619_200


@dataclass(slots=True, kw_only=True)
class Staged:
    """What was copied: the size of each file in bytes, and notes on what was not."""

    sizes: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def stage(
    source: Path, target: Path, *, exclude: Sequence[str] = (), limit: int = LIMIT_BYTES
) -> Staged:
    """Copy ``source`` to the new folder ``target``, without what ``.dockerignore`` names.

    ``exclude`` are POSIX paths that stay out whatever it says, ``limit`` the most bytes taken.

    Raises:
        SourceError: something cannot be read, or all together is more than ``limit``.

    """
    stager = _Stager(source, target, exclude)
    try:
        found = list(stager.find())
        _check_size(source, stager.staged, limit)
        target.mkdir()
        for name in found:
            stager.copy(name)
        for name in reversed(["", *found]):
            if (target / name).is_dir() and not (target / name).is_symlink():
                os.utime(target / name, (_TIME, _TIME))
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}",
            hint="Let apkg read it, or name it in .dockerignore to leave it out.",
            location=Location(path=printable(str(error.filename or source))),
        ) from error
    return stager.staged


class _Stager:
    def __init__(self, source: Path, target: Path, exclude: Sequence[str]) -> None:
        self.staged = Staged()
        self._source = source
        self._root = source.resolve()
        self._target = target
        named = (re.sub(r"[\\*?\[!]", r"\\\g<0>", path) for path in exclude)
        self._ignored = Ignored((*LEFT_OUT, *_patterns(source), *named))

    def find(self) -> Iterator[str]:
        """Find the paths to copy, a folder before what is in it."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            below = []
            for entry in sorted(os.scandir(self._source / folder), key=_name):
                name = f"{folder}/{entry.name}" if folder else entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if self._takes(name, entry):
                    yield name
                    below += [name] if is_folder else []
                elif is_folder and self._ignored.may_keep_below(name) and self._may_enter(entry):
                    below.append(name)
            waiting += reversed(below)

    def _takes(self, name: str, entry: os.DirEntry[str]) -> bool:
        is_needed = _is_environment(name)
        if name in self._ignored and not is_needed:
            return False
        if entry.is_symlink():
            reason = self._outward(name, entry)
        elif entry.is_dir(follow_symlinks=False):
            return self._may_enter(entry) and self._noted(name, _environment_folder(entry))
        else:
            information = entry.stat(follow_symlinks=False)
            reason = None if stat.S_ISREG(information.st_mode) else "it is no regular file"
            self.staged.sizes[name] = 0 if reason else information.st_size
            if is_needed and information.st_size > _LIMIT_ENVIRONMENT:
                reason = "it is larger than 1 MiB"
        if reason and is_needed:
            raise SourceError(
                f"cannot be used: {reason}",
                hint="Put the file itself in the folder.",
                location=Location(path=printable(entry.path)),
            )
        return self._noted(name, reason)

    def _noted(self, name: str, reason: str | None) -> bool:
        if reason is not None:
            self.staged.notes.append(f"left out: {printable(name)} ({reason})")
            self.staged.sizes.pop(name, None)
        return reason is None

    def _may_enter(self, entry: os.DirEntry[str]) -> bool:
        # The context itself may lie in the folder that it is made of.
        return Path(entry.path).resolve() != self._target.parent.resolve()

    def _outward(self, name: str, entry: os.DirEntry[str]) -> str | None:
        # What is said of a link and what is copied is the same text, whatever happens meanwhile.
        link = os.readlink(entry.path)  # noqa: PTH115
        # Links in a circle lead nowhere; realpath, unlike Path.resolve, says where they are.
        place = Path(os.path.realpath((self._root / name).parent / link))
        inside = not link.startswith("/") and place.is_relative_to(self._root)
        return None if inside else f"a link that leads out of the folder, to {printable(link)}"

    def copy(self, name: str) -> None:
        """Copy one entry: its bytes, and whether it may be executed."""
        source, target = self._source / name, self._target / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            target.symlink_to(source.readlink())
            os.utime(target, (_TIME, _TIME), follow_symlinks=False)
        elif source.is_dir():
            target.mkdir(exist_ok=True)
            target.chmod(0o755)
        else:
            shutil.copyfile(source, target, follow_symlinks=False)
            target.chmod(0o755 if source.stat().st_mode & 0o111 else 0o644)
            os.utime(target, (_TIME, _TIME))


def _name(entry: os.DirEntry[str]) -> bytes:
    return os.fsencode(entry.name)


def _patterns(source: Path) -> Iterator[str]:
    for folder in ("", *BINDER_FOLDERS):
        for name in _IGNORE_FILES:
            path = source / folder / name
            if path.is_file():
                from apkg.files.read_bytes import decode, read_bytes

                text = decode(read_bytes(path, limit=_LIMIT_ENVIRONMENT), name=str(path))
                yield from read_patterns(text, str(path))
    yield from (
        f"{folder}{name}" for folder in ("", "binder/", ".binder/") for name in _IGNORE_FILES
    )


def _is_environment(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return name in BINDER_FOLDERS or (file in ENVIRONMENT_FILES and folder in {"", *BINDER_FOLDERS})


def _environment_folder(entry: os.DirEntry[str]) -> str | None:
    """Why a folder stays out although nobody said so."""
    if Path(entry.path, "pyvenv.cfg").is_file():
        return "a virtual environment"
    return "a conda environment" if Path(entry.path, "conda-meta").is_dir() else None


def _check_size(source: Path, staged: Staged, limit: int) -> None:
    total = sum(staged.sizes.values())
    if total <= limit:
        return
    largest = sorted(staged.sizes, key=lambda name: (-staged.sizes[name], name))[:_SHOWN]
    shown = ", ".join(f"{printable(name)} ({megabytes(staged.sizes[name])})" for name in largest)
    raise SourceError(
        f"holds {megabytes(total)}, too much for an image; the largest files: {shown}",
        hint="Name what the program does not need in a file .dockerignore, a line each.",
        location=Location(path=printable(str(source))),
    )


def megabytes(size: float) -> str:
    """Say a size in bytes as a person would."""
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"
