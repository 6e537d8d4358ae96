"""The two examples of OGC 18-049r1 clause 8.3, made from a CWL and a manifest."""

import json

import pytest

from apkg.pipeline.convert import convert
from apkg.pipeline.options import ConvertOptions

IMAGE = {"name": "EOImage", "values": ["true"]}
EO = [
    {
        "role": "http://www.opengis.net/eoc/applicationContext/inputMetadata",
        "parameters": [IMAGE],
    }
]
STACKER = "https://raw.githubusercontent.com/Geomatys/Testbed14/master/application-packages/"
FLOW = "https://raw.githubusercontent.com/spacebel/testbed14/master/cwl-examples/"


def described(identifier, title, media, **more):
    return {
        "id": identifier,
        "title": title,
        "formats": [{"mimeType": media, "default": True}],
        **more,
    }


def often(least, **more):
    return {"minOccurs": least, "maxOccurs": "unbounded", **more}


def deployed(process, unit, profile, **more):
    return {
        "processDescription": {
            "process": process,
            "processVersion": "1.0.0",
            "jobControlOptions": ["async-execute"],
            "outputTransmission": ["reference"],
        },
        **more,
        "executionUnit": [{"href": unit}],
        "deploymentProfileName": f"http://www.opengis.net/profiles/eoc/{profile}",
    }


APPLICATION = deployed(
    {
        "id": "GeomatysNDVIStacker",
        "title": "NDVIStacker",
        "owsContext": {
            "offering": {
                "code": "http://www.opengis.net/eoc/applicationContext/cwl",
                "content": {"href": f"{STACKER}NDVIStacker/NDVIStacker.cwl"},
            }
        },
        "abstract": "",
        "inputs": [
            described("files", "Input NDVI Image", "image/tiff", **often("1"),
                      additionalParameters=EO)
        ],
        "outputs": [described("output", "NDVI Image", "image/tiff")],
    },
    "images.geomatys.com/ndvis:latest",
    "dockerizedApplication",
    immediateDeployment=True,
)  # fmt: skip
WORKFLOW = deployed(
    {
        "id": "multiSensorNDVIStacker_2collections",
        "title": "multiSensorNDVIStacker_2collections",
        "abstract": "",
        "keywords": [],
        "inputs": [
            described(name, "Input Image", "application/zip", **often(1), additionalParameters=EO)
            for name in ("image-collection1", "image-collection2")
        ],
        "outputs": [described("output", "Stacked Image", "image/tiff")],
    },
    f"{FLOW}multiSensorNDVIStacker_2collections-v4.cwl",
    "workflow",
)
TOOL = """
class: CommandLineTool
{head}
hints: {{DockerRequirement: {{dockerPull: "images.geomatys.com/ndvis:latest"}}}}
inputs:
  files: {{type: "File[]", format: "https://www.iana.org/assignments/media-types/{media}",
           inputBinding: {{position: 1}}}}
outputs:
  output: {{type: File, format: "https://www.iana.org/assignments/media-types/image/tiff",
            outputBinding: {{glob: ndvi.tif}}}}
"""
STEPS = """cwlVersion: v1.0
class: Workflow
id: multiSensorNDVIStacker_2collections
inputs:
  image-collection1: {type: "File[]",
                      format: "https://www.iana.org/assignments/media-types/application/zip"}
  image-collection2: {type: "File[]",
                      format: "https://www.iana.org/assignments/media-types/application/zip"}
outputs:
  output: {type: File, outputSource: two/output,
           format: "https://www.iana.org/assignments/media-types/image/tiff"}
steps:
  one: {run: tool.cwl, in: {files: image-collection1}, out: [output]}
  two: {run: tool.cwl, in: {files: [image-collection2]}, out: [output]}
"""
MANIFESTS = {
    "GeomatysNDVIStacker": """
title: NDVIStacker
inputs: {files: {label: Input NDVI Image, eoImage: true}}
outputs: {output: {label: NDVI Image}}
""",
    "multiSensorNDVIStacker_2collections": """
title: multiSensorNDVIStacker_2collections
inputs:
  image-collection1: {label: Input Image, eoImage: true}
  image-collection2: {label: Input Image, eoImage: true}
outputs: {output: {label: Stacked Image}}
""",
}


def made(folder, cwl, url):
    (done,) = convert(folder / cwl, ConvertOptions(out=folder / "out", cwl_url=url, strict=True))
    assert done.error is None, done.error
    path = next(path for path in done.files if path.name.endswith(".deploy.json"))
    return json.loads(path.read_text(encoding="utf-8"))


def like(found, example):
    """``found`` without the fields that the example leaves out, spelt as it spells numbers.

    The two examples differ in this themselves: one has occurrences as numbers, the other as
    texts, as the interface of clause 8 defines them.
    """
    if isinstance(example, dict):
        assert set(example) <= set(found)
        return {key: like(found[key], value) for key, value in example.items()}
    if isinstance(example, list):
        assert len(found) == len(example)
        return [like(one, two) for one, two in zip(found, example, strict=True)]
    return int(found) if isinstance(example, int) and isinstance(found, str) else found


EXTRA = {"abstract", "keywords", "immediateDeployment"}


def added(found, example):
    """The names of all fields that the example leaves out."""
    if isinstance(example, dict):
        inner = (added(found[key], value) for key, value in example.items())
        return (set(found) - set(example)).union(*inner)
    if isinstance(example, list):
        return set().union(*(added(a, b) for a, b in zip(found, example, strict=True)))
    return set()


@pytest.mark.parametrize("example", [APPLICATION, WORKFLOW], ids=["application", "workflow"])
def test_the_example_is_made(tmp_path, example):
    identifier = example["processDescription"]["process"]["id"]
    (tmp_path / "apkg.yaml").write_text(MANIFESTS[identifier], encoding="utf-8")
    head = f"cwlVersion: v1.0\nid: {identifier}"
    media = "image/tiff" if example is APPLICATION else "application/zip"
    (tmp_path / "tool.cwl").write_text(TOOL.format(head=head, media=media), encoding="utf-8")
    (tmp_path / "flow.cwl").write_text(STEPS, encoding="utf-8")
    if example is APPLICATION:
        link = example["processDescription"]["process"]["owsContext"]["offering"]["content"]
        found = made(tmp_path, "tool.cwl", link["href"])
    else:
        found = made(tmp_path, "flow.cwl", example["executionUnit"][0]["href"])
    assert like(found, example) == example
    assert added(found, example) <= EXTRA
