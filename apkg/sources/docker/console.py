"""Console scripts that a Python project declares: name -> ``module:function``.

``pyproject.toml`` (PEP 621 and Poetry's table), ``setup.cfg`` and ``setup.py``, which is read by
``ast`` and never run.
"""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from apkg.errors import SourceError
from apkg.files.read_bytes import decode, read_bytes

_LIMIT_BYTES = 1_000_000
_TARGET = re.compile(r"\s*([\w.-]+)\s*=\s*([\w.]+)\s*(?::\s*([\w.]+))?.*", re.DOTALL)


def console_scripts(folder: Path) -> dict[str, str]:
    """The console scripts of the project in ``folder``; unreadable files declare none."""
    found: dict[str, str] = {}
    readers = (("pyproject.toml", _pyproject), ("setup.cfg", _setup_cfg), ("setup.py", _setup_py))
    for name, read in readers:
        path = folder / name
        try:
            if path.is_file():
                text = decode(read_bytes(path, limit=_LIMIT_BYTES), name=str(path))
                for key, value in read(text).items():
                    found.setdefault(key, value)
        except (SourceError, OSError, ValueError, RecursionError, configparser.Error, SyntaxError):
            continue
    return found


def _pyproject(text: str) -> dict[str, str]:
    import tomllib

    data = tomllib.loads(text)
    tables = (_table(data, "project", "scripts"), _table(data, "tool", "poetry", "scripts"))
    return {
        name: target.replace(" ", "")
        for table in tables
        for name, target in table.items()
        if isinstance(target, str)
    }


def _table(data: object, *keys: str) -> Mapping[str, object]:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def _setup_cfg(text: str) -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    listed = parser.get("options.entry_points", "console_scripts", fallback="")
    return dict(_pairs(listed.splitlines()))


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        match = _TARGET.fullmatch(line)
        if match:
            yield match[1], f"{match[2]}:{match[3]}" if match[3] else match[2]


def _setup_py(text: str) -> dict[str, str]:
    """The ``console_scripts`` that stand as literals anywhere in a ``setup.py``."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Dict):
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "console_scripts":
                return dict(_pairs(_literal_lines(value)))
    return {}


def _literal_lines(node: ast.expr) -> list[str]:
    items = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    return [
        line
        for item in items
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
        for line in item.value.splitlines()
    ]
