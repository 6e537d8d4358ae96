"""What to write instead of a value that no input can hold."""

from __future__ import annotations

import ast

#: The names that people give to the sides of a box, in the order of a bounding box.
_SIDES = (
    ("west", "south", "east", "north"),
    ("xmin", "ymin", "xmax", "ymax"),
    ("minx", "miny", "maxx", "maxy"),
    ("min_x", "min_y", "max_x", "max_y"),
    ("min_lon", "min_lat", "max_lon", "max_lat"),
    ("lon_min", "lat_min", "lon_max", "lat_max"),
    ("left", "bottom", "right", "top"),
)
_LONGEST = 40


def instead_of(name: str, value: ast.expr | None) -> str:
    """How to say the dictionary ``name`` in values that inputs can hold; empty for all else."""
    entries = _entries(value)
    if not entries:
        return ""
    sides = next((s for s in _SIDES if set(s) <= {key.lower() for key in entries}), None)
    if sides is not None and len(entries) == len(sides):
        keys = [next(key for key in entries if key.lower() == side) for side in sides]
        numbers = ", ".join(ast.unparse(entries[key])[:_LONGEST] for key in keys)
        return (
            f"; write {name}_bbox = [{numbers}], and in the next cell "
            f"{name} = dict(zip({keys}, {name}_bbox))"
        )
    return (
        f"; write each of its values as a variable of its own ({name}_{next(iter(entries))} and "
        "so on), and put the dictionary together in the next cell"
    )


def _entries(value: ast.expr | None) -> dict[str, ast.expr]:
    """The entries of ``{"a": 1}`` and ``dict(a=1)`` whose keys are names."""
    if isinstance(value, ast.Dict):
        pairs = [
            (getattr(key, "value", None), item)
            for key, item in zip(value.keys, value.values, strict=True)
        ]
    elif isinstance(value, ast.Call) and ast.unparse(value.func) == "dict" and not value.args:
        pairs = [(keyword.arg, keyword.value) for keyword in value.keywords]
    else:
        return {}
    plain = {key: item for key, item in pairs if isinstance(key, str) and key.isidentifier()}
    return plain if len(plain) == len(pairs) else {}
