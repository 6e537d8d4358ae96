"""Untar and compile (OGC 18-049r1, 7.1), with compilers of this machine."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from compile_chain import WORDS, write_parts

pytestmark = pytest.mark.slow
#: The sum of the squares up to n.
ANSWER = 12 * 13 * 25 // 6


def path(value):
    return Path(unquote(urlsplit(value["location"]).path))


def need(compiler):
    if shutil.which(compiler) is None:
        if os.environ.get("CI") and compiler == "cc":
            pytest.fail("on CI there has to be a C compiler")
        pytest.skip(f"there is no {compiler}")


@pytest.mark.parametrize(("compiler", "source"), [("cc", "sum.c"), ("javac", "Sum.java")])
def test_untar_and_compile(apkg, cwltool_validate, tmp_path, compiler, source):
    need(compiler)
    folder = write_parts(tmp_path / "parts", compiler)
    cwl = tmp_path / "compile.cwl"
    said = apkg("chain", *WORDS, "-o", cwl, cwd=folder).stdout
    assert "guessed" in said
    apkg("validate", cwl, cwl.with_suffix(".deploy.json"))
    cwltool_validate(cwl)
    head = yaml.safe_load(cwl.read_text(encoding="utf-8"))["$graph"][0]
    assert set(head["inputs"]) == {"tarball", "name_of_file_to_extract"}
    assert head["steps"]["compile"]["in"] == {"src": "untar/extracted_file"}
    assert head["outputs"]["compiled_class"]["outputSource"] == "compile/classfile"
    words = [f"tarball={folder / 'sources.tar'}", f"name_of_file_to_extract={source}"]
    done = apkg("run", cwl, *words, "-o", tmp_path / "out", "--no-container", "--format", "json")
    made = path(json.loads(done.stdout)["compiled_class"])
    made.chmod(0o755)
    start = ["java", "-cp", made.parent, "Sum"] if compiler == "javac" else [made]
    printed = subprocess.run([*start, "12"], capture_output=True, text=True, check=True).stdout
    assert int(printed) == ANSWER


def test_and_run_it_once_or_three_times(apkg, cwltool_validate, tmp_path):
    need("cc")
    folder = write_parts(tmp_path / "parts")
    cwl = tmp_path / "sums.cwl"
    words = [*WORDS, "execute.cwl", "--scatter", "execute/number"]
    apkg("chain", *words, "--output", "execute/answer", "-o", cwl, cwd=folder)
    apkg("validate", cwl, "--strict")
    cwltool_validate(cwl)
    job = {
        "tarball": {"class": "File", "path": str(folder / "sources.tar")},
        "name_of_file_to_extract": "sum.c",
        "number": [1, 2, 12],
    }
    (tmp_path / "job.json").write_text(json.dumps(job), encoding="utf-8")
    run = ["run", cwl, "--inputs", tmp_path / "job.json", "-o", tmp_path / "out"]
    done = json.loads(apkg(*run, "--no-container", "--format", "json").stdout)
    assert [int(path(one).read_text()) for one in done["answer"]] == [1, 5, ANSWER]
