"""What a project says of validation, in the nearest file upwards from the current folder.

``[tool.apkg.validate]`` in pyproject.toml, and ``validate:`` in apkg.yaml.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import ApkgError, Location, UsageError
from apkg.names import did_you_mean, printable

_LIMIT_BYTES = 1_000_000
_KEYS = ("profiles", "ignore", "strict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a project; ``strict`` is None where nobody says."""

    profiles: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool | None = None


def read_settings(folder: Path) -> Settings:
    """The settings that hold in ``folder``: lists add up, apkg.yaml decides before pyproject.toml.

    Raises:
        UsageError: a setting is unknown, or is not what its key takes.
    """
    found = Settings()
    for reader in (_manifest, _pyproject):
        for place in (folder, *folder.parents):
            said = reader(place)
            if said is not None:
                found = _joined(found, said)
                break
    return found


def _joined(first: Settings, second: Settings) -> Settings:
    return Settings(
        profiles=tuple(dict.fromkeys(first.profiles + second.profiles)),
        ignore=tuple(dict.fromkeys(first.ignore + second.ignore)),
        strict=second.strict if first.strict is None else first.strict,
    )


def _content(path: Path, word: bytes) -> bytes | None:
    """The bytes of a file that holds ``word``; most projects say nothing, and cost nothing."""
    if not os.path.isfile(path):  # noqa: PTH113 - Path's raises where a folder is closed
        return None
    from apkg.files.read_bytes import read_bytes

    try:
        data = read_bytes(path, limit=_LIMIT_BYTES)
    except ApkgError:
        return None
    return data if word in data else None


def _pyproject(folder: Path) -> Settings | None:
    path = folder / "pyproject.toml"
    data = _content(path, b"apkg")
    if data is None:
        return None
    import tomllib

    try:
        tool = tomllib.loads(data.decode()).get("tool")
    except ValueError:
        # Whoever builds this project will hear of it; it is not for us to judge.
        return None
    own = tool.get("apkg") if isinstance(tool, dict) else None
    if not isinstance(own, dict) or "validate" not in own:
        return None
    return _settings(own["validate"], Location(path=str(path)), "[tool.apkg.validate]")


def _manifest(folder: Path) -> Settings | None:
    for name in ("apkg.yaml", "apkg.yml"):
        path = folder / name
        data = _content(path, b"validate")
        if data is None:
            continue
        from apkg.files.documents import parse_document

        try:
            document = parse_document(data, name=str(path), limit=_LIMIT_BYTES)
        except ApkgError:
            continue
        value = document.value
        if isinstance(value, dict) and "validate" in value:
            return _settings(value["validate"], document.location(("validate",)), "'validate'")
    return None


def _settings(value: object, place: Location, where: str) -> Settings:
    if value is None:
        return Settings()
    if not isinstance(value, dict):
        raise _wrong(f"{where} must be a mapping", place)
    for key in value:
        if key not in _KEYS:
            close = did_you_mean(str(key), _KEYS)
            advice = f"Did you mean '{close}'?" if close else f"Known: {', '.join(_KEYS)}."
            raise _wrong(f"{where} has no setting '{printable(str(key))}'", place, advice)
    strict = value.get("strict")
    if strict is not None and not isinstance(strict, bool):
        raise _wrong(f"'strict' of {where} must be true or false", place)
    return Settings(
        profiles=_texts(value.get("profiles", []), f"'profiles' of {where}", place),
        ignore=_texts(value.get("ignore", []), f"'ignore' of {where}", place),
        strict=strict,
    )


def _texts(value: object, what: str, place: Location) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(f"{what} must be a list of names", place, 'Write for example ["cwl/prefix"].')
    return tuple(value)


def _wrong(message: str, place: Location, hint: str | None = None) -> UsageError:
    return UsageError(message, hint=hint, location=place)
