"""How one or several values become the one that an input takes (CWL v1.2 linkMerge, pickValue)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from apkg.chains.fits import type_fits, without_null
from apkg.model import ArrayType, DataType, PickValue, Scalar

Merge: TypeAlias = Literal["merge_nested", "merge_flattened"]
#: A value is all of what is wanted, or one item of it.
Way: TypeAlias = Literal["whole", "item"]


@dataclass(frozen=True, slots=True)
class Join:
    """The ``linkMerge`` that makes the sources fit; ``misfit`` is the first that cannot."""

    merge: Merge | None = None
    misfit: int | None = None


def join(given: Sequence[DataType], wanted: DataType, pick: PickValue | None) -> Join:
    """Find how values of the types ``given`` become one of the type ``wanted``."""
    ways = [_way(kind, wanted, pick, several=len(given) > 1) for kind in given]
    if None in ways:
        return Join(misfit=ways.index(None))
    if len(given) == 1:
        return Join(merge="merge_nested" if ways == ["item"] else None)
    if pick in ("first_non_null", "the_only_non_null") or "whole" not in ways:
        return Join()
    lists = [n for n, way in enumerate(ways) if way == "item" and _is_list(given[n])]
    # Flattened, a list that is one item would be taken apart.
    return Join(misfit=lists[0]) if lists else Join(merge="merge_flattened")


def _way(kind: DataType, wanted: DataType, pick: PickValue | None, *, several: bool) -> Way | None:
    if pick is None:
        return _unpicked(kind, wanted, several=several)
    if not several and not _is_list(kind):
        return None
    if pick == "all_non_null":
        if not isinstance(wanted, ArrayType):
            return "item" if wanted == Scalar("Any") else None
        plain = _list_without_null(kind)
        if _is_list(plain) and type_fits(plain, wanted):
            return "whole"
        return "item" if several and type_fits(plain, wanted.items) else None
    one = kind.items if not several and isinstance(kind, ArrayType) else kind
    return "whole" if type_fits(without_null(one), wanted) else None


def _unpicked(kind: DataType, wanted: DataType, *, several: bool) -> Way | None:
    if not several and type_fits(kind, wanted):
        return "whole"
    if isinstance(wanted, ArrayType):
        if _is_list(kind) and type_fits(kind, wanted):
            return "whole"
        return "item" if type_fits(kind, wanted.items) else None
    return "item" if wanted == Scalar("Any") else None


def _list_without_null(kind: DataType) -> DataType:
    plain = without_null(kind)
    return ArrayType(without_null(plain.items)) if isinstance(plain, ArrayType) else plain


def _is_list(kind: DataType) -> bool:
    return isinstance(kind, ArrayType)
