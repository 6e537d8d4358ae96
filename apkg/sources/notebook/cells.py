"""A notebook file as cells: any nbformat, any kernel, nothing executed, nothing trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apkg.errors import Location, SourceError

MAX_BYTES = 256 * 1024 * 1024
#: What people call a language in kernelspecs, and the name we know it by.
_LANGUAGES = {"ir": "r", "python2": "python", "python3": "python", "ipython": "python"}
_PYTHON_LANGUAGES = frozenset(["python", "python2", "python3", "ipython"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. ``number`` counts from 1 over all cells, as a person counts them."""

    number: int
    kind: str
    source: str
    tags: frozenset[str]
    metadata: Mapping[str, object]

    @property
    def is_code(self) -> bool:
        """Whether the kernel executes this cell."""
        return self.kind == "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """A notebook. ``content`` is its nbformat 4 JSON, to be copied, never changed."""

    path: Path
    cells: tuple[Cell, ...]
    language: str
    kernel: str | None
    metadata: Mapping[str, object]
    content: Mapping[str, object]

    @property
    def name(self) -> str:
        """The file name, as messages show it."""
        return self.path.name

    def location(self, cell: int | None = None, line: int | None = None) -> Location:
        """A place in this notebook."""
        return Location(path=str(self.path), cell=cell, line=line)


def read_notebook(path: Path) -> Notebook:
    """Read a notebook file of nbformat 2, 3 or 4.

    Raises:
        SourceError: not there, not JSON, not a notebook.
    """
    content = _upgrade(_load(path), path)
    metadata = _mapping(content.get("metadata"))
    raw = content.get("cells")
    if not isinstance(raw, list):
        raise SourceError(
            "not a Jupyter notebook: it has no list of cells",
            hint="Open and save it in Jupyter, or name another file.",
            location=Location(path=str(path)),
        )
    cells = tuple(_cell(number, cell) for number, cell in enumerate(raw, start=1))
    kernelspec = _mapping(metadata.get("kernelspec"))
    kernel = kernelspec.get("name")
    return Notebook(
        path=path,
        cells=cells,
        language=_language(metadata, kernelspec),
        kernel=kernel if isinstance(kernel, str) and kernel else None,
        metadata=metadata,
        content=content,
    )


def _load(path: Path) -> Mapping[str, object]:
    here = Location(path=str(path))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(
                f"the notebook is larger than {MAX_BYTES // 2**20} MiB",
                hint="Clear its outputs (Jupyter: Edit, Clear Outputs of All Cells) and save.",
                location=here,
            )
        content = _whole_characters(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", location=here) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not UTF-8 text (byte {error.start + 1})",
            hint="Notebooks are JSON in UTF-8: save it again in Jupyter.",
            location=here,
        ) from error
    except json.JSONDecodeError as error:
        raise SourceError(
            f"not JSON: {error.msg}",
            hint="The file is damaged or cut off: restore it, or save it again in Jupyter.",
            location=Location(path=str(path), line=error.lineno, column=error.colno),
        ) from error
    except (RecursionError, ValueError) as error:
        raise SourceError(f"not a notebook: {_reason(error)}", location=here) from error
    if not isinstance(content, dict):
        raise SourceError("not a Jupyter notebook: JSON, but not an object", location=here)
    return content


def _whole_characters(text: str) -> object:
    """The JSON in ``text``; half of a surrogate pair, which no file can hold, is marked."""
    content: object = json.loads(text)
    if "\\ud" not in text and "\\uD" not in text:
        return content
    plain = json.dumps(content, ensure_ascii=False)
    try:
        plain.encode()
    except UnicodeEncodeError:
        return json.loads(plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return content


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _upgrade(content: Mapping[str, object], path: Path) -> Mapping[str, object]:
    if "worksheets" not in content and content.get("nbformat", 4) not in (1, 2, 3):
        return content
    # Formats 2 and 3 are rare and old; only they pay for importing nbformat.
    import warnings

    import nbformat as untyped

    nbformat: Any = untyped
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            major = int(str(content.get("nbformat", 3)))
            notebook = nbformat.reader.reads(
                json.dumps({"metadata": {}, **content, "nbformat": major})
            )
            upgraded = nbformat.convert(notebook, 4)
        result: Mapping[str, object] = json.loads(nbformat.v4.writes(upgraded))
    except Exception as error:
        raise SourceError(
            f"nbformat {content.get('nbformat')} that cannot be upgraded: {error}",
            hint="Open and save it in a current Jupyter.",
            location=Location(path=str(path)),
        ) from error
    return result


def _cell(number: int, raw: object) -> Cell:
    cell = _mapping(raw)
    metadata = _mapping(cell.get("metadata"))
    tags = metadata.get("tags")
    return Cell(
        number=number,
        kind=str(cell.get("cell_type", "raw")),
        source=text_of(cell.get("source", "")),
        tags=frozenset(t for t in tags if isinstance(t, str))
        if isinstance(tags, list)
        else frozenset(),
        metadata=metadata,
    )


def text_of(source: object) -> str:
    """A cell's source as one string: nbformat allows a string or a list of lines."""
    if isinstance(source, str):
        return source
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return ""


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _language(metadata: Mapping[str, object], kernelspec: Mapping[str, object]) -> str:
    info = _mapping(metadata.get("language_info"))
    for name in (kernelspec.get("language"), info.get("name"), kernelspec.get("name")):
        if isinstance(name, str) and name:
            lower = name.lower()
            return "python" if lower in _PYTHON_LANGUAGES else _LANGUAGES.get(lower, lower)
    return "python"
