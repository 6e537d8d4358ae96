"""SNAP graphs: parameters, readers, writers, and the graph that travels."""

import pytest

from apkg.errors import SourceError
from apkg.model import ArrayType, Binding, Default, Scalar
from apkg.sources.snap import graph_layer, is_graph, read_graph
from apkg.sources.tool import read_tool

#: The graph of 18-049r1, appendix A.
APPENDIX = """<graph id="Graph">
<version>1.0</version>
<node id="ProductSet-Reader">
  <operator>ProductSet-Reader</operator>
  <sources/>
  <parameters class="com.bc.ceres.binding.dom.XppDomElement">
    <fileList>${files}</fileList>
  </parameters>
</node>
<node id="StackCreation">
  <operator>StackCreation</operator>
  <sources>
    <sourceProduct.3 refid="ProductSet-Reader"/>
  </sources>
  <parameters class="com.bc.ceres.binding.dom.XppDomElement"/>
</node>
</graph>
"""
CALIBRATE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<graph id="Graph">
  <node id="Read"><operator>Read</operator><sources/>
    <parameters><file>{read}</file></parameters></node>
  <node id="Terrain-Correction"><operator>Terrain-Correction</operator>
    <sources><sourceProduct refid="Read"/><dem>${{dem}}</dem></sources>
    <parameters><pixelSpacingInMeter>${{spacing}}</pixelSpacingInMeter>
      <mapProjection>${{projection}}</mapProjection>
      <externalDEMFile>{external}</externalDEMFile></parameters></node>
  <node id="Write"><operator>Write</operator><sources/>
    <parameters><file>{write}</file><formatName>{form}</formatName></parameters></node>
</graph>
"""


def graph(text, tmp_path):
    path = tmp_path / "calibrate.xml"
    path.write_text(text, encoding="utf-8")
    return read_graph(path)


def filled(read="${input}", write="${output}", form="GeoTIFF", external=""):
    return CALIBRATE.format(read=read, write=write, form=form, external=external)


def values(fields):
    return {name: claim.value for name, claim in fields.items()}


def test_the_graph_of_the_report(tmp_path):
    found = graph_layer(graph(APPENDIX, tmp_path))
    files = values(found.layer.inputs["files"])
    assert files["type"] == ArrayType(Scalar("File"))
    assert files["binding"] == Binding(prefix="-Pfiles=", separate=False, item_separator=",")
    assert values(found.layer.inputs["output"])["binding"] == Binding(prefix="-t")
    assert values(found.layer.outputs["result"])["named_by"] == "output"
    assert found.program.base_command == ("gpt", "graph.xml")
    assert found.program.files[0].text == APPENDIX


def test_parameters_sources_and_targets(tmp_path):
    found = graph_layer(graph(filled(), tmp_path))
    inputs = {name: values(fields) for name, fields in found.layer.inputs.items()}
    assert inputs["input"]["type"] == Scalar("File")
    assert inputs["dem"]["binding"] == Binding(prefix="-Sdem=", separate=False)
    assert inputs["spacing"]["type"] == Scalar("double")
    assert inputs["projection"]["type"] == Scalar("string")
    assert inputs["output"]["default"] == Default("output.tif")
    assert values(found.layer.outputs["result"]) == {
        "type": Scalar("File"),
        "named_by": "output",
        "media_types": ("image/tiff; application=geotiff",),
        "doc": "The product that SNAP writes, as GeoTIFF",
    }


def test_a_dimap_product_is_a_folder_of_files(tmp_path):
    found = graph_layer(graph(filled(form="BEAM-DIMAP"), tmp_path))
    fields = values(found.layer.outputs["result"])
    assert (fields["type"], fields["glob"]) == (Scalar("Directory"), ".")
    assert values(found.layer.inputs["output"])["default"] == Default("output.dim")


def test_paths_of_the_author_become_variables(tmp_path):
    text = filled(read="/home/me/S1A.zip", write=r"C:\data\out.tif", external="/home/me/dem.tif")
    found = graph_layer(graph(text, tmp_path))
    written = found.program.files[0].text
    assert "<file>${input}</file>" in written
    assert "<file>${output}</file>" in written
    assert 'encoding="UTF-8"' in written
    assert values(found.layer.inputs["output"])["default"] == Default("out.tif")
    assert "example" not in found.layer.inputs["input"]
    rules = [finding.rule for finding in found.findings]
    rules = [rule for rule in rules if rule != "commandline/guessed-type"]
    assert rules == ["snap/path-replaced", "snap/path-replaced", "snap/path-on-disk"]


def test_the_header_describes_parameters(tmp_path):
    header = (
        '<header><parameters><parameter name="spacing" type="int" defval="10" desc="Metres"/>'
        "</parameters></header>"
    )
    text = filled().replace('<graph id="Graph">', f'<graph id="Graph">{header}')
    fields = values(graph_layer(graph(text, tmp_path)).layer.inputs["spacing"])
    assert (fields["type"], fields["default"]) == (Scalar("int"), Default(10))
    assert fields["doc"] == "Metres"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<!DOCTYPE graph [<!ENTITY a "b">]><graph><node/></graph>', "document type"),
        ("<graph><node></graph>", "not XML"),
        ("<other/>", "no SNAP graph"),
        ("<graph/>", "no node"),
        ("<graph>" + "<node>" * 200, "larger or deeper"),
        ("", "not XML"),
    ],
)
def test_hostile_and_broken_xml(text, what, tmp_path):
    with pytest.raises(SourceError, match=what):
        graph(text, tmp_path)


def test_a_graph_is_told_by_its_first_element(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text("<?xml version='1.0'?>\n<!-- one -->\n<graph id='a'>", encoding="utf-8")
    assert is_graph(path)
    path.write_text("<graphml>", encoding="utf-8")
    assert not is_graph(path)


def test_a_graph_is_a_tool(tmp_path):
    graph(filled(), tmp_path)
    (reading,) = read_tool(tmp_path, image="example.org/snap:9")
    application = reading.application
    assert application.id == "calibrate"
    assert application.container.image == "example.org/snap:9"
    assert [item.id for item in application.inputs] == [
        "input", "dem", "spacing", "projection", "output",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "words", "travels"),
    [
        ('ENTRYPOINT ["gpt", "/opt/graph.xml"]', ("gpt", "/opt/graph.xml"), False),
        ('WORKDIR /opt\nCMD ["gpt", "graph.xml"]', ("gpt", "/opt/graph.xml"), False),
        ("", ("gpt", "graph.xml"), True),
    ],
)
def test_an_image_that_runs_a_graph(entry, words, travels, tmp_path):
    """The images of 18-049r1, 10.2.1 bring a graph for the base image to run."""
    graph(filled(), tmp_path)
    text = f"FROM snap6-base\nCOPY calibrate.xml /opt/graph.xml\n{entry}\n"
    (tmp_path / "Dockerfile").write_text(text, encoding="utf-8")
    (reading,) = read_tool(tmp_path)
    program = reading.application.program
    assert program.base_command == words
    assert bool(program.files) is travels


def test_a_reader_that_nothing_gives_a_file(tmp_path):
    found = graph_layer(graph(filled(read="", external="${dem2}"), tmp_path))
    assert [f.subject for f in found.findings if f.rule == "snap/reads-nothing"] == ["Read"]
    assert found.layer.inputs["dem2"]["type"].value == Scalar("File")
    again = graph_layer(graph(filled(), tmp_path))
    assert not [f for f in again.findings if f.rule == "snap/reads-nothing"]
