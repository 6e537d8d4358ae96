"""What an argument is: a file or folder that is read, one that is written, or a plain value.

An author's own statement (``Path(exists=True)``, ``open(args.x, "w")``) decides. Where there is
none, the name, the metavariable, the help line and the default are heard, in this order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from apkg.media import is_directory_name, media_type_of
from apkg.model import ArrayType, Scalar
from apkg.sources.commandline.helptext import Phrase, first_sentence, phrases
from apkg.sources.commandline.model import Argument
from apkg.sources.commandline.words import (
    ABOUT,
    ADDRESSES,
    DATA,
    DIRECTORIES,
    FILES,
    INPUT,
    OUTPUT,
    RESULTS,
    SAVING,
    is_path_word,
    tokens,
)

Kind: TypeAlias = Literal["File", "Directory", "address", "value"]

_PATHS = (Scalar("File"), Scalar("Directory"))
_WRITES = re.compile(
    r"^(?:(?:set|specify|define|give|choose)\s+(?:the\s+)?)?(?:file|filename|path|folder|directory|dir|where|location|name)\b.*"
    r"(?:\bto\s+(?:be\s+)?(?:write|written|output|log|save|saved|store|stored|export|create|created|generate|"
    r"generated|dump|put|place)\b|\b(?:are|is|will be|be|get)\s+(?:written|saved|stored|created|"
    r"generated|placed|put|exported))"
    r"|^(?:also\s+|additionally\s+|optionally\s+)?(?:write|writes|save|saves|store|stores|export|exports|dump|put|print)\b.*"
    r"\b(?:to|in|into|as|at)\s+(?:this\s+|the\s+|an?\s+|given\s+|specified\s+|new\s+|json\s+"
    r"|geojson\s+|csv\s+|text\s+|xml\s+|html\s+|yaml\s+|geotiff\s+|netcdf\s+)*"
    r"(?:file|filename|path|folder|directory|dir|outfile)\b",
    re.IGNORECASE,
)
_RESULT_WORDS = frozenset(
    ["output", "outputs", "destination", "result", "resulting", "results", "target", "generated"]
)
_SOURCES = frozenset(["ds", "dataset", "datasource", "datasets", "datasources"])
#: ``Bounds or geometry file``: of such an argument a text may be given, and a path, too.
_TEXTS = re.compile(
    r"\b(?:strings?|text|wkt|bounds|bounding box|bbox|coordinates|ids?|identifiers?|expression)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b|\beither\b", re.IGNORECASE)
_TRUTH = re.compile(r"\b(?:true|yes|on)\s*[/|]\s*(?:false|no|off)\b", re.IGNORECASE)
_STAC = re.compile(r"\bSTAC\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What an argument is, whether it names a result, and which words told us so."""

    kind: Kind = "value"
    written: bool = False
    #: Whether the code itself said so; else ``because`` tells what the guess rests on.
    stated: bool = False
    because: str = ""


def role_of(argument: Argument) -> Role:
    """The role of an argument that takes a value."""
    stated = argument.type.items if isinstance(argument.type, ArrayType) else argument.type
    if argument.choices or (stated is not None and stated not in (*_PATHS, Scalar("string"))):
        return Role(stated=True)
    if argument.writes and not argument.must_exist:
        return Role(kind=_file_or_folder(argument), written=True, stated=True)
    why = _why_written(argument)
    if not why and _is_text_or_path(argument.help):
        return Role(because="its help")
    if argument.must_exist and not (why and (argument.writes or _is_here(argument))):
        kind = stated.name if stated in _PATHS and isinstance(stated, Scalar) else None
        folder = kind == "Directory" or (kind is None and _is_folder(argument))
        return Role(kind="Directory" if folder else "File", stated=True)
    if why:
        return Role(kind=_file_or_folder(argument), written=True, because=why)
    if stated in _PATHS and isinstance(stated, Scalar):
        return Role(kind="Directory" if stated.name == "Directory" else "File", stated=True)
    return _read_role(argument)


def _is_text_or_path(text: str) -> bool:
    """Whether the first sentence of a help text offers a text beside a file."""
    parts = re.split(r",|\bor\b", first_sentence(text), flags=re.IGNORECASE)
    if len(parts) < 2 or not _OR.search(first_sentence(text)):
        return False
    paths = [part for part in parts if _has_path_word(part)]
    return bool(paths) and any(_TEXTS.search(part) for part in parts if part not in paths)


def _has_path_word(text: str) -> bool:
    return any(is_path_word(word) for word in re.findall(r"[a-z]+", text.lower()))


def _is_here(argument: Argument) -> bool:
    """Whether the default is the folder that the tool works in, which is there in any case."""
    return argument.default is not None and argument.default.value in {".", "./"}


def _why_written(argument: Argument) -> str:
    """The words that make an argument the name of a result, or nothing."""
    name = tokens(argument_name(argument))
    said, path = phrases(argument.help), _is_path_metavar(argument)
    if name and name[-1] in ABOUT and not _is_file_name(name) and not path:
        return ""
    if _names_result(name):
        rest = [word for word in name if word not in OUTPUT and word not in SAVING]
        pathish = not rest or is_path_word(rest[-1]) or rest[-1] in DATA | RESULTS
        if (pathish and not _plainly_no_path(said)) or path or _says_path(said, argument):
            return "its name"
    if (
        argument.positional
        and tokens(argument.metavar)[:1]
        and _names_result(tokens(argument.metavar))
    ):
        return "its metavariable"
    if _result_phrase(said, argument) or _WRITES.search(first_sentence(argument.help)):
        return "its help"
    if "-o" in argument.flags and (path or _says_path(said, argument)):
        return "the flag -o"
    return ""


