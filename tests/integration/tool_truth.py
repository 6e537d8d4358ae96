"""What the results of the tool samples must be, worked out from their data by other means.

By indices instead of GDAL's warper, loops instead of running sums, flood fill instead of GDAL's
sieve, and the normal distribution's formula instead of scikit-learn.
"""

import csv
import math

import numpy as np
from sample_truth import patches


def pixels(path):
    """Pixels of shape (band, row, column), and whether they hold data."""
    import rasterio

    with rasterio.open(path) as source:
        return source.read(), source.read_masks() > 0


def stack(optical, sar, *, size=20):
    """The stack of both images (green, nir, vv), and its upper left corner.

    The SAR image begins 15.25 columns and 10.25 rows into the optical one, with pixels of half
    its size; it ends inside. So column 16 and row 11 are the first whole ones.
    """
    (bands, good), (vv, lit) = pixels(optical), pixels(sar)
    step = size // 20
    count = 44 // step
    first = step // 2  # the middle of a large pixel lies in this small one
    rows = np.arange(count) * step + first
    y, x = np.meshgrid(rows + 11, rows + 16, indexing="ij")
    optical_part = np.where(good[:, y, x], bands[:, y, x], -9999.0)
    # From the SAR image's corner: 0.75 optical pixels and half a pixel more, times two.
    start = math.floor((0.75 + step / 2) * 2)
    v, u = np.meshgrid(*[np.arange(count) * 2 * step + start] * 2, indexing="ij")
    sar_part = np.where(lit[:, v, u], vv[:, v, u], -9999.0)
    corner = (399_960.0 + 16 * 20, 4_700_040.0 - 11 * 20)
    return np.concatenate([optical_part, sar_part]).astype("float32"), corner


def neighbourhood(band, valid, window):
    """Mean and standard deviation around every valid pixel: {(row, column): (mean, std)}."""
    half = window // 2
    found = {}
    for y, x in zip(*np.nonzero(valid), strict=True):
        part = slice(max(0, y - half), y + half + 1), slice(max(0, x - half), x + half + 1)
        values = band[part][valid[part]].tolist()
        mean = math.fsum(values) / len(values)
        spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
        found[int(y), int(x)] = mean, spread
    return found


def percentile(values, percent):
    """The percentile, with linear interpolation."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def flood(band, valid, threshold, patch, *, above=False):
    """1 for water, 0 for land, 255 without data; small patches of both are turned over."""
    water = (band > threshold if above else band < threshold) & valid
    small = [p for p in [*patches(water), *patches(valid & ~water)] if len(p) < patch]
    for pixel in [pixel for group in small for pixel in group]:
        water[pixel] = not water[pixel]
    return np.where(valid, water, 255), len(small)


def land_cover(training, image):
    """Classes, and the probability of each for all pixels (class, row, column)."""
    with training.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    values, _ = pixels(image)
    classes = sorted({row[0] for row in rows})
    chance = []
    for name in classes:
        table = np.array([[float(cell) for cell in row[1:]] for row in rows if row[0] == name])
        total = np.full(values.shape[1:], math.log(len(table) / len(rows)))
        for band, column in zip(values.astype(float), table.T, strict=True):
            mean = math.fsum(column) / len(column)
            variance = math.fsum((v - mean) ** 2 for v in column) / len(column)
            total -= 0.5 * (math.log(2 * math.pi * variance) + (band - mean) ** 2 / variance)
        chance.append(total)
    likelihood = np.exp(np.array(chance) - np.max(chance, axis=0))
    return classes, likelihood / likelihood.sum(axis=0)
