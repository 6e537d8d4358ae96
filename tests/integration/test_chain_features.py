"""Chains that use all of CWL's links, written, checked by two validators, and run."""

import json
import shutil

import pytest
import yaml
from chain_tools import outputs, write_tools

pytestmark = pytest.mark.slow
javascript = pytest.mark.skipif(
    not (shutil.which("node") or shutil.which("nodejs")), reason="needs Node.js"
)


@pytest.fixture
def chain(apkg, cwltool_validate, tmp_path, monkeypatch):
    """``chain(words, job)``: what the chain of these tools gives, as texts by output."""
    folder = write_tools(tmp_path / "tools")
    monkeypatch.chdir(folder)

    def call(*words, job, out=None):
        cwl = out or tmp_path / "whole" / "flow.cwl"
        apkg("chain", *words, "-o", cwl, cwd=folder)
        apkg("validate", cwl, cwl.with_suffix(".deploy.json"), "--strict")
        cwltool_validate(f"{cwl}#flow" if "--split" not in words else cwl)
        order = tmp_path / "job.yml"
        order.write_text(yaml.safe_dump(job), encoding="utf-8")
        run = ["run", cwl, "--inputs", order, "-o", tmp_path / "results", "--no-container"]
        return outputs(apkg(*run, "--format", "json"))

    return call


def test_one_part_twice_and_its_outputs_in_a_list(chain):
    words = ["one=word.cwl", "two=word.cwl", "join.cwl"]
    words += ["--link", "one/text=join/files", "--link", "two/text=join/files", "--share", "mark"]
    job = {"one_say": "a", "two_say": "b", "mark": "!"}
    assert chain(*words, job=job) == {"joined": "a!\nb!\n"}


def test_a_scatter_flows_into_a_list(chain):
    words = ["word.cwl", "join.cwl", "count.cwl", "--scatter", "word/say"]
    words += ["--output", "join/joined", "--output", "lines=count/count"]
    made = chain(*words, job={"say": ["a", "b", "c"]})
    assert made["joined"] == "a.\nb.\nc.\n"
    assert made["lines"].split()[0] == "3"


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("dotproduct", ["a1\n", "b2\n"]),
        ("flat_crossproduct", ["a1\n", "a2\n", "b1\n", "b2\n"]),
        ("nested_crossproduct", [["a1\n", "a2\n"], ["b1\n", "b2\n"]]),
    ],
)
def test_a_scatter_over_two(chain, method, expected):
    words = ["word.cwl", "--scatter", "word/say", "--scatter", "word/mark"]
    words += ["--scatter-method", f"word={method}"]
    assert chain(*words, job={"say": ["a", "b"], "mark": ["1", "2"]}) == {"text": expected}


@pytest.mark.parametrize(("deep", "expected"), [(True, "A.\n"), (False, "a.\n")])
def test_a_condition_and_a_way_around_it(chain, deep, expected):
    words = ["word.cwl", "upper.cwl", "join.cwl", "--when", "upper=$(inputs.deep)", "--no-guess"]
    words += ["--link", "word/text=upper/source", "--output", "text=upper/result"]
    words += ["--output", "text=word/text", "--pick", "text=first_non_null"]
    words += ["--link", "upper/result=join/files", "--pick", "join/files=all_non_null"]
    words += ["--link", "word/text=join/files", "--output", "join/joined"]
    made = chain(*words, job={"say": "a", "deep": deep})
    assert made["text"] == expected
    assert made["joined"] == ("A.\na.\n" if deep else "a.\n")


def test_gaps_of_a_scattered_condition_are_left_out(chain):
    words = ["word.cwl", "join.cwl", "--scatter", "word/say", "--scatter", "word/keep"]
    words += ["--when", "word=$(inputs.keep)"]
    words += ["--link", "word/text=join/files", "--pick", "join/files=all_non_null"]
    job = {"say": ["a", "b", "c"], "keep": [True, False, True]}
    assert chain(*words, job=job) == {"joined": "a.\nc.\n"}


@javascript
def test_a_condition_that_is_computed_for_each_of_many(chain):
    words = ["word.cwl", "upper.cwl", "join.cwl", "--scatter", "word/say"]
    words += ["--scatter", "upper/source", "--scatter", "upper/n"]
    words += ["--when", "upper=$(inputs.n > 3 && inputs.source.size > 1)"]
    words += ["--link", "upper/result=join/files", "--pick", "join/files=all_non_null"]
    made = chain(*words, job={"say": ["a", "b", "c"], "n": [4, 3, 5]})
    assert made == {"joined": "A.\nC.\n"}


