"""Short ways to read the uses of a few lines of code."""

import ast
import textwrap

import pytest

from apkg.sources.notebook.usage import find_usage

IMPORTS = """
import glob, os, json, shutil
from pathlib import Path
import numpy as np, pandas as pd, xarray as xr, rasterio, rasterio as rio
import matplotlib.pyplot as plt
"""


def read_usage(*cells):
    trees = [ast.parse(IMPORTS), *(ast.parse(textwrap.dedent(code)) for code in cells)]
    return find_usage(list(enumerate(trees)))


@pytest.fixture
def usage():
    """What cells (numbered from 1) read and write; the usual imports are there."""
    return read_usage
