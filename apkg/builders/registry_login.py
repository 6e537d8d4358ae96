"""An account for a registry, for some commands and nothing else."""

from __future__ import annotations

import base64
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apkg.builders.command_engine import CommandEngine


@contextmanager
def logged_in(engine: CommandEngine, credentials: Mapping[str, str]) -> Iterator[None]:
    """Let ``engine`` use an account (``registry``, ``username``, ``password``) in the block.

    The password is in no command line, and nothing of it stays on disk.
    """
    if not credentials:
        yield
        return
    before = engine.environment
    with tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
        environment = dict(os.environ if before is None else before)
        folder = Path(scratch)
        if engine.name == "podman":
            config = _file_of(environment.get("REGISTRY_AUTH_FILE"))
            environment["REGISTRY_AUTH_FILE"] = str(folder / "config.json")
        else:
            own = Path(environment.get("DOCKER_CONFIG") or Path.home() / ".docker")
            config = _file_of(str(own / "config.json"))
            _same_but_config(own, folder)
            environment["DOCKER_CONFIG"] = scratch
        _write(folder / "config.json", config, credentials)
        engine.environment = environment
        try:
            yield
        finally:
            engine.environment = before


def _file_of(path: str | None) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _same_but_config(own: Path, folder: Path) -> None:
    """Let contexts and plug-ins of the user be found, as before."""
    for path in own.iterdir() if own.is_dir() else ():
        if path.name != "config.json":
            (folder / path.name).symlink_to(path.resolve())


def _write(file: Path, config: dict[str, Any], credentials: Mapping[str, str]) -> None:
    account = f"{credentials['username']}:{credentials['password']}".encode()
    registry = credentials["registry"]
    auths = {**config.get("auths", {}), registry: {"auth": base64.b64encode(account).decode()}}
    # A store of credentials would be asked instead.
    stores = {k: v for k, v in config.get("credHelpers", {}).items() if k != registry}
    kept = {k: v for k, v in config.items() if k not in {"credsStore", "credHelpers"}}
    file.touch(mode=0o600)
    file.write_text(json.dumps({**kept, "credHelpers": stores, "auths": auths}), encoding="utf-8")
