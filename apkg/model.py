"""The neutral model: everything a person can say about an application, and nothing else.

Sources produce an :class:`Application`, emitters turn it into documents. All classes are
frozen, hold tuples, and do no I/O. Field names follow CWL v1.2 and OGC 18-049r1 / WPS 2.0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from apkg.display import html
from apkg.errors import Location
from apkg.names import printable

#: A literal as JSON knows it, with tuples for lists (defaults, allowed values).
Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | None"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A CWL primitive: null, boolean, int, long, float, double, string, File, Directory, Any."""

    name: str


@dataclass(frozen=True, slots=True)
class EnumType:
    """One of a fixed set of strings (CWL ``enum``)."""

    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArrayType:
    """Any number of values of one type (CWL ``array``)."""

    items: DataType


@dataclass(frozen=True, slots=True)
class RecordField:
    """One named member of a record."""

    name: str
    type: DataType


@dataclass(frozen=True, slots=True)
class RecordType:
    """Named values together (CWL ``record``)."""

    fields: tuple[RecordField, ...]


@dataclass(frozen=True, slots=True)
class UnionType:
    """One of several types (a CWL type list). ``null`` on top is ``Input.optional`` instead."""

    members: tuple[DataType, ...]


DataType: TypeAlias = Scalar | EnumType | ArrayType | RecordType | UnionType


