"""The scorer finds each kind of mistake, and only that one: the expert's files, spoiled by hand."""

import copy
import json
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "tools"))

import score_cwl  # noqa: E402
from cwl_compare import Known, Score, compare  # noqa: E402
from cwl_shape import Shape, read_tool, shape_of  # noqa: E402

EXPERTS = sorted((ROOT / "tests" / "expert").glob("*.cwl"))
PERFECT = {"types": 9, "prefixes": 9, "found": 9, "outputs_found": 2, "extra": (), "invented": ()}
HELP = """
usage: stacker [-o OUTPUT] [-f {GTiff,COG,netCDF}] IMAGE [IMAGE ...]
  -o OUTPUT, --output OUTPUT   file
  -f {GTiff,COG,netCDF}, --format {GTiff,COG,netCDF}
  --compress, --no-compress    compress the file
  -b N, --band N
  -q, --quiet                  say nothing
"""


def stacker():
    return yaml.safe_load((ROOT / "tests" / "expert" / "stacker.cwl").read_text())


def scored(made, expert=None):
    return compare(shape_of(expert or stacker()), shape_of(made), Known(HELP))


def check(made, **changed):
    score = scored(made)
    found = {name: getattr(score, name) for name in PERFECT}
    assert found == PERFECT | changed, score.wrong
    return score


@pytest.mark.parametrize("path", EXPERTS, ids=lambda path: path.stem)
def test_the_same_is_perfect(path):
    tool = read_tool(path)
    score = compare(tool, tool, Known(""))
    assert score.found == score.types == score.prefixes == score.inputs == len(tool.params)
    assert score.outputs_found == score.outputs >= 1
    assert score.command
    assert (score.extra, score.invented, score.wrong) == ((), (), ())


@pytest.mark.parametrize("path", EXPERTS, ids=lambda path: path.stem)
def test_each_missing_input_is_missed(path):
    expert = read_tool(path)
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name in document["inputs"]:
        made = copy.deepcopy(document)
        del made["inputs"][name]
        score = compare(expert, shape_of(made), Known(""))
        assert score.found == score.inputs - 1
        assert score.types == score.prefixes == score.found
        assert (score.extra, score.invented) == ((), ())


# --- inputs ------------------------------------------------------------------------------------


def test_names_do_not_matter_where_prefixes_agree():
    made = stacker()
    made["inputs"] = {f"x{n}": entry for n, entry in enumerate(made["inputs"].values())}
    made["outputs"]["stack"]["outputBinding"]["glob"] = "$(inputs.x1)"
    made["outputs"]["report_file"]["outputBinding"]["glob"] = "$(inputs.x5)"
    check(made)


def test_any_spelling_of_an_option_will_do():
    made = stacker()
    made["inputs"]["output"]["inputBinding"]["prefix"] = "-o"
    made["inputs"]["format"]["inputBinding"] = {"prefix": "-f"}
    made["inputs"]["bands"]["type"][1]["inputBinding"]["prefix"] = "-b"
    check(made)


def test_equals_sign_of_a_long_option_does_not_matter():
    made = stacker()
    made["inputs"]["output"]["inputBinding"] = {"prefix": "--output=", "separate": False}
    check(made)


@pytest.mark.parametrize(
    "binding",
    [
        {"prefix": "--out"},  # found by its name alone
        {"prefix": "--output", "separate": False},
        {"position": 3},
        None,
    ],
)
def test_wrong_place(binding):
    made = stacker()
    made["inputs"]["output"]["inputBinding"] = binding
    assert "output" in check(made, prefixes=8).wrong[0]


def test_on_and_off_are_not_one():
    made = stacker()
    made["inputs"]["no_compress"]["inputBinding"]["prefix"] = "--compress"
    check(made, prefixes=8)


@pytest.mark.parametrize(
    ("item", "outer"),
    [(None, {"prefix": "--band"}), (None, {"prefix": "--band", "itemSeparator": ","})],
)
def test_wrong_way_to_write_a_list(item, outer):
    made = stacker()
    entry = {"type": ["null", {"type": "array", "items": "int"}], "inputBinding": outer}
    made["inputs"]["bands"] = entry
    check(made, prefixes=8)


def test_positional_arguments_in_the_wrong_order():
    expert = stacker()
    expert["inputs"]["last"] = {"type": "string", "inputBinding": {"position": 9}}
    made = copy.deepcopy(expert)
    made["inputs"]["images"]["inputBinding"]["position"] = 10
    score = scored(made, expert)
    assert (score.found, score.types, score.prefixes) == (10, 10, 8)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("images", "File"),
        ("images", "Directory[]"),
        ("images", "string[]"),
        ("report", "string"),
        ("report", "File?"),
        ("resolution", "int?"),
        ("format", "string"),
        ("format", {"type": "enum", "symbols": ["GTiff", "COG"]}),
        ("no_compress", "string?"),
    ],
)
def test_wrong_type(name, kind):
    made = stacker()
    made["inputs"][name]["type"] = kind
    assert name in check(made, types=8).wrong[0]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("resolution", "float?"),
        ("resolution", ["null", "double"]),
        ("images", {"type": "array", "items": "File"}),
        ("output", "string?"),  # it has a default
        ("format", ["null", {"type": "enum", "symbols": ["#f/netCDF", "#f/GTiff", "#f/COG"]}]),
    ],
)
def test_same_type_in_other_words(name, kind):
    made = stacker()
    made["inputs"][name]["type"] = kind
    check(made)


