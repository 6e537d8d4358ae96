"""cwltool, asked about one document after the other: to start it takes longer than its answers.

As a program it reads questions, a line of JSON each, and answers each with one.
"""

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path


class Asked:
    """A cwltool that answers; a context manager."""

    def __enter__(self):
        # What it does is not measured: under coverage it takes three times as long.
        unmeasured = {name: v for name, v in os.environ.items() if "COVERAGE" not in name}
        command = [sys.executable, "-W", "ignore", __file__]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, env=unmeasured
        )
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _answer(self, *question):
        self._process.stdin.write(json.dumps(list(map(str, question))) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def verdict(self, cwl):
        """The exit code of ``cwltool --validate --strict``, and all that it says, by level."""
        return self._answer("verdict", cwl)

    def words(self, cwl, job):
        """The command line that cwltool would run for a job order, a JSON file."""
        return self._answer("words", cwl, job)


def verdict(cwl):
    from cwltool.main import main

    said = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append([record.levelname, record.getMessage()])
    logging.getLogger().handlers = [handler]
    words = ["--validate", "--strict", cwl]
    return main(words, stdout=io.StringIO(), logger_handler=logging.NullHandler()), said


def words(cwl, job):
    from cwltool.context import LoadingContext, RuntimeContext
    from cwltool.load_tool import load_tool
    from cwltool.workflow import default_make_tool

    tool = load_tool(cwl, LoadingContext({"construct_tool_object": default_make_tool}))
    context = RuntimeContext({"use_container": False, "basedir": str(Path(job).parent)})
    order = json.loads(Path(job).read_text(encoding="utf-8"))
    (step,) = tool.job(order, lambda *_: None, context)
    return step.command_line


if __name__ == "__main__":
    for line in sys.stdin:
        question, *arguments = json.loads(line)
        found = {"verdict": verdict, "words": words}[question](*arguments)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
