"""Conditions on files that COPY has brought: what they say is known before the build."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from posixpath import join, normpath

from migrate.dockerfile.facts.pip import removes_installers
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.shell.model import Command
from migrate.ignorefile import hides
from migrate.repo import Repo, UnreadableText

# P is a call of pip, T a test that is true.
_STEPS = re.compile(
    r"""(?:
        (?: (?:T\s*&&\s*)? P                                              # test -f FILE && pip
          | if\s+T\s*;?\s*then\s+P (?:\s*(?:&&|;|\n)\s*P)* \s*;?\s*fi     # if [ -f FILE ]; then pip; fi
        ) \s*(?:&&|;|\n|$)\s*
    )+""",
    re.VERBOSE,
)


def without_known_conditions(run: Run, source: Callable[[str], str | None], repo: Repo, dockerfile: str) -> Run:
    """Return a RUN that only calls pip, some of it where a file exists, without the conditions; any other as it is.

    `source` tells which file of the build context, the repository, is at an absolute path before the RUN; one that an
    ignore file hides from the build of the `dockerfile` may not be there.
    """
    if not run.pip or len(run.pip) == len(run.commands) or run.step.instruction.heredocs:
        return run

    def exists(path: str) -> bool:
        file = source(normpath(join(run.step.workdir, path)))
        return file is not None and not _is_hidden(file, repo, dockerfile)

    tests = {n for n, each in enumerate(run.commands) if n not in run.pip and _is_true(each, exists)}
    if len(tests) + len(run.pip) < len(run.commands) or not _STEPS.fullmatch(_skeleton(run, tests)):
        return run
    if any(arguments is None or removes_installers(arguments) for arguments in run.pip.values()):
        return run
    return replace(
        run,
        commands=tuple(run.commands[n]._replace(before=None, after=None, depth=0) for n in sorted(run.pip)),
        pip=_renumbered(run.pip),
    )


def _is_hidden(file: str, repo: Repo, dockerfile: str) -> bool:
    try:
        return any(hides(repo.get(path) or "", file) for path in (".dockerignore", f"{dockerfile}.dockerignore"))
    except UnreadableText:
        return True


def _is_true(command: Command, exists: Callable[[str], bool]) -> bool:
    match command.argv:
        case ("[", "-f" | "-e", str(path), "]") | ("test", "-f" | "-e", str(path)):
            return not (command.redirects or command.assignments or command.negated) and exists(path)
    return False


def _skeleton(run: Run, tests: set[int]) -> str:
    """Return the text of a RUN with one letter for each command."""
    instruction = run.step.instruction
    text, position = "", instruction.arguments_start
    for number, command in enumerate(run.commands):
        text += instruction.masked[position : command.start] + ("T" if number in tests else "P")
        position = command.end
    return (text + instruction.masked[position : instruction.arguments_end]).replace("\0", " ").strip()


def _renumbered(pip: Mapping[int, tuple[str, ...] | None]) -> dict[int, tuple[str, ...] | None]:
    return {new: pip[old] for new, old in enumerate(sorted(pip))}
