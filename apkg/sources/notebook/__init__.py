"""Jupyter notebooks as applications."""

from __future__ import annotations

from apkg.sources.notebook.application import read_notebook_application

__all__ = ["read_notebook_application"]
