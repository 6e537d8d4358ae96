"""``apkg chain``: what it writes, prints and answers."""

import json
from pathlib import Path

import pytest
import yaml

MAKE = """\
cwlVersion: v1.2
class: CommandLineTool
id: make
baseCommand: cp
inputs:
  scene: {type: File, default: {class: File, location: data/scene.tif}, inputBinding: {position: 1}}
  level: {type: int, default: 3}
outputs:
  mask: {type: File, outputBinding: {glob: "*.tif"}}
"""
TAKE = """\
cwlVersion: v1.2
class: CommandLineTool
id: take
baseCommand: cat
stdout: out.txt
inputs:
  image: {type: File, inputBinding: {position: 1}}
  level: {type: int, default: 5}
outputs:
  text: stdout
"""


@pytest.fixture
def parts(tmp_path):
    folder = tmp_path / "parts"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "scene.tif").write_text("x")
    (folder / "make.cwl").write_text(MAKE)
    (folder / "take.cwl").write_text(TAKE)
    return folder


def manifest(folder, **chain):
    place = folder / "apkg.yaml"
    steps = chain.pop("steps", {"make": "make.cwl", "take": "take.cwl"})
    place.write_text(yaml.safe_dump({"chain": {"steps": steps, **chain}}, sort_keys=False))
    return place


