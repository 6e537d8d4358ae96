"""The command line: one command that extracts, one that describes."""

import json
from pathlib import Path

import click

from feature_extractor import features

RASTER = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
@click.version_option("0.4.1")
def cli():
    """Texture features of every pixel of an image stack."""


@cli.command()
@click.argument("stack", type=RASTER)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default="features.tif",
    show_default=True,
    help="GeoTIFF to write the features to.",
)
@click.option(
    "--feature",
    "-f",
    "wanted",
    type=click.Choice(["std", "mean", "cv"]),
    multiple=True,
    default=["std"],
    show_default=True,
    help="Feature to compute for each band of the stack. Repeatable.",
)
@click.option(
    "--window",
    type=click.IntRange(3, 15),
    default=5,
    show_default=True,
    metavar="PIXELS",
    help="Width of the window around each pixel, an odd number.",
)
@click.option(
    "--stretch",
    type=float,
    nargs=2,
    default=(2.0, 98.0),
    show_default=True,
    help="Percentiles that become black and white.",
)
@click.option(
    "--mask",
    type=RASTER,
    help="Image of the same size; pixels where it is 0 are left out.",
)
@click.option(
    "--normalise/--no-normalise",
    default=True,
    show_default=True,
    help="Write grey values from 1 to 255, or the features as they are.",
)
def extract(stack, output, wanted, window, stretch, mask, normalise):
    """Compute features of STACK in a window around each pixel."""
    if window % 2 == 0:
        raise click.BadParameter("must be odd", param_hint="--window")
    pixels, profile, names = features.read(stack, mask)
    layers, labels = [], []
    for band, name in zip(pixels, names):
        for feature in wanted:
            layers.append(features.FEATURES[feature](band, window))
            labels.append(f"{name}_{feature}")
    if normalise:
        layers = [features.grey(layer, *stretch) for layer in layers]
    features.write(output, layers, labels, profile)
    click.echo(f"{len(layers)} features written", err=True)


@cli.command()
@click.argument("stack", type=RASTER)
@click.option("--band", type=click.IntRange(min=1), multiple=True, help="Band to describe.")
def describe(stack, band):
    """Print the statistics of the bands of STACK as JSON."""
    pixels, _, names = features.read(stack)
    chosen = band or range(1, len(names) + 1)
    if max(chosen) > len(names):
        raise click.BadParameter(f"there are {len(names)} bands", param_hint="--band")
    described = {names[n - 1]: features.describe(pixels[n - 1]) for n in chosen}
    click.echo(json.dumps(described, indent=2))
