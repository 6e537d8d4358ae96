"""Runs of the launcher's catalogue writer alone: results in, a validated STAC catalogue out."""

import json
import types

import numpy as np
import pystac
import rasterio
from affine import Affine
from pystac.validation.stac_validator import JsonSchemaSTACValidator

from apkg.emitters.launcher import launcher
from apkg.model import Application, NotebookProgram

UTM33 = "EPSG:32633"


def loaded(inputs=(), outputs=()):
    """The launcher as a module, without running it."""
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
    program = NotebookProgram(
        notebook=json.dumps(notebook),
        file_name="n.ipynb",
        language="python",
        stac=True,
        results=tuple(outputs),
    )
    made = Application(id="demo", title="Demo", inputs=tuple(inputs), program=program)
    module = types.ModuleType("demo_launcher")
    exec(compile(launcher(made), "demo", "exec"), vars(module))
    return module


def catalogue_of(folder):
    """The catalogue in a folder, every object of which is valid STAC; nothing is fetched."""
    found = pystac.Catalog.from_file(str(folder / "catalog.json"))
    items = list(found.get_items(recursive=True))
    for thing in (found, *items):
        # The core schemas come with pystac; those of extensions would have to be fetched.
        kind = type(thing).STAC_OBJECT_TYPE
        JsonSchemaSTACValidator().validate_core(thing.to_dict(), kind, pystac.get_stac_version())
    for item in items:
        for asset in item.assets.values():
            assert not asset.href.startswith("/"), "a path of the machine that ran it"
    return found


def raster(path, crs=UTM33, west=500_000, north=5_000_000, pixel=10, tags=None, **profile):
    """A GeoTIFF of 20 rows and 30 columns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    transform = Affine(pixel, 0, west, 0, -pixel, north)
    place = {} if crs is None else {"crs": crs, "transform": transform}
    settings = {"driver": "GTiff", "count": 1, "dtype": "uint8"} | place | profile
    with rasterio.open(path, "w", width=30, height=20, **settings) as target:
        target.write(np.ones((20, 30), "uint8"), 1)
        target.update_tags(**tags or {})
    return path
