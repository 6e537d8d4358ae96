"""How each language writes a value: translators for papermill."""

from __future__ import annotations

import math
import re
import shlex
from decimal import Decimal
from typing import Any, ClassVar

from apkg.emitters.launcher_parts.head import INPUTS, USAGE, Json, Kind, StopError, shown

# part: begin

# papermill's own translators lose values: Latin letters in R and Julia, the dollar sign in Julia,
# infinity, large numbers and the type of lists in R, nested lists in Bash. These take their place.
DOLLAR = "\x24"
LARGEST_EXACT = 2**53
EXACT_DIGITS, EXACT_POWERS = 15, 22
BEYOND_FOUR_DIGITS = 0x10000


class Writer:
    """Writes parameters as source code: Python's."""

    @classmethod
    def codify(cls, parameters: dict[str, Json], comment: str = "Parameters") -> str:
        """Write the source of the cell that sets all parameters."""
        kinds = {entry["variable"]: entry["type"] for entry in INPUTS}
        lines = ["# " + comment]
        for name, value in parameters.items():
            try:
                lines.append(cls.assign(name, cls.write(value, kinds.get(name, "Any"))))
            except ValueError as error:
                raise StopError(f"{name}: {error}", USAGE) from None
        return "\n".join(lines) + "\n"

    @classmethod
    def inspect(cls, _cell: Json) -> list[Any]:
        """Tell papermill of the parameters that the notebook declares: it need not know any."""
        return []

    @classmethod
    def assign(cls, name: str, text: str) -> str:
        """Write one assignment."""
        return f"{name} = {text}"

    @classmethod
    def write(cls, value: Json, kind: Kind = "Any") -> str:
        """Write one value as a literal of the language."""
        if isinstance(value, list):
            items = kind["array"] if isinstance(kind, dict) and "array" in kind else "Any"
            return cls.sequence(value, items)
        if isinstance(value, dict):
            return cls.mapping(value)
        return cls.string(value) if isinstance(value, str) else cls.number(value)

    @classmethod
    def string(cls, value: str) -> str:
        """Write a string."""
        return repr(value)

    @classmethod
    def number(cls, value: Json) -> str:
        """Write a number, a boolean or null."""
        if isinstance(value, float) and not math.isfinite(value):
            return f"float('{value!r}')"
        return repr(value)

    @classmethod
    def sequence(cls, values: list[Json], items: Kind) -> str:
        """Write a list."""
        return f"[{', '.join(cls.write(value, items) for value in values)}]"

    @classmethod
    def mapping(cls, values: dict[str, Json]) -> str:
        """Write a record."""
        pairs = [f"{cls.string(name)}: {cls.write(value)}" for name, value in values.items()]
        return "{" + ", ".join(pairs) + "}"


class Julia(Writer):
    """Julia: a dollar sign in a string interpolates, and an empty list has a type."""

    words: ClassVar[dict[str, str]] = {
        "None": "nothing",
        "True": "true",
        "False": "false",
        "inf": "Inf",
        "-inf": "-Inf",
        "nan": "NaN",
    }
    empty: ClassVar[dict[str, str]] = {
        "string": "String",
        "File": "String",
        "Directory": "String",
        "int": "Int64",
        "long": "Int64",
        "float": "Float64",
        "double": "Float64",
        "boolean": "Bool",
    }

    @classmethod
    def string(cls, value: str) -> str:
        """Write a string with every special character escaped."""
        return '"' + re.sub(r"[\x00-\x1f\x7f-\x9f\"\\\x24]", cls.escaped, value) + '"'

    @staticmethod
    def escaped(match: re.Match[str]) -> str:
        """Write one special character."""
        character = match.group()
        return "\\" + character if character in '"\\' + DOLLAR else f"\\u{ord(character):04x}"

    @classmethod
    def number(cls, value: Json) -> str:
        """Write a number, a boolean or null."""
        return cls.words.get(repr(value), repr(value))

    @classmethod
    def sequence(cls, values: list[Json], items: Kind) -> str:
        """Write a vector."""
        if values:
            return super().sequence(values, items)
        simple = "string" if isinstance(items, dict) and "enum" in items else str(items)
        return cls.empty.get(simple, "Any") + "[]"

    @classmethod
    def mapping(cls, values: dict[str, Json]) -> str:
        """Write a dictionary."""
        pairs = [f"{cls.string(name)} => {cls.write(value)}" for name, value in values.items()]
        return f"Dict({', '.join(pairs)})"


