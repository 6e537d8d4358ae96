"""What the launcher has to know of the results to describe them in a STAC catalogue."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from apkg.emitters.python_text import Plain, literal
from apkg.errors import ConversionError
from apkg.media import media_type_of
from apkg.model import Application, ArrayType, Input, NotebookProgram, Output, Value

#: Endings of the file names for which the launcher knows the media type.
_ENDINGS = (
    "tif tiff jp2 nc nc4 zarr h5 hdf5 he5 hdf vrt grib grib2 geojson gpkg shp shx dbf prj fgb kml "
    "gml parquet geoparquet json csv tsv xlsx txt md html xml yaml yml png jpg jpeg gif svg webp "
    "pdf zip npy npz ipynb log"
)


def stac_table(application: Application, program: NotebookProgram) -> str:
    """Write the names that the launcher's part ``stac_table`` stands for.

    Raises:
        ConversionError: an output is named by an input that there is not.
    """
    return "".join(f"{line}\n" for line in _lines(application, program))


def _lines(application: Application, program: NotebookProgram) -> Iterator[str]:
    abstract = application.abstract or application.title
    yield f"TITLE = {literal(application.title)}"
    yield f"ABSTRACT = {literal(abstract)}"
    yield "DECLARED: list[dict[str, Any]] = ["
    for output in program.results:
        yield f"    {literal(_entry(output, application))},"
    yield "]"
    for name, meanings in (("DATES", ("date", "dateTime")), ("AREAS", ("bbox",))):
        meant = [d for d in application.inputs if d.semantics in meanings]
        yield f"{name}: list[tuple[str, Any]] = {_pairs(meant)}"
    endings = {ending: media_type_of(f"x.{ending}") for ending in _ENDINGS.split()}
    yield "MEDIA = {"
    for ending, media in endings.items():
        if media is not None:
            yield f"    {literal(ending)}: {literal(media)},"
    yield "}"


def _entry(output: Output, application: Application) -> dict[str, Plain]:
    namer = next((d for d in application.inputs if d.id == output.named_by), None)
    if output.named_by is not None and namer is None:
        raise ConversionError(
            f"output {output.id} is named by {output.named_by}, which is no input"
        )
    return {
        "id": output.id,
        "label": output.label,
        "doc": output.doc if output.doc != output.label else "",
        "media": output.media_types[0] if output.media_types else "",
        "glob": output.glob,
        "named_by": (namer.variable or namer.id) if namer else "",
        "default": _default(namer) if namer else None,
        "required": not output.optional and not isinstance(output.type, ArrayType),
    }


def _pairs(inputs: Iterable[Input]) -> str:
    pairs = [f"({literal(d.variable or d.id)}, {literal(_default(d))})" for d in inputs]
    return f"[{', '.join(pairs)}]"


def _default(declared: Input) -> Plain:
    return None if declared.default is None else _plain(declared.default.value)


def _plain(value: Value) -> Plain:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    # Python has no literal for infinity, and no box ends there.
    return None if isinstance(value, float) and not math.isfinite(value) else value
