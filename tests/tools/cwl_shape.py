"""A CommandLineTool reduced to what its users notice: the command, the inputs, the outputs."""

import re
from dataclasses import dataclass

import yaml

#: Names that mean the same to a person who fills in a form.
SAME = {"long": "int", "float": "double"}
ANY = "Any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A type: ``kind`` is a CWL name, or ``enum:a,b``; ``arrays`` counts the ``[]`` behind it."""

    kind: str
    arrays: int = 0
    optional: bool = False

    def __str__(self):
        return self.kind + "[]" * self.arrays + "?" * self.optional


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """An input. ``repeat``: the prefix stands before each item. ``bound``: it has a binding."""

    name: str
    shape: Shape
    bound: bool = False
    prefix: str | None = None
    position: int = 0
    separate: bool = True
    separator: str | None = None
    repeat: bool = False
    default: object = None

    @property
    def positional(self):
        return self.bound and self.prefix is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """An output. ``glob`` is ``None`` for what the tool prints."""

    name: str
    shape: Shape
    glob: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A command with its inputs, in the order of the command line, and its outputs."""

    command: tuple[str, ...]
    params: tuple[Param, ...]
    outputs: tuple[Out, ...]

    def param(self, name):
        return next((param for param in self.params if param.name == name), None)


def read_tool(path):
    """The only CommandLineTool of a document, alone or in a ``$graph``."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    parts = document.get("$graph", [document])
    tools = [part for part in parts if part["class"] == "CommandLineTool"]
    if len(tools) != 1:
        raise ValueError(f"{path.name} holds {len(tools)} tools, not one")
    return shape_of(tools[0])


def shape_of(tool):
    """The shape of one CommandLineTool, as plain data."""
    types = _definitions(tool)
    params = [_param(name, entry, types) for name, entry in _entries(tool["inputs"])]
    places = {param.name: n for n, param in enumerate(params)}
    params.sort(key=lambda param: (param.position, places[param.name]))
    stdout = tool.get("stdout")
    outputs = [_output(name, entry, types, stdout) for name, entry in _entries(tool["outputs"])]
    return Tool(command=_command(tool), params=tuple(params), outputs=tuple(outputs))


def _entries(block):
    if isinstance(block, list):
        return [(_last(entry["id"]), entry) for entry in block]
    return [
        (n, e if isinstance(e, dict) and "type" in e else {"type": e}) for n, e in block.items()
    ]


def _last(identifier):
    return re.split(r"[#/]", identifier)[-1]


def _definitions(tool):
    requirements = tool.get("requirements", {})
    if isinstance(requirements, list):
        requirements = {entry["class"]: entry for entry in requirements}
    types = requirements.get("SchemaDefRequirement", {}).get("types", [])
    return {_last(entry["name"]): entry for entry in types}


def _command(tool):
    base = tool.get("baseCommand", [])
    words = [base] if isinstance(base, str) else list(base)
    for argument in tool.get("arguments", []):
        entry = argument if isinstance(argument, dict) else {"valueFrom": argument}
        words += [entry["prefix"]] if "prefix" in entry else []
        words.append(str(entry["valueFrom"]))
    return tuple(words)


def _param(name, entry, types):
    shape, item = _shape(entry["type"], types)
    binding = entry.get("inputBinding")
    used = (item or {}) | {k: v for k, v in (binding or {}).items() if v is not None}
    repeat = bool(item and item.get("prefix"))
    default = entry.get("default")
    if default is not None:
        shape = Shape(kind=shape.kind, arrays=shape.arrays, optional=True)
    return Param(
        name=name,
        shape=shape,
        bound=binding is not None or item is not None,
        prefix=used.get("prefix"),
        position=used.get("position", 0),
        separate=used.get("separate", True),
        separator=used.get("itemSeparator"),
        repeat=repeat,
        default=default,
    )


def _shape(kind, types):
    """The shape, and the binding of the items of an array, if there is one."""
    if isinstance(kind, list):
        members = [_shape(member, types) for member in kind if member != "null"]
        optional = "null" in kind or any(shape.optional for shape, _ in members)
        if len(members) == 1:
            shape, item = members[0]
            return Shape(kind=shape.kind, arrays=shape.arrays, optional=optional), item
        name = "|".join(sorted(str(shape) for shape, _ in members))
        return Shape(kind=name, optional=optional), None
    if isinstance(kind, dict):
        return _long_form(kind, types)
    if kind.endswith("?"):
        shape, item = _shape(kind[:-1], types)
        return Shape(kind=shape.kind, arrays=shape.arrays, optional=True), item
    if kind.endswith("[]"):
        shape, item = _shape(kind[:-2], types)
        return Shape(kind=shape.kind, arrays=shape.arrays + 1), item
    if _last(kind) in types:
        return _long_form(types[_last(kind)], types)
    return Shape(kind=SAME.get(kind, kind)), None


def _long_form(kind, types):
    if kind["type"] == "array":
        shape, _ = _shape(kind["items"], types)
        return Shape(kind=shape.kind, arrays=shape.arrays + 1), kind.get("inputBinding")
    if kind["type"] == "enum":
        symbols = sorted(_last(symbol) for symbol in kind["symbols"])
        return Shape(kind=f"enum:{','.join(symbols)}"), None
    if kind["type"] == "record":
        return Shape(kind="record"), None
    return _shape(kind["type"], types)


def _output(name, entry, types, stdout):
    shape, _ = _shape(entry["type"], types)
    if shape.kind in {"stdout", "stderr"}:
        return Out(name=name, shape=Shape(kind="File"), glob=None)
    glob = entry.get("outputBinding", {}).get("glob", "")
    glob = glob[0] if isinstance(glob, list) and glob else glob
    glob = str(glob).removeprefix("./").rstrip("/") or "."
    return Out(name=name, shape=shape, glob=None if stdout and glob == stdout else glob)
