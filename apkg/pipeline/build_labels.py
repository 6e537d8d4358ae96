"""The labels of an image: the OCI image-spec's pre-defined annotations, and one of ours.

``org.apkg.context`` (:data:`CONTEXT_LABEL`) is the digest of what the image was built from. The
image is built anew when it changes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from apkg import process
from apkg.errors import ToolError, UsageError
from apkg.model import Application
from apkg.names import printable

CONTEXT_LABEL = "org.apkg.context"
_OCI = "org.opencontainers.image."
#: They tell when and from which commit: the same content is the same image, whatever they say.
_VOLATILE = (f"{_OCI}created", f"{_OCI}revision", f"{_OCI}source")
_GIT_TIMEOUT = 20.0
_LONGEST = 4096


def labels_of(
    applications: Sequence[Application],
    *,
    title: str,
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> tuple[tuple[str, str], ...]:
    """The labels that the applications and the folder's repository give, absent ones left out.

    ``title`` is that of an image that holds several. ``created`` comes from
    ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) alone: a clock would make every image new.

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is no number of seconds.

    """
    first = applications[0]
    one = len(applications) == 1
    revision, remote = repository(folder)
    found = {
        "title": first.title or first.id if one else title,
        "description": first.abstract if one else _listed(applications),
        "version": _common(a.metadata.version for a in applications),
        "revision": revision,
        "source": remote or _common(a.metadata.code_repository for a in applications),
        "licenses": _common(a.metadata.license for a in applications),
        "authors": _authors(applications),
        "created": created(os.environ if environment is None else environment),
    }
    return tuple((f"{_OCI}{name}", _clean(text)) for name, text in found.items() if text)


def _listed(applications: Sequence[Application]) -> str:
    return "; ".join(f"{a.id}: {a.title or a.id}" for a in applications)


def _common(values: Iterable[str | None]) -> str | None:
    """The one value that all have, if they agree."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _authors(applications: Sequence[Application]) -> str:
    people = [
        f"{p.name} <{p.email}>" if p.email else p.name
        for application in applications
        for p in application.metadata.authors
    ]
    return ", ".join(dict.fromkeys(people))


def _clean(text: str) -> str:
    """One line of text, as a label may be written in a Dockerfile and on a command line."""
    return " ".join(printable(text).split())[:_LONGEST]


def created(environment: Mapping[str, str]) -> str | None:
    """``SOURCE_DATE_EPOCH`` as RFC 3339, 5.6, in UTC.

    Raises:
        UsageError: it is no number of seconds.

    """
    text = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not text:
        return None
    from datetime import UTC, datetime

    try:
        moment = datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {printable(text)!r}, and no number of seconds since 1970",
            hint="Set it for instance with: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)",
        ) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def repository(folder: Path) -> tuple[str | None, str | None]:
    """The commit that holds ``folder``, and where it was cloned from; ``None`` where unknown.

    Only commands that read: nothing that the repository configures is run.
    """
    if not _git(folder, "ls-tree", "--name-only", "HEAD"):
        # No git, no repository, or one that does not hold this folder.
        return None, None
    revision = _git(folder, "rev-parse", "HEAD")
    remote = _git(folder, "config", "--get", "remote.origin.url")
    return revision or None, public_url(remote) if remote else None


def _git(folder: Path, *words: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    safe = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    try:
        done = process.run(
            ["git", *safe, "-C", str(folder.absolute()), *words],
            on_line=lambda _line: None,
            environment=environment,
            timeout=_GIT_TIMEOUT,
        )
    except ToolError:
        return ""
    return done.stdout.strip() if done.status == 0 else ""


def public_url(remote: str) -> str | None:
    """A remote's URL without user, password and query; ``None`` for a path of this machine."""
    if "://" not in remote:
        host, colon, path = remote.partition(":")
        is_ssh = bool(colon) and "/" not in host and len(host) > 1
        return f"ssh://{host.rpartition('@')[2]}/{path.lstrip('/')}" if is_ssh else None
    try:
        parts = urlsplit(remote)
    except ValueError:
        return None
    if parts.scheme == "file" or not parts.hostname:
        return None
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def lasting(labels: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The labels that are part of what the image is; the others tell when, and of which commit."""
    return tuple(label for label in labels if label[0] not in _VOLATILE)


def context_digest(content: str, *, bases: Mapping[str, str], options: Sequence[str]) -> str:
    """The digest of all that decides what an image becomes.

    ``content`` is that of the build context, ``bases`` are its base images by digest or id.
    """
    said = json.dumps([content, sorted(bases.items()), list(options)])
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
