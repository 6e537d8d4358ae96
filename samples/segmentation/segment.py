"""Land cover of every pixel of a multispectral image, with a trained model."""

import json
from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import numpy as np
import rasterio
import typer
from rasterio.features import sieve
from sklearn.naive_bayes import GaussianNB

HERE = Path(__file__).parent
UNKNOWN = 0  # no data, or no class is certain enough


class Precision(str, Enum):
    float32 = "float32"
    float64 = "float64"


def load(path):
    """The classifier from its parameters: a text file ages better than a pickle."""
    stored = json.loads(Path(path).read_text(encoding="utf-8"))
    model = GaussianNB()
    model.classes_ = np.array(stored["classes"])
    model.theta_ = np.array(stored["mean"])
    model.var_ = np.array(stored["variance"])
    model.class_prior_ = np.array(stored["prior"])
    model.n_features_in_ = model.theta_.shape[1]
    return model, stored["bands"]


def write(path, pixels, names, profile, nodata):
    profile = profile | {"count": len(pixels), "dtype": pixels.dtype, "nodata": nodata}
    with rasterio.open(path, "w", **profile) as target:
        target.write(pixels)
        target.descriptions = names


def main(
    image: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="Multispectral image (GeoTIFF).")
    ],
    output_dir: Annotated[
        Path,
        typer.Option("--output-dir", "-o", file_okay=False, help="Folder for the results."),
    ] = Path("segments"),
    model: Annotated[
        Path,
        typer.Option(
            exists=True,
            dir_okay=False,
            envvar="SEGMENTATION_MODEL",
            show_default=False,
            help="Trained model, instead of the one in the image.",
        ),
    ] = HERE / "model" / "land-cover.json",
    only: Annotated[
        Optional[list[str]],
        typer.Option("--class", help="Class to map; repeatable. Default: all classes."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Pixels below it stay unknown.")
    ] = 0.5,
    min_patch: Annotated[
        int, typer.Option("--min-patch", min=0, help="Smallest patch to keep, in pixels.")
    ] = 0,
    precision: Annotated[
        Precision, typer.Option(help="Number type of the probabilities.")
    ] = Precision.float32,
    probabilities: Annotated[
        bool, typer.Option("--probabilities", help="Also write the probability of each class.")
    ] = False,
):
    """Segment IMAGE into land cover classes."""
    classifier, bands = load(model)
    classes = classifier.classes_.tolist()
    for name in only or ():
        if name not in classes:
            raise typer.BadParameter(f"{name}: the classes are {', '.join(classes)}")
    with rasterio.open(image) as source:
        if source.count != len(bands):
            raise typer.BadParameter(f"the model needs the bands {', '.join(bands)}")
        pixels = source.read(masked=True)
        profile = {
            "driver": "GTiff",
            "width": source.width,
            "height": source.height,
            "crs": source.crs,
            "transform": source.transform,
            "compress": "deflate",
        }
    valid = ~np.ma.getmaskarray(pixels).any(axis=0)
    chance = np.zeros((len(classes), *valid.shape))
    if valid.any():
        chance[:, valid] = classifier.predict_proba(pixels.data[:, valid].T.astype(float)).T
    best = chance.argmax(axis=0)
    certain = valid & (chance.max(axis=0) >= min_confidence)
    if only:
        certain &= np.isin(best, [classes.index(name) for name in only])
    segments = np.where(certain, best + 1, UNKNOWN).astype("uint8")
    if min_patch > 1:
        segments = np.where(valid, sieve(segments, min_patch, mask=valid), UNKNOWN)

    output_dir.mkdir(parents=True, exist_ok=True)
    write(output_dir / "segments.tif", segments[None], ["class"], profile, UNKNOWN)
    if probabilities:
        layers = np.where(valid, chance, np.nan).astype(precision.value)
        write(output_dir / "probabilities.tif", layers, classes, profile, np.nan)
    counts = {name: int((segments == n).sum()) for n, name in enumerate(classes, 1)}
    summary = {"pixels": counts | {"unknown": int((segments == UNKNOWN).sum())}}
    (output_dir / "summary.json").write_text(json.dumps(summary, indent=2), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
