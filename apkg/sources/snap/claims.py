"""A SNAP graph as claims: ``gpt graph.xml -Pname=value … -Sname=product … -t target``.

``${name}`` in a node's parameters is filled by ``-Pname=value``, in its sources by
``-Sname=file``. A graph without ``Write`` gives its last product to ``-t``, in the format ``-f``.
The graph travels in the package as it is, but for paths on its author's disk, which become
variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apkg.media import media_type_of
from apkg.model import ArrayType, Binding, CommandProgram, DataType, Default, Scalar, TextFile
from apkg.names import parameter_id, printable, unique, words
from apkg.report import Finding
from apkg.sources.claims import Claim, Fields, Layer
from apkg.sources.snap.graph import Element, Graph
from apkg.sources.snap.usage import (
    Use,
    file_name,
    host_paths,
    read_nothing,
    rewritten,
    uses_of,
)
from apkg.typetext import type_text

VOICE = "SNAP graph"
FILE_NAME = "graph.xml"
_ENDINGS = {
    "geotiff": ".tif", "geotiff-bigtiff": ".tif", "cog": ".tif", "netcdf4-cf": ".nc",
    "netcdf-cf": ".nc", "netcdf4-beam": ".nc", "netcdf-beam": ".nc", "csv": ".csv", "png": ".png",
    "jpg": ".jpg", "jpeg": ".jpg", "hdf5": ".h5", "jpeg2000": ".jp2",
}  # fmt: skip
_HEADER_TYPES = {
    "boolean": "boolean", "java.lang.boolean": "boolean", "byte": "int", "short": "int",
    "int": "int", "integer": "int", "java.lang.integer": "int", "long": "long", "float": "float",
    "java.lang.float": "float", "double": "double", "java.lang.double": "double",
    "file": "File", "java.io.file": "File",
}  # fmt: skip
_DOUBLES = re.compile(
    r".*(?:InMeters?|InDegrees?|Threshold|NoDataValue)|sigma|targetRes.*", re.IGNORECASE
)
_INTS = re.compile(r".*(?:Looks|SizeX|SizeY|FilterSize|BurstIndex|Degree|Order)|targetWidth|"
                   r"targetHeight|num[A-Z].*", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphLayer:
    """The claims that a graph makes, the program that runs it, and what was guessed."""

    layer: Layer
    program: CommandProgram
    findings: tuple[Finding, ...] = ()


def graph_layer(graph: Graph) -> GraphLayer:
    """What the graph says of its inputs and outputs."""
    maker = _Maker(graph)
    return maker.make()


class _Maker:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._uses = uses_of(graph)
        self._inputs: dict[str, Fields] = {}
        self._outputs: dict[str, Fields] = {}
        self._header = _header(graph)

    def make(self) -> GraphLayer:
        for use in self._uses:
            name = unique(parameter_id(use.name), self._inputs)
            self._inputs[name] = self._input(use)
        taken = list(self._inputs)
        for use, name in zip(self._uses, taken, strict=True):
            if use.way == "write":
                self._add_output(name, self._format(use), use.node.line)
        if not any(use.way == "write" for use in self._uses):
            self._target()
        about = {"title": words(self._graph.path.stem)}
        return GraphLayer(
            layer=Layer(
                application={k: self._claim(v, guessed=True) for k, v in about.items()},
                inputs=self._inputs,
                outputs=self._outputs,
            ),
            program=CommandProgram(
                base_command=("gpt", FILE_NAME),
                files=(TextFile(FILE_NAME, rewritten(self._graph, self._uses)),),
            ),
            findings=tuple(self._findings()),
        )

    def _claim(self, value: object, *, guessed: bool = False, line: int | None = None) -> Claim:
        return Claim(
            value=value, source=VOICE, guessed=guessed, location=self._graph.location(line)
        )

    def _input(self, use: Use) -> Fields:
        line = use.element.line
        kind, stated = self._type(use)
        letter = "S" if use.way == "source" else "P"
        binding = Binding(
            prefix=f"-{letter}{use.name}=",
            separate=False,
            item_separator="," if isinstance(kind, ArrayType) else None,
        )
        fields = {
            "type": self._claim(kind, guessed=not stated, line=line),
            "doc": self._claim(self._doc(use), line=line),
            "binding": self._claim(binding, line=line),
        }
        if use.literal and use.way == "read":
            paths = [path.strip() for path in use.literal.split(",")]
            if not any(re.match(r"/|[A-Za-z]:|\\", path) for path in paths):
                fields["example"] = self._claim("\n".join(paths), line=line)
            media = media_type_of(paths[0])
            if media:
                fields["media_types"] = self._claim((media,), guessed=True, line=line)
        default = self._default(use, kind)
        if default is not None:
            fields["default"] = self._claim(Default(default), guessed=use.way == "write", line=line)
        return fields

    def _type(self, use: Use) -> tuple[DataType, bool]:
        if use.way in {"read", "source"}:
            return (ArrayType(Scalar("File")) if use.several else Scalar("File")), True
        if use.way == "write":
            return Scalar("string"), True
        declared = self._header.get(use.name)
        if declared is not None:
            name = _HEADER_TYPES.get(declared.attributes.get("type", "").lower(), "string")
            return Scalar(name), True
        alone = use.element.text.strip() == f"${{{use.name}}}"
        if alone and _DOUBLES.fullmatch(use.element.name):
            return Scalar("double"), False
        if alone and _INTS.fullmatch(use.element.name):
            return Scalar("int"), False
        if alone and use.element.name.endswith("File"):
            return Scalar("File"), False
        if _DOUBLES.fullmatch(use.name):
            return Scalar("double"), False
        return Scalar("string"), False

    def _default(self, use: Use, kind: DataType) -> str | int | float | bool | None:
        if use.way == "write":
            name = file_name(use.literal) if use.literal else ""
            ending = _ENDINGS.get(self._format(use).lower(), ".dim")
            return name or f"{parameter_id(use.name)}{ending}"
        declared = self._header.get(use.name)
        if declared is None:
            return None
        text = _attribute(declared, "defval", "defaultValue", "default")
        return _parsed(text, kind) if text else None

    def _format(self, use: Use) -> str:
        """The format that a ``Write`` names; one that a variable decides is told by the name."""
        text = use.node.parameter("formatName")
        if text and "${" not in text:
            return text
        media = media_type_of(use.literal) if use.literal else None
        known = {media_type_of(f"x{ending}"): name for name, ending in _ENDINGS.items()}
        return known.get(media, "GeoTIFF" if text else "BEAM-DIMAP")

    def _add_output(self, name: str, form: str, line: int | None) -> None:
        """A BEAM-DIMAP product is a file and a folder, so that the whole folder is the output."""
        ending = _ENDINGS.get(form.lower())
        taken = [*self._inputs, *self._outputs]
        output = unique("result" if name.lower().startswith("out") else f"{name}_product", taken)
        doc = f"The product that SNAP writes, as {printable(form)}"
        fields: dict[str, Claim] = {"doc": self._claim(doc, line=line)}
        if ending is None:
            if any(fields["glob"].value == "." for fields in self._folders()):
                return
            fields["type"] = self._claim(Scalar("Directory"), line=line)
            fields["glob"] = self._claim(".", line=line)
        else:
            fields["type"] = self._claim(Scalar("File"), line=line)
            fields["named_by"] = self._claim(name, line=line)
            media = media_type_of(f"x{ending}")
            if media:
                fields["media_types"] = self._claim((media,), line=line)
        self._outputs[output] = fields

    def _folders(self) -> list[Fields]:
        return [fields for fields in self._outputs.values() if "glob" in fields]

    def _target(self) -> None:
        """Gpt's own ``-t`` and ``-f``, for a graph that does not write itself."""
        name = unique("output", self._inputs)
        self._inputs[name] = {
            "type": self._claim(Scalar("string")),
            "doc": self._claim("Name of the file that the result is written to"),
            "default": self._claim(Default("output.tif"), guessed=True),
            "binding": self._claim(Binding(prefix="-t")),
        }
        form = unique("format", self._inputs)
        self._inputs[form] = {
            "type": self._claim(Scalar("string")),
            "doc": self._claim("Format of the result, as SNAP calls it, such as GeoTIFF"),
            "default": self._claim(Default("GeoTIFF"), guessed=True),
            "binding": self._claim(Binding(prefix="-f")),
        }
        self._add_output(name, "GeoTIFF", None)

    def _doc(self, use: Use) -> str:
        declared = self._header.get(use.name)
        text = "" if declared is None else _attribute(declared, "desc", "description", "label")
        text = text or (declared.text.strip() if declared is not None else "")
        if text:
            return printable(" ".join(text.split()))
        operator = printable(use.node.operator or use.node.id)
        return {
            "read": f"The product that the operator {operator} reads",
            "source": f"The source product of the operator {operator}",
            "write": f"Name of the file that the operator {operator} writes",
            "value": f"{words(_spaced(use.element.name))} of the operator {operator}",
        }[use.way]

    def _findings(self) -> Iterator[Finding]:
        for use in self._uses:
            if use.literal is not None:
                yield self._replaced(use)
            elif use.way == "value":
                yield from self._guessed(use)
        for node in read_nothing(self._graph):
            yield Finding(
                rule="snap/reads-nothing",
                severity="warning",
                message=f"the node {printable(node.id)} reads a product that nothing names",
                location=self._graph.location(node.line),
                advice="Write <file>${input}</file> among its parameters; then it is an input.",
                subject=node.id,
            )
        for node, element in host_paths(self._graph, self._uses):
            yield Finding(
                rule="snap/path-on-disk",
                severity="warning",
                message=f"{element.name} of the node {printable(node.id)} names a place on its "
                "author's own disk, which no platform has",
                location=self._graph.location(element.line),
                advice=f"Write ${{{element.name}}} in its place; then it becomes an input.",
                subject=element.name,
            )

    def _guessed(self, use: Use) -> Iterator[Finding]:
        kind, stated = self._type(use)
        if stated or kind == Scalar("string"):
            return
        name = parameter_id(use.name)
        yield Finding(
            rule="commandline/guessed-type",
            severity="note",
            message=f"input {name} is taken for {type_text(kind, optional=False)}, "
            "guessed from its name",
            location=self._graph.location(use.element.line),
            advice=f"If it is not, say so in apkg.yaml, or with --set inputs.{name}.type=string.",
            subject=name,
        )

    def _replaced(self, use: Use) -> Finding:
        what = "reads" if use.way == "read" else "writes"
        return Finding(
            rule="snap/path-replaced",
            severity="note",
            message=f"the file that the node {printable(use.node.id)} {what} "
            f"is now the input {use.name}",
            location=self._graph.location(use.element.line),
            advice=f"Write ${{name}} in the graph to call it something else than {use.name}.",
            subject=use.name,
        )


def _header(graph: Graph) -> Mapping[str, Element]:
    found = graph.header.walk() if graph.header else []
    named = [e for e in found if e.name in {"parameter", "source"} and "name" in e.attributes]
    return {element.attributes["name"]: element for element in named}


def _attribute(element: Element, *names: str) -> str:
    found = (element.attributes.get(name, "") or element.texts(name) for name in names)
    return next((text.strip() for text in found if text.strip()), "")


def _parsed(text: str, kind: DataType) -> str | int | float | bool | None:
    name = kind.name if isinstance(kind, Scalar) else ""
    if name == "boolean":
        return {"true": True, "false": False}.get(text.lower())
    try:
        if name in {"int", "long"}:
            return int(text)
        if name in {"float", "double"}:
            return float(text)
    except ValueError:
        return None
    return text if name == "string" else None


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
