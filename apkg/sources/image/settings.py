"""Image configurations in JSON, whoever wrote them, as :class:`ImageSettings`.

OCI image specification 1.1 (config.md) has ``config`` with ``Entrypoint``, ``Cmd``, ``Env`` and
so on; ``docker inspect`` calls the same object ``Config`` and puts it into a list.
"""

from __future__ import annotations

from collections.abc import Mapping

from apkg.errors import Location, SourceError
from apkg.names import printable
from apkg.sources.docker.config import ImageSettings

_VOICE = "image"
_MOST = 10_000


def settings_of(
    data: object, *, path: str, names: tuple[str, ...] = (), voice: str = _VOICE
) -> ImageSettings | None:
    """The settings in one JSON document; ``None`` if it is no image configuration.

    Raises:
        SourceError: it describes several images.
    """
    if isinstance(data, list):
        if len(data) > 1:
            raise SourceError(
                f"this describes {len(data)} images",
                hint="Inspect one image only.",
                location=Location(path=path),
            )
        data = data[0] if data else None
    if not isinstance(data, Mapping):
        return None
    config = next((data[key] for key in ("config", "Config") if key in data), None)
    if config is None and {"rootfs", "RootFS"} & data.keys():
        config = {}
    if not isinstance(config, Mapping):
        return None
    return ImageSettings(
        voice=voice,
        entrypoint=_words(config.get("Entrypoint")),
        command=_words(config.get("Cmd")),
        workdir=_text(config.get("WorkingDir")) or "/",
        user=_text(config.get("User")),
        environment=_environment(config.get("Env")),
        labels=_labels(config.get("Labels")),
        names=names or _names(data),
        location=Location(path=path),
    )


def _text(value: object) -> str:
    return printable(value) if isinstance(value, str) else ""


def _words(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return None
    return tuple(word for word in value[:_MOST] if isinstance(word, str))


def _environment(value: object) -> dict[str, str]:
    pairs = value[:_MOST] if isinstance(value, list) else []
    split = (pair.partition("=") for pair in pairs if isinstance(pair, str))
    return {name: text for name, equals, text in split if equals}


def _labels(value: object) -> dict[str, str]:
    pairs = value.items() if isinstance(value, Mapping) else ()
    return {str(k): text for k, text in pairs if isinstance(text, str)}


def _names(data: Mapping[object, object]) -> tuple[str, ...]:
    """``RepoTags`` before ``RepoDigests``: people read tags."""
    found: list[str] = []
    for key in ("RepoTags", "RepoDigests"):
        value = data.get(key)
        found += (
            [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
        )
    return tuple(name for name in found if name and "<none>" not in name)
