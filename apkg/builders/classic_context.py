"""A build context as the classic builder of Docker can use it.

It knows no ``--chmod`` for ``COPY`` and ``ADD``; files have their modes in the context instead.
For what else BuildKit alone can do there is no such way round.
Docker's reference: https://docs.docker.com/reference/dockerfile/#copy---chmod
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from apkg.builders.interface import BuildContext
from apkg.errors import Location, ToolError
from apkg.files.dockerfile import Instruction, read_instructions

_CHMOD = re.compile(r"--chmod=\S+(?:[ \t]+|(?=\\?$))", re.MULTILINE)
_SYNTAX = re.compile(r"^#[ \t]*syntax[ \t]*=.*$", re.IGNORECASE | re.MULTILINE)
_PLATFORM = re.compile(r"--platform=\$\{?(?:BUILD|TARGET)PLATFORM\}?[ \t]+")
_OCTAL = re.compile(r"0?[0-7]{3,4}")
_ARCHIVE = re.compile(r"\.(?:tar|tgz|tbz2?|txz|tar\.\w+|gz|bz2|xz)$", re.IGNORECASE)
_NEWER_FLAGS = {
    "RUN": ("mount", "network", "security", "device"),
    "COPY": ("link", "parents", "exclude"),
    "ADD": ("link", "exclude", "checksum", "keep-git-dir", "unpack"),
}
_HINT = (
    "Only BuildKit can do that. Install Docker's plug-in buildx (Debian: apt install "
    "docker-buildx or docker-buildx-plugin), or use Podman: --engine podman"
)


def classic_context(
    context: BuildContext, scratch: Path, on_log: Callable[[str], None]
) -> tuple[Path, Path]:
    """Give folder and Dockerfile for the classic builder; what has to differ is in ``scratch``.

    Raises:
        ToolError: the Dockerfile uses what only BuildKit can do.
        SourceError: it is no Dockerfile.

    """
    original = context.folder / context.dockerfile
    text = original.read_text(encoding="utf-8", errors="surrogateescape")
    instructions = read_instructions(text, name=context.dockerfile).items
    for instruction in instructions:
        _check(instruction, context.dockerfile)
    changed = _rewritten(text, instructions)
    if changed == text:
        return context.folder, original
    file = scratch / "Dockerfile"
    file.write_text(changed, encoding="utf-8", errors="surrogateescape")
    with_modes = [one for one in instructions if one.flag("chmod") is not None]
    if not with_modes:
        return context.folder, file
    on_log("The classic builder knows no --chmod: the files have their modes in the context.")
    folder = scratch / "context"
    shutil.copytree(context.folder, folder, symlinks=True, copy_function=_linked)
    for instruction in with_modes:
        _set_modes(instruction, folder, context.dockerfile)
    return folder, file


def _check(instruction: Instruction, name: str) -> None:
    for flag in _NEWER_FLAGS.get(instruction.name, ()):
        if instruction.flag(flag) is not None:
            raise _needs_buildkit(f"{instruction.name} --{flag}", instruction, name)
    if instruction.heredocs:
        raise _needs_buildkit(f"a heredoc in {instruction.name}", instruction, name)
    mode = instruction.flag("chmod")
    if mode is None:
        return
    if _OCTAL.fullmatch(mode) is None:
        raise _needs_buildkit(f"--chmod={mode}", instruction, name)
    if instruction.flag("from") is not None:
        raise _needs_buildkit("--chmod together with --from", instruction, name)
    if instruction.name == "ADD" and any(map(_is_unpacked, _sources(instruction))):
        raise _needs_buildkit("ADD --chmod of a URL or an archive", instruction, name)


def _is_unpacked(source: str) -> bool:
    return "://" in source or _ARCHIVE.search(source) is not None


def _needs_buildkit(what: str, instruction: Instruction, name: str) -> ToolError:
    return ToolError(
        f"the classic builder of Docker, the only one here, does not know {what}",
        hint=_HINT,
        location=Location(path=name, line=instruction.line),
    )


def _rewritten(text: str, instructions: tuple[Instruction, ...]) -> str:
    """Leave out what the classic builder does not know; no line changes its number."""
    lines = text.split("\n")
    starts = [one.line - 1 for one in instructions] + [len(lines)]
    for instruction, start, end in zip(instructions, starts, starts[1:], strict=False):
        part = "\n".join(lines[start:end])
        if instruction.flag("chmod") is not None:
            part = _CHMOD.sub("", part, count=1)
        if instruction.name == "FROM":
            # The machine's own, which is what the classic builder takes.
            part = _PLATFORM.sub("", part, count=1)
        lines[start:end] = part.split("\n")
    head = "\n".join(lines[: starts[0]])
    return (
        "\n".join([_SYNTAX.sub("#", head), *lines[starts[0] :]]) if starts[0] else "\n".join(lines)
    )


def _linked(source: str, target: str) -> str:
    """Put a file at a second place without a copy of its content, where that can be."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def _sources(instruction: Instruction) -> list[str]:
    words = instruction.exec_form()
    if words is None:
        try:
            words = tuple(shlex.split(instruction.text))
        except ValueError:
            words = tuple(instruction.text.split())
    return list(words[:-1])


def _set_modes(instruction: Instruction, folder: Path, name: str) -> None:
    mode = int(instruction.flag("chmod") or "644", 8)
    for source in _sources(instruction):
        if "$" in source:
            raise _needs_buildkit(
                f"--chmod for a name with a variable ({source})", instruction, name
            )
        for path in _matching(folder, source):
            if path.is_symlink():
                continue
            _own(path)
            path.chmod(mode)


def _matching(folder: Path, source: str) -> Iterator[Path]:
    """Give the files, and the folders with all in them, that a source of ``COPY`` means."""
    pattern = os.path.normpath(f"/{source}").lstrip("/")
    found = [folder] if not pattern else sorted(folder.glob(pattern))
    for path in found:
        if path.is_dir() and not path.is_symlink():
            # From below: a folder may lose the right to be entered.
            yield from sorted(path.rglob("*"), reverse=True)
        if path != folder:
            yield path


def _own(path: Path) -> None:
    """Give a file a content of its own: another name of it must keep its mode."""
    if path.is_file() and path.stat().st_nlink > 1:
        copy = path.with_name(f"{path.name}.apkg-copy")
        shutil.copy2(path, copy)
        copy.replace(path)
