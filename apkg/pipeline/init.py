"""Init: a manifest written from what is found in a folder."""

from __future__ import annotations

from pathlib import Path

from apkg.emitters.manifest import manifest_text
from apkg.errors import ApkgError, Location, SourceError
from apkg.files.there import is_file, is_folder, is_there
from apkg.files.write import write_all
from apkg.pipeline.gather import find_notebooks
from apkg.sources.notebook import read_notebook_application


def init(source: Path, *, force: bool) -> Path:
    """Write a commented ``apkg.yaml`` beside the one notebook that ``source`` is or holds.

    Raises:
        ApkgError: no notebook, several of them, one that cannot be read, or the file exists.
    """
    notebook = _only_notebook(source)
    application = read_notebook_application(notebook).application
    target = notebook.parent / "apkg.yaml"
    _write(target, manifest_text(application, notebook=notebook.name), force=force)
    return target


def _only_notebook(source: Path) -> Path:
    if is_file(source) and source.suffix.lower() != ".ipynb":
        raise SourceError(
            "is not a notebook (*.ipynb)",
            hint="Name a notebook, or the folder that directly holds one.",
            location=Location(path=str(source)),
        )
    notebooks = find_notebooks(source)
    if not notebooks:
        raise SourceError(
            "the folder holds no notebook (*.ipynb)",
            hint="Name a notebook, or the folder that directly holds one.",
            location=Location(path=str(source)),
        )
    if len(notebooks) > 1:
        names = ", ".join(path.name for path in notebooks[:8])
        raise SourceError(
            f"the folder holds {len(notebooks)} notebooks: {names}",
            hint="Name the one that the manifest is to describe.",
            location=Location(path=str(source)),
        )
    return notebooks[0]


def _write(target: Path, text: str, *, force: bool) -> None:
    try:
        write_all({target: text}, force=force)
    except ApkgError as error:
        # Other commands write where -o says; a manifest stands beside its notebook.
        if "-o" not in (error.hint or ""):
            raise
        hint = "It is written beside the notebook: see that you may write there."
        if is_there(target):
            hint = "Remove it." if is_folder(target) else "--force overwrites it."
        raise ApkgError(error.message, hint=hint, location=error.location) from error
