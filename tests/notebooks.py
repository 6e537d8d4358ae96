"""Notebooks for tests, written in a line or two."""

import json

PYTHON = {"name": "python3", "language": "python", "display_name": "Python 3"}


def cell(source, *tags, kind="code", **metadata):
    """One cell with its tags; code cells have what a run leaves in them."""
    made = {"cell_type": kind, "metadata": {"tags": list(tags), **metadata}, "source": source}
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def notebook(*cells, **top):
    """A notebook's JSON; a plain string is a parameters cell."""
    made = [cell(c, "parameters") if isinstance(c, str) else c for c in cells]
    content = {
        "cells": made,
        "metadata": {"kernelspec": PYTHON},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return content | top


def write(folder, *cells, name="demo.ipynb", **top):
    """Write a notebook into ``folder`` and return its path."""
    path = folder / name
    path.write_text(json.dumps(notebook(*cells, **top)), encoding="utf-8")
    return path
