"""Facet 1: the CWL of an application."""

import json
from dataclasses import replace

import pytest
import yaml
from every_type import EVERY, given

from apkg.emitters.cwl import CwlEmitter, cwl_document
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import EnumType, NotebookProgram, Output, Resources, Scalar

TOOL = EmitOptions(style="tool")


def workflow_and_tool(application=EVERY, **options):
    workflow, tool = cwl_document(application, EmitOptions(**options))["$graph"]
    return workflow, tool


def tool_of(application, **options):
    return cwl_document(application, EmitOptions(style="tool", **options))


@pytest.mark.parametrize("style", ["workflow", "tool"])
@pytest.mark.parametrize("version", ["v1.0", "v1.1", "v1.2"])
def test_the_text_is_the_document_and_always_the_same(style, version):
    options = EmitOptions(style=style, cwl_version=version)
    text = CwlEmitter().emit(EVERY, options)
    assert yaml.safe_load(text) == cwl_document(EVERY, options)
    assert text == CwlEmitter().emit(EVERY, options)
    assert text.startswith('# Facet 1 of the application package "every-type"')


def test_keys_stand_in_the_order_of_people():
    document = cwl_document(EVERY, EmitOptions())
    assert next(iter(document)) == "cwlVersion"
    assert list(document)[-1] == "$graph"
    workflow, tool = document["$graph"]
    assert list(workflow) == ["class", "id", "label", "doc", "inputs", "outputs", "steps"]
    assert list(tool)[:5] == ["class", "id", "label", "doc", "baseCommand"]


def test_types_of_the_workflow():
    workflow, _ = workflow_and_tool()
    kinds = {name: declared["type"] for name, declared in workflow["inputs"].items()}
    assert kinds == {
        "a_string": "string", "an_int": "int", "a_long": "long", "a_float": "float",
        "a_double": "double", "a_boolean": "boolean",
        "an_enum": {"type": "enum", "symbols": ["a", "b c", "1.0"]}, "an_odd_enum": "string",
        "choices": "int", "a_date": "string", "a_moment": "string", "a_link": "string",
        "box": "double[]", "a_file": "File", "folder": "Directory?", "files": "File[]",
        "words": "string[]",
        "nested": {"type": "array", "items": {"type": "array", "items": "int"}},
        "gaps": {"type": "array", "items": ["null", "int"]},
        # cwltool stops at a list of enums that may be null.
        "maybe": "string[]?",
        "needed": "string",
    }  # fmt: skip


def test_defaults_stand_in_the_workflow_alone():
    workflow, tool = workflow_and_tool()
    defaults = {n: d["default"] for n, d in workflow["inputs"].items() if "default" in d}
    assert defaults == {
        "a_string": "x", "an_int": 0, "a_long": 2**40, "a_float": 1.5, "a_double": -1e-5,
        "a_boolean": False, "an_enum": "a", "an_odd_enum": "a/b", "choices": 2,
        "a_date": "2020-01-01", "a_link": "https://example.org/a?b=c", "box": [1, 2, 3, 4],
        "words": ["a", "b"], "nested": [[1], [2, 3]], "gaps": [1, None],
    }  # fmt: skip
    assert not any("default" in declared for declared in tool["inputs"].values())
    alone = {n: d["default"] for n, d in tool_of(EVERY)["inputs"].items() if "default" in d}
    assert alone == defaults


def test_everything_has_label_and_doc():
    for document in (*workflow_and_tool(), tool_of(EVERY)):
        for part in (document, *document["inputs"].values(), *document["outputs"].values()):
            assert part["label"]
            assert part["doc"]


def test_choices_that_the_type_cannot_hold_are_told():
    workflow, _ = workflow_and_tool()
    assert workflow["inputs"]["an_odd_enum"]["doc"] == "The an_odd_enum (one of: a/b, c:d)"
    assert workflow["inputs"]["choices"]["doc"] == "The choices (one of: 1, 2)"


def test_the_step_passes_every_input_and_output():
    workflow, tool = workflow_and_tool()
    (step,) = workflow["steps"].values()
    assert step["run"] == f"#{tool['id']}"
    assert list(step["in"]) == list(workflow["inputs"]) == list(tool["inputs"])
    assert step["out"] == list(workflow["outputs"]) == list(tool["outputs"])


def test_the_step_takes_a_name_that_is_free():
    application = replace(EVERY, inputs=(given("process", Scalar("string")),), outputs=())
    workflow, _ = workflow_and_tool(application)
    assert list(workflow["steps"]) == ["process_2"]


