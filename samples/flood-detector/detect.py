"""Threshold the features, drop small patches. Called by flood-detector.sh."""

import argparse
import json

import numpy as np
import rasterio
from rasterio.features import sieve

NO_DATA = 255


def detect(grey, valid, threshold, patch, above):
    """1 where there is water, 0 where there is land, 255 without data."""
    water = (grey > threshold if above else grey < threshold) & valid
    cleaned = water.astype("uint8")
    if patch > 1:
        cleaned = sieve(cleaned, patch, mask=valid)
    return np.where(valid, cleaned, NO_DATA).astype("uint8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("features")
    parser.add_argument("output")
    parser.add_argument("threshold", type=float)
    parser.add_argument("patch", type=int)
    parser.add_argument("--bands")
    parser.add_argument("--statistics")
    parser.add_argument("--above", action="store_true")
    args = parser.parse_args()

    with rasterio.open(args.features) as source:
        bands = [int(n) for n in args.bands.split(",")] if args.bands else list(source.indexes)
        grey = source.read(bands, masked=True)
        names = [source.descriptions[n - 1] or f"band{n}" for n in bands]
        profile = source.profile
        pixel = abs(source.transform.a * source.transform.e)
    valid = ~np.ma.getmaskarray(grey)
    layers = [
        detect(layer.data, mask, args.threshold, args.patch, args.above)
        for layer, mask in zip(grey, valid)
    ]
    profile.update(driver="GTiff", count=len(layers), dtype="uint8", nodata=NO_DATA)
    profile.update(compress="deflate")
    with rasterio.open(args.output, "w", **profile) as target:
        target.write(np.stack(layers))
        target.descriptions = names
    if args.statistics:
        areas = {
            name: round(int((layer == 1).sum()) * pixel / 1e6, 6)
            for name, layer in zip(names, layers)
        }
        with open(args.statistics, "w", encoding="utf-8") as stream:
            json.dump({"water_area_km2": areas}, stream, indent=2)


if __name__ == "__main__":
    main()
