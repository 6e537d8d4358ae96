"""Whether a value is of a type, as CWL sees it."""

from __future__ import annotations

import math

from apkg.model import ArrayType, DataType, EnumType, RecordType, Scalar, UnionType, Value

#: CWL v1.2, CWLType: ``int`` has 32 bits, ``long`` 64.
_BITS = {"int": 32, "long": 64}


def fits(value: Value, type: DataType) -> bool:  # noqa: A002
    """Whether ``value`` may stand where ``type`` is asked for.

    An int fits a float, as in CWL; true and false are no numbers; a File or Directory is given
    by its path; infinity and NaN fit nothing, as neither JSON nor CWL can write them.
    """
    match type:
        case Scalar(name=name):
            return _fits_scalar(value, name)
        case EnumType(symbols=symbols):
            return isinstance(value, str) and value in symbols
        case ArrayType(items=items):
            return isinstance(value, tuple) and all(fits(item, items) for item in value)
        case UnionType(members=members):
            return any(fits(value, member) for member in members)
        case RecordType():
            return False


def _fits_scalar(value: Value, name: str) -> bool:
    match name:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "int" | "long":
            half = 2 ** (_BITS[name] - 1)
            return isinstance(value, int) and not isinstance(value, bool) and -half <= value < half
        case "float" | "double":
            return _is_finite_number(value)
        case "string" | "File" | "Directory":
            return isinstance(value, str)
        case _:
            return value is not None


def _is_finite_number(value: Value) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)
