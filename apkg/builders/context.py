"""From a folder to a build context: what any builder makes the image of, as plain files.

repo2docker picks the buildpack and writes the Dockerfile; the layer of the programs is appended.
The same input gives the same context, byte for byte.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from apkg.builders.context_digest import context_digest
from apkg.builders.dockerfile import (
    base_images,
    declares_argument,
    pinned,
    with_arguments,
    with_defaults,
    without_entry_point,
)
from apkg.builders.interface import BuildContext, ContextRequest
from apkg.builders.staging import BINDER_FOLDERS, stage
from apkg.errors import ApkgError, Location, SourceError, UsageError
from apkg.files.read_bytes import decode, read_bytes
from apkg.names import printable

if TYPE_CHECKING:
    from apkg.builders.capture import Captured

_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]*")
_STAGE = ".apkg-stage"
#: BuildKit alone knows the flag, and the files have that mode in the context anyway.
_CHMOD = re.compile(r"(?m)^COPY --chmod=0755 (?=/(?:python3-login|repo2docker-entrypoint) )")


def make_context(request: ContextRequest, folder: Path) -> BuildContext:
    """Write the build context of ``request`` into ``folder``, which is new or empty.

    Raises:
        SourceError: what the folder declares cannot be read, is too large, or is not for --lean.
        ToolError: repo2docker needs the network for it, and there is none.
        UsageError: the base image is no image, or the Dockerfile names its own.
        ApkgError: ``folder`` is not empty, or cannot be written.

    """
    if request.base_image is not None and not _IMAGE.fullmatch(request.base_image):
        raise UsageError(f"{printable(request.base_image)!r} is no name of an image")
    source = request.folder.parent if request.folder.is_file() else request.folder
    if not source.is_dir():
        here = Location(path=printable(str(source)))
        raise SourceError("there is no such file or folder", location=here)
    with _whole(folder):
        return _make(request, source, folder)


def _make(request: ContextRequest, source: Path, folder: Path) -> BuildContext:
    from apkg.builders.capture import USER
    from apkg.builders.context_steps import steps
    from apkg.builders.layer import with_labels, with_layer, write_layer

    seen = folder / _STAGE
    staged = stage(source, seen, exclude=(_STAGE, *_products(request), *request.exclude))
    captured = _captured(request, seen, source)
    lines = steps(captured, staged, seen, request.programs)
    name = captured.dockerfile or "Dockerfile"
    text = with_defaults(_arranged(captured, folder), dict(USER))
    text = with_arguments(text, request.arguments or {})
    if request.programs:
        write_layer(request.programs, folder)
        text = with_layer(text, request.programs, request.users or {})
    else:
        text = without_entry_point(text)
    text = pinned(text, request.pinned or {})
    labels = tuple(sorted((key, " ".join(value.split())) for key, value in request.labels))
    (folder / name).write_bytes(with_labels(text, labels).encode("utf-8"))
    _fix_modes(folder)
    arguments = tuple((key, value) for key, value in USER if declares_argument(text, key))
    return BuildContext(
        folder=folder,
        dockerfile=name,
        buildpack=captured.buildpack,
        base_images=base_images(text),
        steps=lines,
        digest=context_digest(folder, arguments, labels),
        build_args=arguments,
        labels=labels,
    )


def _products(request: ContextRequest) -> Iterator[str]:
    """What apkg writes beside a notebook: not of the environment, and new after every build."""
    for program in request.programs:
        for suffix in ("cwl", "deploy.json", "inputs.yml", "lock.txt", "executed.ipynb"):
            yield f"{program.id}.{suffix}"


def _captured(request: ContextRequest, seen: Path, source: Path) -> Captured:
    from apkg.builders.capture import Captured, capture
    from apkg.builders.context_errors import check_environment, explained
    from apkg.builders.layer import requirements_of

    captured = Captured()
    if not request.lean:
        check_environment(seen, source)
    with _only_declarations(seen):
        try:
            capture(
                seen,
                base_image=request.base_image,
                lean=request.lean,
                captured=captured,
                also=requirements_of(request.programs) if request.programs else (),
            )
        except (Exception, SystemExit) as error:  # its buildpacks raise anything on odd files
            raise explained(error, captured, seen, source) from error
    if request.lean:
        _check_lean(captured, seen, source)
    elif captured.dockerfile and request.base_image is not None:
        raise UsageError(
            f"a Dockerfile names its own base image, so {request.base_image} cannot replace it",
            hint=f"Leave --base-image out, or change FROM in {source / captured.dockerfile}.",
        )
    return captured


def _check_lean(captured: Captured, seen: Path, source: Path) -> None:
    from repo2docker.utils import chdir  # type: ignore[import-untyped]

    with chdir(seen):
        beyond = captured.tried[-1].beyond_pip()
    if beyond is not None:
        raise SourceError(
            "--lean installs pip packages only, and this file asks for more",
            hint="Build without --lean, or say it in requirements.txt and apt.txt.",
            location=Location(path=printable(str(source / beyond))),
        )


@contextmanager
def _only_declarations(seen: Path) -> Iterator[None]:
    """Keep repo2docker from packing the whole folder into memory: it is where it belongs."""
    folders = [seen / name for name in BINDER_FOLDERS if (seen / name).is_dir()]
    ignores = [folder / ".dockerignore" for folder in (folders or [seen])]
    for path in ignores:
        path.write_text("*\n", encoding="utf-8")
    try:
        yield
    finally:
        for path in ignores:
            path.unlink()


def _arranged(captured: Captured, folder: Path) -> str:
    """Put every file where the Dockerfile expects it; gives the Dockerfile's text."""
    seen = folder / _STAGE
    if captured.dockerfile:
        text = decode(read_bytes(seen / captured.dockerfile), name=captured.dockerfile)
        for path in sorted(seen.iterdir()):
            path.rename(folder / path.name)
        seen.rmdir()
    else:
        text = _CHMOD.sub("COPY ", captured.text)
        seen.rename(folder / "src")
    for name, data in captured.files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o755 if data.startswith(b"#!") else 0o644)
    return text


def _fix_modes(folder: Path) -> None:
    """Undo what the umask did to the files that are not of the user's folder."""
    from apkg.builders.context_digest import walk

    folder.chmod(0o755)
    for path in walk(folder):
        if not path.is_symlink():
            executable = path.is_dir() or path.lstat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)


@contextmanager
def _whole(folder: Path) -> Iterator[None]:
    """Leave nothing behind in ``folder`` where the block fails."""
    try:
        existed = folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ApkgError(
                "the folder for the build context is not empty",
                hint="Name one that is new or empty.",
                location=Location(path=printable(str(folder))),
            )
    except OSError as error:
        raise ApkgError(
            f"the build context cannot be written: {error.strerror or error}",
            hint="Name a folder that you may write to.",
            location=Location(path=printable(str(folder))),
        ) from error
    try:
        yield
    except BaseException:
        shutil.rmtree(folder)
        if existed:
            folder.mkdir()
        raise
