"""What an image starts from, pinned: base images by digest, as far as an engine knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from apkg.builders.interface import Engine
from apkg.errors import ToolError, UsageError
from apkg.pipeline.image_name import image_name
from apkg.report import Finding

_SCRATCH = "scratch"
#: Podman's host for images of this machine, which it gives digests of its own.
_LOCAL = "localhost/"


@dataclass(slots=True)
class Bases:
    """Base images as they are written: ``pinned`` to ``name@sha256:…``, ``ids`` where they cannot.

    ``ids`` are the engine's own ids of images that no registry is known to have. ``users`` are
    those that the images run as, under all their names.
    """

    pinned: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def known(self) -> dict[str, str]:
        """What each base is, as exactly as it is known."""
        return self.ids | self.pinned


def pin_bases(
    names: Iterable[str],
    engine: Engine,
    *,
    pull: bool | None,
    on_log: Callable[[str], None],
) -> Bases:
    """Ask ``engine`` for the digests of the images that a Dockerfile starts from.

    With ``pull`` they are fetched anew, with ``None`` where the engine does not have them, with
    ``False`` never.

    Raises:
        ToolError: an image is nowhere to be had.

    """
    bases = Bases()
    for name in dict.fromkeys(names):
        # A name with a variable is for the builder alone to know.
        if name == _SCRATCH or "@" in name or "$" in name:
            continue
        _pin(name, engine, bases, pull=pull, on_log=on_log)
    return bases


def _pin(
    name: str, engine: Engine, bases: Bases, *, pull: bool | None, on_log: Callable[[str], None]
) -> None:
    info = engine.inspect(name)
    if pull or (pull is None and info is None):
        try:
            engine.pull(name, on_log)
            info = engine.inspect(name)
        except ToolError as error:
            if info is None:
                raise _missing(name, engine, error) from error
            bases.findings.append(_not_pulled(name, error))
    if info is None:
        return
    bases.users[name] = info.user
    digest = _digest_of(name, info.digests)
    if digest is not None:
        bases.pinned[name] = digest
        bases.users[digest] = info.user
        return
    bases.ids[name] = info.id
    bases.findings.append(_local(name))


def _digest_of(name: str, digests: Iterable[str]) -> str | None:
    """The one of an image's digests that is of the repository it is called by."""
    try:
        repository = _full(image_name(name).repository)
    except UsageError:
        return None
    if repository.startswith(_LOCAL):
        return None
    for digest in digests:
        found, at, tail = digest.partition("@")
        if at and _full(found) == repository:
            return f"{image_name(name).repository}@{tail}"
    return None


def _full(repository: str) -> str:
    """A repository with the host and the folder that Docker leaves out."""
    first, slash, _ = repository.partition("/")
    if not slash or not (set(".:") & set(first) or first == "localhost"):
        repository = f"docker.io/{repository}"
    host, _, path = repository.partition("/")
    host = "docker.io" if host == "index.docker.io" else host
    return f"{host}/library/{path}" if host == "docker.io" and "/" not in path else repository


def _missing(name: str, engine: Engine, error: ToolError) -> ToolError:
    reason = error.message.removeprefix(f"cannot fetch {name}").lstrip(": ")
    return ToolError(
        f"the base image {name} is not here, and cannot be fetched: {reason}".rstrip(),
        hint=error.hint
        or f"Check its name, log in ({engine.name} login), or choose another with --base-image.",
    )


def _not_pulled(name: str, error: ToolError) -> Finding:
    return Finding(
        rule="build/base-not-refreshed",
        severity="warning",
        message=f"{name} could not be fetched anew ({error.message}); the one that is here is used",
        subject=name,
    )


def _local(name: str) -> Finding:
    return Finding(
        rule="build/base-not-pinned",
        severity="note",
        message=f"the base image {name} is on this machine only, and cannot be pinned by digest",
        advice="Push it to a registry, so that others can build the same image.",
        subject=name,
    )
