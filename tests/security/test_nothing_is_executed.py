"""Reading never runs what it reads: notebooks, modules beside them, tools, Dockerfiles."""

import contextlib
import sys
from pathlib import Path

import pytest
from notebooks import cell, write

from apkg.errors import ApkgError
from apkg.pipeline.convert import convert
from apkg.pipeline.graph import read_graph
from apkg.pipeline.options import ConvertOptions
from apkg.pipeline.validate import validate_paths
from apkg.sources.read import read_application

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))
from fuzz_guard import watched


@pytest.fixture
def canary(tmp_path):
    return tmp_path / "executed"


def all_readings(path, out):
    for read in (
        lambda: convert(path, ConvertOptions(out=out)),
        lambda: validate_paths([path]),
        lambda: read_application(path),
        lambda: read_graph(str(path)),
    ):
        with contextlib.suppress(ApkgError):
            read()


WRITES = "open({canary!r}, 'w').write('x')"


@pytest.mark.parametrize(
    "source",
    [
        "level = 3\nwritten = " + WRITES,
        "level = [" + WRITES + "][0]",
        "level: (lambda: " + WRITES + ")() = 3",
        'level: \'__import__("os").system("touch {canary}")\' = 3',
        "level = f'{{" + WRITES.replace("'", '"') + "}}'",
        "level = 3  # type: " + WRITES,
        "level = 3  #@param {{type: " + WRITES + "}}",
        "class A:\n    " + WRITES + "\nlevel = 3",
        "level = 3\n!touch {canary}\n%run x\n%%bash",
        "@print(" + WRITES + ")\ndef level(): pass",
    ],
)
def test_a_notebook_whose_parameter_cell_would_write_a_file(tmp_path, canary, source):
    text = source.format(canary=str(canary))
    helper = f"open({str(canary)!r}, 'w')"
    path = write(tmp_path, text, cell("import helper, conftest\nhelper.go()"))
    for name in ("helper.py", "conftest.py", "sitecustomize.py", "setup.py"):
        (tmp_path / name).write_text(helper, encoding="utf-8")
    with watched(tmp_path):
        all_readings(path, tmp_path / "out")
    assert not canary.exists()


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("R", "level <- system('touch {canary}')\nn <- 3"),
        ("bash", "level=$(touch {canary})\nn=`touch {canary}`"),
        ("julia", "level = run(`touch {canary}`)\nn = 3"),
        ("python", "%%bash\ntouch {canary}"),
    ],
)
def test_a_notebook_of_another_language(tmp_path, canary, language, source):
    spec = {"name": language.lower(), "language": language, "display_name": language}
    path = write(tmp_path, source.format(canary=canary), metadata={"kernelspec": spec})
    with watched(tmp_path):
        all_readings(path, tmp_path / "out")
    assert not canary.exists()


def test_a_tool_whose_modules_would_write_a_file(tmp_path, canary):
    folder = tmp_path / "tool"
    folder.mkdir()
    touch = f"open({str(canary)!r}, 'w').close()\n"
    argparse = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', type=int)\n"
    (folder / "tool.py").write_text(
        f"{touch}import other\n{argparse}p.add_argument('--m', default=({touch.strip()}, 3)[1])\n"
        "p.parse_args()\n"
    )
    for name in ("other.py", "setup.py", "__init__.py"):
        (folder / name).write_text(touch)
    (folder / "Dockerfile").write_text(
        f"FROM python:3.12\nRUN touch {canary}\nCOPY . /app\nENV A=$(touch {canary})\n"
        'ENTRYPOINT ["python", "/app/tool.py"]\n'
    )
    with watched(tmp_path):
        all_readings(folder, tmp_path / "out")
    assert not canary.exists()


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!x"]
)
def test_yaml_that_would_make_objects(tmp_path, canary, tag):
    path = tmp_path / "demo.cwl"
    path.write_text(f"cwlVersion: v1.2\nclass: CommandLineTool\nid: {tag} ['touch {canary}']\n")
    with watched(tmp_path):
        all_readings(path, tmp_path / "out")
    (tmp_path / "apkg.yaml").write_text(f"id: {tag} ['touch {canary}']\n")
    with watched(tmp_path):
        all_readings(write(tmp_path, "level = 3"), tmp_path / "out2")
    assert not canary.exists()


def test_expressions_of_cwl_are_not_evaluated(tmp_path, canary):
    path = tmp_path / "demo.cwl"
    evil = f"${{ require('fs').writeFileSync('{canary}', ''); return 1; }}"
    path.write_text(
        "cwlVersion: v1.2\nclass: CommandLineTool\nid: demo\nbaseCommand: [true]\n"
        "requirements: {InlineJavascriptRequirement: {}}\n"
        f'inputs: {{n: {{type: int?, default: 1, inputBinding: {{valueFrom: "{evil}"}}}}}}\n'
        "outputs: {}\n"
    )
    with watched(tmp_path):
        all_readings(path, tmp_path / "out")
    assert not canary.exists()
