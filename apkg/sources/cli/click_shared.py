"""The options that command lines of Earth Observation share: those of rasterio and of cligj.

Both packages hand out finished decorators (``@options.file_in_arg``), which stand in no file of
the tool. What each declares is told here, in words of our own.
"""

from __future__ import annotations

from apkg.errors import Location
from apkg.sources.cli.click_parameters import Declaration
from apkg.sources.cli.python.values import Made, Reference, Value

_MODULES = ("rasterio.rio.options.", "cligj.")
_INT, _FLOAT = Reference("click.INT"), Reference("click.FLOAT")
#: Types that are calls: their name and what is given to them.
_IN = ("click.Path", {"exists": True, "dir_okay": False})
_OUT = ("click.Path", {"writable": True, "dir_okay": False})
_DTYPES = ["ubyte", "uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"]
_FILES: dict[str, Value] = {"nargs": -1, "required": True, "help": "Files to read"}

#: The words of each parameter, and its settings; a type in two parts is a call.
_SHARED: dict[str, list[tuple[list[str], dict[str, Value]]]] = {
    "file_in_arg": [(["INPUT"], {"type": _IN})],
    "file_out_arg": [(["OUTPUT"], {"type": _OUT})],
    "files_in_arg": [(["files"], {"type": _IN, "metavar": "INPUTS...", **_FILES})],
    "files_inout_arg": [
        (["files"], {"type": _IN, "metavar": "INPUTS...", **_FILES}),
        (["OUTPUT"], {"type": _OUT}),
    ],
    "features_in_arg": [
        (["features"], {"type": _IN, "nargs": -1, "required": True, "metavar": "FEATURES...",
                        "help": "GeoJSON files"}),
    ],
    "output_opt": [(["-o", "--output"], {"type": _OUT, "help": "Path to the output file"})],
    "like_file_opt": [(["--like"], {"type": _IN, "help": "Raster to take the grid from"})],
    "like_opt": [(["--like"], {"type": _IN, "help": "Raster to take the grid from"})],
    "bidx_opt": [(["-b", "--bidx"], {"type": _INT, "default": 1, "help": "Band to read"})],
    "bidx_mult_opt": [
        (["-b", "--bidx"], {"type": _INT, "multiple": True, "help": "Bands to read"})
    ],
    "bidx_magic_opt": [(["-b", "--bidx"], {"multiple": True, "help": "Bands to read"})],
    "bounds_opt": [(["--bounds"], {"help": "Bounds: 'left bottom right top'"})],
    "dimensions_opt": [
        (["--dimensions"], {"nargs": 2, "type": _INT, "help": "Width and height in pixels"})
    ],
    "dtype_opt": [
        (["-t", "--dtype"], {"type": ("click.Choice", {"choices": _DTYPES}), "help": "Data type"})
    ],
    "masked_opt": [(["--masked/--not-masked"], {"default": True})],
    "resolution_opt": [
        (["-r", "--res"], {"multiple": True, "type": _FLOAT, "help": "Resolution of the result"})
    ],
    "creation_options": [
        (["--co", "--profile", "creation_options"],
         {"multiple": True, "metavar": "NAME=VALUE", "help": "Creation options of the driver"}),
    ],
    "rgb_opt": [(["--rgb", "photometric"], {"flag_value": "rgb"})],
    "overwrite_opt": [(["--overwrite"], {"is_flag": True, "help": "Overwrite existing files"})],
    "nodata_opt": [(["--nodata"], {"metavar": "NUMBER|nan", "help": "Value of no data"})],
    "edit_nodata_opt": [
        (["--nodata"], {"metavar": "NUMBER|nan|null", "help": "Value of no data"})
    ],
    "all_touched_opt": [(["-a", "--all", "--all_touched", "all_touched"], {"is_flag": True})],
    "sequence_opt": [(["--sequence/--no-sequence"], {"default": False})],
    "format_opt": [(["-f", "--format", "--driver", "driver"], {"help": "Driver of the output"})],
    "verbose_opt": [(["--verbose", "-v"], {"count": True})],
    "quiet_opt": [(["--quiet", "-q"], {"count": True})],
    "indent_opt": [(["--indent"], {"type": _INT, "help": "Indentation of JSON"})],
    "compact_opt": [(["--compact/--not-compact"], {"default": False})],
    "precision_opt": [(["--precision"], {"type": _INT, "default": -1})],
    "projection_geographic_opt": [(["--geographic", "projection"], {"flag_value": "geographic"})],
    "projection_projected_opt": [(["--projected", "projection"], {"flag_value": "projected"})],
    "projection_mercator_opt": [(["--mercator", "projection"], {"flag_value": "mercator"})],
    "use_rs_opt": [(["--rs/--no-rs", "use_rs"], {"default": False})],
    "geojson_type_collection_opt": [(["--collection", "geojson_type"],
                                     {"flag_value": "collection"})],
    "geojson_type_feature_opt": [(["--feature", "geojson_type"], {"flag_value": "feature"})],
    "geojson_type_bbox_opt": [(["--bbox", "geojson_type"], {"flag_value": "bbox"})],
}  # fmt: skip
#: Where the two packages mean different things by one name.
_OF_RASTERIO: dict[str, list[tuple[list[str], dict[str, Value]]]] = {
    "sequence_opt": [(["--sequence/--collection"], {"default": True})],
}
_OF_CLIGJ: dict[str, list[tuple[list[str], dict[str, Value]]]] = {
    "format_opt": [(["-f", "--format", "--driver", "driver"],
                    {"default": "GTiff", "help": "Driver of the output"})],
}  # fmt: skip


def shared(name: str, location: Location) -> tuple[Declaration, ...]:
    """What a decorator of rasterio or cligj declares; nothing for any other name."""
    module = next((module for module in _MODULES if name.startswith(module)), None)
    if module is None:
        return ()
    own = _OF_CLIGJ if module == "cligj." else _OF_RASTERIO
    plain = name.removeprefix(module)
    return tuple(
        Declaration(
            args=list(words),
            keywords={**settings, "type": _type(settings.get("type"), location)},
            location=location,
            positional=not words[0].startswith("-"),
        )
        for words, settings in own.get(plain, _SHARED.get(plain, []))
    )


def _type(value: Value, location: Location) -> Value:
    if isinstance(value, tuple):
        return Made(value[0], [], dict(value[1]), location)
    return value
