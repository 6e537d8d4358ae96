"""The image's name in documents that exist: its places, and nothing else."""

import json

import pytest

from apkg.files.documents import parse_document
from apkg.files.edit import with_texts
from apkg.pipeline.image_reference import Reference, cwl_changes, deploy_changes, edit_package

NEW = "registry.org/eo/demo@sha256:" + "1" * 64
REFERENCE = Reference(id="demo", image=NEW, old=frozenset(["demo:1.0.0"]))

GRAPH = """\
#!/usr/bin/env cwl-runner
# Mine.
cwlVersion: v1.2
$graph:
  - class: Workflow
    id: demo
    inputs: {}   # none
    outputs: []
    steps:
      first: {run: '#unzip', in: {}, out: []}
      second:
        run: "#demo-tool"
        in: {}
        out: []
  - class: CommandLineTool
    id: unzip
    requirements:
      - class: DockerRequirement
        dockerPull: busybox:1   # not ours
    inputs: {}
    outputs: []
  - class: CommandLineTool
    id: '#demo-tool'
    hints:
        DockerRequirement: {dockerPull: "python:3.12", dockerImageId: python:3.12}
    inputs: {}
    outputs: []
"""


def package(folder, **texts):
    for name, text in texts.items():
        data = text if isinstance(text, str) else json.dumps(text, indent=3)
        (folder / name.replace("__", ".")).write_text(data)
    return edit_package(folder, REFERENCE)


def test_the_applications_own_tool_and_no_other(tmp_path):
    edits = package(tmp_path, demo__cwl=GRAPH)
    expected = GRAPH.replace('"python:3.12"', f'"{NEW}"').replace(" python:3.12}", f" {NEW}}}")
    assert edits.texts == {tmp_path / "demo.cwl": expected}
    assert edits.findings == []


@pytest.mark.parametrize(
    "image",
    ["demo:1.0.0", "registry.org/eo/demo:0.9", "registry.org/eo/demo", "docker://demo:1.0.0"],
)
def test_every_tool_that_names_the_image_as_it_was_called(image, tmp_path):
    text = GRAPH.replace("busybox:1", image)
    (found,) = package(tmp_path, demo__cwl=text).texts.values()
    scheme = "docker://" if image.startswith("docker://") else ""
    assert found.count(NEW) == 3
    assert f"dockerPull: {scheme}{NEW}   # not ours" in found


def test_what_names_the_image_already_is_not_written(tmp_path):
    text = GRAPH.replace("python:3.12", NEW)
    assert package(tmp_path, demo__cwl=text).texts == {}


def test_a_digest_of_the_same_image_is_better_than_its_tag():
    pushed = "demo@sha256:" + "2" * 64
    value = {"cwlVersion": "v1.2", "class": "CommandLineTool",
             "hints": {"DockerRequirement": {"dockerPull": pushed}}}  # fmt: skip
    tag = Reference(id="demo", image="demo:1.0.0", kept=frozenset([pushed]))
    assert cwl_changes(value, tag).texts == {}
    other = Reference(id="demo", image="demo:1.0.0", kept=frozenset())
    assert list(cwl_changes(value, other).texts.values()) == ["demo:1.0.0"]


def test_the_only_image_of_a_document_is_the_applications(tmp_path):
    text = "cwlVersion: v1.2\nclass: CommandLineTool\nid: x\nhints:\n"
    text += "- {class: DockerRequirement, dockerPull: whatever:3}\ninputs: []\noutputs: []\n"
    (found,) = package(tmp_path, demo__cwl=text).texts.values()
    assert found == text.replace("whatever:3", NEW)


def test_requirements_that_two_tools_share_by_an_alias_change_once():
    text = GRAPH.replace("busybox:1", "demo:1.0.0").replace("requirements:\n", "hints: &h\n")
    text = text.replace(
        '        DockerRequirement: {dockerPull: "python:3.12", dockerImageId: python:3.12}\n', ""
    ).replace("    hints:\n", "    hints: *h\n")
    document = parse_document(text, name="a")
    assert with_texts(document, cwl_changes(document.value, REFERENCE).texts) == text.replace(
        "demo:1.0.0", NEW
    )


def test_tools_in_files_of_their_own_are_followed_and_not_out_of_the_folder(tmp_path):
    tool = (
        "cwlVersion: v1.2\nclass: CommandLineTool\nhints: {DockerRequirement: {dockerPull: %s}}\n"
    )
    tool += "inputs: []\noutputs: []\n"
    (tmp_path / "other.cwl").write_text(tool % "demo:1.0.0")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "tool.cwl").write_text(tool % "demo:1.0.0")
    (folder / "foreign.cwl").write_text(tool % "busybox:1")
    workflow = "cwlVersion: v1.2\nclass: Workflow\nid: demo\ninputs: []\noutputs: []\nsteps:\n"
    for name in ("tool.cwl", "foreign.cwl", "../other.cwl", "gone.cwl", "http://x.org/y.cwl"):
        workflow += f"  s{len(workflow)}: {{run: {name}, in: [], out: []}}\n"
    edits = package(folder, demo__cwl=workflow)
    assert edits.texts == {folder / "tool.cwl": tool % NEW}
    assert edits.findings == []


