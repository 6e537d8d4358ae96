"""The command line that cwltool builds for a job, and what a person would type."""

import json
import re
import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))

from cwl_compare import match  # noqa: E402


def job_for(job, expert, made, known):
    """A job in the names and types of the generated tool, and the expert's inputs left out of it.

    A text takes what is typed for a list or a number; where that does not do, the type is wrong
    in earnest, and the input is left out. The score counts those.
    """
    pairs = match(expert.params, made.params, known)
    missing = sorted(set(job) - set(pairs))
    assert not missing, f"no input for {', '.join(missing)}"
    fitted = {name: _fitted(value, expert.param(name), pairs[name]) for name, value in job.items()}
    left_out = [name for name, value in fitted.items() if value is None]
    return {pairs[n].name: value for n, value in fitted.items() if value is not None}, left_out


def _fitted(value, wanted, param):
    """The value as the type of ``param`` takes it, or ``None``."""
    kind, arrays = param.shape.kind, param.shape.arrays
    if isinstance(value, list) and arrays == 0 and wanted.separator and kind == "string":
        return wanted.separator.join(map(str, value))
    if isinstance(value, list) != (arrays == 1) or arrays > 1:
        return None
    if isinstance(value, list):
        items = [_item(item, kind) for item in value]
        return None if None in items else items
    return _item(value, kind)


def _item(value, kind):
    if kind == "File":
        return value if str(value).startswith("$") else f"${value}"
    if kind == "string":
        return str(value) if not isinstance(value, bool) else None
    if kind == "int" and not isinstance(value, int):
        return None
    return None if kind in {"int", "double"} and isinstance(value, str) else value


def without(typed, left_out, expert):
    """What a person types who leaves these inputs out."""
    prefixes = {expert.param(name).prefix for name in left_out}
    return [line for line in typed if re.split("[ =]", line)[0] not in prefixes]


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
    if not path.exists():
        path.touch()
    return {"class": "File", "location": path.as_uri()}


def command_line(cwltool, cwl, job, folder):
    """The words that cwltool would run; staged files stand there with their paths."""
    (folder / "job.json").write_text(json.dumps(with_files(job, folder)), encoding="utf-8")
    return cwltool.words(cwl, folder / "job.json")


def difference(words, typed, known, defaults):
    """Why ``words`` are not what a person typed, or an empty string. Options in any order.

    ``defaults`` are options with values that the tool would take anyway, as lists of words.
    """
    rest, groups = _apart(words), [_apart(shlex.split(line)) for line in typed]
    optional = [_apart(group) for group in defaults]
    start = groups.pop(0)
    if rest[: len(start)] != start:
        return f"starts with {shlex.join(rest[: len(start)])}, not {shlex.join(start)}"
    rest = rest[len(start) :]
    while rest:
        group = next((g for g in [*groups, *optional] if _begins(rest, g, known)), None)
        if group is None:
            return f"nobody typed: {shlex.join(rest)}"
        (groups if group in groups else optional).remove(group)
        rest = rest[len(group) :]
    return f"not there: {', '.join(map(shlex.join, groups))}" if groups else ""


def _apart(words):
    """``--option=value`` as two words, which every parser of long options takes for the same."""
    found = []
    for word in words:
        option, equals, value = word.partition("=")
        found += [option, value] if equals and option.startswith("--") else [word]
    return found


def _begins(words, group, known):
    pairs = zip(words, group, strict=False)
    return len(words) >= len(group) and all(_equal(a, b, known) for a, b in pairs)


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
        silent = theirs.get(param.name) in job or param.default is None or param.default is False
        if not silent and param.prefix is not None:
            found += _option(param)
    return found


def _option(param):
    """The option with its default, as groups of words."""
    if param.shape.kind == "boolean":
        return [[param.prefix]]
    values = param.default if isinstance(param.default, list) else [param.default]
    texts = [str(value) for value in values]
    if param.repeat:
        return [[param.prefix, text] for text in texts]
    texts = [param.separator.join(texts)] if param.separator else texts
    return [[param.prefix, *texts]] if param.separate else [[param.prefix + texts[0]]]
