"""``apkg.run`` where notebooks run it: with an event loop, in threads, and interrupted."""

import asyncio
import re
import time
from pathlib import Path

import pytest

import apkg
from apkg.errors import ToolError, UsageError

pytestmark = pytest.mark.slow

TELL = """\
cwlVersion: v1.2
class: CommandLineTool
id: tell
baseCommand: [sh, -c, 'echo "process $$" >&2; cp "$1" copy.txt; echo "$2"; sleep "$3"', tell]
stdout: said.txt
inputs:
  file: {type: File, inputBinding: {position: 1}}
  out: {type: 'string?', default: usual, inputBinding: {position: 2}}
  seconds: {type: double, default: 0, inputBinding: {position: 3}}
outputs:
  said: stdout
  copies: {type: 'File[]', outputBinding: {glob: '*.txt'}}
  missing: {type: 'File?', outputBinding: {glob: none.tif}}
"""


@pytest.fixture
def tell(tmp_path, monkeypatch):
    """A tool that repeats what it is told; ``word.txt`` lies beside it, in the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("word.txt").write_text("word", encoding="utf-8")
    Path("tell.cwl").write_text(TELL, encoding="utf-8")
    return "tell.cwl"


def test_values_are_exact_and_results_are_paths(tell):
    lines = []
    # An input may be called as one of our own keywords is; and "null" is text like any other.
    given = {"out": "null", "seconds": 1}
    done = apkg.run(
        tell, inputs=given, file=Path("word.txt"), seconds=0, container=False, on_log=lines.append
    )
    assert done["said"].read_text() == "null\n"
    assert done["said"] == Path("results/said.txt").absolute()
    assert [path.name for path in done["copies"]] == ["copy.txt", "said.txt"]
    assert done["missing"] is None
    assert done.answer["said"]["size"] == 5
    assert any(line.startswith("process ") for line in lines)
    assert set(lines) <= set(done.log)
    again = apkg.run(tell, file=done["copies"][0], out="again", container=False)
    assert again["copies"][0].read_text() == "word"
    assert again["said"].read_text() == "usual\n"


def test_a_job_order_file_and_values_that_win(tell):
    Path("job.yml").write_text("file: {class: File, path: word.txt}\nout: file\n", encoding="utf-8")
    assert apkg.run(tell, inputs="job.yml", container=False)["said"].read_text() == "file\n"
    with pytest.raises(apkg.ApkgError) as caught:
        apkg.run(tell, inputs="job.yml", container=False)
    assert "force=True" in caught.value.hint


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({}, "1 required input missing"),
        ({"file": "none.txt"}, r"file: there is no file none\.txt"),
        ({"file": "word.txt", "seconds": "1"}, "seconds: '1' is not of type double"),
        ({"file": "word.txt", "secnds": 1}, "there is no input 'secnds'"),
        ({"file": "word.txt", "engine": "docker"}, "exclude each other"),
    ],
)
def test_wrong_values_are_usage_errors(tell, keywords, words):
    with pytest.raises(UsageError, match=words):
        apkg.run(tell, container=False, **keywords)


def test_a_failure_tells_what_the_job_has_said(tell):
    with pytest.raises(ToolError) as caught:
        apkg.run(tell, file="word.txt", seconds=60, timeout=3, container=False)
    assert "3 seconds" in str(caught.value)
    assert not Path("results").exists() or not any(Path("results").iterdir())


def test_in_an_event_loop_and_in_threads(tell):
    async def several():
        here = apkg.run(tell, file="word.txt", inputs={"out": "a"}, out="a", container=False)
        jobs = [
            asyncio.to_thread(
                apkg.run, tell, file="word.txt", inputs={"out": x}, out=x, container=False
            )
            for x in "bc"
        ]
        return [here, *await asyncio.gather(*jobs)]

    done = asyncio.run(several())
    assert [one["said"].read_text() for one in done] == ["a\n", "b\n", "c\n"]


def is_alive(pid):
    """Whether it still runs; one that has ended may wait for a parent to take notice."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(") ")[2][0] not in "ZX"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_interrupting_the_kernel_ends_the_run(tell):
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3", cwd=str(Path.cwd()))
    try:
        client.execute(
            "import apkg\n"
            "apkg.run('tell.cwl', file='word.txt', seconds=90, container=False, on_log=print)"
        )
        process, error = None, None
        limit = time.monotonic() + 80
        while error is None and time.monotonic() < limit:
            message = client.get_iopub_msg(timeout=60)
            content = message["content"]
            if message["msg_type"] == "stream" and "process " in content["text"]:
                process = int(re.search(r"process (\d+)", content["text"])[1])
                assert is_alive(process)
                manager.interrupt_kernel()
            elif message["msg_type"] == "error":
                error = content
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert error["ename"] == "KeyboardInterrupt"
    assert not is_alive(process)
    assert not any(path.name.startswith(".") for path in Path.cwd().glob("results/*"))