def test_inputs_that_the_expert_has_not():
    made = stacker()
    made["inputs"]["quiet"] = {"type": "boolean?", "inputBinding": {"prefix": "-q"}}
    made["inputs"]["cloud"] = {"type": "File", "inputBinding": {"prefix": "--cloud"}}
    made["inputs"]["sky"] = {"type": "File", "inputBinding": {"position": 4}}
    made["inputs"]["compress"] = {"type": "File", "inputBinding": {"position": 5}}
    check(made, extra=("quiet",), invented=("cloud", "sky", "compress"))


# --- outputs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("glob", ["stack.tif", "./stack.tif", "*.tif", "st*"])
def test_output_by_its_default_name(glob):
    made = stacker()
    made["outputs"]["stack"]["outputBinding"]["glob"] = glob
    check(made)


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "File", "outputBinding": {"glob": "$(inputs.format)"}},
        {"type": "File", "outputBinding": {"glob": "other.tif"}},
        {"type": "File", "outputBinding": {"glob": "*"}},
        {"type": "Directory", "outputBinding": {"glob": "."}},
        {"type": "Directory", "outputBinding": {"glob": "$(inputs.output)"}},
        {"type": "File[]", "outputBinding": {"glob": "$(inputs.output)"}},
        "stdout",
    ],
)
def test_wrong_output(entry):
    made = stacker()
    made["outputs"]["stack"] = entry
    assert check(made, outputs_found=1).wrong == ("output stack: missing",)


def test_what_is_printed():
    expert = stacker() | {"outputs": {"o": "stdout"}, "stdout": "a.txt"}
    file = {"p": {"type": "File", "outputBinding": {"glob": "b.txt"}}}
    assert scored(stacker() | {"outputs": file, "stdout": "b.txt"}, expert).outputs_found == 1
    assert scored(stacker() | {"outputs": file}, expert).outputs_found == 0


# --- documents ---------------------------------------------------------------------------------


def test_lists_graphs_and_named_types(tmp_path):
    tool = {
        "class": "CommandLineTool",
        "id": "t",
        "baseCommand": ["python", "-m", "t"],
        "arguments": ["--fast", {"prefix": "-j", "valueFrom": 2}],
        "requirements": [
            {
                "class": "SchemaDefRequirement",
                "types": [{"name": "#t/kind", "type": "enum", "symbols": ["b", "a"]}],
            }
        ],
        "inputs": [{"id": "#t/kinds", "type": ["null", {"type": "array", "items": "#t/kind"}]}],
        "outputs": [],
    }
    path = tmp_path / "t.cwl"
    path.write_text(json.dumps({"$graph": [{"class": "Workflow"}, tool]}))
    read = read_tool(path)
    assert read.command == ("python", "-m", "t", "--fast", "-j", "2")
    assert read.params[0].shape == Shape(kind="enum:a,b", arrays=1, optional=True)
    assert not read.params[0].bound
    path.write_text(json.dumps({"$graph": [tool, tool]}))
    with pytest.raises(ValueError, match="2 tools"):
        read_tool(path)


def test_options_in_many_dialects():
    box = Known("│ --output-dir      -o      <dir>     Folder for the results. │")
    assert box.same("-o", "--output-dir")
    code = Known('add_argument("-o",\n    "--output", type=Path)\nadd_argument("--other")')
    assert code.same("-o", "--output")
    assert not code.same("--output", "--other")
    gnu = Known("  -k, --key=KEYDEF\n  -tps | -rpc")
    assert gnu.same("--key=", "-k")
    assert not gnu.same("-tps", "-rpc")
    click = Known("  --prepare-only / --prepare-execute")
    assert not click.same("--prepare-only", "--prepare-execute")
    graph = Known("<file>${source}</file>")
    made = stacker()
    made["inputs"]["x"] = {"type": "File", "inputBinding": {"prefix": "-Psource="}}
    assert graph.tells(shape_of(made).param("x"))


# --- the script --------------------------------------------------------------------------------


def test_every_expert_has_a_case(tmp_path):
    cases = list(score_cwl.read_cases(tmp_path))
    assert {case.expert for case in cases} == set(EXPERTS)
    public = [case for case in cases if case.group == "public"]
    assert len(public) == 10
    assert all(case.dialect for case in public)
    assert all(case.sample.is_dir() for case in cases if case.sample)
    assert [case for case in score_cwl.read_cases(None) if case.group == "public"] == []


def test_table_and_notes():
    cases = {case.name: case for case in score_cwl.read_cases("corpus")}
    good = scored(stacker())
    made = stacker()
    made["inputs"]["cloud"] = {"type": "File", "inputBinding": {"prefix": "--cloud"}}
    results = [
        score_cwl.Result(case=cases["stacker"], score=good),
        score_cwl.Result(case=cases["rio-warp"], score=scored(made)),
        score_cwl.Result(case=cases["sort"], score=Score(inputs=6, outputs=1), error="no file"),
    ]
    text = score_cwl.table(results)
    row = "| 9/9 100 % | 9/9 100 % | 9/9 100 % | 2/2 100 % | 1/1 | 0 | 0 |"
    assert f"| stacker | sample {row}" in text
    assert "| sort | GNU | 0/6 0 % | 0/6 0 % |" in text
    assert "| **all: 3** |  | 18/24 75 % |" in text
    assert list(score_cwl.notes(results)) == ["- rio-warp: invented: cloud", "- sort: no file"]
    assert score_cwl.as_json(results)[1]["invented"] == ("cloud",)
    assert score_cwl.aims_met(results[:1])
    assert not score_cwl.aims_met(results[:2])
    assert not score_cwl.aims_met([results[0], results[2]])
