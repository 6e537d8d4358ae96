"""The commands as functions, for notebooks and programs.

OGC 20-035, 6.5.3, asks for the chaining of processes from a Jupyter Notebook. The use cases are
those of the commands. What goes wrong is an :class:`apkg.ApkgError`, whose traceback tells what to
do. Nothing is printed; what comes back draws itself in Jupyter.
"""

from apkg.api.chains import Chain, chain
from apkg.api.checks import Validation, validate
from apkg.api.drawing import register
from apkg.api.packages import Package, convert, inspect
from apkg.api.runs import Run, run
from apkg.errors import ApkgError
from apkg.model import Application

__all__ = [
    "ApkgError",
    "Application",
    "Chain",
    "Package",
    "Run",
    "Validation",
    "chain",
    "convert",
    "inspect",
    "run",
    "validate",
]

register()
