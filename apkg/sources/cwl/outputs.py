"""Where the files of an output are found, through the steps of a workflow to its tool."""

from __future__ import annotations

import re

from apkg.sources.cwl.formats import is_expression
from apkg.sources.cwl.graph import Process, resolve, steps
from apkg.sources.cwl.library import Library
from apkg.sources.cwl.node import Node, short_id
from apkg.sources.cwl.ports import port_nodes

MAX_DEPTH = 20
#: A folder, perhaps, and the input whose value is the file's name.
_INPUT = re.compile(r"(?:([^$()]*)/)?\$\(\s*inputs\.([A-Za-z_]\w*)\s*\)")


def find_glob(name: str, process: Process, library: Library) -> tuple[str, str | None]:
    """The glob of output ``name``, and the input that names its file, if one does.

    With such an input the glob is the folder that the file is in.
    """
    glob, owner = _glob(name, process, library, 0)
    match = _INPUT.fullmatch(glob)
    if match is None:
        return glob, None
    named_by = owner.get(match[2])
    return (glob, None) if named_by is None else (match[1] or ".", named_by)


def _glob(name: str, process: Process, library: Library, depth: int) -> tuple[str, dict[str, str]]:
    """The glob, and for each input of the tool the input of ``process`` that feeds it."""
    port = port_nodes(process.node.get("outputs")).get(name)
    if port is None or depth > MAX_DEPTH:
        return ".", {}
    if process.kind != "Workflow":
        inputs = port_nodes(process.node.get("inputs"))
        return _own_glob(port, process), {key: key for key in inputs}
    source = next(port.get("outputSource", "source").elements(), None)
    if source is None or "/" not in source.text():
        return ".", {}
    *_, step_name, output = source.text().rsplit("#", 1)[-1].split("/")
    step = steps(process).get(step_name)
    inner = None if step is None else resolve(step.get("run"), process, library)
    if step is None or inner is None:
        return ".", {}
    glob, names = _glob(output, inner, library, depth + 1)
    feeds = sources(step)
    known = port_nodes(process.node.get("inputs"))
    fed = {key: feeds[mid] for key, mid in names.items() if mid in feeds and feeds[mid] in known}
    return glob, fed


def _own_glob(port: Node, process: Process) -> str:
    kind = port.value if isinstance(port.value, str) else port.mapping.get("type")
    if kind in ("stdout", "stderr"):
        return process.node.get(str(kind)).text() or "."
    patterns = port.get("outputBinding").get("glob")
    texts = patterns.texts()
    if len(texts) > 1:
        patterns.note(f"Of {len(texts)} glob patterns the first is shown.")
    return texts[0] if texts else "."


def sources(step: Node) -> dict[str, str]:
    """For each input of a step, the one plain source that feeds it."""
    found: dict[str, str] = {}
    for name, node in step.get("in").named("id", "source"):
        texts = node.get("source").texts()
        if len(texts) == 1 and not is_expression(node.get("valueFrom").text()):
            found[short_id(name)] = texts[0].rsplit("#", 1)[-1].removeprefix("main/")
    return found


def scattered(process: Process) -> frozenset[str]:
    """The inputs of a workflow over which one of its steps scatters.

    What is merged with others into the list that a step runs over is no list by itself.
    """
    found: set[str] = set()
    for step in steps(process).values():
        over = {short_id(text) for text in step.get("scatter").texts()}
        found |= {short_id(feed) for name, feed in _plain_feeds(step) if name in over}
    return frozenset(found)


def _plain_feeds(step: Node) -> list[tuple[str, str]]:
    pairs = []
    for name, node in step.get("in").named("id", "source"):
        texts = [text.rsplit("#", 1)[-1] for text in node.get("source").texts()]
        if len(texts) == 1 and not node.get("linkMerge").text():
            pairs += [(short_id(name), t) for t in texts if not _is_step_output(t)]
    return pairs


def _is_step_output(source: str) -> bool:
    """Whether a source is ``step/output`` rather than an input (or ``main/input``)."""
    return "/" in source and not source.startswith("main/")
