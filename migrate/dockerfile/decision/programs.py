"""Which programs of the system a program calls: its steps, start commands, scripts and Python code."""

import ast
import re
from collections.abc import Iterable, Iterator
from posixpath import basename

from migrate.repo import Repo

_SCRIPT = re.compile(r"(?:.*/)?(?:[^/.]+|[^/]+\.(?:sh|bash|conf|ini|cron)|[^/]*crontab[^/]*)")
_CALLERS = frozenset(
    {"Popen", "call", "check_call", "check_output", "create_subprocess_exec", "create_subprocess_shell", "getoutput",
     "getstatusoutput", "popen", "run", "system", "which"}
)  # fmt: skip


def called_in(text: str, programs: Iterable[str]) -> Iterator[str]:
    """Yield the programs that stand in a text of commands at the place of a command."""
    for program in programs:
        start = (
            r"(?:^|[;&|(`\n\[\"']|(?<!\w)(?:if|then|do|else|while|until|exec|time|xargs|sudo|which|-v|-c)\s|!)\s*[\"']?"
        )
        if re.search(rf"{start}(?:/usr/bin/)?{re.escape(program)}(?![\w.+-])", text):
            yield program


def called_by_files(repo: Repo, programs: frozenset[str]) -> Iterator[str]:
    """Yield the programs that scripts and the Python code of a repository call; tests are none of it."""
    for path in sorted(repo.files):
        is_python = path.endswith(".py")
        if not (is_python or _SCRIPT.fullmatch(path)) or is_apart(path):
            continue
        text = repo.readable(path)
        if not any(program in text for program in programs):
            continue
        yield from called_by_python(text, programs) if is_python else called_in(_without_comments(text), programs)


def imports(repo: Repo, module: str) -> str | None:
    """Return the first Python file that imports a module, tests left out, or None."""
    pattern = re.compile(rf"(?m)^\s*(?:import|from)\s+{module}\b")
    for path in sorted(path for path in repo.files if path.endswith(".py") and not is_apart(path)):
        if pattern.search(repo.readable(path)):
            return path
    return None


def is_apart(path: str) -> bool:
    """Whether a file is no part of a running program: a test, a hook of git, a workflow, a Dockerfile."""
    parts = path.lower().split("/")
    return (
        any(part in {"tests", "test", ".github", "docs", "node_modules"} for part in parts)
        or parts[-1].startswith(("test_", "dockerfile", "makefile"))
        or basename(path) in {"setup.py", "conftest.py", "tasks.py", "noxfile.py", "fabfile.py"}
    )


def _without_comments(text: str) -> str:
    return re.sub(r"(?m)(?:^|\s)#.*$", "", text)


def called_by_python(text: str, programs: frozenset[str]) -> Iterator[str]:
    """Yield the programs that Python code calls, as far as it names them where it does."""
    if not any(program in text for program in programs):
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield from (program for program in programs if re.search(rf"[\"']{re.escape(program)}[\"' ]", text))
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLERS and node.args:
            for written in _commands(node.args[0]):
                yield from called_in(written, programs)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _commands(argument: ast.expr) -> Iterator[str]:
    """Yield what a call names as the program: a text, the first of a list, the literal start of an f-string."""
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.List(elts=[first, *_]) | ast.Tuple(elts=[first, *_]):
            yield from _commands(first)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text
        case ast.BinOp(left=left):
            yield from _commands(left)