class R(Writer):
    """R: vectors for lists of one simple type, and lists for everything else."""

    words: ClassVar[dict[str, str]] = {
        "None": "NULL",
        "True": "TRUE",
        "False": "FALSE",
        "inf": "Inf",
        "-inf": "-Inf",
        "nan": "NaN",
    }
    empty: ClassVar[dict[str, str]] = {
        "string": "character",
        "File": "character",
        "Directory": "character",
        "int": "numeric",
        "long": "numeric",
        "float": "numeric",
        "double": "numeric",
        "boolean": "logical",
    }

    @classmethod
    def assign(cls, name: str, text: str) -> str:
        """Write one assignment; a name that R does not take bare stands in backticks."""
        if not re.fullmatch(r"(?:[A-Za-z]|\.(?![0-9]))[A-Za-z0-9._]*", name):
            name = "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
        return f"{name} <- {text}"

    @classmethod
    def string(cls, value: str) -> str:
        """Write a string in ASCII, so that it is the same in every locale."""
        if "\x00" in value:
            raise ValueError("R has no strings with a null character")
        return '"' + re.sub(r"[^ !#-\[\]-~]", cls.escaped, value) + '"'

    @staticmethod
    def escaped(match: re.Match[str]) -> str:
        """Write one special character."""
        character = match.group()
        if character in '"\\':
            return "\\" + character
        if ord(character) < BEYOND_FOUR_DIGITS:
            return f"\\u{ord(character):04x}"
        return f"\\U{ord(character):08x}"

    @classmethod
    def number(cls, value: Json) -> str:
        """Write a number, a boolean or null. All numbers are doubles, as R itself reads them."""
        if repr(value) in cls.words:
            return cls.words[repr(value)]
        if isinstance(value, int):
            if abs(value) > LARGEST_EXACT:
                raise ValueError(f"R cannot hold {shown(value)} exactly")
            return repr(value)
        # Within these limits every R reads a decimal exactly; beyond, not on every machine.
        digits, exponent = Decimal(repr(value)).as_tuple()[1:]
        is_exact = len(digits) <= EXACT_DIGITS and abs(int(exponent)) <= EXACT_POWERS
        return repr(value) if is_exact else str(value.hex())

    @classmethod
    def sequence(cls, values: list[Json], items: Kind) -> str:
        """Write a vector where it can be one, else a list."""
        simple = "string" if isinstance(items, dict) and "enum" in items else items
        mode = cls.empty.get(simple) if isinstance(simple, str) else None
        if mode and not values:
            return f"{mode}(0)"
        texts = ", ".join(cls.write(value, items) for value in values)
        return f"c({texts})" if mode and None not in values else f"list({texts})"

    @classmethod
    def mapping(cls, values: dict[str, Json]) -> str:
        """Write a named list."""
        pairs = [f"{cls.string(name)} = {cls.write(value)}" for name, value in values.items()]
        return f"list({', '.join(pairs)})"


class Bash(Writer):
    """Bash: everything is text, and lists cannot hold lists."""

    @classmethod
    def assign(cls, name: str, text: str) -> str:
        """Write one assignment."""
        return f"{name}={text}"

    @classmethod
    def string(cls, value: str) -> str:
        """Write a quoted word, on one line."""
        if "\x00" in value:
            raise ValueError("Bash has no strings with a null character")
        if not re.search(r"[\x01-\x1f\x7f]", value):
            return shlex.quote(value)
        word = value.replace("\\", "\\\\").replace("'", "\\'")
        return DOLLAR + "'" + re.sub(r"[\x01-\x1f\x7f]", cls.escaped, word) + "'"

    @staticmethod
    def escaped(match: re.Match[str]) -> str:
        """Write one control character."""
        return f"\\{ord(match.group()):03o}"

    @classmethod
    def number(cls, value: Json) -> str:
        """Write a number, ``true`` or ``false``; nothing for null."""
        return {"None": "", "True": "true", "False": "false"}.get(repr(value), repr(value))

    @classmethod
    def sequence(cls, values: list[Json], items: Kind) -> str:
        """Write an array."""
        if any(isinstance(value, (list, dict)) for value in values):
            raise ValueError("Bash has no nested lists")
        return f"({' '.join(cls.write(value, items) or shlex.quote('') for value in values)})"

    @classmethod
    def mapping(cls, values: dict[str, Json]) -> str:
        """Refuse a record."""
        raise ValueError(f"Bash has no records: {shown(values)}")


WRITERS: dict[str, Any] = {"python": Writer, "r": R, "julia": Julia, "bash": Bash}
