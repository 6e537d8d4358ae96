"""The build context of a dry run, in its place."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from apkg.builders.interface import BuildContext
from apkg.errors import ApkgError, Location
from apkg.pipeline.build_options import BuildOptions


def deliver_context(context: BuildContext, target: Path, options: BuildOptions) -> BuildContext:
    """Copy ``context`` to ``target``, whole or not at all; gives it with its new folder.

    Only a folder of our own naming is ever replaced, and only with ``force``.

    Raises:
        ApkgError: ``target`` exists, or cannot be written.

    """
    if target.is_symlink() or (target.exists() and not _is_empty(target)):
        _check_replaceable(target, options)
    beside = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(context.folder, beside, symlinks=True)
        if target.exists():
            shutil.rmtree(target)
        beside.rename(target)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ApkgError(
            f"the build context cannot be written: {reason}",
            hint="Choose another folder with --context or -o.",
            location=Location(path=str(target)),
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return replace(context, folder=target)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _check_replaceable(target: Path, options: BuildOptions) -> None:
    ours = options.context is None and target.is_dir() and not target.is_symlink()
    if ours and options.force:
        return
    raise ApkgError(
        "not overwritten: there is something of this name already",
        hint="--force overwrites it; --context names another folder."
        if ours
        else "Name a folder that is empty, or is not there yet.",
        location=Location(path=str(target)),
    )


def build_command(context: BuildContext, image: str, options: BuildOptions) -> tuple[str, ...]:
    """The command line that builds a context which has been written."""
    arguments = (f"--build-arg={name}={value}" for name, value in context.build_args)
    labels = (f"--label={name}={value}" for name, value in context.labels)
    file = context.folder / context.dockerfile
    start = (options.engine or "docker", "build", "-t", image, "-f", str(file))
    return (*start, *arguments, *labels, *options.engine_options, str(context.folder))
