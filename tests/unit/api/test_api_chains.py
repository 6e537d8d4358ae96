"""``apkg.chain`` and ``apkg.validate``."""

from pathlib import Path

import pytest
import yaml

import apkg
from apkg.errors import UsageError


@pytest.fixture
def parts(mask, area):
    """The two notebooks as packages."""
    return [
        apkg.convert(path, out="parts", image=f"{path.stem}:1", settings=settings)
        for path, settings in ((mask, {"inputs.image.type": "File"}), (area, None))
    ]


def graph(path):
    document = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    return {process["id"]: process for process in document["$graph"]}


def test_packages_become_one(parts):
    flow = apkg.chain(
        parts,
        links={"area/mask": "mask/mask"},
        share="threshold",
        outputs={"hectares": "area/area"},
        out="flow.cwl",
        title="Flow",
    )
    assert isinstance(flow, apkg.Package)
    assert (flow.cwl, flow.application.title) == (Path("flow.cwl"), "Flow")
    workflow = graph(flow.cwl)["flow"]
    assert workflow["steps"]["area"]["in"]["mask"] == "mask/mask"
    assert list(workflow["outputs"]) == ["hectares"]
    assert set(workflow["inputs"]) == {"image", "threshold"}
    assert ("mask/mask", "area/mask", "asked") in {(w.source, w.target, w.how) for w in flow.links}
    checked = apkg.validate(flow)
    assert [report.path for report in checked] == ["flow.cwl", "flow.deploy.json"]
    assert checked.valid
    assert checked


def test_steps_have_the_names_of_a_mapping(parts, mask):
    flow = apkg.chain(
        {"one": parts[0], "two": mask, "end": str(parts[1].cwl)},
        links={"end/mask": ["one/mask", "two/mask"]},
        picks={"end/mask": "first_non_null"},
        when={"one": "$(inputs.threshold > 0)"},
        outputs=["end/area"],
        out="flow.cwl",
    )
    steps = graph("flow.cwl")["flow"]["steps"]
    assert list(steps) == ["one", "two", "end"]
    assert steps["end"]["in"]["mask"]["source"] == ["one/mask", "two/mask"]
    assert steps["end"]["in"]["mask"]["pickValue"] == "first_non_null"
    assert steps["one"]["when"] == "$(inputs.threshold > 0)"
    assert [output.id for output in flow.application.outputs] == ["area"]


def test_scatter_and_split(parts):
    flow = apkg.chain(
        parts,
        links={"area/mask": "mask/mask"},
        scatter=["mask/image", "mask/threshold", "area/mask"],
        scatter_methods={"mask": "dotproduct"},
        out="flow.cwl",
        split=True,
        id="other",
    )
    assert flow.cwl == Path("flow.cwl")
    document = yaml.safe_load(Path("flow.cwl").read_text(encoding="utf-8"))
    assert document["steps"]["mask"]["scatter"] == ["image", "threshold"]
    assert len([file for file in flow.files if file.suffix == ".cwl"]) > 1
    assert apkg.validate(flow).valid


def test_a_manifest_holds_a_chain(parts):
    Path("apkg.yaml").write_text(
        "chain:\n  id: told\n  steps: {mask: parts/mask.cwl, area: parts/area.cwl}\n"
        "  links: {area/mask: mask/mask}\n",
        encoding="utf-8",
    )
    assert apkg.chain(manifest="apkg.yaml", out="here.cwl").cwl == Path("here.cwl")
    assert apkg.chain(".").cwl == Path("told.cwl")


@pytest.mark.parametrize(
    ("keywords", "words", "hint"),
    [
        ({"links": {"area/msk": "mask/mask"}}, "area has no input 'msk'", "Did you mean mask"),
        ({"scatter": "mask"}, "mask", None),
        ({"parts": {"a b": "x"}}, "'a b' cannot be the name of a step", "letter"),
        ({"parts": []}, "needs parts", "Name notebooks"),
        ({"picks": {"area/x": "first_non_null"}}, "nothing is linked", 'links={"area/x": '),
    ],
)
def test_wrong_wirings_are_usage_errors(parts, keywords, words, hint):
    with pytest.raises(UsageError, match=words) as caught:
        apkg.chain(**{"parts": parts, "out": "flow.cwl", **keywords})
    assert hint is None or hint in caught.value.hint


def test_validation_is_true_only_where_all_is_valid(parts):
    broken = Path("broken.cwl")
    broken.write_text("cwlVersion: v1.2\nclass: Workflow\nid: <b>x\n", encoding="utf-8")
    checked = apkg.validate(parts[0], broken)
    assert not checked
    assert [report.valid for report in checked.reports] == [True, True, False]
    assert {f.location.path for f in checked.findings if f.severity == "error"} == {"broken.cwl"}
    assert repr(checked).startswith("<Validation: invalid, 3 checked, ")
    rules = {finding.rule for finding in checked.findings}
    assert apkg.validate(broken, ignore=rules).findings == ()
    assert len(apkg.validate("parts").reports) == 4
    assert len(apkg.validate("parts/*.cwl", profiles="best-practice").reports) == 2


@pytest.mark.parametrize(
    ("what", "keywords", "words"),
    [
        ("nothing", {}, "there is nothing to check"),
        ("-", {}, "standard input"),
        ("*.xyz", {}, "no file matches"),
        ("mask.ipynb", {"profiles": "x"}, "no profile 'x'"),
        ("mask.ipynb", {"ignore": "cwl/x"}, "no rule 'cwl/x'"),
    ],
)
def test_wrong_use_of_validate(mask, what, keywords, words):
    Path("nothing").mkdir()
    with pytest.raises(UsageError, match=words):
        apkg.validate(what, **keywords)
