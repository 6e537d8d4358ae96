"""Local statistics. Pixels without data are NaN; a window ends where the image ends."""

import numpy as np
import rasterio


def read(path, mask=None):
    """Pixels of shape (band, row, column), the profile, and the bands' names."""
    with rasterio.open(path) as source:
        pixels = source.read(masked=True).astype("float64").filled(np.nan)
        names = [text or f"band{n}" for n, text in enumerate(source.descriptions, 1)]
        profile = {"crs": source.crs, "transform": source.transform}
    if mask is not None:
        with rasterio.open(mask) as source:
            pixels[:, source.read(1) == 0] = np.nan
    return pixels, profile, names


def box_sum(values, window):
    """The sum of ``values`` in a square window around each pixel."""
    half = window // 2
    total = np.pad(values, half + 1)[:-1, :-1].cumsum(0).cumsum(1)
    return (
        total[window:, window:]
        - total[:-window, window:]
        - total[window:, :-window]
        + total[:-window, :-window]
    )


def moments(band, window):
    """Local mean and standard deviation of the valid pixels."""
    valid = np.isfinite(band)
    centre = band[valid].mean() if valid.any() else 0.0
    shifted = np.where(valid, band - centre, 0.0)  # small numbers, so that little is cancelled
    count = box_sum(valid.astype("float64"), window)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = box_sum(shifted, window) / count
        variance = box_sum(shifted**2, window) / count - mean**2
    mean = np.where(valid, mean + centre, np.nan)
    return mean, np.where(valid, np.sqrt(np.clip(variance, 0, None)), np.nan)


def mean(band, window):
    return moments(band, window)[0]


def std(band, window):
    return moments(band, window)[1]


def cv(band, window):
    """Coefficient of variation."""
    middle, spread = moments(band, window)
    return spread / np.where(middle == 0, np.nan, np.abs(middle))


FEATURES = {"std": std, "mean": mean, "cv": cv}


def grey(layer, low, high):
    """Grey values: 1 at the ``low`` percentile, 255 at the ``high`` one, 0 without data."""
    valid = np.isfinite(layer)
    if not valid.any():
        return np.zeros(layer.shape, "uint8")
    black, white = np.percentile(layer[valid], [low, high])
    scaled = (np.where(valid, layer, black) - black) / ((white - black) or 1.0)
    return np.where(valid, np.rint(1 + 254 * np.clip(scaled, 0, 1)), 0).astype("uint8")


def describe(band):
    values = band[np.isfinite(band)]
    return {
        "count": int(values.size),
        "mean": float(values.mean()),
        "std": float(values.std()),
        "min": float(values.min()),
        "max": float(values.max()),
    }


def write(path, layers, labels, profile):
    """GeoTIFF; grey values have 0 as no data, features as they are have -9999."""
    pixels = np.stack(layers)
    nodata = 0
    if pixels.dtype != np.uint8:
        pixels, nodata = np.nan_to_num(pixels, nan=-9999.0).astype("float32"), -9999.0
    count, height, width = pixels.shape
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=count,
        height=height,
        width=width,
        dtype=pixels.dtype,
        nodata=nodata,
        compress="deflate",
        **profile,
    ) as target:
        target.write(pixels)
        target.descriptions = labels
