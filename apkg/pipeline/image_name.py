"""Names of images: ``[host[:port]/]path[:tag][@digest]``, and what an application's is called.

The grammar is that of the distribution project's ``reference`` package, which OCI's
distribution-spec refers to: the path is lower case, a host has a dot, a port, or is ``localhost``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import UsageError
from apkg.model import Application
from apkg.names import printable, process_id

_MAX_NAME = 255
_HOST = re.compile(
    r"(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"|\[[0-9A-Fa-f:]+\])(?::[0-9]+)?"
)
_PART = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = re.compile(r"[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageName:
    """An image's name, taken apart."""

    repository: str
    tag: str | None = None
    digest: str | None = None

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        return f"{self.repository}{tag}" + (f"@{self.digest}" if self.digest else "")


def image_name(text: str) -> ImageName:
    """Take apart the name of an image.

    Raises:
        UsageError: no engine would take it.

    """
    name, at, digest = text.partition("@")
    if at and not _DIGEST.fullmatch(digest):
        raise _wrong(text, "what follows the '@' is no digest", "Write for instance @sha256:….")
    repository, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        repository, colon, tag = name, "", ""
    if colon and not _TAG.fullmatch(tag):
        advice = "Letters, digits, '_', '.' and '-', at most 128."
        raise _wrong(text, f"'{printable(tag)}' is no tag", advice)
    _check_repository(text, repository)
    return ImageName(repository=repository, tag=tag or None, digest=digest or None)


def _check_repository(text: str, repository: str) -> None:
    first, slash, path = repository.partition("/")
    has_host = bool(slash) and (any(c in first for c in ".:[") or first == "localhost")
    if has_host and not _HOST.fullmatch(first):
        raise _wrong(text, f"'{printable(first)}' is no host", "Write for instance registry.org.")
    for part in (path if has_host else repository).split("/"):
        if not _PART.fullmatch(part):
            lower = part.lower()
            advice = f"Write '{lower}'." if _PART.fullmatch(lower) else _ADVICE
            raise _wrong(text, f"'{printable(part)}' cannot stand in it", advice)
    if len(repository) > _MAX_NAME:
        raise _wrong(text, f"it has more than {_MAX_NAME} characters", "Take a shorter one.")


_ADVICE = "Lower-case letters and digits, with '.', '_' or '-' between them."


def _wrong(text: str, why: str, advice: str) -> UsageError:
    return UsageError(f"{printable(text)!r} is no name for an image: {why}", hint=advice)


def tag_of(text: str) -> str:
    """The name under which an image is built, from what a user gave: it always has a tag.

    Raises:
        UsageError: it is no name for an image, or names one by its digest.

    """
    name = image_name(text)
    if name.digest is not None:
        raise _wrong(text, "an image has its digest after it is built", "Leave out the '@…'.")
    return str(ImageName(repository=name.repository, tag=name.tag or "latest"))


def default_tag(applications: Sequence[Application], folder: Path) -> str:
    """The one image that ``applications`` name, else one called like them or like the folder.

    Raises:
        UsageError: the image that they name is no name for an image.

    """
    versions = {application.metadata.version for application in applications}
    version = _as_tag(next(iter(versions))) if len(versions) == 1 else "latest"
    named = {a.container.image for a in applications if a.container is not None and _says_image(a)}
    if len(named) == 1:
        name = image_name(next(iter(named)))
        return str(ImageName(repository=name.repository, tag=name.tag or version))
    assumed = {a.container.image for a in applications if a.container is not None}
    if len(assumed) == 1:
        with suppress(UsageError):
            return str(image_name(next(iter(assumed))))
    text = applications[0].id if len(applications) == 1 else folder.resolve().name
    return f"{_as_part(text)}:{version}"


def _says_image(application: Application) -> bool:
    origin = application.origin("image")
    return origin is not None and not origin.guessed


def same_repository(first: str, second: str) -> bool:
    """Whether two names are of one repository, whatever their tags and digests."""
    try:
        return image_name(first).repository == image_name(second).repository
    except UsageError:
        return False


def _as_tag(version: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", version).strip("-.")[:128] or "latest"


def _as_part(text: str) -> str:
    """A process id as part of a repository, where it may not end in ``_`` or mix separators."""
    plain = re.sub(r"[._-]{2,}", "-", process_id(text)).strip("._-")
    return plain or "application"
