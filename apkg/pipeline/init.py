"""Init: a manifest written from what is found in a folder."""

from __future__ import annotations

from pathlib import Path

from apkg.emitters.manifest import manifest_text
from apkg.errors import Location, SourceError
from apkg.files.write import write_all
from apkg.pipeline.gather import find_notebooks
from apkg.sources.notebook import read_notebook_application


def init(source: Path, *, force: bool) -> Path:
    """Write a commented ``apkg.yaml`` beside the one notebook that ``source`` is or holds.

    Raises:
        ApkgError: no notebook, several of them, one that cannot be read, or the file exists.
    """
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
    notebook = notebooks[0]
    application = read_notebook_application(notebook).application
    target = notebook.parent / "apkg.yaml"
    write_all({target: manifest_text(application, notebook=notebook.name)}, force=force)
    return target
