"""Folders, programs and contexts for the tests of what is built."""

from apkg.builders.interface import LaunchedProgram

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}\n'


def program(name="demo", language="python", **options):
    """A program with no content to speak of."""
    return LaunchedProgram(
        id=name, launcher="print()\n", notebook=NOTEBOOK, language=language, **options
    )


def folder(path, **files):
    """A folder with text files; ``__`` in a keyword is ``.``, ``___`` is ``/``."""
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        file = path / name.replace("___", "/").replace("__", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


def listing(path):
    """Every file below a folder, with its mode."""
    return {
        p.relative_to(path).as_posix(): oct(p.lstat().st_mode & 0o777)
        for p in path.rglob("*")
        if p.is_file()
    }
