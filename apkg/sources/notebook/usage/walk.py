"""The walk through a notebook's code, statement by statement, in the order it is written."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from apkg.sources.notebook.usage import syntax, values
from apkg.sources.notebook.usage.collect import Raw, uses_of
from apkg.sources.notebook.usage.evaluate import Evaluator
from apkg.sources.notebook.usage.model import NetworkUse
from apkg.sources.notebook.usage.names import Scope, dotted, imported
from apkg.sources.notebook.usage.tables import NETWORK_CALLS, NETWORK_MODULES
from apkg.sources.notebook.usage.values import UNKNOWN, UNKNOWN_MANY, Value

_MAX_BLOCKS = 25
_MAX_CALLS = 3
#: Uses put in for one call of a function, and for all of them together.
_MAX_USES = 20_000
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


@dataclass(slots=True)
class _Own:
    """A function of the notebook: read when it is first called."""

    node: _Function
    cell: int
    uses: tuple[Raw, ...] | None = None
    result: Value = UNKNOWN
    busy: bool = False


class Walk(Evaluator):
    """Reads cells in turn; ``raws`` and ``network`` hold what was found so far."""

    def __init__(self) -> None:
        super().__init__(Scope(), {})
        self.raws: list[Raw] = []
        self.network: dict[str, NetworkUse] = {}
        self._functions: dict[str, _Own] = {}
        self._methods: list[_Own] = []
        self._returned: list[Value] | None = None
        self._empty: set[str] = set()
        self._cell = 0
        self._blocks = 0
        self._calls = 0

    def cell(self, number: int, tree: ast.Module) -> None:
        """Reads one cell."""
        self._cell = number
        self._block(tree.body)

    def finish(self) -> None:
        """Reads the functions that no call was seen of; what hangs on their arguments is lost."""
        waiting = [*self._functions.values(), *self._methods]
        while waiting:
            for own in waiting:
                self._summary(own)
            everything = [*self._functions.values(), *self._methods]
            waiting = [own for own in everything if own.uses is None]

    def call(self, node: ast.Call) -> Value | None:
        """The result of a function of the notebook itself; ``None`` if it is not one."""
        own, arguments = self._called(node)
        if own is None or not self._summary(own):
            return None
        return values.substitute(own.result, arguments)

    # Statements.

    def _block(self, body: Sequence[ast.stmt]) -> None:
        if self._blocks >= _MAX_BLOCKS:
            return
        self._blocks += 1
        for statement in body:
            self._statement(statement)
        self._blocks -= 1

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._functions[node.name] = _Own(node, self._cell)
                self.scope.bind(node.name, UNKNOWN)
            case ast.ClassDef():
                self._class(node)
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.If():
                self._if(node)
            case ast.For() | ast.AsyncFor() | ast.While():
                self._loop(node)
            case ast.Try() | ast.TryStar():
                self._try(node)
            case ast.With() | ast.AsyncWith():
                self._with(node)
            case ast.Match():
                self._scan(node.subject)
                for name in syntax.captured(node):
                    self.scope.bind(name, UNKNOWN)
                self._branches([case.body for case in node.cases], one_ran=False)
            case _:
                self._simple(node)

    def _simple(self, node: ast.stmt) -> None:
        self._scan(node)
        match node:
            case ast.Assign():
                for target in node.targets:
                    self._assign(target, node.value)
            case ast.AnnAssign(target=ast.Name() as target):
                if node.value is not None:
                    self._assign(target, node.value)
                elif self._returned is None and self.scope.get(target.id) is None:
                    self.scope.bind(target.id, values.variable(target.id))
            case ast.AugAssign(target=ast.Name() as target, op=ast.Add()):
                before = self.scope.get(target.id) or UNKNOWN
                self.scope.bind(target.id, values.concat([before, self.value(node.value)]))
            case ast.AugAssign(target=ast.Name() as target):
                self.scope.bind(target.id, UNKNOWN_MANY)
            case ast.Return() if self._returned is not None:
                self._returned.append(self.value(node.value))
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as name))):
                self._append(name.id, node.value)

    def _assign(self, target: ast.expr, node: ast.expr) -> None:
        pairs = syntax.pairs(target, node)
        for child, value in pairs:
            self._assign(child, value)
        if pairs:
            return
        if isinstance(target, ast.Name):
            self._functions.pop(target.id, None)
            (self._empty.add if syntax.is_empty_list(node) else self._empty.discard)(target.id)
            self.scope.bind(target.id, self._rooted(target.id, node, self.value(node)))
        else:
            self.bind(target, self.items(node))

    def _rooted(self, name: str, node: ast.expr, value: Value) -> Value:
        """The first constant of a notebook variable stays that variable's value, by name."""
        if self._returned is not None or self.scope.get(name) is not None:
            return value
        texts = [values.literal(path) for path in value.paths]
        pieces = [piece for path in value.paths for piece in path]
        if any(piece.name or piece.many for piece in pieces) and not syntax.is_empty(node):
            return value
        if syntax.is_empty(node) or None not in texts:
            return values.variable(
                name,
                texts[0] if len(texts) == 1 and not value.sequence else None,
                sequence=value.sequence,
            )
        return value

    def _append(self, name: str, node: ast.expr) -> None:
        before = self.scope.get(name)
        match node:
            case ast.Call(func=ast.Attribute(attr="append" | "add" | "insert"), args=[*_, last]):
                value = Value(self.value(last).paths, sequence=True)
            case ast.Call(func=ast.Attribute(attr="extend"), args=[last]):
                value = Value(values.element(self.value(last)).paths, sequence=True)
            case _:
                return
        if before is not None and before.sequence:
            known = value if name in self._empty else values.union([before, value])
            self.scope.change(name, Value(known.paths, sequence=True))
            self._empty.discard(name)

    def _if(self, node: ast.If) -> None:
        bodies: list[list[ast.stmt]] = []
        rest: list[ast.stmt] = [node]
        while len(rest) == 1 and isinstance(rest[0], ast.If):
            self._scan(rest[0].test)
            bodies.append(rest[0].body)
            rest = rest[0].orelse
        self._branches([*bodies, rest] if rest else bodies, one_ran=bool(rest))

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        self._scan(node.test if isinstance(node, ast.While) else node.iter)
        for name in syntax.counted(node):
            self.scope.bind(name, UNKNOWN_MANY)
        if not isinstance(node, ast.While):
            self.bind(node.target, self.items(node.iter))
        self._branches([node.body], one_ran=False)
        self._block(node.orelse)

    def _try(self, node: ast.Try | ast.TryStar) -> None:
        self._branches([[*node.body, *node.orelse]], one_ran=False)
        for handler in node.handlers:
            if handler.name:
                self.scope.bind(handler.name, UNKNOWN)
        self._branches([handler.body for handler in node.handlers], one_ran=False)
        self._block(node.finalbody)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self._scan(item.context_expr)
            if item.optional_vars is not None:
                self.bind(item.optional_vars, UNKNOWN)
        self._block(node.body)

    def _branches(self, bodies: Sequence[Sequence[ast.stmt]], *, one_ran: bool) -> None:
        changes = []
        for body in bodies:
            self.scope.enter()
            self._block(body)
            changes.append(self.scope.leave())
        self.scope.merge(changes, one_ran=one_ran)

    def _class(self, node: ast.ClassDef) -> None:
        kept = self._functions
        self._functions = dict(kept)
        self.scope.enter()
        self._block(node.body)
        self.scope.leave()
        self._methods += [own for own in self._functions.values() if own not in kept.values()]
        self._functions = kept
        self.scope.bind(node.name, UNKNOWN)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for name, full in imported(node).items():
            self.imports[name] = full
            self._functions.pop(name, None)
        module = node.module if isinstance(node, ast.ImportFrom) else None
        for alias in node.names:
            self._note(f"{module}.{alias.name}" if module else alias.name, node.lineno, "import ")

    # Expressions.

    def _scan(self, root: ast.AST) -> None:
        """Looks at every call below ``root`` in the order written, however deep it lies."""
        stack: list[ast.AST | Callable[[], object]] = [root]
        while stack:
            node = stack.pop()
            if not isinstance(node, ast.AST):
                node()
                continue
            if isinstance(node, ast.Call):
                self._use(node)
            if isinstance(node, ast.NamedExpr):
                self._assign(node.target, node.value)
            if isinstance(node, _COMPREHENSIONS):
                stack += self._inside(node)
            elif isinstance(node, ast.Lambda):
                stack += self._lambda(node)
            else:
                stack += reversed(list(ast.iter_child_nodes(node)))

    def _inside(self, node: ast.expr) -> list[ast.AST | Callable[[], object]]:
        assert isinstance(node, _COMPREHENSIONS)  # noqa: S101 (for mypy)
        steps: list[ast.AST | Callable[[], object]] = [self.scope.enter]
        for part in node.generators:
            steps += [part.iter, lambda p=part: self.bind(p.target, self.items(p.iter)), *part.ifs]  # type: ignore[misc]
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return [*reversed([*steps, *results, self.scope.leave])]

    def _lambda(self, node: ast.Lambda) -> list[ast.AST | Callable[[], object]]:
        def enter() -> None:
            self.scope.enter()
            for argument in syntax.arguments(node.args):
                self.scope.bind(argument.arg, UNKNOWN)

        return [self.scope.leave, node.body, enter]

    def _use(self, node: ast.Call) -> None:
        name = dotted(node.func, self.imports)
        if name and name.partition(".")[0] not in ("self", "cls") and self._is_import(node.func):
            self._note(name, node.lineno, "")
        own, arguments = self._called(node)
        if own is not None:
            if self._summary(own):
                waiting = [raw for raw in own.uses or () if len(self.raws) < _MAX_USES]
                put = [replace(r, value=values.substitute(r.value, arguments)) for r in waiting]
                self.raws += put
            return
        self.raws += uses_of(node, self, self._cell)

    def _is_import(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self.imports

    def _note(self, name: str, line: int, prefix: str) -> None:
        parts = name.split(".")
        heads = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        if name in NETWORK_CALLS or any(head in NETWORK_MODULES for head in heads):
            what = prefix + name
            found = NetworkUse(what=what, cell=self._cell, line=line)
            self.network.setdefault(what, found)

    # Functions of the notebook.

    def _called(self, node: ast.Call) -> tuple[_Own | None, dict[str, Value]]:
        """The notebook's function that a call runs (through ``map`` too), and its arguments."""
        given = list(node.args)
        mapped = bool(given) and syntax.is_map(node.func)
        function = given.pop(0) if mapped else node.func
        own = self._functions.get(function.id) if isinstance(function, ast.Name) else None
        if own is None:
            return None, {}
        names = own.node.args
        arguments = self._defaults(names)
        for parameter, argument in zip([*names.posonlyargs, *names.args], given, strict=False):
            if isinstance(argument, ast.Starred):
                break
            value = self.value(argument)
            arguments[parameter.arg] = values.element(value) if mapped else value
        known = {argument.arg for argument in syntax.arguments(names)}
        for keyword in node.keywords[: values.MAX_PIECES]:
            if keyword.arg in known:
                arguments[keyword.arg] = self.value(keyword.value)
        return own, arguments

    def _defaults(self, names: ast.arguments) -> dict[str, Value]:
        positional = [*names.posonlyargs, *names.args]
        pairs = [
            *zip(reversed(positional), reversed(names.defaults), strict=False),
            *zip(names.kwonlyargs, names.kw_defaults, strict=True),
        ]
        given = {argument.arg: self.value(node) for argument, node in pairs}
        return (
            dict.fromkeys((argument.arg for argument in syntax.arguments(names)), UNKNOWN) | given
        )

    def _summary(self, own: _Own) -> bool:
        """Reads a function's body, once; whether that could be done."""
        if own.uses is not None:
            return True
        if own.busy or self._calls >= _MAX_CALLS:
            return False
        before = (self.raws, self._returned, self._cell, self._blocks, self._depth, self._steps)
        self.raws, self._returned, self._cell = [], [], own.cell
        self._blocks = self._depth = self._steps = 0
        own.busy, self._calls = True, self._calls + 1
        self.scope.enter()
        for argument in syntax.arguments(own.node.args):
            self.scope.bind(argument.arg, values.parameter(argument.arg))
        self._block(own.node.body)
        self.scope.leave()
        own.busy, self._calls = False, self._calls - 1
        found, returned = self.raws, self._returned
        self.raws, self._returned, self._cell, self._blocks, self._depth, self._steps = before
        own.uses = tuple(raw for raw in found if values.has_parameter(raw.value))
        self.raws += [raw for raw in found if not values.has_parameter(raw.value)]
        own.result = values.union(returned) if returned else UNKNOWN
        return True
