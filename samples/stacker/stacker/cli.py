"""The command line of the stacker."""

import argparse
import json
from pathlib import Path

from stacker import __version__
from stacker.stack import RESAMPLING, stack, write


def positive(text):
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return value


def build_parser():
    parser = argparse.ArgumentParser(
        prog="stacker",
        description="Stack optical and SAR images on the grid of the first one.",
        epilog="All images are cropped to the area that they have in common.",
    )
    parser.add_argument(
        "images",
        metavar="IMAGE",
        nargs="+",
        type=Path,
        help="georeferenced images; the first one gives projection and pixel size",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")

    output = parser.add_argument_group("output")
    output.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("stack.tif"),
        help="file to write the stack to (default: %(default)s)",
    )
    output.add_argument(
        "-f",
        "--format",
        choices=["GTiff", "COG", "netCDF"],
        default="GTiff",
        help="format of the stack (default: %(default)s)",
    )
    output.add_argument(
        "--nodata",
        type=float,
        default=-9999.0,
        help="value of pixels without data in the stack (default: %(default)s)",
    )
    output.add_argument(
        "--compress",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="compress the GeoTIFF",
    )
    output.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="also write the names of the bands and the common area to this JSON file",
    )

    processing = parser.add_argument_group("processing")
    processing.add_argument(
        "-b",
        "--band",
        dest="bands",
        action="append",
        type=int,
        metavar="N",
        help="band to take from every image, from 1; may be repeated (default: all bands)",
    )
    processing.add_argument(
        "-r",
        "--resampling",
        choices=RESAMPLING,
        default="nearest",
        help="how images are brought to the grid of the first one (default: %(default)s)",
    )
    processing.add_argument(
        "--resolution",
        type=positive,
        help="pixel size of the stack, in units of the projection (default: the first image's)",
    )
    return parser


def main(arguments=None):
    parser = build_parser()
    args = parser.parse_args(arguments)
    try:
        result = stack(
            args.images,
            bands=args.bands,
            resampling=args.resampling,
            resolution=args.resolution,
            nodata=args.nodata,
        )
    except ValueError as error:
        parser.error(str(error))
    write(result, args.output, driver=args.format, compress=args.compress)
    if args.report is not None:
        args.report.write_text(json.dumps(result.report(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
