"""Files among the parameters of notebooks in other languages than Python.

No syntax tree here: a call of a well-known reader with the variable as an argument, or a value
that names a file beside the notebook, is evidence enough for a guess that is reported as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from apkg.media import media_type_of
from apkg.model import ArrayType, DataType, Scalar
from apkg.sources.claims import Claim
from apkg.sources.notebook.cells import Notebook
from apkg.sources.notebook.declaration import Declaration, claims

_FILE_READERS = (
    r"read[._]\w+|readRDS|readLines|readOGR|fread|scan|raster|rast|brick|stack|nc_open|st_read|"
    r"vect|stars|read|readdlm|CSV\.File|CSV\.read|load|open|file\.exists|isfile|ArchGDAL\.read"
)
_FOLDER_READERS = r"list\.files|dir|readdir|list\.dirs|dir\.exists|isdir"
_WRITERS = (
    r"write[._]?\w*|saveRDS|fwrite|ggsave|png|pdf|jpeg|tiff|svg|writeRaster|writeLines|sink|save|"
    r"dir\.create|mkdir|mkpath|CSV\.write|savefig|writedlm|st_write"
)
_MAX_SOURCE = 2_000_000


def foreign_inputs(
    notebook: Notebook, declarations: Sequence[Declaration]
) -> Mapping[str, Mapping[str, Claim]]:
    """Claims on the type of string parameters that hold the path of a file or folder."""
    code = "\n".join(c.source for c in notebook.cells if c.is_code)[:_MAX_SOURCE]
    found: dict[str, Mapping[str, Claim]] = {}
    for declaration in declarations:
        values = declaration.value if isinstance(declaration.value, tuple) else (declaration.value,)
        if declaration.role != "input" or not values or not all(_is_path(v) for v in values):
            continue
        name = _name_of_kind(notebook, declaration, code, str(values[0]))
        if name:
            kind: DataType = Scalar(name)
            media = media_type_of(str(values[0])) if name == "File" else None
            found[declaration.name] = claims(
                "how the code uses it",
                declaration.location,
                guessed=True,
                type=ArrayType(kind) if isinstance(declaration.value, tuple) else kind,
                media_types=(media,) if media else None,
            )
    return found


def _is_path(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "://" not in value and "\n" not in value


def _name_of_kind(
    notebook: Notebook, declaration: Declaration, code: str, example: str
) -> str | None:
    variable = declaration.variable
    if _called(_WRITERS, variable, code):
        return None
    if _called(_FOLDER_READERS, variable, code):
        return "Directory"
    if _called(_FILE_READERS, variable, code):
        return "File"
    return beside(notebook.path.parent, example)


def _called(functions: str, variable: str, code: str) -> bool:
    argument = rf"(?:[^()\n]{{0,80}}[,=(]\s*)?\$?{re.escape(variable)}\b"
    return re.search(rf"(?<![\w.])(?:{functions})\(\s*{argument}", code) is not None


def beside(folder: Path, path: str) -> str | None:
    """``File`` or ``Directory`` where that relative path exists beside the notebook."""
    try:
        place = folder / path
        if Path(path).is_absolute() or path in {"", "."}:
            return None
        return "Directory" if place.is_dir() else "File" if place.is_file() else None
    except (OSError, ValueError):
        return None
