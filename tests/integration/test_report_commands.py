"""What a report says about running an application works as it is written there."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest
from notebooks import cell, write

from apkg.pipeline.report import write_report

FLOW = """\
cwlVersion: v1.2
$graph:
- class: Workflow
  id: count-words
  label: Words of a text
  inputs: {text: {type: File, doc: Any text}, name: {type: string, default: it's counted.txt}}
  outputs: {count: {type: File, outputSource: wc/count}}
  steps: {wc: {run: '#wc', in: {text: text, name: name}, out: [count]}}
- class: CommandLineTool
  id: wc
  baseCommand: [wc, -w]
  stdin: $(inputs.text.path)
  stdout: $(inputs.name)
  inputs: {text: File, name: string}
  outputs: {count: {type: stdout}}
"""


def told(page):
    """The commands and the job order of a page."""
    root = lxml.html.parse(str(page)).getroot()
    commands = [shlex.split(e.text_content()) for e in root.xpath("//pre[@class='command']")]
    (values,) = root.xpath("//section[@id='run']/pre[@class='code']")
    (name,) = root.xpath("//section[@id='run']/h3[pre or span]/span/text()")
    return commands, name, values.text_content()


def run(command, folder):
    # The programs of this environment, whatever is on the PATH.
    tools = {
        "apkg": [sys.executable, "-m", "apkg"],
        "cwltool": [sys.executable, "-c", "import sys; from cwltool.main import run; run()"],
    }
    words = [*tools[command[0]], *command[1:]]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.slow
def test_a_workflow_runs_as_the_report_says(tmp_path):
    package = tmp_path / "my flow.cwl"
    package.write_text(FLOW, encoding="utf-8")
    (tmp_path / "in.txt").write_text("one two three")
    write_report(str(package), tmp_path / "r.html", force=False)
    (with_file, with_words, cwltool), name, values = told(tmp_path / "r.html")
    assert name == "my flow.inputs.yml"
    # As a person does it: the line with "your value here" gets one.
    line = next(one for one in values.splitlines() if "<-- your value here" in one)
    filled = line.removeprefix("# ").partition("  <--")[0].replace("...", "in.txt")
    (tmp_path / name).write_text(values.replace(line, filled))
    results = [tmp_path / "results" / "it's counted.txt", tmp_path / "it's counted.txt"]
    run([*with_file, "--no-container"], tmp_path)
    assert results[0].read_text().strip() == "3"
    results[0].unlink()
    words = [word.replace("=FILE", "=in.txt") for word in with_words]
    run([*words, "--no-container"], tmp_path)
    assert results[0].read_text().strip() == "3"
    run(cwltool, tmp_path)
    assert results[1].read_text().strip() == "3"


@pytest.mark.slow
def test_a_notebook_runs_as_the_report_says(tmp_path):
    write(
        tmp_path,
        "count = 3  # How many",
        cell("open('squares.txt', 'w').write(str([n * n for n in range(count)]))"),
        cell("squares = 'squares.txt'", "outputs"),
        name="squares.ipynb",
    )
    write_report(str(tmp_path / "squares.ipynb"), tmp_path / "r.html", force=False)
    (convert, with_file, _), name, values = told(tmp_path / "r.html")
    (tmp_path / name).write_text(values.replace("count: 3", "count: 4"))
    run(convert, tmp_path)
    run([*with_file, "--no-container"], tmp_path)
    assert (tmp_path / "results" / "squares.txt").read_text() == "[0, 1, 4, 9]"


def test_a_report_names_nothing_of_this_machine(tmp_path):
    package = tmp_path / "flow.cwl"
    package.write_text(FLOW.replace("wc/count}", "wc/gone}"), encoding="utf-8")
    write_report(str(package), tmp_path / "r.html", force=False)
    text = Path(tmp_path, "r.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert os.uname().nodename not in text or len(os.uname().nodename) < 4
