"""An application with an input of every type, for the tests of all emitters."""

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
    UnionType,
)

PROGRAM = NotebookProgram(
    notebook='{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}\n',
    file_name="demo.ipynb",
    language="python",
    kernel="python3",
)
FILE, FOLDER, TEXT = Scalar("File"), Scalar("Directory"), Scalar("string")


def given(name, kind, default=None, **more):
    """An input with label and doc; ``default`` is wrapped."""
    wrapped = None if default is None else Default(default)
    return Input(id=name, type=kind, label=name.title(), doc=f"The {name}", default=wrapped, **more)


INPUTS = (
    given("a_string", TEXT, "x"),
    given("an_int", Scalar("int"), 0, range=Range(minimum=0, maximum=10, spacing=2), uom="m"),
    given("a_long", Scalar("long"), 2**40),
    given("a_float", Scalar("float"), 1.5),
    given("a_double", Scalar("double"), -1e-5, range=Range(maximum=1.5)),
    given("a_boolean", Scalar("boolean"), default=False),
    given("an_enum", EnumType(("a", "b c", "1.0")), "a"),
    given("an_odd_enum", EnumType(("a/b", "c:d")), "a/b"),
    given("choices", Scalar("int"), 2, allowed_values=(1, 2)),
    given("a_date", TEXT, "2020-01-01", semantics="date"),
    given("a_moment", TEXT, semantics="dateTime"),
    given("a_link", TEXT, "https://example.org/a?b=c", semantics="anyURI"),
    given("box", ArrayType(Scalar("double")), (1, 2, 3, 4), semantics="bbox"),
    given("a_file", FILE, media_types=("image/tiff; application=geotiff", "image/png")),
    given("folder", FOLDER, optional=True),
    given("files", ArrayType(FILE), discovery=Discovery(
        eo_image=True, allowed_collections=("S2", "L8"), catalog_search_field="bbox",
        unique_aoi=True, unique_toi=False)),
    given("words", ArrayType(TEXT), ("a", "b")),
    given("nested", ArrayType(ArrayType(Scalar("int"))), ((1,), (2, 3))),
    given("gaps", ArrayType(UnionType((Scalar("null"), Scalar("int")))), (1, None)),
    given("maybe", ArrayType(EnumType(("x", "y"))), optional=True),
    given("needed", TEXT),
)  # fmt: skip
OUTPUTS = (
    Output(id="mask", type=FILE, label="Mask", doc="The mask", glob="mask.tif",
           media_types=("image/tiff; application=geotiff",)),
    Output(id="plots", type=ArrayType(FILE), label="Plots", glob="*.png"),
    Output(id="named", type=FILE, label="Named", named_by="a_string", optional=True),
    Output(id="everything", type=FOLDER, label="Everything", glob="."),
    Output(id="executed_notebook", type=FILE, label="Executed", role="executed-notebook",
           glob="every-type.executed.ipynb",
           media_types=("application/x-ipynb+json",)),
)  # fmt: skip
EVERY = Application(
    id="every-type",
    title="Every type",
    abstract="Has an input of every type.",
    inputs=INPUTS,
    outputs=OUTPUTS,
    container=Container(image="registry.example.org/eo/every:1.0"),
    resources=Resources(cores_min=1, cores_max=2, ram_min=512, tmpdir_min=10, outdir_max=20),
    metadata=Metadata(
        version="1.2.3", keywords=("eo", "test"), license="Apache-2.0",
        authors=(Person(name="Ann", email="ann@example.org", affiliation="Org"),),
        code_repository="https://example.org/code", citation="Ann (2020)",
        visibility="public", security_note="For members",
    ),
    catalogues=(Catalogue(href="https://example.org/osdd.xml", title="A catalogue"),),
    program=PROGRAM,
)  # fmt: skip
