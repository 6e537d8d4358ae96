"""Inspect: any description of an application, as the model."""

from __future__ import annotations

from apkg.files.there import is_folder
from apkg.sources.interface import Reading
from apkg.sources.read import read_application, split_process


def inspect(file: str) -> Reading:
    """Read a notebook, a CWL document (``FILE`` or ``FILE#id``), a DeployProcess, or a folder.

    Raises:
        SourceError: it cannot be read, is none of these, or a folder that holds several.
    """
    from apkg.pipeline.subject import find_source, read_subject

    source = find_source(file)
    if is_folder(split_process(source)[0]):
        subject = read_subject(source)
        return Reading(subject.application, subject.findings)
    return read_application(source)