@javascript
@pytest.mark.parametrize(
    ("job", "expected"), [({"n": 5}, "A.\n"), ({"n": 2}, "a.\n"), ({}, "a.\n")]
)
def test_the_one_of_two_ways_that_a_computed_condition_leaves(chain, job, expected):
    words = ["word.cwl", "loud=upper.cwl", "calm=count.cwl", "--share", "n"]
    words += ["--link", "word/text=loud/source", "--link", "word/text=calm/lines"]
    words += ["--when", "loud=$(inputs.n != null && inputs.n > 3)"]
    words += ["--when", "calm=${ return !(inputs.n > 3) || inputs.n === null; }"]
    words += ["--output", "text=loud/result", "--output", "text=word/text"]
    words += ["--pick", "text=first_non_null", "--output", "calm/count"]
    made = chain(*words, job={"say": "a", **job})
    assert made["text"] == expected
    assert (made["count"] is None) == (expected == "A.\n")


def test_workflows_in_a_workflow_and_versions_side_by_side(chain):
    words = ["word.cwl", "twice.cwl", "count.cwl", "--output", "twice/result"]
    words += ["--output", "lines=count/count"]
    made = chain(*words, job={"say": "a"})
    assert made["result"] == "A.\n"
    assert made["lines"].split()[0] == "1"


def test_split_into_files(chain, tmp_path):
    words = ["word.cwl", "twice.cwl", "--split"]
    assert chain(*words, job={"say": "a"}) == {"result": "A.\n"}
    names = sorted(path.name for path in (tmp_path / "whole").glob("*.cwl"))
    assert names == ["flow.cwl", "flow.twice.cwl", "flow.upper.cwl", "flow.word.cwl"]
    whole = (tmp_path / "whole" / "flow.cwl").read_text(encoding="utf-8")
    assert "$graph" not in whole


def test_a_chain_as_part_of_a_chain(chain, tmp_path, apkg):
    apkg("chain", "word.cwl", "upper.cwl", "-o", "shout.cwl", cwd=tmp_path / "tools")
    words = ["one=shout.cwl", "two=shout.cwl", "join.cwl", "--link", "one/result=join/files"]
    words += ["--link", "two/result=join/files", "--share", "say"]
    assert chain(*words, job={"say": "a"}) == {"joined": "A.\nA.\n"}


def test_a_folder_with_a_chain_as_part(chain, tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    steps = {"word": "../tools/word.cwl", "upper": "../tools/upper.cwl"}
    text = yaml.safe_dump({"chain": {"id": "shout", "steps": steps}}, sort_keys=False)
    (inner / "apkg.yaml").write_text(text, encoding="utf-8")
    assert chain("../inner", "join.cwl", "--link", "shout/result=join/files",
                 job={"say": "a"}) == {"joined": "A.\n"}  # fmt: skip


@pytest.mark.parametrize("version", ["v1.0", "v1.1"])
def test_older_versions(apkg, cwltool_validate, tmp_path, version):
    folder = write_tools(tmp_path)
    for path in folder.glob("*.cwl"):
        text = path.read_text(encoding="utf-8").replace("v1.2", "v1.0")
        path.write_text(text, encoding="utf-8")
    cwl = tmp_path / "flow.cwl"
    words = ["word.cwl", "twice.cwl", "join.cwl", "--scatter", "word/say"]
    words += ["--scatter", "twice/source", "--link", "word/text=twice/source"]
    apkg("chain", *words, "--cwl-version", version, "-o", cwl, cwd=folder)
    assert yaml.safe_load(cwl.read_text(encoding="utf-8"))["cwlVersion"] == version
    apkg("validate", cwl)
    cwltool_validate(f"{cwl}#flow")
    job = ["--inputs", tmp_path / "job.json"]
    (tmp_path / "job.json").write_text(json.dumps({"say": ["a", "b"]}), encoding="utf-8")
    run = ["run", cwl, *job, "-o", tmp_path / "out", "--no-container", "--format", "json"]
    assert outputs(apkg(*run)) == {"joined": "A.\nB.\n"}
