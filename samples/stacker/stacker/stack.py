"""Bring images to one grid, cropped to what all of them cover."""

import math
from dataclasses import dataclass

import numpy as np
import rasterio
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.io import MemoryFile
from rasterio.shutil import copy
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

RESAMPLING = ("nearest", "bilinear", "cubic", "average")


@dataclass(frozen=True)
class Stack:
    """Pixels of shape (band, row, column), float32."""

    pixels: np.ndarray
    names: tuple[str, ...]
    transform: Affine
    crs: CRS
    nodata: float

    def report(self):
        """What a person wants to know of the stack."""
        _, height, width = self.pixels.shape
        return {
            "bands": list(self.names),
            "width": width,
            "height": height,
            "upper_left": [self.transform.c, self.transform.f],
            "pixel_size": self.transform.a,
        }


def common_grid(sources, resolution):
    """Transform, width and height of the area that all sources cover, on the first one's grid."""
    first = sources[0]
    boxes = [transform_bounds(source.crs, first.crs, *source.bounds) for source in sources]
    west, south = (max(box[side] for box in boxes) for side in (0, 1))
    east, north = (min(box[side] for box in boxes) for side in (2, 3))
    if west >= east or south >= north:
        raise ValueError("the images have no area in common")
    pixel, grid = first.transform.a, first.transform
    near = 1e-6  # of a pixel, so that a rounding error costs no row or column
    left = grid.c + math.ceil((west - grid.c) / pixel - near) * pixel
    top = grid.f - math.ceil((grid.f - north) / pixel - near) * pixel
    size = resolution or pixel
    width = math.floor((east - left) / size + near)
    height = math.floor((top - south) / size + near)
    if width < 1 or height < 1:
        raise ValueError("the images have less than a pixel in common")
    return Affine(size, 0, left, 0, -size, top), width, height


def stack(paths, *, bands=None, resampling="nearest", resolution=None, nodata=-9999.0):
    """Read the images onto one grid; bands in the order of the images."""
    sources = [rasterio.open(path) for path in paths]
    try:
        transform, width, height = common_grid(sources, resolution)
        layers, names = [], []
        for path, source in zip(paths, sources):
            wanted = list(bands or source.indexes)
            missing = sorted(set(wanted) - set(source.indexes))
            if missing:
                raise ValueError(f"{path.name} has no band {missing[0]}")
            with WarpedVRT(
                source,
                crs=sources[0].crs,
                transform=transform,
                width=width,
                height=height,
                resampling=Resampling[resampling],
            ) as warped:
                pixels = warped.read(wanted, masked=True).astype("float32")
            layers.append(pixels.filled(nodata))
            described = (source.descriptions[band - 1] or f"band{band}" for band in wanted)
            names.extend(f"{path.stem}_{name}" for name in described)
        crs = sources[0].crs
    finally:
        for source in sources:
            source.close()
    return Stack(np.concatenate(layers), tuple(names), transform, crs, nodata)


def write(result, path, *, driver="GTiff", compress=True):
    """Write the stack with its band names."""
    bands, height, width = result.pixels.shape
    profile = {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": bands,
        "dtype": "float32",
        "crs": result.crs,
        "transform": result.transform,
        "nodata": result.nodata,
    }
    options = {} if driver == "netCDF" else {"compress": "deflate" if compress else "none"}
    # COG and netCDF are made from a finished image, not pixel by pixel.
    with MemoryFile() as memory:
        with memory.open(**profile) as image:
            image.write(result.pixels)
            image.descriptions = result.names
        copy(memory.name, path, driver=driver, **options)
