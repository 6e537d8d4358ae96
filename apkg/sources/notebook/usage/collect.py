"""From a call to what it opens or saves: the tables applied to one call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from apkg.sources.notebook.usage import values
from apkg.sources.notebook.usage.evaluate import Evaluator
from apkg.sources.notebook.usage.names import dotted
from apkg.sources.notebook.usage.tables import FUNCTIONS, METHODS, RECEIVER, Effect
from apkg.sources.notebook.usage.values import Value

_ARCHIVES = {
    "zip": ".zip",
    "tar": ".tar",
    "gztar": ".tar.gz",
    "bztar": ".tar.bz2",
    "xztar": ".tar.xz",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One use as it stands in the code: the argument's value, and what the call does to it."""

    value: Value
    effect: Effect
    access: str
    call: str
    cell: int
    line: int


def uses_of(node: ast.Call, evaluator: Evaluator, cell: int) -> Iterator[Raw]:
    """What one call reads and writes."""
    name = dotted(node.func, evaluator.imports)
    effects = FUNCTIONS.get(name or "", ())
    if not effects and isinstance(node.func, ast.Attribute):
        name = name if _is_module(node.func, evaluator) else node.func.attr
        effects = METHODS.get(node.func.attr, ())
    elif name == "open" and evaluator.scope.get("open") is not None:
        effects = ()
    for effect in effects:
        value = _argument(node, effect, evaluator)
        if value is None or not value.known:
            continue
        access = _access(node, effect, evaluator)
        suffix = _suffix(node, name, effect, evaluator)
        yield Raw(
            value=_completed(value, suffix), effect=effect, access=access,
            call=name or "", cell=cell, line=node.lineno,
        )  # fmt: skip


def _argument(node: ast.Call, effect: Effect, evaluator: Evaluator) -> Value | None:
    if effect.argument == RECEIVER:
        return _receiver(node, effect, evaluator)
    positional = node.args[: effect.argument + 1]
    if any(isinstance(argument, ast.Starred) for argument in positional):
        return None
    if len(positional) > effect.argument:
        found: ast.expr | None = positional[effect.argument]
    else:
        given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        found = next((given[name] for name in effect.keywords if name in given), None)
    if found is None or (isinstance(found, ast.Constant) and not isinstance(found.value, str)):
        return None
    return evaluator.value(found)


def _receiver(node: ast.Call, effect: Effect, evaluator: Evaluator) -> Value | None:
    assert isinstance(node.func, ast.Attribute)  # noqa: S101 (for mypy)
    receiver = node.func.value
    # A name that nothing in the notebook has bound may be any object, not only a path.
    if isinstance(receiver, ast.Name) and evaluator.scope.get(receiver.id) is None:
        return None
    if isinstance(receiver, ast.Constant):
        return None
    if not effect.pattern:
        return evaluator.value(receiver)
    # The value of the call itself: the folder, and the pattern below it.
    return evaluator.value(node) if node.args else None


def _access(node: ast.Call, effect: Effect, evaluator: Evaluator) -> str:
    if effect.access != "mode":
        return effect.access
    found = next((k.value for k in node.keywords if k.arg == "mode"), None)
    if found is None and len(node.args) > effect.mode:
        found = node.args[effect.mode]
    mode = effect.default if found is None else values.literal(evaluator.value(found).paths[0])
    return "write" if (mode or "r")[:1] in ("w", "a", "x") else "read"


def _suffix(
    node: ast.Call, name: str | None, effect: Effect, evaluator: Evaluator
) -> tuple[str, bool]:
    """The ending that the function appends by itself, and whether it always does."""
    if name != "shutil.make_archive" or effect.access != "write":
        return effect.suffix, False
    given = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "format")]
    kind = values.literal(evaluator.value(given[0]).paths[0]) if given else None
    return _ARCHIVES.get(kind or "", ""), True


def _completed(value: Value, suffix: tuple[str, bool]) -> Value:
    ending, always = suffix
    if not ending:
        return value
    paths = []
    for path in value.paths:
        last = path[-1]
        bare = not last.whole and last.text and "." not in last.text.rsplit("/", 1)[-1]
        paths.append((*path, values.Piece(ending)) if always or bare else path)
    return values.concat([replace(value, paths=tuple(paths))])


def _is_module(node: ast.Attribute, evaluator: Evaluator) -> bool:
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    return (
        isinstance(inner, ast.Name)
        and inner.id in evaluator.imports
        and evaluator.scope.get(inner.id) is None
    )