def seen(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_was_guessed_is_shown(apkg, parts, tmp_path):
    done = apkg("chain", "parts/make.cwl", "parts/take.cwl", "-o", "out/flow.cwl")
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines == [
        "flow: Flow",
        "make/mask -> take/image guessed nothing else fits",
        "scene -> make/scene input of the chain",
        "make_level -> make/level input of the chain",
        "take_level -> take/level input of the chain",
        "wrote out/flow.cwl",
        "wrote out/flow.deploy.json",
        "wrote out/flow.inputs.yml",
    ]
    assert seen(tmp_path / "out") == ["flow.cwl", "flow.deploy.json", "flow.inputs.yml"]


def test_the_job_order_finds_the_data_of_the_parts(apkg, parts, tmp_path):
    apkg("chain", "parts/make.cwl", "parts/take.cwl", "-o", "out/flow.cwl")
    job = yaml.safe_load((tmp_path / "out" / "flow.inputs.yml").read_text())
    assert job["scene"] == {"class": "File", "path": "../parts/data/scene.tif"}
    graph = yaml.safe_load((tmp_path / "out" / "flow.cwl").read_text())["$graph"]
    default = graph[1]["inputs"]["scene"]["default"]
    assert (tmp_path / "out" / default["location"]).resolve() == parts / "data" / "scene.tif"
    assert (tmp_path / "out" / "flow.inputs.yml").read_text().startswith("# Job order for flow.cwl")


def test_json_alone_on_standard_output(apkg, parts):
    words = ["parts/make.cwl", "parts/take.cwl", "--share", "level", "--format", "json"]
    done = apkg("chain", *words)
    data = json.loads(done.out)
    assert data["id"] == "chain"
    assert data["inputs"] == ["scene", "level"]
    assert data["outputs"] == ["text"]
    assert data["files"] == ["chain.cwl", "chain.deploy.json", "chain.inputs.yml"]
    assert data["links"][0] == {
        "source": "make/mask",
        "target": "take/image",
        "how": "guessed",
        "why": "nothing else fits",
    }
    assert {one["how"] for one in data["links"]} == {"guessed", "shared", "input"}


def test_what_may_be_missing_is_a_warning(apkg, parts):
    words = ["parts/make.cwl", "parts/take.cwl", "--link", "make/mask=take/image"]
    done = apkg("chain", *words, "--when", "make=$(inputs.level)", "--format", "json")
    (finding,) = json.loads(done.out)["findings"]
    assert finding["severity"] == "warning"
    assert "make/mask -> take/image" in finding["message"]
    done = apkg("chain", *words, "--when", "make=$(inputs.level)", "--force")
    assert "may be missing" in done.err


# --- files -------------------------------------------------------------------------------------


def test_existing_files_stay_without_force(apkg, parts, tmp_path):
    (tmp_path / "flow.deploy.json").write_text("mine")
    words = ["chain", "parts/make.cwl", "parts/take.cwl", "-o", "flow.cwl"]
    done = apkg(*words)
    assert (done.code, done.out) == (3, "")
    assert "not overwritten: flow.deploy.json" in done.err
    assert seen(tmp_path) == ["flow.deploy.json", "parts"]
    assert apkg(*words, "--force").code == 0


def test_a_part_is_never_overwritten(apkg, parts):
    words = ["parts/make.cwl", "parts/take.cwl", "-o", "parts/take.cwl", "--force"]
    done = apkg("chain", *words)
    assert done.code == 2
    assert "parts/take.cwl: this file is a part of the chain" in done.err
    assert (parts / "take.cwl").read_text() == TAKE
    assert seen(parts) == ["data", "make.cwl", "take.cwl"]


def test_nothing_is_written_of_what_cannot_be_said(apkg, parts, tmp_path):
    words = ["parts/make.cwl", "parts/take.cwl", "--cwl-version", "v1.0", "-o", "out/flow.cwl"]
    done = apkg("chain", *words)
    assert done.code == 3
    assert "make is written in CWL v1.2, and the whole is to be CWL v1.0" in done.err
    assert not (tmp_path / "out").exists()


def test_where_it_goes(apkg, parts, tmp_path):
    (tmp_path / "here").mkdir()
    assert apkg("chain", "parts/make.cwl", "--id", "Masks", "-o", "here").code == 0
    assert apkg("chain", "parts/make.cwl", "--id", "Masks").code == 0
    assert seen(tmp_path / "here") == ["Masks.cwl", "Masks.deploy.json", "Masks.inputs.yml"]
    assert (tmp_path / "Masks.cwl").is_file()
    done = apkg("chain", "parts/make.cwl", "-o", "flood.v2")
    assert done.code == 2
    assert "-o flood.v2.cwl" in done.err


def test_facet_2_has_the_profile_of_workflows(apkg, parts, tmp_path):
    words = ["parts/make.cwl", "--cwl-url", "https://example.org/a.cwl"]
    assert apkg("chain", *words).code == 0
    deploy = json.loads((tmp_path / "chain.deploy.json").read_text())
    assert deploy["executionUnit"] == [{"href": "https://example.org/a.cwl"}]
    assert deploy["deploymentProfileName"] == "http://www.opengis.net/profiles/eoc/workflow"
    assert "owsContext" not in deploy["processDescription"]["process"]
    assert apkg("chain", *words, "--force", "--execution-unit", "inline").code == 0
    deploy = json.loads((tmp_path / "chain.deploy.json").read_text())
    assert deploy["executionUnit"][0]["unit"]["$graph"][0]["class"] == "Workflow"


# --- parts -------------------------------------------------------------------------------------


def test_facet_2_of_a_part_tells_of_catalogues_and_collections(apkg, parts, tmp_path):
    apkg("convert", "parts/make.cwl", "-o", "parts")
    place = parts / "make.deploy.json"
    deploy = json.loads(place.read_text())
    process = deploy["processDescription"]["process"]
    role = "http://www.opengis.net/spec/owc-atom/1.0/opensearch"
    process["metadata"] = [{"role": role, "href": "https://example.org/os.xml"}]
    process["inputs"][0]["additionalParameters"] = [
        {
            "role": "http://www.opengis.net/eoc/applicationContext/inputMetadata",
            "parameters": [
                {"name": "EOImage", "values": ["true"]},
                {"name": "AllowedCollections", "values": ["S2"]},
            ],
        }
    ]
    place.write_text(json.dumps(deploy))
    for part in ("parts/make.cwl", "parts/make.deploy.json"):
        assert apkg("chain", part, "--force").code == 0
        whole = json.loads((tmp_path / "chain.deploy.json").read_text())
        described = whole["processDescription"]["process"]
        assert described["metadata"][0]["href"] == "https://example.org/os.xml"
        (group,) = described["inputs"][0]["additionalParameters"]
        assert group["parameters"][1] == {"name": "AllowedCollections", "values": ["S2"]}


def test_a_notebook_that_runs_over_its_input(apkg, parts, tmp_path):
    from notebooks import cell, write

    place = tmp_path / "over"
    place.mkdir()
    write(place, "scene = 'a.tif'\nopen(scene)", cell("mask = 'mask.tif'", "outputs"))
    (place / "apkg.yaml").write_text("inputs: {scene: {scatter: true}}\n")
    words = ["over/demo.ipynb", "parts/take.cwl", "--scatter", "take/image"]
    done = apkg("chain", *words, "-o", "flow.cwl")
    assert done.code == 0, done.err
    assert "demo/mask" in done.out
    assert apkg("validate", "flow.cwl", "flow.deploy.json").code == 0
    head, *others = yaml.safe_load((tmp_path / "flow.cwl").read_text())["$graph"]
    assert head["inputs"]["scene"]["type"] == "File[]"
    assert head["outputs"]["text"]["type"] == "File[]"
    assert [one["id"] for one in others] == ["demo-tool", "demo", "take"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "a chain needs parts"),
        (["nothing.cwl"], 3, "nothing.cwl"),
        (["a=parts/make.cwl", "a=parts/take.cwl"], 2, "two steps are called a"),
        (["parts"], 3, "the folder holds 2 CWL files"),
        (["parts/make.cwl#other"], 3, "no process `other`"),
        (["parts/make.cwl", "--id", "main"], 2, "'main' cannot be an id"),
        (["parts/make.cwl", "--link", "x"], 2, "STEP/OUTPUT=STEP/INPUT"),
        (["parts/make.cwl", "--link", "x=make"], 2, "Write STEP/NAME."),
        (["parts/make.cwl", "--scatter", "scene"], 2, "Write STEP/NAME."),
        (["parts/make.cwl", "--pick", "make/scene=first_non_null"], 2, "nothing is linked to it"),
        (["parts/make.cwl", "--pick", "make/scene=best"], 2, "first_non_null"),
        (["parts/make.cwl", "--pick", "out=first_non_null"], 2, "--output out=STEP/OUTPUT"),
        (["parts/make.cwl", "--scatter-method", "make=all"], 2, "dotproduct"),
        (["parts/make.cwl", "--when", "make=$(x)", "--when", "make=$(y)"], 2, "there twice"),
        (
            ["parts/make.cwl", "--output", "make/mask", "--output", "mask=make/mask"],
            2,
            "two outputs are called mask",
        ),
        (["parts/make.cwl", "--output", "x"], 2, "Write STEP/NAME."),
        (["parts/make.cwl", "--output", "\x1b[2J=make/mask"], 2, "cannot be called"),
    ],
)
def test_one_error_for_what_is_wrong(apkg, parts, tmp_path, words, code, said):
    done = apkg("chain", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "\x1b" not in done.err
    assert seen(tmp_path) == ["parts"]


def test_odd_names_of_parts(apkg, parts, tmp_path):
    text = MAKE.replace("id: make", 'id: "a b/../c; $(d)"')
    (parts / "make.cwl").write_text(text)
    odd = parts / "x=y take.cwl"
    odd.write_text(TAKE.replace("id: take", "id: main"))
    done = apkg("chain", "parts/make.cwl", "parts/x=y take.cwl", "--split", "-o", "out/a b.cwl")
    assert done.code == 0, done.err
    names = [name for name in seen(tmp_path / "out") if name.endswith(".cwl")]
    assert len(names) == 3
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.- ") for name in names)
    assert apkg("validate", "out").code == 0


# --- manifests ---------------------------------------------------------------------------------


def test_a_manifest_says_the_same(apkg, parts, tmp_path):
    manifest(
        parts,
        id="whole",
        title="The whole",
        links={"take/image": "make/mask"},
        outputs={"result": {"source": ["take/text"]}},
        share=["level"],
        guess=False,
        version="2.0",
        license="MIT",
        inputs={"level": {"label": "Level", "default": 7}, "scene": {"example": "data/scene.tif"}},
    )
    assert apkg("validate", "parts/apkg.yaml").code == 0
    assert apkg("chain", "parts").code == 0
    head = yaml.safe_load(Path("whole.cwl").read_text())["$graph"][0]
    assert (head["id"], head["label"]) == ("whole", "The whole")
    assert head["inputs"]["level"] == {
        "type": "int",
        "label": "Level",
        "doc": head["inputs"]["level"]["doc"],
        "default": 7,
    }
    assert list(head["outputs"]) == ["result"]
    job = yaml.safe_load(Path("whole.inputs.yml").read_text())
    assert job["scene"]["path"] == "parts/data/scene.tif"
    assert apkg("chain", "--manifest", "parts/apkg.yaml", "-o", "other.cwl").code == 0
    assert yaml.safe_load(Path("other.cwl").read_text())["$graph"][0] == head


def test_what_the_command_says_wins(apkg, parts):
    manifest(parts, title="Said", outputs={"result": "take/text"})
    done = apkg("chain", "parts", "--title", "Spoken", "--output", "mask=make/mask", "--id", "x")
    assert done.code == 0, done.err
    head = yaml.safe_load(Path("x.cwl").read_text())["$graph"][0]
    assert (head["label"], list(head["outputs"])) == ("Spoken", ["mask"])


@pytest.mark.parametrize(
    ("chain", "said", "line"),
    [
        ({"links": {"tke/image": "make/mask"}}, "there is no step 'tke'", 6),
        ({"links": {"take/image": "mkae/mask"}}, "there is no step 'mkae'", 6),
        ({"links": {"take/image": {"source": ["nobody/x"]}}}, "there is no step 'nobody'", 8),
        ({"outputs": {"a": ["take/text", "nobody/x"]}}, "there is no step 'nobody'", 8),
        ({"steps": {"make": "mkae.cwl"}}, "there is no such file or folder: mkae.cwl", 3),
        ({"steps": {"make": {"run": "mkae.cwl#x"}}}, "there is no such file or folder", 4),
        ({"links": {"take": "make/mask"}}, "take", 6),
        ({"outputs": {"a": "take"}}, "take", 6),
        ({"step": {}}, "step", 5),
        ({"inputs": {"x": {"type": "int"}}}, "type", 7),
    ],
)
def test_a_manifest_is_checked(apkg, parts, chain, said, line):
    manifest(parts, **chain)
    done = apkg("validate", "parts/apkg.yaml")
    assert done.code == 1
    assert said in done.out
    assert f"parts/apkg.yaml:{line}:" in done.out
    done = apkg("chain", "parts")
    assert done.code == 3
    assert f"parts/apkg.yaml:{line}:" in done.err


@pytest.mark.parametrize(
    ("chain", "said"),
    [
        ({"inputs": {"sceen": {"label": "x"}}}, "Did you mean scene?"),
        ({"inputs": {"make_level": {"default": "high"}}}, "make_level.default"),
        ({"id": "a b"}, "cannot be an id"),
        ({"inputs": {"scene": {"eoImage": "yes please"}}}, "eoImage"),
    ],
)
def test_what_it_says_of_the_whole_is_checked(apkg, parts, tmp_path, chain, said):
    manifest(parts, **chain)
    done = apkg("chain", "parts")
    assert done.code == 3
    assert said in done.err
    assert "parts/apkg.yaml:" in done.err
    assert seen(tmp_path) == ["parts"]


def test_manifests_and_parts_are_not_mixed(apkg, parts):
    place = manifest(parts)
    done = apkg("chain", "--manifest", place, "parts/make.cwl")
    assert done.code == 2
    place.write_text("title: No chain\n")
    done = apkg("chain", "--manifest", place)
    assert done.code == 3
    assert "tells of no chain" in done.err


def test_a_chain_that_is_a_part_of_itself(apkg, parts, tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    manifest(parts, steps={"inner": "../inner", "take": "take.cwl"})
    manifest(inner, steps={"outer": "../parts"})
    done = apkg("chain", "parts")
    assert done.code == 3
    assert "this chain is a part of itself" in done.err


def test_a_chain_as_a_part_takes_its_data_along(apkg, parts, tmp_path):
    manifest(parts, id="inner", title="Inner", links={"take/image": "make/mask"})
    done = apkg("chain", "first=parts", "second=parts/take.cwl", "-o", "out/all.cwl")
    assert done.code == 0, done.err
    assert apkg("validate", "out/all.cwl", "out/all.deploy.json").code == 0
    head, *others = yaml.safe_load(Path("out/all.cwl").read_text())["$graph"]
    assert head["steps"]["second"]["in"]["image"] == "first/text"
    assert [one["id"] for one in others] == ["make", "take", "inner"]
    job = yaml.safe_load(Path("out/all.inputs.yml").read_text())
    assert job["scene"]["path"] == "../parts/data/scene.tif"
