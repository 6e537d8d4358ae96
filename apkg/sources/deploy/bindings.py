"""How inputs reach the program, and where outputs are found, beside the CWL.

Testbed-14 writes it as additional parameters of each input (role ``inputBinding``), Part 2 of
OGC API - Processes as ``bindings`` of the execution unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from apkg.model import Binding
from apkg.sources.cwl.node import Node
from apkg.sources.deploy.kept import not_kept

_NAMES = ("position", "prefix", "separate", "itemSeparator")


@dataclass(frozen=True, slots=True)
class Bindings:
    """What execution units say of inputs and outputs, by id."""

    inputs: dict[str, Binding] = field(default_factory=dict)
    globs: dict[str, str] = field(default_factory=dict)


def binding(found: dict[str, Node]) -> Binding | None:
    """The binding that parameters named as in CWL describe, if one says where it stands."""
    said = {name: found[name] for name in _NAMES if name in found}
    texts = {name: next(iter(node.texts()), "") for name, node in said.items()}
    if not (texts.get("position") or texts.get("prefix")):
        return None
    position = texts.get("position", "")
    if texts.get("separate", "true").lower() not in ("true", "false"):
        said["separate"].warn(
            f"`separate` is true or false, not `{texts['separate']}`; true is assumed.",
            advice="Is it exchanged with itemSeparator?",
        )
    # A separator may be a blank, which the text of a node does not keep.
    separator = said["itemSeparator"].value if "itemSeparator" in said else None
    if isinstance(separator, list):
        separator = separator[0] if separator else None
    return Binding(
        position=int(position) if position.lstrip("-").isdecimal() else None,
        prefix=texts.get("prefix") or None,
        separate=texts.get("separate", "true").lower() != "false",
        item_separator=separator if isinstance(separator, str) and separator else None,
    )


def read_bindings(units: tuple[Node, ...]) -> Bindings:
    """The ``bindings`` of the execution units; the first that speaks of an id counts."""
    found = Bindings()
    for unit in units:
        for name, node in unit.get("bindings").get("inputBindings").members():
            said = binding(dict(node.members()))
            if said is not None:
                found.inputs.setdefault(name, said)
        for name, node in unit.get("bindings").get("outputBindings").members():
            globs = node.get("glob").texts()
            if len(globs) > 1:
                not_kept(node, "the first of several patterns is kept")
            if globs:
                found.globs.setdefault(name, globs[0])
    return found
