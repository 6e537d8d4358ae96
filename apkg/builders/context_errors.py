"""repo2docker's exceptions as one that tells which file is at fault."""

from __future__ import annotations

import re
from pathlib import Path

from apkg.builders.capture import Captured
from apkg.builders.staging import BINDER_FOLDERS, ENVIRONMENT_FILES
from apkg.errors import ApkgError, Location, SourceError, ToolError
from apkg.files.documents import parse_document
from apkg.files.read_bytes import read_bytes
from apkg.files.there import is_file
from apkg.names import printable

_ADVICE = "https://repo2docker.readthedocs.io/en/latest/configuration/ describes these files."
_LONGEST = 300
#: Where one of these is, no environment.yml is read.
_INSTEAD = ("Dockerfile", "default.nix")
#: How requests and urllib3 name the machine that they do not reach.
_HOST = re.compile(r"\bhost='([A-Za-z0-9.-]+)'")
#: The file that a buildpack reads first, by the name of the buildpack.
_READS = {
    "CondaBuildPack": ("environment.yml", "environment.yaml"),
    "PipfileBuildPack": ("Pipfile.lock", "Pipfile"),
    "PythonBuildPack": ("runtime.txt", "pyproject.toml", "requirements.txt"),
    "LeanBuildPack": ("runtime.txt", "pyproject.toml", "requirements.txt"),
    "RBuildPack": ("runtime.txt", "DESCRIPTION", "install.R"),
    "JuliaProjectTomlBuildPack": ("JuliaProject.toml", "Project.toml"),
    "JuliaRequireBuildPack": ("REQUIRE",),
    "DockerBuildPack": ("Dockerfile",),
    "LegacyBinderDockerBuildPack": ("Dockerfile",),
}


def explained(error: BaseException, captured: Captured, folder: Path, source: Path) -> ApkgError:
    """What to raise for ``error``: ``folder`` is the copy that was read, of ``source``."""
    text = " ".join(printable(str(error)).replace(str(folder), "").split())
    said = (text or type(error).__name__)[:_LONGEST]
    if _is_offline(error):
        host = _HOST.search(text)
        said = f"{host[1]} does not answer" if host else f"no answer: {said}"
        return ToolError(
            f"{captured.buildpack} asks a service which versions there are; {said}",
            hint="Connect to the network, or declare the environment in a Dockerfile.",
        )
    if isinstance(error, RecursionError):
        said = "nested too deeply"
    name, line = _culprit(error, captured, folder)
    return SourceError(
        f"repo2docker cannot use it: {said}",
        hint=_ADVICE,
        location=Location(path=printable(str(source / name)), line=line),
    )


def check_environment(folder: Path, source: Path) -> None:
    """Read the ``environment.yml`` that repo2docker will read: its reader has no limits.

    Raises:
        SourceError: it is no YAML, or of a depth or size that nobody writes.

    """
    binder = _binder(folder)
    if any((folder / binder / name).exists() for name in _INSTEAD):
        return
    for name in _READS["CondaBuildPack"]:
        path = folder / binder / name
        if is_file(path):
            try:
                parse_document(read_bytes(path), name=str(source / binder / name))
            except SourceError as error:
                told = f"repo2docker cannot use it: {error.message}"
                raise SourceError(told, hint=_ADVICE, location=error.location) from error
            return


def _binder(folder: Path) -> str:
    binders = [name for name in BINDER_FOLDERS if (folder / name).is_dir()]
    return binders[0] if len(binders) == 1 else ""


def _is_offline(error: BaseException) -> bool:
    names = {kind.__name__ for kind in type(error).__mro__}
    return "RequestException" in names or str(error).startswith("Failed to fetch")


def _culprit(error: BaseException, captured: Captured, folder: Path) -> tuple[str, int | None]:
    """The file, relative to the folder, and the line where that is told."""
    binder = _binder(folder)
    present = [n for n in sorted(ENVIRONMENT_FILES) if (folder / binder / n).exists()]
    mark = getattr(error, "problem_mark", None)
    line = getattr(error, "lineno", None) if mark is None else mark.line + 1
    for name in present:
        if name in str(error) or (
            isinstance(error, UnicodeError) and not _is_text(folder / binder / name)
        ):
            return str(Path(binder, name)), line
    for name in _READS.get(captured.buildpack, ()):
        if name in present:
            return str(Path(binder, name)), line
    return binder, None


def _is_text(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        return False
    return True
