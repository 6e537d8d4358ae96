"""What the results of the samples must be, worked out from their input data.

By other means than the notebooks use: flood fill instead of GDAL's sieve, plain loops instead of
xarray and pandas, closed formulas instead of R.
"""

import csv
import math
import statistics
from collections import defaultdict
from datetime import date, timedelta

import numpy as np


def rows(path):
    """The lines of a CSV file as dictionaries."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def patches(mask):
    """The 4-connected patches of ``mask``, each as a list of (row, column)."""
    left = set(zip(*(axis.tolist() for axis in np.nonzero(mask)), strict=True))
    while left:
        patch, todo = [], [left.pop()]
        while todo:
            y, x = todo.pop()
            patch.append((y, x))
            near = {(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)} & left
            left -= near
            todo.extend(near)
        yield patch


def water_mask(green, nir, threshold, minimum_patch):
    """The mask by definition (0, 1, no data 255), and how many patches were too small."""
    valid = green > 0
    margin = (green - nir) - threshold * (green + nir)  # NDWI > threshold, without a division
    assert np.abs(margin[valid]).min() > 1e-6, "no pixel may sit on the threshold"
    water = (margin > 0) & valid
    every = [*patches(water), *patches(valid & ~water)]
    small = [patch for patch in every if len(patch) < minimum_patch]
    for patch in small:
        for pixel in patch:
            water[pixel] = not water[pixel]
    return np.where(valid, water, 255), len(small)


def period_of(day, aggregation):
    """The first day of the month, season (December to February, ...) or year of ``day``."""
    if aggregation == "year":
        return date(day.year, 1, 1)
    if aggregation == "month":
        return day.replace(day=1)
    if day.month < 3:
        return date(day.year - 1, 12, 1)
    return date(day.year, day.month // 3 * 3, 1)


def area_mean(field, fill, lat, lon, bbox):
    """Mean temperature in the box, every cell weighted with the cosine of its latitude."""
    west, south, east, north = bbox
    cells = [
        (math.cos(math.radians(y)), field[i, j] / 100)
        for i, y in enumerate(lat)
        for j, x in enumerate(lon)
        if south <= y <= north and west <= x <= east and field[i, j] != fill
    ]
    return sum(weight * value for weight, value in cells) / sum(weight for weight, _ in cells)


def area_series(path, *, bbox, start_date, end_date, aggregation, months):
    """The area means of every period: {first day: [mean, ...]}."""
    import netCDF4

    with netCDF4.Dataset(path) as source:
        source.set_auto_maskandscale(False)
        packed, fill = source["sst"][:], source["sst"]._FillValue
        days, lat, lon = (source[name][:].tolist() for name in ("time", "lat", "lon"))
    series = defaultdict(list)
    for field, offset in zip(packed, days, strict=True):
        day = date(2021, 1, 1) + timedelta(days=offset)
        wanted = start_date <= day.isoformat() <= end_date
        if wanted and (not months or day.month in months):
            mean = area_mean(field, fill, lat, lon, bbox)
            series[period_of(day, aggregation).isoformat()].append(mean)
    return series


def ndvi_by_cover(path, *, skip_cloudy, land_cover, minimum_plots, region):
    """The NDVI of every plot that counts: {land cover: [ndvi, ...]}."""
    found = defaultdict(list)
    for row in rows(path):
        clouded = skip_cloudy and row["cloudy"] == "1"
        elsewhere = region and row["region"] != region
        if row["land_cover"] in land_cover and not clouded and not elsewhere:
            red, nir = float(row["red"]), float(row["nir"])
            found[row["land_cover"]].append((nir - red) / (nir + red))
    return {cover: values for cover, values in found.items() if len(values) >= minimum_plots}


def monthly_ndvi(path, *, first_year, last_year, season):
    """(year, month, NDVI) of every observation that counts."""
    for row in rows(path):
        year, month, _ = map(int, row["date"].split("-"))
        if first_year <= year <= last_year and month in season and row["ndvi"] != "NA":
            yield year, month, float(row["ndvi"])


def least_squares(x, y):
    """Slope and its standard error, by the closed formulas."""
    mean_x, mean_y = statistics.fmean(x), statistics.fmean(y)
    sxx = sum((a - mean_x) ** 2 for a in x)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sxx
    residuals = [(b - mean_y) - slope * (a - mean_x) for a, b in zip(x, y, strict=True)]
    variance = sum(r * r for r in residuals) / (len(x) - 2)
    return slope, math.sqrt(variance / sxx)
