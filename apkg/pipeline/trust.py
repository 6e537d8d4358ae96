"""Whether Jupyter trusts a notebook on this machine: its signature, looked up and never made.

Jupyter runs the scripts in a notebook's outputs only where its owner has run or trusted it
(https://jupyter-server.readthedocs.io/en/latest/operators/security.html#security-in-notebook-documents).
nbformat's own notary makes a key and a database where there are none, and notes each look; here
both are opened for reading only.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, Literal, TypeAlias

Trust: TypeAlias = Literal["trusted", "not trusted", "unknown"]

_MAX_BYTES = 64 * 1024 * 1024
_ALGORITHM = "sha256"


def notebook_trust(path: Path) -> Trust | None:
    """What Jupyter would say of the notebook at ``path``; ``None`` for other files.

    ``unknown`` is a notebook that is too large or too deep to sign, or a database that cannot
    be read.
    """
    if path.suffix.lower() != ".ipynb" or not path.is_file():
        return None
    from jupyter_core.paths import jupyter_data_dir

    folder = Path(jupyter_data_dir())
    key, database = folder / "notebook_secret", folder / "nbsignatures.db"
    try:
        if not key.is_file() or not database.is_file():
            return "not trusted"
        if path.stat().st_size > _MAX_BYTES:
            return "unknown"
        return _looked_up(database, _signature(path, key.read_bytes()))
    except (OSError, RecursionError):
        return "unknown"


def _signature(path: Path, key: bytes) -> str | None:
    """The notebook's HMAC, as Jupyter computes it; ``None`` where it is no notebook."""
    from hmac import HMAC

    import nbformat as untyped
    from nbformat import sign as untyped_sign

    nbformat: Any = untyped
    sign: Any = untyped_sign
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            notebook: Any = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
            digest = HMAC(key, digestmod=_ALGORITHM)
            with sign.signature_removed(notebook):
                for part in sign.yield_everything(notebook):
                    digest.update(part)
        except (OSError, RecursionError):
            raise
        except Exception:  # noqa: BLE001 - whatever nbformat stumbles over is no signed notebook
            return None
    return digest.hexdigest()


def _looked_up(database: Path, signature: str | None) -> Trust:
    import sqlite3
    from contextlib import closing

    if signature is None:
        return "not trusted"
    question = "SELECT 1 FROM nbsignatures WHERE algorithm = ? AND signature = ?"
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(question, (_ALGORITHM, signature)).fetchone()
    except sqlite3.Error:
        return "unknown"
    return "not trusted" if found is None else "trusted"
