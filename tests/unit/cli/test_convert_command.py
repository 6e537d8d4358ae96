"""``apkg convert``: what it writes, prints and answers."""

import json

import pytest
from notebooks import cell, write

WRITTEN = ["demo.cwl", "demo.deploy.json", "demo.inputs.yml"]


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_three_documents_and_where_each_fact_came_from(apkg, demo, tmp_path):
    done = apkg("convert", demo, "-o", "out")
    assert done.code == 0
    assert names(tmp_path / "out") == WRITTEN
    lines = done.out.splitlines()
    assert [line for line in lines if line.startswith("wrote ")] == [
        f"wrote out/{name}" for name in WRITTEN
    ]
    (row,) = [line for line in lines if " threshold " in line]
    assert "double" in row
    assert "= 0.5" in row
    assert "guessed from value, cell 2, line 1" in row
    assert "demo:1.0.0 is assumed" in done.err


def test_the_default_folder_is_the_current_one(apkg, demo, tmp_path):
    assert apkg("convert", demo).code == 0
    assert names(tmp_path) == sorted([*WRITTEN, "demo.ipynb"])


def test_json_alone_on_standard_output(apkg, demo):
    done = apkg("convert", demo, "-o", "out", "--format", "json")
    (data,) = json.loads(done.out)
    assert done.err == ""
    assert data["files"] == [f"out/{name}" for name in WRITTEN]
    assert [i["id"] for i in data["application"]["inputs"]] == ["threshold", "name"]
    assert data["application"]["origins"]["inputs.threshold.type"]["guessed"] is True


def test_existing_files_stay_without_force(apkg, demo, tmp_path):
    (tmp_path / "demo.deploy.json").write_text("mine")
    done = apkg("convert", demo)
    assert (done.code, done.out) == (3, "")
    assert "not overwritten: demo.deploy.json" in done.err
    assert not (tmp_path / "demo.cwl").exists()
    assert apkg("convert", demo, "--force").code == 0
    assert (tmp_path / "demo.deploy.json").read_text() != "mine"


def test_a_refused_notebook_leaves_nothing_and_names_the_line(apkg, tmp_path):
    path = write(tmp_path, "a = 1\nx = foo()", name="bad.ipynb")
    done = apkg("convert", path, "-o", "out")
    assert (done.code, done.out) == (3, "")
    assert "bad.ipynb, cell 1, line 2" in done.err
    assert "hint:" in done.err
    assert not (tmp_path / "out").exists()


def test_a_folder_with_one_bad_notebook_converts_the_others(apkg, tmp_path):
    write(tmp_path, "a = 1", name="a.ipynb")
    write(tmp_path, "x = foo()", name="b.ipynb")
    write(tmp_path, "c = 1", name="c.ipynb")
    done = apkg("convert", tmp_path, "-o", "out", "--format", "json")
    assert done.code == 3
    data = json.loads(done.out)
    assert ["error" in one for one in data] == [False, True, False]
    assert data[1]["error"]["location"].endswith("b.ipynb, cell 1, line 1")
    assert names(tmp_path / "out") == sorted(
        f"{name}{suffix}" for name in "ac" for suffix in (".cwl", ".deploy.json", ".inputs.yml")
    )


def test_two_notebooks_with_one_id(apkg, tmp_path):
    write(tmp_path, "a = 1", name="a b.ipynb")
    write(tmp_path, "a = 1", name="a-b.ipynb")
    done = apkg("convert", tmp_path, "-o", "out")
    assert done.code == 3
    assert "the same id" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nope.ipynb"], 3, "no such file"),
        (["."], 3, "no notebook"),
        ([], 2, "missing argument 'SOURCE'"),
        (["demo.ipynb", "--styl", "tool"], 2, "--style"),
        (["demo.ipynb", "--style", "graph"], 2, "'workflow', 'tool'"),
        (["demo.ipynb", "--cwl-version", "v2"], 2, "v1.0"),
        (["demo.ipynb", "--set", "titel=x"], 2, "Did you mean title?"),
        (["demo.ipynb", "--set", "title"], 2, "needs a key and a value"),
        (["demo.ipynb", "--set", "inputs.nope.type=int"], 3, "no such variable"),
        (["demo.ipynb", "--image", "a b"], 3, "no image reference"),
        (["demo.ipynb", "--set", "inputs.name.default=a\udcffb"], 3, "half a character"),
    ],
)
def test_what_cannot_be_done_is_said_on_standard_error(apkg, tmp_path, arguments, code, words):
    if arguments[:1] == ["demo.ipynb"]:
        write(tmp_path, "threshold = 0.5\nname = 'x'")
    before = names(tmp_path)
    done = apkg("convert", *arguments)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert "Traceback" not in done.err
    assert names(tmp_path) == before


def test_set_wins_over_everything(apkg, demo):
    settings = ["title=My title", "inputs.threshold.type=float", "id=other", "version=2.0"]
    words = [word for setting in settings for word in ("--set", setting)]
    done = apkg("convert", demo, "--format", "json", *words, "--image", "reg/x:1")
    (data,) = json.loads(done.out)
    application = data["application"]
    assert (application["id"], application["title"]) == ("other", "My title")
    assert application["inputs"][0]["type"] == "float"
    assert (application["version"], application["image"]) == ("2.0", "reg/x:1")


def test_what_a_stranger_wrote_cannot_steer_the_terminal(apkg, tmp_path):
    path = write(
        tmp_path, cell("# T\x1b[31m", kind="markdown"), 'x = "\\x1b]0;evil\\x07"  # d\x1b[0m'
    )
    done = apkg("convert", path)
    assert done.code == 0
    assert "\x1b" not in done.out + done.err
    for name in WRITTEN:
        assert "\x1b" not in (tmp_path / name).read_text()


@pytest.mark.parametrize("style", ["workflow", "tool"])
@pytest.mark.parametrize("version", ["v1.0", "v1.1", "v1.2"])
@pytest.mark.parametrize("unit", ["image", "href", "inline"])
def test_our_own_validation_accepts_every_style(apkg, demo, style, version, unit):
    options = ["--style", style, "--cwl-version", version, "--execution-unit", unit]
    assert apkg("convert", demo, "-o", "out", *options).code == 0
    done = apkg("validate", "out/demo.cwl", "out/demo.deploy.json")
    assert done.code == 0, done.out + done.err


def test_a_file_is_named_from_here_or_from_the_folder(apkg, tmp_path):
    tool = tmp_path / "tool"
    tool.mkdir()
    code = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', type=int)\n"
    (tool / "app.py").write_text(f"{code}p.parse_args()\n", encoding="utf-8")
    assert apkg("convert", "tool", "--cli", "app.py", "-o", "a").code == 0
    assert apkg("convert", "tool", "--cli", "tool/app.py", "-o", "b").code == 0
    done = apkg("convert", "tool", "--cli", "gone.py", "-o", "c")
    assert (done.code, "there is no file 'gone.py'" in done.err) == (2, True)


def test_each_run_reads_the_files_of_its_own_folder(apkg, demo, tmp_path, monkeypatch):
    for style, name in (("tool", "one"), ("workflow", "two")):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        options = ["--style", style, "--execution-unit", "href", "-o", "out"]
        assert apkg("convert", demo, *options).code == 0
        done = apkg("validate", "out/demo.cwl", "out/demo.deploy.json")
        assert done.code == 0, done.out + done.err
