"""Any application that the model can hold, for the tests of dialects."""

import math
import string

from hypothesis import strategies as st

from apkg.model import (
    Application,
    ArrayType,
    Binding,
    Catalogue,
    Container,
    Default,
    Discovery,
    EnumType,
    Input,
    Metadata,
    Output,
    Person,
    Range,
    RecordField,
    RecordType,
    Resources,
    Scalar,
    UnionType,
)

NULL, BOX = Scalar("null"), ArrayType(Scalar("double"))
NUMBERS = ("int", "long", "float", "double")
WORDS = st.text(string.ascii_letters + "é🛰<&>\"'", min_size=1, max_size=6)
TEXT = st.lists(WORDS, max_size=3).map(" ".join)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
FLOATS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
MEDIA = st.lists(
    st.sampled_from(["image/tiff; application=geotiff", "application/zip", "application/vnd.zarr"]),
    max_size=2, unique=True,
).map(tuple)  # fmt: skip
LINKS = st.sampled_from(["https://example.org/a?b=c#d", "http://x.org/é"])
CRS = st.lists(LINKS | st.just("EPSG:4326"), max_size=3, unique=True).map(tuple)
SCALARS = st.sampled_from(
    [Scalar(n) for n in ("boolean", "string", "File", "Directory", *NUMBERS, "Any")]
)
ENUMS = st.lists(WORDS | st.just("1.0"), min_size=1, max_size=3, unique=True).map(
    lambda words: EnumType(tuple(words))
)


def _union(members):
    """Without what is no union: unions in unions, and a single member."""
    plain = tuple(dict.fromkeys(m for m in members if not isinstance(m, UnionType) and m != NULL))
    return UnionType((NULL, *plain) if NULL in members else plain)


def _record(fields):
    return RecordType(tuple(RecordField(name, kind) for name, kind in fields.items()))


TYPES = st.recursive(
    SCALARS | ENUMS,
    lambda inner: (
        inner.map(ArrayType)
        | st.dictionaries(NAMES, inner, min_size=1, max_size=3).map(_record)
        | st.lists(inner | st.just(NULL), min_size=2, max_size=3)
        .map(_union)
        .filter(lambda union: len(union.members) > 1)
    ),
    max_leaves=4,
)


def values(kind):
    """Values of a type; ``None`` where there is none to say."""
    match kind:
        case Scalar(name="boolean"):
            return st.booleans()
        case Scalar(name="int" | "long"):
            return st.integers(-(2**31), 2**31 - 1)
        case Scalar(name="float" | "double"):
            return FLOATS | st.sampled_from([float("inf"), float("-inf")])
        case EnumType(symbols=symbols):
            return st.sampled_from(symbols)
        case ArrayType(items=items):
            return st.lists(values(items), max_size=3).map(tuple)
        case UnionType(members=members):
            return values(members[-1])
        case RecordType() | Scalar(name="null"):
            return st.none()
    return TEXT | st.sampled_from(["[1]", "[", "true", "0"])


def _leaf(kind):
    return _leaf(kind.items) if isinstance(kind, ArrayType) else kind


@st.composite
def inputs(draw, name):
    """One input, with facets that mostly fit its type."""
    kind = draw(TYPES)
    # Null on top is ``optional``, and what anything may be needs no choice.
    semantics = None
    if isinstance(kind, UnionType) and NULL in kind.members:
        rest = tuple(member for member in kind.members if member != NULL)
        kind = rest[0] if len(rest) == 1 else UnionType(rest)
    leaf = _leaf(kind)
    if leaf == Scalar("string"):
        semantics = draw(st.sampled_from([None, "date", "dateTime", "time", "anyURI"]))
    if draw(st.integers(0, 9)) == 0:
        kind, semantics = draw(st.sampled_from([BOX, ArrayType(BOX)])), "bbox"
    number = isinstance(leaf, Scalar) and leaf.name in NUMBERS and semantics is None
    least, step = draw(st.none() | FLOATS), draw(st.none() | st.sampled_from([0.5, 2, 7]))
    span = Range(minimum=least, maximum=draw(st.none() | FLOATS), spacing=step)
    several = isinstance(kind, ArrayType) and semantics != "bbox"
    optional = draw(st.booleans())
    default = draw(st.none() | values(kind).map(Default))
    exact = (("wps:minOccurs", "2"), ("wps:maxOccurs", "5"))
    counts = draw(st.sampled_from([(), exact, exact[1:], (("x:y", "z"),)]))
    files = leaf in (Scalar("File"), Scalar("Directory"))
    # An allowed value that is infinite is no value that anybody chooses from.
    finite = values(leaf).filter(lambda one: not isinstance(one, float) or math.isfinite(one))
    allowed = draw(st.lists(finite, max_size=2, unique=True)) if number else []
    if allowed and default is not None:
        # A default that is not allowed is the author's mistake, and no question of dialects.
        default = Default(allowed[0]) if kind == leaf else None
    return Input(
        id=name,
        type=kind,
        label=draw(TEXT),
        doc=draw(TEXT),
        optional=optional,
        default=default,
        semantics=semantics,
        media_types=draw(MEDIA) if files else (),
        allowed_values=tuple(allowed),
        range=span if number and span != Range() and draw(st.booleans()) else None,
        uom=draw(st.sampled_from([None, "m", "K s-1"])),
        supported_crs=draw(CRS) if semantics == "bbox" else (),
        discovery=draw(DISCOVERY),
        binding=draw(st.none() | BINDINGS),
        scatter=draw(st.integers(0, 19)) == 0,
        annotations=counts if several else (),
    )


