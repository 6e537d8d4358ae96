"""What our own emitters write is read back as it was said."""

from dataclasses import replace

import pytest

from apkg.emitters.cwl import CwlEmitter
from apkg.emitters.dialects.wps_t import WpsT
from apkg.emitters.interface import EmitOptions
from apkg.files.documents import parse_document
from apkg.model import (
    Application,
    ArrayType,
    Catalogue,
    Container,
    Default,
    Discovery,
    EnumType,
    Input,
    Metadata,
    NotebookProgram,
    Output,
    Person,
    Range,
    Resources,
    Scalar,
)
from apkg.sources.cwl import read_cwl
from apkg.sources.deploy import read_deploy

FILE, STRING, INT, DOUBLE = Scalar("File"), Scalar("string"), Scalar("int"), Scalar("double")
TEXT = {"label": "A label", "doc": "A description: with # signs."}
COMMON = (
    Input(id="image", type=FILE, media_types=("image/tiff",), **TEXT),
    Input(id="images", type=ArrayType(FILE), media_types=("image/tiff",), **TEXT),
    Input(id="number", type=INT, default=Default(0), **TEXT),
    Input(id="numbers", type=ArrayType(DOUBLE), default=Default((0.5, 1.5)), **TEXT),
    Input(id="flag", type=Scalar("boolean"), default=Default(False), **TEXT),
    Input(id="text", type=STRING, default=Default(""), **TEXT),
    Input(id="maybe", type=STRING, optional=True, **TEXT),
    Input(id="mode", type=EnumType(("fast", "exact")), default=Default("fast"), **TEXT),
)
APPLICATION = Application(
    id="water-mask",
    title="Water mask",
    abstract="Finds water.",
    inputs=COMMON,
    outputs=(
        Output(id="mask", type=FILE, glob="mask.tif", media_types=("image/tiff",), **TEXT),
        Output(id="named", type=FILE, named_by="text", media_types=("text/csv",), **TEXT),
    ),
    container=Container(image="example.org/water:1"),
    metadata=Metadata(version="2.0.1", keywords=("water", "sar")),
)


@pytest.mark.parametrize("style", ["workflow", "tool"])
def test_cwl_is_read_back(style):
    said = replace(
        APPLICATION,
        resources=Resources(cores_min=2, ram_min=512),
        network=True,
        metadata=replace(
            APPLICATION.metadata,
            license="MIT",
            authors=(Person(name="Jane", email="j@x.org", affiliation="ACME"),),
        ),
    )
    program = NotebookProgram(notebook="{}", file_name="water-mask.ipynb", language="python")
    options = EmitOptions(style=style, embed=False)
    text = CwlEmitter().emit(replace(said, program=program), options)
    found = read_cwl(parse_document(text, name="water-mask.cwl"))
    # Its tool writes into a folder; only the Workflow tells the media types of inputs.
    folders = {output.glob.removesuffix("mask.tif").rstrip("/") for output in found.outputs}
    assert len(folders) == 1
    folder = folders.pop()
    mask, named = said.outputs
    expected = replace(
        said,
        inputs=tuple(
            port if style == "workflow" else replace(port, media_types=()) for port in said.inputs
        ),
        outputs=(replace(mask, glob=f"{folder}/mask.tif"), replace(named, glob=folder)),
    )
    assert found == expected


def test_a_deployment_document_is_read_back():
    extra = (
        Input(
            id="box", type=ArrayType(DOUBLE), semantics="bbox", supported_crs=("EPSG:1",), **TEXT
        ),
        Input(id="when", type=STRING, semantics="dateTime", **TEXT),
        Input(id="ratio", type=DOUBLE, range=Range(minimum=0, maximum=1), uom="m", **TEXT),
        Input(
            id="scene",
            type=Scalar("Directory"),
            media_types=("application/vnd.zarr",),
            discovery=Discovery(eo_image=True, allowed_collections=("A", "B"), unique_aoi=False),
            **TEXT,
        ),
    )
    said = replace(
        APPLICATION,
        inputs=(*COMMON, *extra),
        outputs=(Output(id="mask", type=FILE, media_types=("image/tiff",), **TEXT),),
        catalogues=(Catalogue(href="https://example.org/osdd", title="Here"),),
        metadata=replace(APPLICATION.metadata, visibility="public", security_note="Careful."),
    )
    text = WpsT().emit(said, EmitOptions()).text
    assert read_deploy(parse_document(text, name="water-mask.deploy.json")) == said
