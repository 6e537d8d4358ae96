"""``apkg graph`` and ``apkg report``: what they take, print and write, and refuse."""

import json
import shutil

import pytest
from notebooks import write

FLOW = """\
cwlVersion: v1.2
class: Workflow
id: flow
label: A flow
inputs: {a: File}
outputs: {r: {type: File, outputSource: s/o}}
steps:
  s:
    run: {class: CommandLineTool, id: tool, baseCommand: x, inputs: {a: File},
          outputs: {o: {type: File, outputBinding: {glob: o}}}}
    in: {a: a}
    out: [o]
"""
TREE = """\
flow: A flow
├─ inputs
│  └─ a: File
├─ steps
│  └─ s: tool
│     └─ a: File ← a
└─ outputs
   └─ r: File ← s/o
"""
needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is missing")


@pytest.fixture
def flow(tmp_path):
    path = tmp_path / "flow.cwl"
    path.write_text(FLOW, encoding="utf-8")
    return path


@pytest.fixture
def without_graphviz(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def test_a_tree_by_default(apkg, flow):
    done = apkg("graph", flow)
    assert (done.code, done.out, done.err) == (0, TREE, "")


def test_json_holds_nodes_and_edges(apkg, flow):
    data = json.loads(apkg("graph", flow, "--format", "json").out)
    assert [(n["id"], n["kind"], n["name"]) for n in data["nodes"]] == [
        ("n1", "input", "a"),
        ("n2", "step", "s"),
        ("n3", "output", "r"),
    ]
    assert data["edges"][0] == {
        "source": "n1",
        "target": "n2",
        "wires": [{"target": "a", "type": "File"}],
    }


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        (".mmd", b"flowchart"),
        (".dot", b"digraph"),
        (".gv", b"digraph"),
        pytest.param(".svg", b"<svg", marks=needs_graphviz),
        pytest.param(".SVG", b"<svg", marks=needs_graphviz),
        pytest.param(".png", b"\x89PNG\r\n", marks=needs_graphviz),
        pytest.param(".html", b"<!doctype html>", marks=needs_graphviz),
    ],
)
def test_the_name_of_the_file_is_the_format(apkg, flow, tmp_path, suffix, start):
    out = tmp_path / f"picture{suffix}"
    done = apkg("graph", flow, "-o", out)
    assert (done.code, done.out) == (0, f"wrote {out}\n")
    assert out.read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["picture.jpg", "picture", "picture.svg.gz"])
def test_other_formats_are_wrong_usage(apkg, flow, name):
    done = apkg("graph", flow, "-o", name)
    assert done.code == 2
    assert ".svg, .png, .html, .mmd, .dot" in done.err


@pytest.mark.parametrize("command", [["graph", "-o", "x.mmd"], ["report", "-o", "x.html"]])
def test_nothing_is_overwritten_without_force(apkg, flow, tmp_path, command):
    name, *rest = command
    out = tmp_path / rest[1]
    out.write_text("mine")
    done = apkg(name, flow, *rest)
    assert done.code == 3
    assert "not overwritten" in done.err
    assert out.read_text() == "mine"
    assert apkg(name, flow, *rest, "--force").code == 0
    assert out.read_text() != "mine"


@pytest.mark.usefixtures("without_graphviz")
@pytest.mark.parametrize("suffix", [".svg", ".png", ".html"])
def test_without_graphviz_the_error_says_what_helps(apkg, flow, tmp_path, suffix):
    done = apkg("graph", flow, "-o", f"p{suffix}")
    assert done.code == 3
    assert "the program 'dot' of Graphviz is missing" in done.err
    assert "apt install graphviz" in done.err
    assert ".mmd (Mermaid) and .dot need no Graphviz" in done.err
    assert not (tmp_path / f"p{suffix}").exists()


@pytest.mark.usefixtures("without_graphviz")
def test_without_graphviz_text_and_reports_are_made(apkg, flow, tmp_path):
    assert apkg("graph", flow).out == TREE
    assert apkg("graph", flow, "-o", "p.mmd").code == 0
    assert apkg("report", flow).code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" not in page
    assert "└─ a: File ← a" in page


def test_anything_that_apkg_reads_can_be_drawn(apkg, demo, tmp_path):
    assert apkg("convert", demo, "-o", "package").code == 0
    names = ["demo.ipynb", ".", "package", "package/demo.cwl", "package/demo.cwl#demo-tool"]
    trees = [apkg("graph", name) for name in [*names, "package/demo.deploy.json"]]
    assert {done.code for done in trees} == {0}
    for done in trees:
        assert "threshold: double" in done.out
    (tmp_path / "package" / "demo.cwl").unlink()
    alone = apkg("graph", "package/demo.deploy.json")
    assert (alone.code, "threshold: double = 0.5" in alone.out) == (0, True)


def test_one_of_several_has_to_be_named(apkg, demo, tmp_path):
    write(tmp_path, "x = 1", name="other.ipynb")
    done = apkg("graph", ".")
    assert done.code == 3
    assert "holds several applications: demo, other" in done.err
    assert "Name one" in done.err


@pytest.mark.parametrize("command", ["graph", "report"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "error: x.cwl: there is no such file or folder\n"),
        ("a: 1", "seems to be a mapping of `a`"),
        ("cwlVersion: v1.2\nclass: Nothing", "no CWL process"),
        ("[", "not YAML"),
    ],
)
def test_what_is_no_package_is_one_clear_error(apkg, tmp_path, command, text, words):
    if text is not None:
        (tmp_path / "x.cwl").write_text(text)
    done = apkg(command, "x.cwl")
    assert (done.code, done.out) == (3, "")
    assert done.err.count("error: ") == 1
    assert words in done.err


def test_report_tells_what_it_has_found(apkg, flow, tmp_path):
    done = apkg("report", flow, "-o", "r.html", "--format", "json")
    data = json.loads(done.out)
    assert (data["id"], data["files"], data["valid"]) == ("flow", ["r.html"], True)
    assert [d["path"] for d in data["documents"]] == ["flow.cwl", "flow.deploy.json"]
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in page


def test_an_invalid_package_is_reported_too(apkg, tmp_path):
    (tmp_path / "bad.cwl").write_text(FLOW.replace("s/o}", "s/gone}"))
    done = apkg("report", "bad.cwl")
    assert done.code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "not valid" in page
    assert "s/gone" in page
