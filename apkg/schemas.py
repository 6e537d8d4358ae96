"""The JSON and XML schemas of ``schemas/``, found in an installed wheel and in a checkout alike."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from apkg.errors import SchemaError

_SUFFIX = ".schema.json"
_PACKAGE = Path(__file__).resolve().parent


@cache
def folder() -> Path:
    """The folder that holds the schemas.

    Raises:
        SchemaError: there is none: the installation is damaged.

    """
    # The wheel carries them inside the package; an editable install leaves them at the root.
    for place in (_PACKAGE / "_schemas", _PACKAGE.parent / "schemas"):
        if place.is_dir():
            return place
    raise SchemaError("the JSON schemas of apkg are missing", hint="Install apkg again.")


def names() -> tuple[str, ...]:
    """The names of all schemas, such as ``cwl-v1.2``."""
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in folder().glob(f"*{_SUFFIX}")))


@cache
def load_schema(name: str) -> dict[str, Any]:
    """The schema ``name`` as plain data. Shared: do not change it.

    Raises:
        SchemaError: there is no such schema, or it is not JSON.

    """
    path = folder() / f"{name}{_SUFFIX}"
    try:
        schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SchemaError(
            f"there is no JSON schema named {name}", hint=f"There are: {', '.join(names())}."
        ) from None
    except (OSError, ValueError) as error:
        raise SchemaError(
            f"the JSON schema {name} cannot be read: {error}", hint="Install apkg again."
        ) from error
    return schema


def xml_schema(name: str) -> Path:
    """The XML schema ``name``, such as ``deploy-wps2``; those that it imports lie beside it.

    Raises:
        SchemaError: there is no such schema.

    """
    path = folder() / f"{name}.xsd"
    if not path.is_file():
        raise SchemaError(f"there is no XML schema named {name}", hint="Install apkg again.")
    return path