def _names_result(name: tuple[str, ...]) -> bool:
    return any(word in OUTPUT for word in name) or (
        bool(name) and name[0] in SAVING and any(map(is_path_word, name))
    )


def _is_file_name(name: tuple[str, ...]) -> bool:
    """``out_name`` and ``output_file_name`` are names of files, ``asset_name`` is none."""
    return name[-1] in {"name", "names"} and all(
        word in OUTPUT or is_path_word(word) or word in {"name", "names"} for word in name
    )


def _plainly_no_path(said: tuple[Phrase, ...]) -> bool:
    return bool(said) and said[0].noun in ABOUT - {"name", "names"}


def _says_path(said: tuple[Phrase, ...], argument: Argument) -> bool:
    default = argument.default.value if argument.default else None
    named = isinstance(default, str) and media_type_of(default) is not None
    return named or any(is_path_word(p.noun) or p.noun in DATA for p in said)


def _result_phrase(said: tuple[Phrase, ...], argument: Argument) -> bool:
    """``Output file``, ``Name of the output image``: a result word and something kept in files."""
    if argument.positional and any(word in INPUT for word in tokens(argument.name)):
        return False
    return any(
        (is_path_word(p.noun) or p.noun in DATA | RESULTS) and _RESULT_WORDS & set(p.words)
        for p in said
    )


def _read_role(argument: Argument) -> Role:
    name, said = tokens(argument_name(argument)), phrases(argument.help)
    last = name[-1] if name else ""
    if _TRUTH.search(argument.help):
        return Role()
    if _is_address(last, said, argument):
        return Role(kind="address", because="its name and help")
    folder = "Directory" if _is_folder(argument) else "File"
    kind: Kind = "Directory" if folder == "Directory" else "File"
    if _is_path_metavar(argument):
        return Role(kind=kind, because="its metavariable")
    if last in ABOUT or (said and said[0].noun in ABOUT and not is_path_word(last)):
        return Role()
    if is_path_word(last):
        return Role(kind=kind, because="its name")
    if any(is_path_word(p.noun) or p.noun in DATA for p in said):
        return Role(kind=kind, because="its help")
    data = last in DATA or (bool(name) and all(word in INPUT for word in name))
    if data and (argument.positional or not argument.help or _mentions_data(argument.help)):
        return Role(kind=kind, because="its name")
    return Role()


def _mentions_data(text: str) -> bool:
    words = re.findall(r"[a-z0-9]+", first_sentence(text).lower())
    return any(is_path_word(word) or word in DATA for word in words)


def _is_address(last: str, said: tuple[Phrase, ...], argument: Argument) -> bool:
    if last in ADDRESSES or argument.metavar.upper().strip("<>") in {"URL", "URI"}:
        return True
    local = any(is_path_word(p.noun) or p.noun in DATA for p in said)
    return not local and any(p.noun in ADDRESSES for p in said)


def _is_path_metavar(argument: Argument) -> bool:
    """A metavariable such as ``FILE`` or ``src_ds``; one that repeats the name tells nothing."""
    words = tokens(argument.metavar)
    if not words or words == tokens(argument.name) or "@" in argument.metavar:
        return False
    ends = [tokens(part)[-1:] for part in argument.metavar.split("|")]
    return all(end and (is_path_word(end[0]) or end[0] in _SOURCES) for end in ends)


def _file_or_folder(argument: Argument) -> Kind:
    stated = argument.type.items if isinstance(argument.type, ArrayType) else argument.type
    if isinstance(stated, Scalar) and stated in _PATHS:
        return "Directory" if stated.name == "Directory" else "File"
    return "Directory" if _is_folder(argument) else "File"


def _is_folder(argument: Argument) -> bool:
    name, metavar = tokens(argument_name(argument)), tokens(argument.metavar)
    if any(word in DIRECTORIES for word in (*name[-1:], *metavar[-1:])):
        return True
    if name and name[-1] in FILES - {"path", "paths"}:
        return False
    said = phrases(argument.help)
    if any(p.noun in FILES - {"path", "paths"} | {"geotiff", "json"} for p in said):
        return False
    default = argument.default.value if argument.default else None
    if isinstance(default, str) and default:
        if is_directory_name(default) or default == ".":
            return True
        if media_type_of(default) is not None:
            return False
    if any(p.noun in DIRECTORIES for p in said):
        return True
    return _is_stac(name, argument.help) or bool(
        re.search(r"\.SAFE\b|\bSAFE folder", argument.help)
    )


def _is_stac(name: tuple[str, ...], text: str) -> bool:
    """Platforms stage a STAC catalogue in as a folder (OGC 20-089, clause 8.4)."""
    if name and name[-1] in {"catalog", "catalogue"}:
        return True
    return bool(_STAC.search(text)) and any(
        word in {"catalog", "catalogue"} for p in phrases(text) for word in p.words
    )


def argument_name(argument: Argument) -> str:
    """What the author calls an argument: its first long flag without dashes, else its name."""
    if argument.positional:
        return argument.name
    flag = main_flag(argument)
    plain = flag.lstrip("-+/")
    return plain if len(plain) > 1 else argument.name or plain


def main_flag(argument: Argument) -> str:
    """The flag that an expert would write: the first long one, else the first."""
    flags = argument.flags
    longs = [flag for flag in flags if flag.startswith("--")]
    longs += [flag for flag in flags if len(flag.lstrip("-")) > 1]
    return (longs or [*flags])[0]
