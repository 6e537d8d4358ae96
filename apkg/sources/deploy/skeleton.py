"""A first CWL for an image that is described, but of which nobody wrote how it is called.

Bindings come from the document (``inputBinding`` parameters, ``bindings``). Where there are none
at all they are assumed, and the findings tell: what comes out is a skeleton to be looked at.
"""

from __future__ import annotations

from dataclasses import replace

from apkg.errors import Location
from apkg.media import media_type_of
from apkg.model import (
    ArrayType,
    Binding,
    CommandProgram,
    DataType,
    Input,
    Origin,
    Output,
    Scalar,
)
from apkg.report import Finding
from apkg.sources.interface import Reading

ASSUMED = "assumed"
_FILES = (Scalar("File"), Scalar("Directory"))
_ENDINGS = (
    *("tif", "nc", "geojson", "json", "csv", "png", "jpg", "jp2", "zip", "xml", "h5", "hdf"),
    *("txt", "pdf", "html", "gpkg", "kml", "gml", "shp", "parquet", "grib", "yaml"),
)


def with_program(reading: Reading, name: str) -> Reading:
    """The application as a command of its image; ``name`` is the document's.

    The image's entry point is the command: a deployment document knows no other.
    """
    application = reading.application
    if application.program is not None or application.container is None:
        return reading
    here = Location(path=name)
    findings = list(reading.findings)
    origins = list(application.origins)
    inputs = application.inputs
    if inputs and not any(declared.binding for declared in inputs):
        inputs = tuple(replace(i, binding=Binding(prefix=f"--{i.id}")) for i in inputs)
        origins += [_assumed(f"inputs.{i.id}.binding") for i in inputs]
        findings.append(_unbound(inputs, here))
    outputs = tuple(_found(output) for output in application.outputs)
    changed = [new for old, new in zip(application.outputs, outputs, strict=True) if old != new]
    if changed:
        origins += [_assumed(f"outputs.{o.id}.glob") for o in changed]
        findings.append(_unplaced(changed, here))
    made = replace(
        application,
        inputs=inputs,
        outputs=outputs,
        program=CommandProgram(base_command=()),
        origins=tuple(origins),
    )
    return Reading(made, tuple(findings))


def _assumed(field: str) -> Origin:
    return Origin(field=field, source=ASSUMED, guessed=True)


def _found(output: Output) -> Output:
    """Where the output may be: files by the ending of their format, texts in a file."""
    bare = output.type.items if isinstance(output.type, ArrayType) else output.type
    if output.glob != "." or output.named_by or bare == Scalar("Directory"):
        return output
    if bare not in _FILES:
        return replace(
            output,
            type=_as_files(output.type),
            glob=f"{output.id}.txt",
            semantics=None,
            supported_crs=(),
        )
    return replace(output, glob=f"*{_ending(output.media_types)}")


def _as_files(kind: DataType) -> DataType:
    return ArrayType(Scalar("File")) if isinstance(kind, ArrayType) else Scalar("File")


def _ending(media_types: tuple[str, ...]) -> str:
    wanted = {_bare(name) for name in media_types[:1]}
    fits = (e for e in _ENDINGS if _bare(media_type_of(f"x.{e}") or "") in wanted)
    return next((f".{ending}" for ending in fits), "")


def _bare(media_type: str) -> str:
    return media_type.split(";", 1)[0].strip().lower()


def _unbound(inputs: tuple[Input, ...], here: Location) -> Finding:
    first = inputs[0].id
    return Finding(
        rule="deployprocess/reading",
        severity="warning",
        message=f"nothing says how the image takes its inputs; `--{first} VALUE` and so on is "
        "assumed",
        location=here,
        advice="Correct the inputBindings of the CWL, or describe the tool with --cli or "
        "--help-text.",
    )


def _unplaced(outputs: list[Output], here: Location) -> Finding:
    listed = ", ".join(f"{output.id} ({output.glob})" for output in outputs[:6])
    return Finding(
        rule="deployprocess/reading",
        severity="warning",
        message=f"nothing says where the outputs are written; assumed: {listed}",
        location=here,
        advice="Correct the globs of the CWL, or set them: --set outputs.NAME.glob=PATTERN.",
    )
