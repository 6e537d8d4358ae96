"""The type of arguments and options that are paths."""

from __future__ import annotations

from pathlib import Path

import click

#: Whether it is there and may be read is told by who reads it, in the same words everywhere.
PLACE = click.Path(path_type=Path, readable=False)