@dataclass(frozen=True, slots=True)
class Default:
    """A default value. ``Default(None)`` is a default of null; no default is ``None`` itself."""

    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An allowed range, ends included (WPS 2.0 ``AllowedValues/Range``). ``None`` is open."""

    minimum: float | int | None = None
    maximum: float | int | None = None
    spacing: float | int | None = None


#: What the characters of a string (or the numbers of an array) mean, where the type cannot tell.
Semantics: TypeAlias = Literal["date", "dateTime", "time", "anyURI", "bbox"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """How a client finds data for an input (18-049r1, ``inputMetadata`` additional parameters)."""

    eo_image: bool = False
    allowed_collections: tuple[str, ...] = ()
    catalog_search_field: str | None = None
    unique_aoi: bool | None = None
    unique_toi: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """How an input stands on the command line (CWL v1.2 ``CommandLineBinding``).

    ``repeat`` writes the prefix before each item of an array, not once before all of them.
    """

    position: int | None = None
    prefix: str | None = None
    separate: bool = True
    item_separator: str | None = None
    repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input. ``variable`` is the name the program itself uses where it is not ``id``."""

    id: str
    type: DataType
    label: str = ""
    doc: str = ""
    optional: bool = False
    default: Default | None = None
    semantics: Semantics | None = None
    media_types: tuple[str, ...] = ()
    allowed_values: tuple[Value, ...] = ()
    range: Range | None = None
    uom: str | None = None
    supported_crs: tuple[str, ...] = ()
    discovery: Discovery = Discovery()
    scatter: bool = False
    variable: str | None = None
    #: Its place on the command line of a :class:`CommandProgram`.
    binding: Binding | None = None
    #: What a sample job would use for a File or Directory: a path beside the source, as written.
    example: str | None = None
    annotations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One output.

    ``glob`` is the exact pattern below the folder the program works in. ``named_by`` is the id
    of the input whose value is the file's name instead. ``role`` tells the executed notebook,
    which the launcher leaves, and what a command prints, from the files that a program writes.
    """

    id: str
    type: DataType
    label: str = ""
    doc: str = ""
    glob: str = "."
    named_by: str | None = None
    optional: bool = False
    media_types: tuple[str, ...] = ()
    role: Literal["result", "executed-notebook", "stdout"] = "result"
    #: What a result that is a value means (a deployment document says it, CWL cannot).
    semantics: Semantics | None = None
    supported_crs: tuple[str, ...] = ()
    annotations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author (schema.org ``Person``)."""

    name: str
    email: str | None = None
    affiliation: str | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """An OpenSearch description document where input products are found (18-049r1 clause 5)."""

    href: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The image that the program runs in."""

    image: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """CWL ``ResourceRequirement``: cores, and MiB of memory and of disk."""

    cores_min: float | int | None = None
    cores_max: float | int | None = None
    ram_min: int | None = None
    ram_max: int | None = None
    tmpdir_min: int | None = None
    tmpdir_max: int | None = None
    outdir_min: int | None = None
    outdir_max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a catalogue says of an application (schema.org, OGC 20-089 requirement 11)."""

    version: str = "1.0.0"
    keywords: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    license: str | None = None
    code_repository: str | None = None
    citation: str | None = None
    date_created: str | None = None
    release_notes: str | None = None
    visibility: str | None = None
    security_note: str | None = None
    annotations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that travels with the program: its relative POSIX path and its content."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookProgram:
    """A notebook ready to be executed by the launcher.

    ``notebook`` is nbformat 4 JSON without outputs; the local modules that it imports travel in
    its metadata. ``folders`` are created before it starts. With ``stac`` the launcher describes
    the results in a STAC catalogue; ``results`` are then what the author declared of them.
    """

    notebook: str
    file_name: str
    language: str
    kernel: str | None = None
    #: (notebook variable, folder below the working folder) pairs: made and passed at run time.
    folders: tuple[tuple[str, str], ...] = ()
    stac: bool = False
    results: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A fixed word of a command line (CWL ``arguments``)."""

    value: str
    position: int | None = None
    prefix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandProgram:
    """A command-line tool in an image; each input's :class:`Binding` says where it stands.

    ``stdout`` is the file that the command's standard output becomes, where it is a result.
    ``environment`` are the variables that the tool needs set (CWL ``EnvVarRequirement``).
    ``files`` travel with the description and stand in the folder that the tool works in.
    """

    base_command: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()
    stdout: str | None = None
    environment: tuple[tuple[str, str], ...] = ()
    files: tuple[TextFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CwlProgram:
    """A process that exists in CWL, and is run as it stands.

    ``document`` is JSON text: one self-contained CWL document (what it imported or ran from
    other files is in it), ``process`` the id of the one that is meant in its ``$graph``.
    """

    document: str
    process: str | None = None


#: How several sources become one value (CWL v1.2 ``pickValue``).
PickValue: TypeAlias = Literal["first_non_null", "the_only_non_null", "all_non_null"]
#: How several arrays are scattered over (CWL v1.2 ``scatterMethod``).
ScatterMethod: TypeAlias = Literal["dotproduct", "nested_crossproduct", "flat_crossproduct"]
PICK_VALUES: tuple[PickValue, ...] = get_args(PickValue)
SCATTER_METHODS: tuple[ScatterMethod, ...] = get_args(ScatterMethod)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where an input of a step takes its value from (CWL v1.2 ``WorkflowStepInput``).

    A source is ``step/output``, or the id of an input of the workflow. ``merge`` is CWL's
    ``linkMerge``, ``value_from`` an expression of CWL, ``default`` the value where no source
    gives one.
    """

    input: str
    sources: tuple[str, ...] = ()
    merge: Literal["merge_nested", "merge_flattened"] | None = None
    pick_value: PickValue | None = None
    default: Default | None = None
    value_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a chain: an application, and where its inputs come from.

    ``scatter`` are the inputs that it runs over, value by value; ``when`` is the condition
    (an expression of CWL) on which it runs at all.
    """

    id: str
    application: Application
    links: tuple[Link, ...] = ()
    scatter: tuple[str, ...] = ()
    scatter_method: ScatterMethod | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Where an output of a workflow comes from: ``step/output``, several with ``pick_value``."""

    output: str
    sources: tuple[str, ...]
    merge: Literal["merge_nested", "merge_flattened"] | None = None
    pick_value: PickValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowProgram:
    """Several applications as one (CWL v1.2 ``Workflow``), in the order of the steps."""

    steps: tuple[Step, ...]
    results: tuple[Result, ...]


Program: TypeAlias = NotebookProgram | CommandProgram | CwlProgram | WorkflowProgram


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one field came from: ``field`` is a dotted path such as ``inputs.threshold.type``."""

    field: str
    source: str
    guessed: bool = False
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Application:
    """An application, whatever it was described in."""

    id: str
    title: str = ""
    abstract: str = ""
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    container: Container | None = None
    resources: Resources = Resources()
    network: bool = False
    metadata: Metadata = Metadata()
    catalogues: tuple[Catalogue, ...] = ()
    program: Program | None = None
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    def origin(self, path: str) -> Origin | None:
        """Where the field with this dotted path came from, if it was recorded."""
        return next((origin for origin in self.origins if origin.field == path), None)

    def __repr__(self) -> str:
        counts = ((len(self.inputs), "input"), (len(self.outputs), "output"))
        ports = ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counts)
        return f"<Application {printable(self.id)}: {ports}>"

    def _repr_html_(self) -> str | None:
        return html(self)
