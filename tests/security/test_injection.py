"""Words that would be commands to a shell, an expression to CWL, or an instruction to a builder."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from notebooks import cell, write
from started import APKG

from apkg.builders.layer import write_layer
from apkg.files.dockerfile import read_instructions
from apkg.pipeline.build_sources import launched, read_sources

EVIL = [
    "$(touch {canary})", "`touch {canary}`", "; touch {canary} #", "\ntouch {canary}\n",
    "' ; touch {canary} '",
    '" ; touch {canary} "', "$(inputs.one)", "${{return process.env}}", "\\$(inputs.one)",
    "\\\\$(x)",
    "--one=other", "-c", "a b", "%s{{}}", "!touch {canary}", "\x1b[2J",
    "''' + open({canary!r}, 'w') + '''",
    "ü\u202e", "{{% raw %}}", "&& touch {canary}", "> {canary}", "*", "~", "\\",
]  # fmt: skip


@pytest.fixture
def canary(tmp_path):
    return tmp_path / "executed"


@pytest.fixture
def evil(canary):
    return [word.format(canary=str(canary)) for word in EVIL]


def run(package, order, out):
    path = package.parent / "job.json"
    path.write_text(json.dumps(order), encoding="utf-8")
    command = [sys.executable, *APKG, "run", package, "--inputs", path, "-o", out]
    done = subprocess.run([*command, "--no-container"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.slow
def test_values_and_cells_reach_a_notebook_as_they_are(tmp_path, canary, evil, bounded):
    """The launcher itself runs, under a real engine, with each of them."""
    literal = "\n".join(evil)
    source = write(
        tmp_path,
        cell(f"# {evil[0]} {evil[7]}\n\n{evil[5]} {evil[6]}", kind="markdown"),
        f"one = 'x'  # {evil[0]} {evil[6]}\nmany = ['x']\nfixed = {literal!r}",
        cell("import json\nopen('seen.json', 'w').write(json.dumps([one, many, fixed, '$(x)']))"),
        name="$(touch executed).ipynb",
    )
    bounded("convert", source, "-o", tmp_path / "out", "--set", "id=demo", codes=(0,))
    order = {"one": "".join(evil), "many": evil}
    run(tmp_path / "out" / "demo.cwl", order, tmp_path / "results")
    (seen,) = (tmp_path / "results").rglob("seen.json")
    assert json.loads(seen.read_text()) == [order["one"], evil, literal, "$(x)"]
    assert not canary.exists()
    assert not list(tmp_path.rglob("executed"))


@pytest.mark.slow
def test_values_reach_a_tool_as_single_words(tmp_path, canary, evil, bounded):
    tool = tmp_path / "tool.py"
    tool.write_text("import json, sys\nopen('seen.json', 'w').write(json.dumps(sys.argv[1:]))\n")
    (tmp_path / "help.txt").write_text(
        "usage: tool [--one TEXT] [--many TEXT ...]\n\noptions:\n"
        f"  --one TEXT   {evil[0]} (default: $(touch executed))\n  --many TEXT ...  more\n"
    )
    bounded("convert", "--help-text", tmp_path / "help.txt", "--image", "img:1", "-o", tmp_path,
            "--set", "id=tool", codes=(0,))  # fmt: skip
    package = tmp_path / "tool.cwl"
    text = package.read_text()
    assert "ShellCommandRequirement" not in text
    made = yaml.safe_load(text)
    (step,) = [p for p in made["$graph"] if p["class"] == "CommandLineTool"]
    step["baseCommand"] = [sys.executable, str(tool)]
    package.write_text(json.dumps(made))
    run(package, {"one": "".join(evil)}, tmp_path / "results")
    (seen,) = (tmp_path / "results").rglob("seen.json")
    assert json.loads(seen.read_text())[:2] == ["--one", "".join(evil)]
    assert not list(tmp_path.rglob("executed"))


def test_the_command_in_an_image_passes_words_as_they_are(tmp_path, canary, evil):
    source = tmp_path / "in"
    source.mkdir()
    write(source, "level = 3", name="$(touch executed).ipynb")
    sources = read_sources(source).in_image("img:1")
    write_layer(launched(sources), tmp_path)
    (script,) = (tmp_path / "apkg-layer").glob("[a-z]*/*.sh")
    root = tmp_path / "opt"
    root.mkdir()
    shown = root / "show.py"
    shown.write_text("import json, sys\nprint(json.dumps(sys.argv[1:]))\n")
    (root / ".environment").write_text(
        f"apkg_python='{sys.executable} '\napkg_python={sys.executable}\n"
    )
    text = script.read_text().replace("/opt/apkg", str(root))
    launcher = next(word for word in text.split() if word.endswith(".launcher.py"))
    Path(launcher).parent.mkdir()
    Path(launcher).write_text(shown.read_text())
    done = subprocess.run(
        ["sh", "-c", text, "tool", *evil], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == evil
    assert not canary.exists()


def test_an_installer_holds_no_word_of_a_stranger(tmp_path, evil):
    source = tmp_path / "in"
    source.mkdir()
    write(source, cell(f"# {evil[0]}", kind="markdown"), "level = 3", name="demo.ipynb")
    (source / "requirements.txt").write_text("\n".join(evil), encoding="utf-8")
    write_layer(launched(read_sources(source).in_image("img:1")), tmp_path)
    layer = tmp_path / "apkg-layer" / ".layer"
    assert set((layer / "requirements.txt").read_text().split()) == {"papermill", "ipykernel"}
    assert "executed" not in (layer / "install.sh").read_text()


def test_labels_ids_and_names_in_a_dockerfile(tmp_path, bounded, evil, canary):
    source = tmp_path / "in $(touch executed)\nRUN x"
    source.mkdir()
    words = " ".join(evil).replace("\x1b", "")
    write(source, cell(f"# {words}", kind="markdown"), "level = 3", name="a\nRUN touch x.ipynb")
    manifest = {"abstract": words, "authors": [{"name": words}], "license": words,
                "codeRepository": "https://example.org/$(touch x)"}  # fmt: skip
    (source / "apkg.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    done = bounded("build", source, "--dry-run", "-o", tmp_path / "out", "--format", "json")
    assert done.returncode == 0, done.stderr
    plan = json.loads(done.stdout)
    items = read_instructions(Path(plan["dockerfile"]).read_text(), name="Dockerfile").items
    assert not [i for i in items if i.name in {"RUN", "COPY", "CMD", "ENV"} and "touch " in i.text]
    assert [i.text for i in items if i.name == "FROM"] == plan["baseImages"]
    assert not list(tmp_path.rglob("executed"))
