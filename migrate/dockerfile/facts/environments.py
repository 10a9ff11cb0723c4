"""Virtual environments that a stage makes itself: `python -m venv /opt/venv`, with its programs on PATH."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from migrate.dockerfile.facts import uv_pip
from migrate.dockerfile.facts.runs import Run, value
from migrate.dockerfile.facts.stages import Step
from migrate.dockerfile.syntax.words import expand

_PYTHON = r"(?:/usr/local/bin/|/usr/bin/)?python(?:3(?:\.\d+)?)?"
_MAKER = re.compile(rf"(?:{_PYTHON} -m (?:venv|virtualenv)|virtualenv|(?P<uv>uv venv))((?: \S+)*)")
_OF_THE_SAME = re.compile(r" (?:-p|--python)[ =]python3?(?= )")
_OPTIONS = frozenset(
    {"--clear", "--no-download", "--seed", "--symlinks", "--upgrade", "--upgrade-deps", "--without-pip"}
)
_VIRTUALENV = re.compile(r"virtualenv(?:\s*[=<>~!].*)?")
_IMAGE = re.compile(r"/usr(?:/local)?/bin/[^/]+")


@dataclass(frozen=True, slots=True)
class Environments:
    """The commands, by step and number, that make virtual environments, with the absolute path of each.

    `virtualenvs` are those of them that call virtualenv. Those that are `bare` have no pip: it installs beside them.
    """

    made: Mapping[tuple[int, int], str]
    steps: Sequence[Step]
    virtualenvs: frozenset[tuple[int, int]] = frozenset()
    bare: frozenset[str] = frozenset()

    @classmethod
    def of(cls, runs: Mapping[int, Run], steps: Sequence[Step]) -> "Environments":
        """Return the environments that the understood RUN instructions of a stage make."""
        made = {
            (index, number): path
            for index, run in runs.items()
            for number in range(len(run.commands))
            if (path := _made(run, number))
        }
        by_virtualenv = (key for key in made if "virtualenv" in runs[key[0]].commands[key[1]].argv)
        bare = (path for (index, number), path in made.items() if _is_bare(runs[index].commands[number].argv))
        return cls(made, steps, frozenset(by_virtualenv), frozenset(bare))

    @property
    def path(self) -> str | None:
        """The path of the only environment, or None."""
        return next(iter(self.made.values())) if len(self.made) == 1 else None

    def gets(self, run: Run, index: int, number: int) -> bool:
        """Return whether a pip command installs to the only environment, or to the image if there is none."""
        if words := uv_pip.behind_uv([value(run.step, word) for word in run.commands[number].words]):
            return self._gets_by_uv(words, run, index, number)
        program = run.commands[number].argv[0] or value(run.step, run.commands[number].words[0]) or ""
        if "/" in program:
            if not program.startswith("/") and any(each.argv[:1] == ("cd",) for each in run.commands):
                return False
            program = normpath(join(run.step.workdir, program))
            return program.startswith(f"{self.path}/bin/") if self.path else _IMAGE.fullmatch(program) is not None
        return self.path is None or (self.path not in self.bare and self._is_active(run, index, number))

    def _gets_by_uv(self, words: Sequence[str | None], run: Run, index: int, number: int) -> bool:
        """Return whether `uv pip` installs there: uv looks at VIRTUAL_ENV, then at `.venv`, then at PATH."""
        if (python := uv_pip.python_of(words)) is not None:
            place = normpath(join(run.step.workdir, python))
            own = place == self.path or place.startswith(f"{self.path}/bin/")
            return own if self.path else _IMAGE.fullmatch(place) is not None
        set_here = (word.text.partition("=") for word in run.set_for(number))
        variables = dict(run.step.variables) | {name: text.strip("\"'") for name, _, text in set_here}
        if uv_pip.is_system(words, variables):
            return self.path is None
        if self.path is None or any(each.argv[:1] == ("cd",) for each in run.commands):
            return False
        if active := variables.get("VIRTUAL_ENV"):
            return active == self.path
        folder = run.step.workdir
        return self._is_active(run, index, number) or (
            self.path.endswith("/.venv") and f"{folder}/".startswith(f"{dirname(self.path).rstrip('/')}/")
        )

    def _is_active(self, run: Run, index: int, number: int) -> bool:
        return self.is_found(index) or any(self._activates(run, each) for each in range(number))

    def needs(self, argument: str) -> bool:
        """Return whether an argument of the image's own pip is virtualenv, which makes the only environment."""
        return self.path is not None and bool(self.virtualenvs) and _VIRTUALENV.fullmatch(argument) is not None

    def is_found(self, index: int) -> bool:
        """Return whether PATH at a step begins with the programs of the only environment."""
        values = list(self._paths(index))
        return bool(values) and values[-1].startswith(f"{self.path}/bin:")

    def _paths(self, index: int) -> Iterator[str]:
        for step in self.steps[:index]:
            if step.instruction.keyword == "ENV":
                for pair in step.assigned:
                    if pair.name == "PATH":
                        yield expand(pair.value or "", {**step.variables, "PATH": "$"}, step.instruction.escape) or ""

    def _activates(self, run: Run, number: int) -> bool:
        words = run.commands[number].argv
        return (
            words[:1] in {(".",), ("source",)}
            and not run.commands[number].depth
            and words[-1] is not None
            and normpath(join(run.step.workdir, words[-1])) == f"{self.path}/bin/activate"
        )


def _made(run: Run, number: int) -> str | None:
    command = run.commands[number]
    program = command.argv[0] if command.argv else ""
    if program is not None and not program.endswith(("virtualenv", "uv")) and "python" not in program:
        return None
    words = [value(run.step, word) for word in command.words]
    match = _MAKER.fullmatch(" ".join(word or "\0" for word in words))
    if match is None or command.depth or command.redirects:
        return None
    *options, path = _OF_THE_SAME.sub("", match[2]).split() or [""]
    if match["uv"] and (not path or path.startswith("-")):
        options, path = [*options, *filter(None, [path])], ".venv"
    if not path or path.startswith("-") or not set(options) <= _OPTIONS or "\0" in path:
        return None
    folder = normpath(join(run.step.workdir, path))
    return None if "\0" in folder or any(other.argv[:1] == ("cd",) for other in run.commands) else folder


def _is_bare(words: Sequence[str | None]) -> bool:
    """Whether a command makes an environment without pip."""
    return "--without-pip" in words or (words[0] == "uv" and "--seed" not in words)
