"""What the launcher knows of the results, for the catalogue of them: its table, while empty.

:mod:`apkg.emitters.launcher_stac` writes the table of an application in place of this one.
"""

from __future__ import annotations

from typing import Any

# part: begin
TITLE = ""
ABSTRACT = ""
# What the author has declared of the results.
DECLARED: list[dict[str, Any]] = []
# The notebook variables of dates and of bounding boxes, with their defaults.
DATES: list[tuple[str, Any]] = []
AREAS: list[tuple[str, Any]] = []
# Media types by the endings of file names.
MEDIA: dict[str, str] = {}