def test_a_facet_1_without_image_is_left_with_a_note(tmp_path):
    text = "cwlVersion: v1.2\nclass: CommandLineTool\ninputs: []\noutputs: []\n"
    edits = package(tmp_path, demo__cwl=text)
    assert edits.texts == {}
    (finding,) = edits.findings
    assert finding.rule == "build/no-image"
    assert "DockerRequirement" in finding.advice


def test_a_facet_1_that_carries_the_notebook_itself_is_left_with_a_note(tmp_path):
    text = "cwlVersion: v1.2\nclass: CommandLineTool\nid: demo\n"
    text += "baseCommand: [python3, demo.launcher.py]\n"
    text += "hints: {DockerRequirement: {dockerPull: demo:1.0.0}}\ninputs: []\noutputs: []\n"
    edits = package(tmp_path, demo__cwl=text)
    assert edits.texts == {tmp_path / "demo.cwl": text.replace("demo:1.0.0", NEW)}
    assert [finding.rule for finding in edits.findings] == ["build/embedded"]


EOC = "http://www.opengis.net/profiles/eoc/"


def deploy(unit, profile="dockerizedApplication", **process):
    described = {"process": {"id": "demo", **process}}
    return {
        "processDescription": described,
        "executionUnit": unit,
        "deploymentProfileName": EOC + profile,
    }


CWL = {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "demo",
       "hints": {"DockerRequirement": {"dockerPull": "demo:1.0.0"}}}  # fmt: skip


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (deploy([{"href": "demo:1.0.0"}]), ("executionUnit", 0, "href")),
        (deploy([{"href": "anything/else"}]), ("executionUnit", 0, "href")),
        (deploy({"reference": "demo:1.0.0"}), ("executionUnit", "reference")),
        (deploy([{"unit": {"type": "docker", "image": "demo:1.0.0"}}]),
         ("executionUnit", 0, "unit", "image")),
        (deploy([{"unit": CWL}], "workflow"),
         ("executionUnit", 0, "unit", "hints", "DockerRequirement", "dockerPull")),
        ({"processDescription": {"id": "demo"}, "executionUnit": {"type": "docker",
          "image": "demo:1.0.0"}}, ("executionUnit", "image")),
        ({"processDescription": {"id": "demo"}, "executionUnit": {"value": CWL}},
         ("executionUnit", "value", "hints", "DockerRequirement", "dockerPull")),
        ({"processOffering": {"process": {}}, "deploymentProfile": {"deploymentProfileName":
          EOC + "dockerizedApplication", "executionUnit": {"reference": "x"}}},
         ("deploymentProfile", "executionUnit", "reference")),
        (deploy([{"href": "https://x.org/demo.cwl"}], "workflow", metadata=[
            {"role": "http://www.opengis.net/eoc/applicationContext/docker", "href": "demo:1.0.0"}
        ]), ("processDescription", "process", "metadata", 0, "href")),
    ],
)  # fmt: skip
def test_execution_units(document, path, tmp_path):
    assert deploy_changes(document, REFERENCE).texts == {path: NEW}
    before = json.dumps(document, indent=3)
    edits = package(tmp_path, demo__deploy__json=document)
    value = json.loads(edits.texts[tmp_path / "demo.deploy.json"])
    place = value
    for name in path[:-1]:
        place = place[name]
    old = document
    for name in path:
        old = old[name]
    assert place[path[-1]] == NEW
    assert edits.texts[tmp_path / "demo.deploy.json"] == before.replace(f'"{old}"', f'"{NEW}"', 1)


@pytest.mark.parametrize(
    "document",
    [
        deploy([{"href": "https://x.org/demo.cwl"}]),
        deploy([{"href": "demo.cwl#demo"}], "workflow"),
        deploy([{"href": "one:1"}, {"href": "two:1"}]),
        deploy([{"href": NEW}]),
        deploy([{"test": "x"}]),
        {"processDescription": {}, "executionUnit": None},
    ],
)
def test_units_that_are_no_image_of_ours_stay(document):
    assert deploy_changes(document, REFERENCE).texts == {}


def test_a_job_order_beside_the_package_is_none_of_its_facets(tmp_path):
    edits = package(tmp_path, demo__inputs__json={"image": "demo:1.0.0"})
    assert edits.texts == {}
