"""A tool from everything that is given of it: who is heard, and what is told when facts lack."""

import json

import pytest

from apkg.errors import SourceError
from apkg.model import ArrayType, Default, Scalar
from apkg.sources.claims import Claim, Layer
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.options import read_options
from apkg.sources.tool import is_tool, read_tool

APP = """
import argparse

def main():
    parser = argparse.ArgumentParser(description="Finds water in a GeoTIFF.")
    parser.add_argument("raster", help="Path to the input GeoTIFF")
    parser.add_argument("--threshold", type=float, default=0.3, help="Above it is water")
    parser.add_argument("--bands", type=int, nargs="+", help="Bands to read")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("-o", "--output", default="water.tif", help="Name of the output mask")
    args = parser.parse_args()

if __name__ == "__main__":
    main()
"""
GROUP = '''
import click

@click.group()
def cli():
    """Tools for rasters."""

@cli.command()
@click.argument("source", type=click.Path(exists=True))
@click.option("--band", multiple=True)
def crop(source, band):
    """Crop a raster."""

@cli.command("to-cog")
@click.argument("source", type=click.Path(exists=True))
def to_cog(source):
    """Make a COG."""

if __name__ == "__main__":
    cli()
'''
DOCKERFILE = """\
FROM python:3.12-slim
LABEL org.opencontainers.image.title="Water mask" \\
      org.opencontainers.image.version="2.1" \\
      org.opencontainers.image.licenses=MIT
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
"""


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "water-mask"
    place.mkdir()
    (place / "app.py").write_text(APP, encoding="utf-8")
    (place / "Dockerfile").write_text(DOCKERFILE, encoding="utf-8")
    return place


def read(source, *settings, **more):
    options = read_options(settings, image=None)
    (reading,) = read_tool(source, options=options, **more)
    return reading


def rules(reading):
    return [finding.rule for finding in reading.findings]


def test_a_dockerfile_and_its_cli(folder):
    reading = read(folder)
    application = reading.application
    assert application.program.base_command == ("python", "/app/app.py")
    assert application.id == "water-mask"
    assert application.title == "Water mask"
    assert application.origin("title").source == "Dockerfile LABEL"
    assert application.metadata.version == "2.1"
    assert application.container.image == "water-mask:2.1"
    ids = [item.id for item in application.inputs]
    assert ids == ["raster", "threshold", "bands", "fast", "output"]
    types = {item.id: item.type for item in application.inputs}
    assert types["raster"] == Scalar("File")
    assert types["bands"] == ArrayType(Scalar("int"))
    assert application.outputs[0].named_by == "output"
    assert "docker/entrypoint" not in rules(reading)
    assert "tool/image-assumed" in rules(reading)


def test_nothing_of_this_machine_is_in_the_result(folder):
    application = read(folder).application
    text = repr(application.inputs) + repr(application.outputs) + repr(application.program)
    assert str(folder.parent) not in text


def test_an_entry_point_is_warned_of(folder):
    text = DOCKERFILE.replace("CMD", "ENTRYPOINT")
    (folder / "Dockerfile").write_text(text, encoding="utf-8")
    assert "docker/entrypoint" in rules(read(folder))


def test_the_order_of_voices(folder):
    manifest = (
        "title: From the manifest\ninputs:\n  raster: {doc: Mine}\n  threshold: {doc: Ours}\n"
    )
    (folder / "apkg.yaml").write_text(manifest, encoding="utf-8")
    application = read(folder, "inputs.raster.doc=Yours", "version=9").application
    docs = {item.id: item.doc for item in application.inputs}
    assert (docs["raster"], docs["threshold"]) == ("Yours", "Ours")
    assert application.title == "From the manifest"
    assert application.metadata.version == "9"


def test_a_help_text_fills_what_the_code_leaves_open(folder, tmp_path):
    text = "usage: app.py [-h] [--fast] raster\n\noptions:\n  --fast  Do it quickly\n"
    path = tmp_path / "help.txt"
    path.write_text(text, encoding="utf-8")
    application = read(folder, help_text=path).application
    docs = {item.id: item.doc for item in application.inputs}
    assert docs["fast"] == "Do it quickly"
    assert docs["raster"] == "Path to the input GeoTIFF"


@pytest.mark.parametrize(
    ("setting", "gone"),
    [("inputs.raster.type=string", "raster"), ("outputs.result.ignore=true", "result")],
)
def test_one_word_settles_a_guess(folder, setting, gone):
    assert gone in {f.subject for f in read(folder).findings}
    assert gone not in {f.subject for f in read(folder, setting).findings}


def test_a_name_that_is_read_after_all(folder):
    application = read(folder, "inputs.output.type=File").application
    assert [o.id for o in application.outputs] == ["results"]
    output = application.inputs[-1]
    assert (output.type, output.default, output.optional) == (Scalar("File"), None, True)


def test_an_input_that_names_a_result_after_all(folder):
    application = read(folder, "outputs.made.namedBy=raster").application
    assert application.inputs[0].type == Scalar("string")
    assert {o.id: o.named_by for o in application.outputs} == {"made": "raster", "result": "output"}


def test_a_list_that_only_a_person_knows_of_repeats_its_option(folder):
    application = read(folder, "inputs.threshold.type=double[]").application
    threshold = application.inputs[1]
    assert threshold.binding.repeat
    assert threshold.default == Default((0.3,))


def test_an_input_that_the_command_does_not_have(folder):
    with pytest.raises(SourceError, match="no such argument") as caught:
        read(folder, "inputs.rastr.doc=x")
    assert caught.value.hint == "Did you mean raster?"


