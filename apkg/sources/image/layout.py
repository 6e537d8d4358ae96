"""From an OCI layout, or what ``docker save`` writes, to the configuration of the one image.

OCI image specification 1.1: image-layout.md, image-index.md, manifest.md. ``docker save`` adds
(or, in old releases, has only) a ``manifest.json`` that names the configuration's file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from apkg.errors import Location, SourceError
from apkg.files.there import is_file
from apkg.sources.docker.config import ImageSettings
from apkg.sources.image.documents import parse_json, read_json_bytes
from apkg.sources.image.settings import settings_of

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_CONFIG_NAME = re.compile(r"(?:blobs/sha256/)?[0-9a-f]{64}(?:\.json)?")
_REFERENCE = "org.opencontainers.image.ref.name"
_NAMED = ("io.containerd.image.name", _REFERENCE)
_DEEPEST = 4


class Store(Protocol):
    """Files by name, below the root of a layout."""

    def read(self, name: str) -> bytes | None:
        """The content of a file, ``None`` if there is none."""
        ...


class FolderStore:
    """A layout in a folder; only files that belong to layouts are looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """The content of a file, ``None`` if there is none."""
        path = self._folder / name
        return read_json_bytes(path) if is_file(path) else None


def from_store(store: Store, path: Path) -> ImageSettings:
    """The configuration of the image in ``store``; ``path`` names it in messages.

    Raises:
        SourceError: there is none, there are several, or a part is missing or damaged.
    """
    saved = store.read("manifest.json")
    if saved is not None:
        return _of_saved(parse_json(saved, f"{path}/manifest.json"), store, path)
    index = store.read("index.json")
    if index is None:
        raise _error(path, "holds neither index.json nor manifest.json, so it is no image")
    return _of_index(parse_json(index, f"{path}/index.json"), store, path, ())


def _of_saved(data: object, store: Store, path: Path) -> ImageSettings:
    images = [item for item in data if isinstance(item, Mapping)] if isinstance(data, list) else []
    if len(images) != 1:
        raise _error(path, f"holds {len(images)} images, and one is needed")
    name = images[0].get("Config")
    if not isinstance(name, str) or not _CONFIG_NAME.fullmatch(name):
        raise _error(path, "names no configuration in its manifest.json")
    config = store.read(name)
    if config is None:
        raise _error(path, f"lacks the configuration {name[:80]}")
    tags = images[0].get("RepoTags")
    names = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    return _settings(config, path, names)


def _of_index(
    data: object, store: Store, path: Path, names: tuple[str, ...], depth: int = 0
) -> ImageSettings:
    listed = data.get("manifests") if isinstance(data, Mapping) else None
    images = (
        [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    )
    images = [item for item in images if _platform(item) != ("unknown", "unknown")]
    if not images or depth > _DEEPEST:
        raise _error(path, "names no image in its index.json")
    usual = [item for item in images if _platform(item) == ("linux", "amd64")]
    if depth == 0 and len(images) > 1 and not usual:
        raise _error(path, f"holds {len(images)} images, and one is needed")
    chosen = (usual or images)[0]
    names = names or _names(chosen)
    content = parse_json(_blob(chosen.get("digest"), store, path), str(path))
    if isinstance(content, Mapping) and "manifests" in content:
        return _of_index(content, store, path, names, depth + 1)
    config = content.get("config") if isinstance(content, Mapping) else None
    digest = config.get("digest") if isinstance(config, Mapping) else None
    return _settings(_blob(digest, store, path), path, names)


def _platform(item: Mapping[object, object]) -> tuple[object, object]:
    platform = item.get("platform")
    if not isinstance(platform, Mapping):
        return (None, None)
    return platform.get("os"), platform.get("architecture")


def _names(item: Mapping[object, object]) -> tuple[str, ...]:
    notes = item.get("annotations")
    found = [notes.get(key) for key in _NAMED] if isinstance(notes, Mapping) else []
    return tuple(name for name in found if isinstance(name, str) and ("/" in name or ":" in name))


def _blob(digest: object, store: Store, path: Path) -> bytes:
    match = _DIGEST.fullmatch(digest) if isinstance(digest, str) else None
    if match is None:
        raise _error(path, "refers to a part without a sha256 digest")
    data = store.read(f"blobs/sha256/{match[1]}")
    if data is None:
        raise _error(path, f"lacks the part sha256:{match[1][:12]}…")
    if hashlib.sha256(data).hexdigest() != match[1]:
        raise _error(path, f"is damaged: the part sha256:{match[1][:12]}… is not what it was")
    return data


def _settings(data: bytes, path: Path, names: tuple[str, ...]) -> ImageSettings:
    found = settings_of(parse_json(data, str(path)), path=str(path), names=names)
    if found is None:
        raise _error(path, "has a configuration that is none of an image")
    return found


def _error(path: Path, what: str) -> SourceError:
    return SourceError(
        f"the image {what}",
        hint="Write it again with docker save or skopeo, or give what docker image inspect prints.",
        location=Location(path=str(path)),
    )
