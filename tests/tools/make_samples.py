"""Make the input data of the samples, the same on every machine.

Usage: ``python tests/tools/make_samples.py [FOLDER]`` (default: ``samples/`` of this checkout).

The scenes are invented, but shaped as real ones: digital numbers, no-data, gaps from clouds,
latitudes from north to south. There is no random generator here: texture comes from integer
arithmetic, so that no release of any library changes a value.
"""

import csv
import math
import sys
from datetime import date
from pathlib import Path

import numpy as np

SIZE = 64  # pixels along both sides of the scene
PIXEL = 20.0  # metres
SST_FILL = -32768


def texture(*index):
    """A fixed pseudo-random integer from 0 to 96 for every combination of whole numbers."""
    value = 17
    for position, part in enumerate(index):
        value = (value * 131 + np.asarray(part, dtype=np.int64) * (position + 3) * 7919) % 100_003
        value = (value * value + 29 * value) % 99_991
    return value % 97


def scene():
    """Green and near-infrared reflectance times 10 000, shape (2, 64, 64), 0 where no data."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    lake = (1.15 - ((x - 36) / 17) ** 2 - ((y - 30) / 11) ** 2) / 0.3
    river = 1.4 - np.abs(x - 12 - 4 * np.sin(y / 9)) / 1.5
    water = np.clip(np.maximum(lake, river), 0, 1)
    ponds = ((8, 50, 1, 1), (52, 28, 1, 3), (57, 48, 2, 3), (50, 55, 3, 4))
    for row, column, height, width in ponds:
        water[row : row + height, column : column + width] = 1  # 1, 3, 6 and 12 pixels
    for row, column, height, width in ((26, 30, 2, 2), (31, 40, 4, 5)):
        water[row : row + height, column : column + width] = 0  # islands of 4 and 20 pixels
    green = 950 - 250 * water + texture(x, y)
    nir = 2600 - 2400 * water + 3 * texture(y, x, 1) * (1 - 0.9 * water)
    bands = np.rint(np.stack([green, nir])).astype("uint16")
    bands[:, x + y < 10] = 0  # the edge of the swath
    return bands


def write_scene(path):
    """GeoTIFF with two named bands, UTM zone 33 north, 20 m pixels."""
    import rasterio
    from rasterio import Affine

    profile = {
        "driver": "GTiff",
        "width": SIZE,
        "height": SIZE,
        "count": 2,
        "dtype": "uint16",
        "crs": "EPSG:32633",
        "transform": Affine(PIXEL, 0.0, 399_960.0, 0.0, -PIXEL, 4_700_040.0),
        "nodata": 0,
        "compress": "deflate",
        "predictor": 2,
    }
    with rasterio.open(path, "w", **profile) as target:
        target.write(scene())
        target.descriptions = ("green", "nir")
        target.update_tags(TIFFTAG_DATETIME="2024:06:15 10:05:59")


def sst():
    """Ten-day sea surface temperatures: days, latitudes, longitudes, hundredths of a degree."""
    start = date(2021, 1, 1)
    dates = [date(2021 + k // 36, 1 + k // 3 % 12, 1 + 10 * (k % 3)) for k in range(72)]
    days = np.array([(day - start).days for day in dates])
    lat = np.arange(45.75, 40.0, -0.5)
    lon = np.arange(12.25, 20.0, 0.5)
    t, row, column = np.meshgrid(days, np.arange(lat.size), np.arange(lon.size), indexing="ij")
    season = 600 * np.sin(2 * np.pi * (t - 130) / 365.25)
    noise = texture(t, row, column) - 48
    values = 1850 + season + 0.04 * t - 40 * (lat[row] - 43) + 12 * (lon[column] - 16) + noise
    values = np.rint(values).astype("int16")
    land = (lon[column] - 12.0) * 0.55 + lat[row] > 47.2
    land |= lat[row] + (lon[column] - 12.0) * 0.6 < 43.0
    cloud = texture(row, column, t, 5) < 9
    values[land | cloud] = SST_FILL
    return days, lat, lon, values


def write_sst(path):
    """NetCDF classic with CF attributes; packed, as most products of sea surface temperature."""
    import netCDF4

    days, lat, lon, values = sst()
    with netCDF4.Dataset(path, "w", format="NETCDF3_CLASSIC") as target:
        target.Conventions = "CF-1.8"
        target.title = "Ten-day sea surface temperature (invented)"
        axes = {"time": (days, "i4"), "lat": (lat, "f4"), "lon": (lon, "f4")}
        for name, (axis, kind) in axes.items():
            target.createDimension(name, axis.size)
            target.createVariable(name, kind, (name,))[:] = axis
        target["time"].setncatts({"standard_name": "time", "units": "days since 2021-01-01"})
        target["time"].calendar = "standard"
        target["lat"].setncatts({"standard_name": "latitude", "units": "degrees_north"})
        target["lon"].setncatts({"standard_name": "longitude", "units": "degrees_east"})
        variable = target.createVariable("sst", "i2", tuple(axes), fill_value=SST_FILL)
        variable.setncatts({"standard_name": "sea_surface_temperature", "units": "degree_Celsius"})
        variable.set_auto_maskandscale(False)
        variable.setncatts({"scale_factor": 0.01, "add_offset": 0.0})
        variable[:] = values


def plots():
    """Rows of a field campaign: plot, region, land cover, date, cloudy, red and nir reflectance."""
    covers = (("cropland", 0.08, 0.34), ("forest", 0.04, 0.40), ("grassland", 0.09, 0.29))
    covers += (("bare soil", 0.21, 0.27),)
    for number in range(96):
        cover, red, nir = covers[number % 4 if number < 93 else 0]
        region = ("north", "south", "east")[int(texture(number, 3)) % 3]
        cloudy = int(texture(number, 11)) < 12
        red += (int(texture(number, 1)) - 48) / 2500 + 0.3 * cloudy
        nir += (int(texture(number, 2)) - 48) / 1200 + 0.3 * cloudy
        day = date(2024, 4 + number % 5, 1 + int(texture(number, 7)) % 28)
        yield (f"P{number:03d}", region, cover, day, int(cloudy), f"{red:.4f}", f"{nir:.4f}")


def ndvi():
    """Rows of monthly NDVI of one place, 2001 to 2022: date and value, a few of them missing."""
    for step in range(22 * 12):
        year, month = 2001 + step // 12, 1 + step % 12
        season = 0.18 * math.sin(2 * math.pi * (month - 4) / 12)
        noise = (int(texture(year, month)) - 48) / 1600
        value = 0.46 + season - 0.0021 * step / 12 + noise
        gap = int(texture(month, year, 9)) < 3
        yield (date(year, month, 15), "NA" if gap else f"{value:.4f}")


def write_bands(path, pixels, names, corner, pixel, nodata):
    """GeoTIFF in UTM zone 33 north with named bands, of shape (band, row, column)."""
    import rasterio
    from rasterio import Affine

    profile = {"driver": "GTiff", "crs": "EPSG:32633", "compress": "deflate", "nodata": nodata}
    profile |= {"count": len(pixels), "height": pixels.shape[1], "width": pixels.shape[2]}
    profile["transform"] = Affine(pixel, 0.0, corner[0], 0.0, -pixel, corner[1])
    with rasterio.open(path, "w", dtype=pixels.dtype, **profile) as target:
        target.write(pixels)
        target.descriptions = names


def backscatter(size, step, shift):
    """Backscatter in dB of the place of :func:`scene`: ``step`` and ``shift`` in its pixels."""
    y, x = np.mgrid[0:size, 0:size]
    row, column = y * step + shift[1], x * step + shift[0]
    lake = ((column - 36) / 17) ** 2 + ((row - 30) / 11) ** 2 < 1
    speckle = (texture(x, y, 2) - 48) / 24
    values = np.where(lake, -19 + 0.1 * speckle, -9 + speckle).astype("float32")
    values[x > size - 6] = -9999  # the edge of the swath
    return values[None]


def stack():
    """Green, near infrared and backscatter on one grid, float32, shape (3, 64, 64)."""
    bands = scene().astype("float32")
    bands[:, bands[0] == 0] = -9999
    return np.concatenate([bands, backscatter(SIZE, 1.0, (0, 0))])


def feature_grey():
    """Grey values of two texture features, dark where water is still; 0 without data."""
    green, nir = scene().astype(int)
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    layers = [15 + nir // 16 + texture(x, y, 4) // 8, 12 + nir // 18 + texture(y, x, 6) // 8]
    return np.stack([np.where(green > 0, layer, 0) for layer in layers]).astype("uint8")


#: Reflectance times 10 000 in green, red, near infrared and shortwave infrared.
COVERS = {
    "bare soil": (1300, 1700, 2300, 2900),
    "vegetation": (800, 600, 3600, 1700),
    "water": (700, 450, 250, 150),
}


def land_cover():
    """The cover of each pixel (its place in :data:`COVERS`), and the image, 0 where no data."""
    _, nir = scene().astype(int)
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    cover = np.where(nir < 1200, 2, np.where((x // 9 + y // 7) % 3 == 0, 0, 1))
    mean = np.array(list(COVERS.values()))[cover].transpose(2, 0, 1)
    noise = np.stack([texture(x, y, band) - 48 for band in range(4)])
    image = np.rint(mean + noise * (4 + mean / 160)).clip(1, 10_000)
    return cover, np.where(nir > 0, image, 0).astype("uint16")


def training():
    """Rows of training pixels: the cover, and the reflectance of the four bands."""
    cover, image = land_cover()
    for y in range(2, SIZE, 5):
        for x in range(1, SIZE, 6):
            if image[0, y, x]:
                yield (list(COVERS)[cover[y, x]], *image[:, y, x].tolist())


def write_tools(data):
    """The data of the tools; ``data`` holds the folder of each."""
    corner = (399_960.0, 4_700_040.0)
    named = {"corner": corner, "pixel": PIXEL}
    optical = data["stacker"] / "optical.tif"
    write_bands(optical, scene(), ("green", "nir"), nodata=0, **named)
    # 10 m, half a pixel off the optical grid, from the scene's 15th column and 10th row on.
    east, south = 15.25, 10.25
    sar = backscatter(90, 0.5, (east, south))
    place = (corner[0] + east * PIXEL, corner[1] - south * PIXEL)
    write_bands(data["stacker"] / "sar.tif", sar, ("vv",), place, PIXEL / 2, -9999)
    names = ("green", "nir", "vv")
    write_bands(data["feature-extractor"] / "stack.tif", stack(), names, nodata=-9999, **named)
    features = data["flood-detector"] / "features.tif"
    write_bands(features, feature_grey(), ("green_std", "nir_std"), nodata=0, **named)
    names = ("green", "red", "nir", "swir")
    image = data["segmentation"] / "image.tif"
    write_bands(image, land_cover()[1], names, nodata=0, **named)
    write_csv(data["segmentation"] / "training.csv", ("cover", *names), training())


def write_collections(folder):
    """Scenes of two sensors: red and near infrared of 20 m, and green, red, near infrared of 40 m.

    The second fine scene lies three columns east and two rows south of the first, the coarse one
    four and four north-west of it; the pixels of 40 m begin where one of 20 m does.
    """
    corner = (399_960.0, 4_700_040.0)
    _, image = land_cover()
    for name, (east, south) in (("fine-1", (8, 8)), ("fine-2", (11, 10))):
        number = int(name[-1])
        bands = image[1:3, south : south + 24, east : east + 24] + 10 * number
        place = (corner[0] + east * PIXEL, corner[1] - south * PIXEL)
        write_bands(folder / f"{name}.tif", bands, ("red", "nir"), place, PIXEL, 0)
    bands = image[:3, 4:36:2, 4:36:2] + 5
    place = (corner[0] + 4 * PIXEL, corner[1] - 4 * PIXEL)
    names = ("green", "red", "nir")
    write_bands(folder / "coarse-1.tif", bands, names, place, 2 * PIXEL, 0)


def write_csv(path, header, rows):
    """CSV with a header line and line feeds."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(folder):
    """Write all input data below ``folder``."""
    names = ["water-mask", "time-series", "vegetation-ipython2cwl", "trend-r"]
    names += ["stacker", "feature-extractor", "flood-detector", "segmentation", "ndvi-chain"]
    data = {name: folder / name / "data" for name in names}
    for path in data.values():
        path.mkdir(parents=True, exist_ok=True)
    write_scene(data["water-mask"] / "scene.tif")
    write_sst(data["time-series"] / "sst.nc")
    header = ("plot", "region", "land_cover", "date", "cloudy", "red", "nir")
    write_csv(data["vegetation-ipython2cwl"] / "plots.csv", header, plots())
    write_csv(data["trend-r"] / "ndvi.csv", ("date", "ndvi"), ndvi())
    write_tools(data)
    write_collections(data["ndvi-chain"])


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[2] / "samples"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else here)
