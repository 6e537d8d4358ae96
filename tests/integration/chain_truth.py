"""What chains of the samples must give, worked out from their input data by numpy alone."""

import numpy as np
import tool_truth as truth
from sample_truth import patches


def features(stack, window=5):
    """Grey values of the spread around each pixel, as the Feature Extractor defines them."""
    layers = []
    for band in stack:
        valid = band != -9999
        spread = {p: std for p, (_, std) in truth.neighbourhood(band, valid, window).items()}
        black, white = (truth.percentile(spread.values(), percent) for percent in (2, 98))
        layer = np.zeros(band.shape)
        for place, value in spread.items():
            layer[place] = 1 + 254 * min(max((value - black) / (white - black), 0), 1)
        layers.append(layer)
    return np.array(layers)


def flood(stack, threshold=40, patch=4):
    """Water (1), land (0) and no data (255) in each band of a stack; and unsure pixels."""
    found, unsure = [], []
    for layer in features(stack):
        valid = layer > 0
        grey = np.rint(layer)
        # A grey value that lies between two may have been rounded to either.
        unsure.append(int((np.abs(layer - np.floor(layer) - 0.5) < 1e-6).sum()))
        water, _ = truth.flood(grey, valid, threshold, patch)
        found.append(water)
    return np.array(found), sum(unsure)


def ndvi(path, red, nir):
    """The index of a scene (bands counted from 1), NaN without data."""
    pixels, good = truth.pixels(path)
    low, high = pixels[red - 1].astype(float), pixels[nir - 1].astype(float)
    with np.errstate(invalid="ignore"):
        return np.where(good.all(axis=0), (high - low) / (high + low), np.nan)


def ndvi_stack(data):
    """The three indices on the grid of the first scene, where all of them are.

    By whole pixels: the second scene begins three columns and two rows after the first, the
    coarse one, of twice the size, four and four before it.
    """
    first, second = (ndvi(data / f"fine-{n}.tif", 1, 2) for n in (1, 2))
    coarse = ndvi(data / "coarse-1.tif", 2, 3).repeat(2, axis=0).repeat(2, axis=1)
    height, width = first.shape[0] - 2, first.shape[1] - 3
    layers = [
        first[2:, 3:],
        second[:height, :width],
        coarse[4 + 2 : 4 + 2 + height, 4 + 3 : 4 + 3 + width],
    ]
    return np.array(layers)


def biggest_lake(mask):
    """How many pixels the largest patch of water has."""
    return max(len(patch) for patch in patches(mask == 1))
