"""The CWL that a package is, or leads to."""

import json

import pytest

from apkg.errors import SourceError
from apkg.pipeline.package import find_cwl


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.cwl").write_text("class: CommandLineTool\n", encoding="utf-8")
    return tmp_path


def deploy(folder, href, key="context"):
    process = {"id": "a"}
    document = {"processDescription": {"process": process}, "executionUnit": [{"href": "image:1"}]}
    if key == "context":
        process["owsContext"] = {"offering": {"code": "cwl", "content": {"href": href}}}
    else:
        document["executionUnit"] = [{"href": href}]
    path = folder / "a.deploy.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_a_cwl_is_its_own(folder):
    assert find_cwl(str(folder / "a.cwl")) == str(folder / "a.cwl")
    assert find_cwl(f"{folder}/a.cwl#x") == f"{folder}/a.cwl#x"


def test_the_only_cwl_of_a_folder(folder):
    assert find_cwl(str(folder)) == str(folder / "a.cwl")
    assert find_cwl(f"{folder}#x") == f"{folder}/a.cwl#x"
    (folder / "b.cwl").write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match=r"2 CWL files: a\.cwl, b\.cwl"):
        find_cwl(str(folder))


@pytest.mark.parametrize("key", ["context", "unit"])
def test_facet_2_leads_to_facet_1(folder, key):
    assert find_cwl(deploy(folder, "a.cwl#main", key)) == f"{folder}/a.cwl#main"


@pytest.mark.parametrize("href", ["gone.cwl", "https://example.org/a.cwl"])
def test_a_link_to_elsewhere_is_told(folder, href):
    with pytest.raises(SourceError, match="is not here"):
        find_cwl(deploy(folder, href))


def test_a_notebook_is_no_package(tmp_path):
    with pytest.raises(SourceError) as caught:
        find_cwl(str(tmp_path / "x.ipynb"))
    assert "apkg convert" in caught.value.hint
