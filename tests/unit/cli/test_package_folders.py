"""What stands in a package's place: a folder of one, and what is far too large to be one."""

import json
import os

import pytest
from notebooks import write

ANYTHING = "the folder holds no notebook (*.ipynb), no Dockerfile, no SNAP graph and no CWL (*.cwl)"
TAKE = {
    "inspect": ANYTHING,
    "graph": ANYTHING,
    "report": ANYTHING,
    "chain": ANYTHING,
    "run": "the folder holds no CWL file (*.cwl)",
    "translate": "the folder holds no deployment document (*.deploy.json) and no CWL (*.cwl)",
}
MORE = {"chain": ["-o", "chain.cwl"], "translate": ["--to", "ogcapi"]}


@pytest.fixture
def package(apkg, demo):
    """A package's folder, ``package``, made of ``demo.ipynb``."""
    assert apkg("convert", demo, "-o", "package").code == 0
    return "package"


@pytest.mark.parametrize("command", sorted(TAKE))
def test_an_empty_folder_is_told_what_is_looked_for(apkg, tmp_path, command):
    (tmp_path / "empty").mkdir()
    done = apkg(command, "empty", *MORE.get(command, []))
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"error: empty: {TAKE[command]}\n  hint: Name a file, or the folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("command", sorted(TAKE))
def test_a_closed_folder_is_not_called_empty(apkg, tmp_path, command):
    (tmp_path / "closed").mkdir(mode=0)
    done = apkg(command, "closed", *MORE.get(command, []))
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("error: closed: cannot be read: Permission denied\n")


@pytest.mark.parametrize("command", ["inspect", "graph", "run"])
def test_of_several_cwl_one_has_to_be_named(apkg, package, tmp_path, command):
    (tmp_path / package / "a.cwl").write_text("")
    done = apkg(command, package)
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "error: package: the folder holds 2 CWL files: a.cwl, demo.cwl\n"
        "  hint: Name one: package/a.cwl\n"
    )


def test_inspect_of_a_folder_is_that_of_its_document(apkg, package):
    def inspected(name):
        return json.loads(apkg("inspect", name, "--format", "json").out)

    assert inspected(package) == inspected("package/demo.cwl")
    assert inspected("package#demo-tool") == inspected("package/demo.cwl#demo-tool")
    of_notebook = inspected(".")
    assert of_notebook == inspected("demo.ipynb") == inspected(".#demo")
    assert of_notebook["trust"]


def test_inspect_of_a_tools_folder(apkg, tmp_path):
    (tmp_path / "tool").mkdir()
    (tmp_path / "tool" / "Dockerfile").write_text(
        'FROM python:3\nCOPY t.py /\nENTRYPOINT ["python", "/t.py"]\n'
    )
    (tmp_path / "tool" / "t.py").write_text(
        "import argparse\np = argparse.ArgumentParser()\n"
        "p.add_argument('--level', type=float)\np.parse_args()\n"
    )
    done = apkg("inspect", "tool", "--format", "json")
    assert [declared["id"] for declared in json.loads(done.out)["inputs"]] == ["level"]


def test_inspect_of_one_of_several_notebooks(apkg, demo, tmp_path):
    write(tmp_path, "x = 1", name="other.ipynb")
    done = apkg("inspect", ".")
    assert (done.code, done.out) == (3, "")
    assert "holds several applications: demo, other" in done.err
    assert json.loads(apkg("inspect", ".#other", "--format", "json").out)["id"] == "other"


def test_translate_of_a_folder_takes_its_facet_2(apkg, package, tmp_path):
    def translated(name):
        return json.loads(apkg("translate", name, "--to", "ogcapi", "--format", "json").out)

    assert translated(package) == translated("package/demo.deploy.json")
    (tmp_path / package / "b.deploy.json").write_text("{}")
    done = apkg("translate", package, "--to", "ogcapi")
    assert (done.code, done.out) == (3, "")
    assert "holds 2 deployment documents: b.deploy.json, demo.deploy.json" in done.err
    for name in ("b", "demo"):
        (tmp_path / package / f"{name}.deploy.json").unlink()
    assert translated(package) == translated("package/demo.cwl")


@pytest.mark.parametrize("command", [*sorted(TAKE), "convert", "validate"])
def test_a_document_of_many_megabytes_is_refused_at_once(apkg, tmp_path, command):
    with (tmp_path / "x.cwl").open("wb") as stream:
        stream.truncate(50 * 2**20)
    done = apkg(command, "x.cwl", *MORE.get(command, []))
    assert done.code == 3
    assert "this is too large to be a document: 50 MiB or more" in done.out + done.err
    # It is named once, as its place.
    assert (done.out + done.err).startswith(("error: x.cwl: this is", "x.cwl: error: this is"))


@pytest.mark.parametrize("command", ["convert", "graph", "inspect", "run"])
def test_a_folder_that_holds_only_a_chain_says_what_makes_it(apkg, tmp_path, command):
    (tmp_path / "flow").mkdir()
    (tmp_path / "flow" / "apkg.yaml").write_text("chain: {steps: [a.cwl]}\n")
    done = apkg(command, "flow")
    assert (done.code, done.out) == (3, "")
    assert "hint: Its apkg.yaml tells of a chain, which apkg chain flow makes." in done.err
