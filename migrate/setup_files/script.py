"""The module level of a setup.py, followed statement by statement as far as it is literal. Nothing of it runs."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

_MUTATORS = frozenset({"append", "extend", "insert", "remove", "pop", "update", "setdefault", "clear", "sort", "add"})


class Text(str):
    """A literal text and the line that it stands on."""

    __slots__ = ("line",)
    line: int

    @classmethod
    def at(cls, text: str, line: int) -> Self:
        """Return a text with its line."""
        made = cls(text)
        made.line = line
        return made


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that only running the code would tell; `node` is what computes it."""

    node: ast.AST


@dataclass(frozen=True, slots=True)
class Joined:
    """The sum of two values of which at least one is computed."""

    parts: tuple[Any, Any]


@dataclass(slots=True)
class Script:
    """What a setup.py comes to: `arguments` of its call of setup() by name, `modules` that it imports.

    `problem` is why the call cannot be read, with its line.
    """

    arguments: dict[str, Any] | None = None
    modules: set[str] = field(default_factory=set)
    problem: tuple[int, str] | None = None
    names: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, list[ast.stmt]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> Self:
        """Return what a setup.py comes to; any text comes to something."""
        script = cls()
        try:
            script.follow(ast.parse(source).body)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            script.arguments, script.problem = (
                None,
                (getattr(error, "lineno", None) or 1, "it is no Python that this Python reads"),
            )
        return script

    def follow(self, body: list[ast.stmt]) -> None:  # noqa: C901, PLR0912 - one case for each kind of statement
        """Take in some statements, in order."""
        for statement in body:
            match statement:
                case ast.Assign(targets=targets, value=value):
                    found = self.value(value)
                    for target in targets:
                        self._assign(target, found, statement)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign(target, self.value(value), statement)
                case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                    self._set(name, self._sum(self.names.get(name, Computed(statement)), self.value(value)), statement)
                case ast.Expr(value=ast.Call() as call) if _is_setup(call):
                    self._call(call)
                case ast.Expr(
                    value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute), args=[argument])
                ) if attribute in {"append", "extend"} and isinstance(self.names.get(name), list):
                    found = self.value(argument)
                    added = [found] if attribute == "append" else found
                    self._set(name, self._sum(self.names[name], added), statement)
                case ast.If(test=test, body=inner, orelse=[]) if _is_main(test):
                    self.follow(inner)
                case ast.With(body=inner):
                    self._taint(statement)
                    if any(map(_is_setup, ast.walk(statement))):
                        self.follow(inner)
                case ast.Import(names=aliases):
                    self.modules |= {alias.name.partition(".")[0] for alias in aliases}
                case ast.ImportFrom(module=str(module), level=0):
                    self.modules.add(module.partition(".")[0])
                    self._taint(statement)
                case _:
                    self._taint(statement)
                    for one in filter(_is_setup, ast.walk(statement)):
                        self.problem = (
                            getattr(one, "lineno", 1),
                            "setup() is called in a function or under a condition",
                        )

    def value(self, node: ast.expr) -> Any:  # noqa: PLR0911 - one case for each kind of expression
        """Return what an expression comes to: texts, lists and dictionaries of literals; Computed for anything else."""
        match node:
            case ast.Constant(value=str(text)):
                return Text.at(text, node.lineno)
            case ast.Constant(value=value):
                return value
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                return self._list(node, elements)
            case ast.Dict(keys=keys, values=values):
                return self._dictionary(node, zip(keys, values, strict=True))
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
                named = ((ast.Constant(value=word.arg) if word.arg else None, word.value) for word in keywords)
                return self._dictionary(node, named)
            case ast.Name(id=name):
                return self.names.get(name, Computed(node))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._sum(self.value(left), self.value(right))
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key)) if isinstance(
                self.names.get(name), dict
            ):
                return self.names[name].get(key, Computed(node))
            case ast.Call(func=ast.Attribute(value=of, attr="split" | "splitlines" as how), args=[], keywords=[]):
                text = self.value(of)
                parts = getattr(text, how)() if isinstance(text, Text) else []
                return [Text.at(part, text.line) for part in parts] or Computed(node)
            case _:
                return Computed(node)

    def texts_behind(self, node: ast.AST) -> Iterator[str]:
        """Yield every literal text that can have a say in what a node comes to.

        A name that a `with` statement binds means nothing else inside of it.
        """
        waiting, seen = [node], {id(node)}
        while waiting:
            found = waiting.pop()
            bound = {*map(ast.unparse, filter(None, (item.optional_vars for item in getattr(found, "items", ()))))}
            for each in ast.walk(found):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value
                if isinstance(each, ast.Name) and each.id not in bound:
                    new = [origin for origin in self.origins.get(each.id, ()) if id(origin) not in seen]
                    seen |= {id(origin) for origin in new}
                    waiting += new

    def _list(self, node: ast.expr, elements: list[ast.expr]) -> Any:
        found: Any = []
        for element in elements:
            if isinstance(element, ast.Starred):
                found = self._sum(found, self.value(element.value))
            else:
                found = self._sum(found, [self.value(element)])
        return found if isinstance(found, list | Joined) else Computed(node)

    def _dictionary(self, node: ast.expr, items: Any) -> Any:
        found: dict[Any, Any] = {}
        for key, value in items:
            inner = self.value(value)
            if key is None and isinstance(inner, dict):
                found |= inner
            elif isinstance(key, ast.Constant):
                found[key.value] = inner
            else:
                return Computed(node)
        return found

    def _sum(self, left: Any, right: Any) -> Any:
        if isinstance(left, list) and isinstance(right, list):
            return [*left, *right]
        return Joined((left, right))

    def _assign(self, target: ast.expr, value: Any, statement: ast.stmt) -> None:
        match target:
            case ast.Name(id=name):
                self.origins.pop(name, None)
                self._set(name, value, statement)
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key)) if isinstance(
                self.names.get(name), dict
            ):
                self._set(name, {**self.names[name], key: value}, statement)
            case _:
                self._taint(statement)

    def _set(self, name: str, value: Any, statement: ast.stmt) -> None:
        self.names[name] = value
        self.origins.setdefault(name, []).append(statement)

    def _taint(self, statement: ast.stmt) -> None:
        """Forget the names that a statement may set or change in a way that is not followed.

        What a comprehension binds is known in it alone.
        """
        comprehensions = (node for node in ast.walk(statement) if isinstance(node, ast.comprehension))
        inner = {id(node) for each in comprehensions for node in ast.walk(each.target)}
        for node in ast.walk(statement):
            match node:
                case ast.Name() if id(node) in inner:
                    continue
                case (
                    ast.Name(id=name, ctx=ast.Store() | ast.Del())
                    | ast.FunctionDef(name=name)
                    | ast.ClassDef(name=name)
                ):
                    self._set(name, Computed(statement), statement)
                case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                    self._set(name, Computed(statement), statement)
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)) if attribute in _MUTATORS:
                    self._set(name, Computed(statement), statement)
                case ast.alias(name=full, asname=short):
                    self._set(short or full.partition(".")[0], Computed(statement), statement)

    def _call(self, call: ast.Call) -> None:
        given: dict[str, Any] = {}
        for keyword in call.keywords:
            found = self.value(keyword.value)
            if keyword.arg is not None:
                given[keyword.arg] = found
            elif isinstance(found, dict):
                given |= found
            else:
                self.problem = call.lineno, "the arguments of setup() are computed"
        if self.arguments is not None:
            self.problem = call.lineno, "setup() is called twice"
        self.arguments = given


def _is_setup(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="setup") | ast.Attribute(attr="setup")):
            return True
    return False


def _is_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
    return False
