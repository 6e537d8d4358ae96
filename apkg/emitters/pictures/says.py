"""What is said in a picture about a step, a port or a link, in words."""

from __future__ import annotations

import json

from apkg.emitters.pictures.texts import line
from apkg.model import Application, Default, Input, Link, Output, Result, Step, Value
from apkg.typetext import type_text

_MERGES = {
    "first_non_null": "the first that is there",
    "the_only_non_null": "the only one that is there",
    "all_non_null": "all that are there",
    "merge_nested": "a list of all",
    "merge_flattened": "all in one list",
}
_METHODS = {
    "dotproduct": "pairwise",
    "nested_crossproduct": "each with each, nested",
    "flat_crossproduct": "each with each",
}
#: What reading CWL leaves where a step runs something that is not here, or is no tool.
_RUN, _CLASS = "cwl:run", "cwl:class"
_CLASSES = {"ExpressionTool": "computes an expression", "Operation": "only described, not runnable"}
_LONGEST = 160


def step_title(step: Step) -> str:
    """What a step runs, where its own id does not say it."""
    application = step.application
    title = line(application.title) or line(application.id)
    return "" if title == line(step.id) else title


def step_details(step: Step) -> tuple[str, ...]:
    """How a step runs: over what, on which condition, with which fixed values."""
    found = []
    if step.scatter:
        method = _METHODS.get(step.scatter_method or "", "") if len(step.scatter) > 1 else ""
        found.append(f"for each {', '.join(step.scatter)}" + (f" ({method})" if method else ""))
    if step.when is not None:
        found.append(f"only if {step.when}")
    known = dict(step.application.metadata.annotations)
    if _RUN in known:
        found.append(f"runs {known[_RUN] or 'nothing that is known'} (not here)")
    if known.get(_CLASS) in _CLASSES:
        found.append(_CLASSES[known[_CLASS]])
    found += [text for link in step.links if (text := _fixed(link))]
    return tuple(line(text, _LONGEST) for text in found)


def _fixed(link: Link) -> str:
    """A value that does not come from another step."""
    if link.value_from is not None:
        return f"{link.input} = {link.value_from}"
    if link.default is not None and not link.sources:
        return f"{link.input} {default_text(link.default)[0]}"
    return ""


def default_text(default: Default | None) -> tuple[str, ...]:
    """``= 0.5``, or nothing."""
    if default is None:
        return ()
    text = json.dumps(_plain(default.value), ensure_ascii=False, default=str)
    return (line(f"= {text}", _LONGEST),)


def _plain(value: Value) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def flowing(output: Output, step: Step) -> str:
    """The type of what leaves a step: a list where it scatters, perhaps null where it may skip."""
    text = type_text(output.type, output.optional or step.when is not None)
    levels = len(step.scatter) if step.scatter_method == "nested_crossproduct" else 1
    for _ in range(levels if step.scatter else 0):
        text = f"({text})[]" if text.endswith("?") or " | " in text else f"{text}[]"
    return line(text)


def merge_note(link: Link | Result) -> str:
    """How several sources become one value."""
    merge = link.merge if len(link.sources) > 1 else None
    return ", ".join(_MERGES[word] for word in (merge, link.pick_value) if word is not None)


def about(application: Application) -> str:
    """The long text about what a step runs."""
    texts = [line(application.title), line(application.abstract)]
    if application.container is not None:
        texts.append(line(f"Image: {application.container.image}"))
    return " · ".join(dict.fromkeys(text for text in texts if text))


def about_port(port: Input | Output) -> str:
    """The long text about an input or output."""
    texts = [line(port.label), line(port.doc), line(", ".join(port.media_types))]
    return " · ".join(dict.fromkeys(text for text in texts if text))
