"""The one decision about a stage; the rules only carry it out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import join

from migrate.dockerfile.decision.alpine import removed_again
from migrate.dockerfile.decision.inline import inline_requirements
from migrate.dockerfile.decision.packages import SystemPackages, libraries_of, system_packages
from migrate.dockerfile.decision.credentials import Credentials, credentials
from migrate.dockerfile.decision.told import told
from migrate.dockerfile.facts import apk
from migrate.dockerfile.facts.commands import PLAIN_PROGRAMS, cleaning, touches_recursively
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import Run, argv
from migrate.dockerfile.facts.sources import context_copy, matching
from migrate.dockerfile.facts.stages import UNKNOWN
from migrate.dockerfile.syntax.arrays import exec_form
from migrate.dockerfile.syntax.words import Field, expand
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.requirements import Index

DEFAULT_PROJECT = "/app"
OUTSIDE = "/opt/venv"
# What a RUN may begin or end with that does nothing by itself.
_IDLE = frozenset({("set",), ("true",), (":",), ("cd",), (".",), ("source",), ()})


@dataclass(frozen=True, slots=True)
class Decision:
    """How the stage becomes a builder and a runtime.

    `venv` and `project` are absolute paths: of the virtual environment, the same in both stages, and of the builder's
    working directory. `anchor` is the step in front of which, in whose place, or behind which the runtime gets the
    environment; behind it if what is left of the step needs no Python, so that its layer outlives a new dependency.
    `extends_path`: PATH does not find the environment yet.
    `system` and `doomed` say, by step and command, what happens to apt's installs and which commands go;
    `copies` which sources of a COPY go. `credentials` are those of indexes, for the builder.
    """

    builder: str
    venv: str
    project: str
    anchor: int
    environment_goes_behind: bool
    extends_path: bool
    system: Mapping[tuple[int, int], SystemPackages]
    doomed: Mapping[int, frozenset[int]]
    copies: Mapping[int, tuple[Field, ...]]
    credentials: Credentials
    findings: tuple[Finding, ...]

    def removes(self, facts: Facts, index: int) -> bool:
        """Return whether nothing of a RUN is left."""
        run = facts.runs.get(index)
        return run is not None and len(self.doomed.get(index, ())) == len(run.commands)


def decide(facts: Facts, bind_mounts: Iterable[str]) -> Decision:
    """Return the decision about a stage without obstacles; `bind_mounts` are folders that compose files mount over."""
    anchor = _anchor(facts)
    workdir = facts.stage.steps[anchor].workdir
    own = facts.environments.path
    reason = None if own else _unfit(facts, workdir, bind_mounts)
    venv = own or (OUTSIDE if reason else join(workdir, ".venv"))
    system, findings = system_packages(facts)
    if reason:
        findings += (kinds.VENV_OUTSIDE.at(facts.path, facts.line(anchor), venv=venv, reason=reason),)
    for index, run in facts.understood:
        findings += tuple(
            kinds.BUILD_PACKAGES_MOVED.at(facts.path, facts.line(index), packages=", ".join(call.packages))
            for number in sorted(removed_again(run))
            if (call := apk.read(argv(run.commands[number]))) and call.action == "add"
        )
    if inline := inline_requirements(facts):
        packages = ", ".join(each.text for each in inline)
        findings += (kinds.INLINE_PACKAGES.at(facts.path, inline[0].line, packages=packages),)
    given = credentials(facts)
    doomed = {index: gone for index, run in facts.understood if (gone := _doomed(facts, index, run, system))}
    return Decision(
        builder="builder" if (facts.stage.name or "").lower() != "builder" else "uv-builder",
        venv=venv,
        project=DEFAULT_PROJECT if workdir == "/" or UNKNOWN in workdir else workdir,
        anchor=anchor,
        environment_goes_behind=_needs_no_python(facts.runs.get(anchor), doomed.get(anchor, frozenset())),
        extends_path=own is None,
        system=system,
        doomed=doomed,
        copies=_requirement_copies(facts),
        credentials=given,
        findings=findings + given.findings + tuple(_told(facts)),
    )


def _told(facts: Facts) -> Iterator[Finding]:
    for each in told(facts):
        setting = f"the index {each.what.name}" if isinstance(each.what, Index) else f"[tool.uv] {each.what.key}"
        yield kinds.INDEX_TOLD.at(facts.path, each.line, setting=setting)
        if isinstance(each.what, Index) and each.argument:
            yield kinds.INDEX_OF_THE_BUILD.at(facts.path, each.line, name=each.argument)


def _anchor(facts: Facts) -> int:
    """Return the first step that installs requirements, or the first before it that copies a folder of code."""
    first = facts.dependency_steps[0]
    for index, step in enumerate(facts.stage.steps[:first]):
        found = context_copy(step)
        for source in found.sources if found else ():
            pattern = expand(source.text, step.variables, step.instruction.escape)
            names, is_folder = matching(pattern, facts.target.repo.files) if pattern else (frozenset[str](), True)
            if is_folder and not names <= facts.target.converted:
                return index
    return first


def _unfit(facts: Facts, workdir: str, bind_mounts: Iterable[str]) -> str | None:
    """Return why the working directory is no place for the virtual environment, or None if it is one."""
    if UNKNOWN in workdir:
        return "the working directory depends on the build"
    if workdir == "/":
        return "no WORKDIR is set before it"
    for index, step in enumerate(facts.stage.steps):
        line = facts.line(index)
        if step.instruction.keyword == "VOLUME" and _lies_in(workdir, _volumes(step.instruction.arguments)):
            return f"the VOLUME in line {line} keeps {workdir}"
        run = facts.runs.get(index)
        for command in run.commands if run else ():
            paths = [step.path(word) if word else None for word in touches_recursively(command.words)]
            if any(path is None or _lies_in(workdir, [path]) for path in paths):
                return f"line {line} changes everything in {workdir} with {command.words[0].text}"
    if _lies_in(workdir, bind_mounts):
        return f"a compose file mounts a folder over {workdir}"
    return None


def _volumes(arguments: str) -> tuple[str, ...]:
    return exec_form(arguments) or tuple(arguments.split())


def _lies_in(path: str, folders: Iterable[str]) -> bool:
    return any((path + "/").startswith(folder.rstrip("/") + "/") for folder in folders)


def _doomed(facts: Facts, index: int, run: Run, system: Mapping[tuple[int, int], SystemPackages]) -> frozenset[int]:
    """Return which commands of a RUN have nothing left to do."""
    doomed = set(run.pip) | {number for step, number in facts.environments.made if step == index}
    emptied = {
        number
        for number, command in run.apt.items()
        if (change := system.get((index, number)))
        and len(change.replaced) == len(command.packages)
        and not any(change.replaced.values())
    }
    doomed |= emptied | removed_again(run)
    installs = {number for number, command in run.apt.items() if command.action == "install"}
    for number, command in run.apt.items():
        moved = [libraries_of(facts, package) is not None for package in command.packages]
        if command.action in {"remove", "purge"} and moved and all(moved):
            doomed.add(number)
    if emptied and installs == emptied:
        doomed |= {n for n, c in run.apt.items() if c.action in {"update", "clean", "autoclean", "autoremove"}}
    for number, each in enumerate(run.commands):
        cleans = cleaning(each.words)
        only_after = cleans.of_apt and emptied and installs == emptied
        if (cleans.of_pip and run.pip) or only_after or facts.removes_only_converted(index, number, argv(each)):
            doomed.add(number)
    rest = [argv(each)[:1] for number, each in enumerate(run.commands) if number not in doomed]
    idle = doomed and all(words in _IDLE for words in rest)
    return frozenset(range(len(run.commands))) if idle else frozenset(doomed)


def _needs_no_python(run: Run | None, doomed: frozenset[int]) -> bool:
    """Return whether what is left of a RUN is only known programs of the base system."""
    return run is not None and all(
        argv(command)[:1] and argv(command)[0] in PLAIN_PROGRAMS
        for number, command in enumerate(run.commands)
        if number not in doomed
    )


def _requirement_copies(facts: Facts) -> dict[int, tuple[Field, ...]]:
    """Return the sources of COPY that only bring requirements files which are converted."""
    copies: dict[int, tuple[Field, ...]] = {}
    for index, step in enumerate(facts.stage.steps):
        found = context_copy(step)
        gone = tuple(source for source in (found.sources if found else ()) if _only_converted(facts, index, source))
        if gone:
            copies[index] = gone
    return copies


def _only_converted(facts: Facts, index: int, source: Field) -> bool:
    step = facts.stage.steps[index]
    pattern = expand(source.text, step.variables, step.instruction.escape)
    names, _ = matching(pattern, facts.target.repo.files) if pattern else (frozenset[str](), False)
    return bool(names) and names <= facts.target.converted