def test_the_words_of_the_manifest_go_before_those_of_the_image(folder):
    claim = Claim(value=("python3", "/opt/app.py"), source="apkg.yaml")
    options = ManifestReading(layer=Layer(application={"base_command": claim}))
    (reading,) = read_tool(folder, options=options)
    assert reading.application.program.base_command == ("python3", "/opt/app.py")


def test_a_script_alone_says_where_it_may_be(folder):
    reading = read(folder / "app.py", image="example.org/water:1")
    assert reading.application.program.base_command == ("python3", "app.py")
    assert reading.application.container.image == "example.org/water:1"
    assert "tool/guessed-command" in rules(reading)
    assert "tool/image-assumed" not in rules(reading)


def test_an_image_and_a_help_text(tmp_path):
    config = {"Entrypoint": ["gdalinfo"], "Env": ["PATH=/usr/bin", "SECRET=1"]}
    image, text = tmp_path / "image.json", tmp_path / "help.txt"
    image.write_text(
        json.dumps([{"Config": config, "RepoTags": ["osgeo/gdal:3"]}]), encoding="utf-8"
    )
    text.write_text("Usage: gdalinfo [-json] datasetname\n", encoding="utf-8")
    application = read(None, image_config=image, help_text=text).application
    assert application.program.base_command == ("gdalinfo",)
    assert application.program.environment == ()
    assert application.container.image == "osgeo/gdal:3"
    assert application.outputs[0].role == "stdout"
    assert application.program.stdout == "gdalinfo.txt"


def test_a_file_instead_of_what_is_printed(tmp_path):
    text = tmp_path / "help.txt"
    text.write_text("Usage: gdalinfo [-json] datasetname\n", encoding="utf-8")
    application = read(None, "outputs.output.glob=info.json", help_text=text).application
    assert application.program.stdout is None
    assert application.outputs[0].glob == "info.json"
    assert application.outputs[0].media_types == ("application/json",)


@pytest.fixture
def group(tmp_path):
    place = tmp_path / "rasters"
    place.mkdir()
    (place / "cli.py").write_text(GROUP, encoding="utf-8")
    (place / "pyproject.toml").write_text(
        '[project]\nname = "rasters"\nversion = "3"\n[project.scripts]\nrasters = "cli:cli"\n',
        encoding="utf-8",
    )
    text = 'FROM python\nCOPY . /src\nRUN pip install /src\nCMD ["rasters"]\n'
    (place / "Dockerfile").write_text(text, encoding="utf-8")
    return place


def test_each_sub_command_is_a_package(group):
    crop, cog = (reading.application for reading in read_tool(group))
    assert (crop.id, cog.id) == ("rasters-crop", "rasters-to-cog")
    assert crop.program.base_command == ("rasters", "crop")
    assert cog.program.base_command == ("rasters", "to-cog")
    assert crop.abstract == "Crop a raster."
    assert crop.inputs[1].binding.repeat
    assert crop.container.image == cog.container.image == "rasters:3"
    assert crop.metadata.version == "3"


@pytest.mark.parametrize("name", ["to-cog", "to_cog"])
def test_one_sub_command(group, name):
    assert read(group, command=name).application.id == "rasters-to-cog"


def test_a_sub_command_that_there_is_not(group):
    with pytest.raises(SourceError, match="no sub-command") as caught:
        read(group, command="crp")
    assert caught.value.hint == "Did you mean crop?"


def test_an_image_that_names_the_sub_command(group):
    text = (group / "Dockerfile").read_text(encoding="utf-8")
    (group / "Dockerfile").write_text(text.replace('"rasters"', '"rasters", "crop"'), "utf-8")
    application = read(group).application
    assert application.program.base_command == ("rasters", "crop")


def test_what_is_said_of_one_sub_command(group):
    text = "id: tools\nkeywords: [raster]\napplications:\n  crop:\n    title: Cut\n"
    (group / "apkg.yaml").write_text(text, encoding="utf-8")
    crop, cog = read_tool(group)
    assert (crop.application.id, cog.application.id) == ("tools-crop", "tools-to-cog")
    assert (crop.application.title, cog.application.title) == ("Cut", "Make a COG")
    assert cog.application.metadata.keywords == ("raster",)
    assert "manifest/no-such-notebook" not in rules(crop)


@pytest.mark.parametrize(
    ("dockerfile", "what", "hint"),
    [
        ("FROM x\nENTRYPOINT []\n", "which command the image runs", "baseCommand"),
        ("FROM x\nCMD bash\n", "which command the image runs", "--image-config"),
        ("FROM x\nENTRYPOINT a | b\n", "several commands", "baseCommand"),
        ('FROM x\nENTRYPOINT ["/opt/tool"]\n', "nothing here tells its options", "--help-text"),
        ('FROM x\nCMD ["uvicorn", "a:b"]\n', "a service", "--cli"),
    ],
)
def test_a_fact_that_lacks_is_named(dockerfile, what, hint, tmp_path):
    (tmp_path / "Dockerfile").write_text(dockerfile, encoding="utf-8")
    with pytest.raises(SourceError, match=what) as caught:
        read_tool(tmp_path)
    assert hint in caught.value.hint
    assert caught.value.location is not None


def test_what_looks_like_a_tool(folder, tmp_path):
    assert is_tool(folder)
    assert is_tool(folder / "Dockerfile")
    assert is_tool(folder / "app.py")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert not is_tool(tmp_path / "a.txt")
    assert not is_tool(tmp_path)


@pytest.mark.parametrize("place", ["rice/cli.py", "rice/scripts/cli.py", "rice/cli/main.py"])
def test_a_file_of_a_common_name_is_called_for_its_package(tmp_path, place):
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(APP, encoding="utf-8")
    assert read(path).application.id == "rice"
