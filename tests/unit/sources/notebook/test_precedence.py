"""For every field the first voice that speaks wins, and the application remembers which it was."""

import pytest
from notebooks import cell, write

from apkg.model import Range, Scalar
from apkg.sources.notebook import read_notebook_application
from apkg.sources.options import read_options

CODE = "import rasterio\nrasterio.open(scene)"
#: From the weakest voice to the strongest: what it adds, and what the label of the input is then.
VOICES = ["nothing", "declaration", "cell", "notebook", "manifest", "options"]


def reading(folder, upto):
    said = VOICES[: VOICES.index(upto) + 1]
    metadata, cell_metadata, settings = {}, {}, []
    source = 'scene = "a.tif"'
    if "declaration" in said:
        source = 'scene: Annotated[str, Field(title="from declaration")] = "a.tif"'
    if "cell" in said:
        cell_metadata = {"apkg": {"inputs": {"scene": {"label": "from cell"}}}}
    if "notebook" in said:
        metadata = {"apkg": {"inputs": {"scene": {"label": "from notebook"}}}}
    if "manifest" in said:
        (folder / "apkg.yaml").write_text("inputs: {scene: {label: from manifest}}\n")
    if "options" in said:
        settings = ["inputs.scene.label=from options"]
    first = cell(source, "parameters", **cell_metadata)
    path = write(folder, first, cell(CODE), metadata=metadata)
    return read_notebook_application(path, options=read_options(settings, image=None)).application


@pytest.mark.parametrize("voice", VOICES)
def test_each_voice_wins_over_the_weaker_ones(tmp_path, voice):
    application = reading(tmp_path, voice)
    (scene,) = application.inputs
    assert scene.label == ("Scene" if voice == "nothing" else f"from {voice}")
    assert application.origin("inputs.scene.label").guessed is (voice == "nothing")
    # What nobody contradicts stays: the code opens it, so it is a file.
    assert scene.type == Scalar("File")
    origin = application.origin("inputs.scene.type")
    assert (origin.source, origin.guessed, origin.location.cell) == ("rasterio.open()", True, 2)


def test_a_declared_type_wins_over_what_the_code_does(inputs):
    found = inputs('scene = "a.tif"  # type: string', cell(CODE))
    assert found["scene"].type == Scalar("string")


def test_a_plain_str_annotation_does_not(inputs):
    assert inputs('scene: str = "a.tif"', cell(CODE))["scene"].type == Scalar("File")


def test_a_file_that_is_read_is_an_example_of_its_media_type(inputs):
    scene = inputs('scene = "a.tif"', cell(CODE))["scene"]
    assert (scene.default, scene.example) == (None, "a.tif")
    assert scene.media_types


def test_fields_come_from_different_voices(tmp_path):
    (tmp_path / "apkg.yaml").write_text("inputs: {x: {doc: manifest}}\ntitle: Manifest\n")
    path = write(
        tmp_path,
        cell("# Heading\n\nParagraph.", kind="markdown"),
        "x = 1  # comment #@param {type:'slider', min:0, max:5}\n",
        metadata={"apkg": {"title": "Notebook", "version": "3.0"}},
    )
    application = read_notebook_application(path).application
    (x,) = application.inputs
    assert (application.title, application.abstract) == ("Manifest", "Paragraph.")
    assert application.metadata.version == "3.0"
    assert (x.doc, x.type) == ("manifest", Scalar("int"))


def test_a_form_and_a_comment_together(inputs):
    x = inputs("# How many\nx = 1 #@param {type:'slider', min:0, max:5}")["x"]
    assert (x.range, x.doc) == (Range(minimum=0, maximum=5), "How many")


def test_the_manifest_may_leave_an_input_out(tmp_path):
    (tmp_path / "apkg.yaml").write_text("inputs: {x: {ignore: true}}\n")
    path = write(tmp_path, "x = 1\ny = 2")
    assert [i.id for i in read_notebook_application(path).application.inputs] == ["y"]
