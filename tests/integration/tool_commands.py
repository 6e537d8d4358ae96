"""The command line that cwltool builds for a job, and what a person would type.

Run as a program, ``tool_commands.py CWL JOB``, it prints cwltool's words as JSON: cwltool is kept
out of the process of the tests.
"""

import json
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))

from cwl_compare import match  # noqa: E402


def job_for(job, expert, made, known):
    """A job in the expert's names, in those of the generated tool."""
    pairs = match(expert.params, made.params, known)
    missing = sorted(set(job) - set(pairs))
    assert not missing, f"no input for {', '.join(missing)}"
    return {pairs[name].name: value for name, value in job.items()}


def with_files(value, folder):
    """``$NAME`` as a CWL File that exists, ``$NAME/`` as a Directory."""
    if isinstance(value, dict):
        return {key: with_files(item, folder) for key, item in value.items()}
    if isinstance(value, list):
        return [with_files(item, folder) for item in value]
    if not (isinstance(value, str) and value.startswith("$")):
        return value
    path = folder / value[1:]
    if value.endswith("/"):
        path.mkdir(exist_ok=True)
        return {"class": "Directory", "location": path.as_uri()}
    path.touch()
    return {"class": "File", "location": path.as_uri()}


def command_line(cwl, job, folder):
    """The words that cwltool would run; staged files stand there with their paths."""
    (folder / "job.json").write_text(json.dumps(with_files(job, folder)), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", __file__, str(cwl), str(folder / "job.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def difference(words, typed, known, defaults):
    """Why ``words`` are not what a person typed, or an empty string. Options in any order.

    ``defaults`` are options with values that the tool would take anyway, as lists of words.
    """
    groups = [shlex.split(line) for line in typed]
    start = groups.pop(0)
    if words[: len(start)] != start:
        return f"starts with {shlex.join(words[: len(start)])}, not {shlex.join(start)}"
    rest = words[len(start) :]
    while rest:
        group = _begins(rest, groups, known)
        if group is not None:
            groups.remove(group)
        else:
            group = _begins(rest, defaults, known)
        if group is None:
            return f"nobody typed: {shlex.join(rest)}"
        rest = rest[_length(rest, group) :]
    return f"not there: {', '.join(map(shlex.join, groups))}" if groups else ""


def _begins(words, groups, known):
    return next((group for group in groups if _length(words, group)), None)


def _length(words, group):
    """How many of ``words`` are this group: an option may be glued to its value by ``=``."""
    head = words[0].partition("=")
    if head[1] and words[0].startswith("--") and "=" not in group[0]:
        words = [head[0], head[2], *words[1:]]
        return len(group) - 1 if _same(words, group, known) else 0
    if words[0].startswith("--") and group[0].startswith("--") and "=" in group[0]:
        option, _, value = group[0].partition("=")
        if not head[1]:
            return 2 if _same(words, [option, value], known) else 0
    return len(group) if _same(words, group, known) else 0


def _same(words, group, known):
    several = zip(words, group, strict=False)
    return len(words) >= len(group) and all(_equal(a, b, known) for a, b in several)


def _equal(word, typed, known):
    if word == typed or (typed[:1] == word[:1] == "-" and known.same(word, typed)):
        return True
    if "$" in typed:
        prefix, _, name = typed.partition("$")
        return word.startswith(f"{prefix}/") and word.rstrip("/").endswith("/" + name.rstrip("/"))
    try:
        return float(word) == float(typed)
    except ValueError:
        return False


def default_options(expert, made, known, job):
    """What the generated tool writes for inputs that the job leaves out."""
    theirs = {other.name: name for name, other in match(expert.params, made.params, known).items()}
    found = []
    for param in made.params:
        if param.prefix is None or param.default is None or theirs.get(param.name) in job:
            continue
        values = param.default if isinstance(param.default, list) else [param.default]
        if param.shape.kind == "boolean":
            found.append([param.prefix])
        elif param.separate:
            found.append([param.prefix, *(str(value) for value in values)])
        else:
            found.append([f"{param.prefix}{values[0]}"])
    return found


def _main(cwl, job):
    from cwltool.context import LoadingContext, RuntimeContext
    from cwltool.load_tool import load_tool
    from cwltool.workflow import default_make_tool

    tool = load_tool(cwl, LoadingContext({"construct_tool_object": default_make_tool}))
    context = RuntimeContext({"use_container": False, "basedir": str(Path(job).parent)})
    order = json.loads(Path(job).read_text(encoding="utf-8"))
    (step,) = tool.job(order, lambda *_: None, context)
    print(json.dumps(step.command_line))  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