def test_globs():
    _, tool = workflow_and_tool()
    assert {n: o["outputBinding"]["glob"] for n, o in tool["outputs"].items()} == {
        "mask": "results/mask.tif", "plots": "results/*.png",
        "named": "results/$(inputs.a_string)", "everything": "results",
        "executed_notebook": "every-type.executed.ipynb",
    }  # fmt: skip


@pytest.mark.parametrize("glob", ["$(x).tif", "a${b}.tif"])
def test_a_file_name_that_is_a_reference_to_cwl_is_refused(glob):
    output = Output(id="x", type=Scalar("File"), label="X", glob=glob)
    with pytest.raises(ConversionError, match="reference"):
        tool_of(replace(EVERY, outputs=(output,)))


def test_metadata_of_schema_org():
    document = cwl_document(EVERY, EmitOptions())
    assert document["$namespaces"]["s"] == "https://schema.org/"
    assert document["s:softwareVersion"] == "1.2.3"
    assert document["s:keywords"] == ["eo", "test"]
    (author,) = document["s:author"]
    assert (author["class"], author["s:name"]) == ("s:Person", "Ann")
    assert document["s:license"] == "Apache-2.0"


def test_requirements_and_the_image_as_a_hint():
    tool = tool_of(EVERY, embed=False)
    assert tool["hints"] == {
        "DockerRequirement": {"dockerPull": "registry.example.org/eo/every:1.0"}
    }
    assert tool["requirements"] == {
        "ResourceRequirement": {
            "coresMin": 1, "coresMax": 2, "ramMin": 512, "tmpdirMin": 10, "outdirMax": 20,
        },
        "NetworkAccess": {"networkAccess": False},
    }  # fmt: skip


def test_version_1_0_knows_no_network_access():
    assert "NetworkAccess" not in tool_of(EVERY, cwl_version="v1.0")["requirements"]
    networked = replace(EVERY, network=True, resources=Resources())
    assert tool_of(networked, embed=False)["requirements"] == {
        "NetworkAccess": {"networkAccess": True}
    }


def test_no_javascript():
    assert "InlineJavascriptRequirement" not in CwlEmitter().emit(EVERY, EmitOptions())


def test_the_embedded_notebook_is_the_notebook_and_no_expression():
    text = json.dumps({"cells": [{"source": "$(rm -rf) ${x} \\$ $ \x85 \N{GRINNING FACE} é"}]})
    hostile = json.loads(text)
    notebook = json.dumps(hostile, ensure_ascii=False)
    program = NotebookProgram(notebook=notebook, file_name="x.ipynb", language="python")
    application = replace(EVERY, program=program)
    listing = tool_of(application)["requirements"]["InitialWorkDirRequirement"]["listing"]
    names = [entry["entryname"] for entry in listing]
    assert names == ["every-type.launcher.py", "every-type.template.ipynb"]
    assert all("$" not in entry["entry"] for entry in listing)
    assert json.loads(listing[1]["entry"]) == hostile
    read_back = yaml.safe_load(CwlEmitter().emit(application, EmitOptions(style="tool")))
    again = read_back["requirements"]["InitialWorkDirRequirement"]["listing"]
    assert json.loads(again[1]["entry"]) == hostile


def test_scattered_inputs():
    application = replace(
        EVERY, inputs=(given("scene", Scalar("File"), scatter=True), given("n", Scalar("int"), 1))
    )
    application = replace(application, outputs=EVERY.outputs[:1])
    workflow, tool = workflow_and_tool(application)
    assert workflow["inputs"]["scene"]["type"] == "File[]"
    assert workflow["outputs"]["mask"]["type"] == "File[]"
    (step,) = workflow["steps"].values()
    assert (step["scatter"], step["scatterMethod"]) == (["scene"], "dotproduct")
    assert workflow["requirements"] == {"ScatterFeatureRequirement": {}}
    assert tool["inputs"]["scene"]["type"] == "File"


def test_control_characters_of_a_stranger_are_marked():
    application = replace(EVERY, title="T\x1b[31m", abstract="A\u202e")
    assert "\x1b" not in CwlEmitter().emit(application, EmitOptions())
    workflow, _ = workflow_and_tool(application)
    assert (workflow["label"], workflow["doc"]) == ("T\ufffd[31m", "A\ufffd")


def test_an_enum_with_one_symbol():
    application = replace(EVERY, inputs=(given("e", EnumType(("a",)), "a"),), outputs=())
    assert tool_of(application)["inputs"]["e"]["type"] == {"type": "enum", "symbols": ["a"]}