DISCOVERY = st.just(Discovery()) | st.builds(
    Discovery,
    eo_image=st.booleans(),
    allowed_collections=st.lists(st.sampled_from(["S2", "L-8", "a,b"]), max_size=2).map(tuple),
    catalog_search_field=st.none() | st.just("bbox"),
    unique_aoi=st.none() | st.booleans(),
    unique_toi=st.none() | st.booleans(),
)
BINDINGS = st.builds(
    Binding,
    position=st.none() | st.integers(-3, 30),
    prefix=st.none() | st.sampled_from(["-a", "--long"]),
    separate=st.booleans(),
    item_separator=st.sampled_from([None, ",", " "]),
    repeat=st.booleans(),
).filter(lambda known: known.position is not None or known.prefix is not None)


@st.composite
def outputs(draw, name):
    """One output."""
    kind = draw(TYPES)
    if isinstance(kind, UnionType) and NULL in kind.members:
        kind = draw(SCALARS)
    semantics = None
    if _leaf(kind) == Scalar("string"):
        semantics = draw(st.sampled_from([None, "date", "dateTime", "time", "anyURI"]))
    if draw(st.integers(0, 9)) == 0:
        kind, semantics = draw(st.sampled_from([BOX, ArrayType(BOX)])), "bbox"
    files = _leaf(kind) in (Scalar("File"), Scalar("Directory"))
    return Output(
        semantics=semantics,
        supported_crs=draw(CRS) if semantics == "bbox" else (),
        id=name,
        type=kind,
        label=draw(TEXT),
        doc=draw(TEXT),
        glob=draw(st.sampled_from([".", "*.tif", "out/a b.png"])),
        optional=draw(st.booleans()),
        media_types=draw(MEDIA) if files else (),
        role=draw(st.sampled_from(["result", "result", "stdout"])),
    )


OPTIONAL_TEXT = st.none() | WORDS | LINKS
PEOPLE = st.builds(
    Person,
    name=WORDS,
    email=st.none() | st.just("a@b.org"),
    affiliation=st.none() | WORDS,
    identifier=st.none() | st.just("https://orcid.org/0000") | st.just("0000"),
)
METADATA = st.builds(
    Metadata,
    version=st.sampled_from(["1.0.0", "0.1", "2.0.0-rc1"]),
    keywords=st.lists(WORDS, max_size=2).map(tuple),
    authors=st.lists(PEOPLE, max_size=2).map(tuple),
    license=OPTIONAL_TEXT,
    code_repository=st.none() | LINKS,
    citation=OPTIONAL_TEXT,
    date_created=st.none() | st.just("2024-01-01"),
    release_notes=OPTIONAL_TEXT,
    visibility=st.sampled_from([None, "public", "private"]),
    security_note=st.none() | WORDS,
)
RESOURCES = st.builds(
    Resources,
    cores_min=st.none() | st.sampled_from([0.5, 1, 4]),
    cores_max=st.none() | st.integers(1, 8),
    ram_min=st.none() | st.integers(1, 10**6),
    ram_max=st.none() | st.sampled_from([1024, 954]),
    tmpdir_min=st.none() | st.integers(1, 10**6),
    tmpdir_max=st.none() | st.integers(1, 10**6),
    outdir_min=st.none() | st.integers(1, 10**6),
)


@st.composite
def applications(draw):
    """An application with a few inputs and outputs."""
    names = draw(st.lists(NAMES, max_size=4, unique=True))
    results = draw(st.lists(NAMES, max_size=2, unique=True))
    return Application(
        id=draw(NAMES),
        title=draw(TEXT),
        abstract=draw(TEXT),
        inputs=tuple(draw(inputs(name)) for name in names),
        outputs=tuple(draw(outputs(name)) for name in results),
        container=Container(image="registry.example.org:5000/eo/tool:1.0"),
        resources=draw(st.just(Resources()) | RESOURCES),
        network=draw(st.booleans()),
        metadata=draw(METADATA),
        catalogues=draw(
            st.lists(st.builds(Catalogue, href=LINKS, title=TEXT), max_size=2,
                     unique_by=lambda c: c.href).map(tuple)
        ),
    )  # fmt: skip
