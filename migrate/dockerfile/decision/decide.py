"""The one decision about a stage; the rules only carry it out."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from migrate.dockerfile.decision.alpine import alpine_packages, removed_again
from migrate.dockerfile.decision.build_variables import BuildVariables, build_variables
from migrate.dockerfile.decision.choices import Choices, choice_findings, choices, is_conditional
from migrate.dockerfile.decision.chosen_packages import chosen_findings
from migrate.dockerfile.decision.copies import needless_copies
from migrate.dockerfile.decision.credentials import Credentials, credentials
from migrate.dockerfile.decision.idle import idle_commands
from migrate.dockerfile.decision.inline import inline_findings
from migrate.dockerfile.decision.joining import joint
from migrate.dockerfile.decision.local_packages import copied_findings, local_sources, not_editable
from migrate.dockerfile.decision.packages import SystemPackages, may_move, system_packages
from migrate.dockerfile.decision.place import Place, anchor, workdir
from migrate.dockerfile.decision.premature import names_environment
from migrate.dockerfile.decision.project_layer import ProjectLayer, layer_of
from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.decision.slim import Slim, slim
from migrate.dockerfile.decision.sync import sync_options
from migrate.dockerfile.decision.told import told
from migrate.dockerfile.decision.wheels import wheels
from migrate.dockerfile.facts.apt import REMOVING
from migrate.dockerfile.facts.commands import PLAIN_PROGRAMS, cleans_pip
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import removes_installers
from migrate.dockerfile.facts.removals import removes_nothing, words_left
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.facts.stages import UNKNOWN
from migrate.dockerfile.syntax.words import Field
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.requirements import Index

DEFAULT_PROJECT = "/app"
# What a RUN may begin or end with that does nothing by itself.
_IDLE = frozenset({("export",), ("set",), ("true",), (":",), ("cd",), (".",), ("source",), ()})


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """What becomes of a stage, by its `role`.

    `builder` is what the stage is called that it copies the environment from, and `upon` the builder that a new one
    is built upon, if it has one already. `venv` and `project` are absolute paths: of the virtual environment, the same
    in all stages, and of the builder's working directory. `anchor` is the step in front of which, in whose place, or
    behind which the stage gets the environment; behind it if what is left of the step needs no Python, so that its
    layer outlives a new dependency. `extends_path`: PATH does not find the environment yet.
    `sync` is what `uv sync` is told about groups, `local` what COPY brings for it. `system` and `doomed`: by step and
    command, what happens to apt's installs and which commands go; `apk` is what the builder installs on Alpine.
    `copies`: which sources of a COPY go. `removed`: the steps of which nothing is left, `erased` those in whose place
    nothing comes. `credentials` are those of indexes, for the builder, `build` the variables that builds may read,
    `choices` what the build of the image chooses. `is_large`: a few megabytes do not count. `layer`: how the project
    itself is installed, if it is; `joint`: which step and command uv stands in for.
    """

    role: Role
    builder: str
    upon: str | None
    venv: str
    project: str
    anchor: int
    environment_goes_behind: bool
    extends_path: bool
    is_large: bool
    sync: tuple[str, ...]
    local: tuple[str, ...]
    system: Mapping[tuple[int, int], SystemPackages]
    apk: tuple[str, ...]
    doomed: Mapping[int, frozenset[int]]
    copies: Mapping[int, tuple[Field, ...]]
    removed: frozenset[int]
    erased: frozenset[int]
    slim: Slim | None
    credentials: Credentials
    build: BuildVariables
    layer: ProjectLayer | None
    choices: Choices
    joint: tuple[int, int] | None
    findings: tuple[Finding, ...]


def decide(part: Part, place: Place, builders: Mapping[int, str]) -> Decision:
    """Return the decision about a part without obstacles, whose environment is at a place.

    `builders` are the stages that make environments, by the index of the stage that they do it for.
    """
    facts = part.facts
    at = anchor(part)
    layer = layer_of(part, at)
    folder = layer.path if layer else workdir(part)
    project = DEFAULT_PROJECT if folder == "/" or UNKNOWN in folder else folder
    if layer and project != layer.path and "--no-editable" not in layer.options:
        layer = replace(layer, options=(*layer.options, "--no-editable"))
    system, findings = system_packages(part)
    doomed = _doomed(part, idle_commands(facts, system))
    small = slim(part, doomed)
    if isinstance(small, Slim):
        system, findings = system_packages(part, small.packages)
        doomed = _doomed(part, idle_commands(facts, system))
    if place.reason and part is part.root and part.has_it:
        findings += (kinds.VENV_OUTSIDE.at(facts.path, facts.line(at), venv=place.path, reason=place.reason),)
    if layer and layer.is_copy_now:
        findings += (kinds.NOT_EDITABLE.at(facts.path, facts.line(layer.step), name="the project", folder=layer.path),)
    copied = not_editable(part, project) if facts.dependency_steps else ()
    findings += copied_findings(facts, at, copied)
    alpine = alpine_packages(part)
    findings += alpine.findings
    findings += (*inline_findings(facts), *chosen_findings(facts))
    chosen = choices(part, tuple(each for each in (layer.options if layer else ()) if each.startswith("--extra ")))
    findings += tuple(choice_findings(facts, chosen))
    if part.role is Role.JOINS and facts.stage.image and facts.stage.image.own:
        findings += (kinds.JOINED.at(facts.path, facts.line(at), image=facts.stage.image),)
    known = wheels(part)
    given = credentials(facts) if part.role in {Role.SPLIT, Role.MAKES} else Credentials()
    removed = facts.exchange.taken.union(
        i for i, run in facts.understood if len(doomed.get(i, ())) == len(run.commands)
    )
    copies = {**needless_copies(facts), **facts.uv.copies}
    origin = part.origin.facts.stage.index if part.origin else None
    findings += (small,) if isinstance(small, Finding) else small.findings if small else ()
    return Decision(
        role=part.role,
        builder=builders[facts.stage.index if part.role is Role.SPLIT or origin is None else origin],
        upon=builders[origin] if origin is not None else None,
        venv=place.path,
        project=project,
        anchor=at,
        environment_goes_behind=_goes_behind(part, at, doomed.get(at, frozenset())),
        extends_path=not place.is_own and (part.role is Role.TAKES or part.origin is None),
        is_large=known is not None and known.is_large,
        sync=(*sync_options(part), *(["--no-editable"] if copied else [])),
        local=local_sources(part),
        system=system,
        apk=alpine.builder,
        doomed=doomed,
        copies=copies,
        removed=removed,
        erased=(removed - _replaced(part, at, layer)) | _emptied(facts, copies),
        slim=small if isinstance(small, Slim) else None,
        credentials=given,
        build=build_variables(part),
        layer=layer,
        choices=chosen,
        joint=joint(part),
        findings=findings + given.findings + tuple(_told(facts)) + tuple(_kept(facts)),
    )


def _kept(facts: Facts) -> Iterator[Finding]:
    for index, _ in sorted(facts.exchange.kept):
        name, line = facts.stage.reference, facts.line(index)
        yield kinds.STAGE_LEFT.at(facts.path, line, stage=name, where=line)


def _told(facts: Facts) -> Iterator[Finding]:
    for each in told(facts):
        setting = f"the index {each.what.name}" if isinstance(each.what, Index) else f"[tool.uv] {each.what.key}"
        yield kinds.INDEX_TOLD.at(facts.path, each.line, setting=setting)
        if isinstance(each.what, Index) and each.argument:
            yield kinds.INDEX_OF_THE_BUILD.at(facts.path, each.line, name=each.argument)


def _doomed(part: Part, idle: AbstractSet[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """Return which commands of each RUN have nothing left to do."""
    return {index: gone for index, run in part.facts.understood if (gone := _doomed_in(part, index, run, idle))}


def _doomed_in(part: Part, index: int, run: Run, idle: AbstractSet[tuple[int, int]]) -> frozenset[int]:
    facts = part.facts
    if is_conditional(run):
        return frozenset(range(len(run.commands)))
    own = facts.environments.path is not None
    doomed = {number for number, told in run.pip.items() if own or not removes_installers(told or ())}
    doomed |= {number for step, number in facts.environments.made if step == index}
    doomed |= {number for step, number in (*idle, *facts.uv.installer) if step == index}
    if part.role is Role.SPLIT:
        doomed |= removed_again(run)
    if part.role is Role.MAKES:
        for number, command in run.apt.items():
            moved = [may_move(facts, package) for package in command.packages]
            doomed |= {number} if command.action in REMOVING and moved and all(moved) else set()
        if run.pip:
            doomed |= {number for number, each in enumerate(run.commands) if each.argv[:2] == ("apk", "del")}
    removals = (number for number, each in enumerate(run.commands) if each.argv[:1] == ("rm",))
    left = {number: words_left(facts, index, number) for number in removals}
    doomed |= {n for n, words in left.items() if removes_nothing(words) or (run.pip and cleans_pip(words))}
    doomed -= {number for step, number in filter(None, (joint(part),)) if step == index}
    rest = (each.argv[:1] for number, each in enumerate(run.commands) if number not in doomed)
    nothing_left = doomed and all(words in _IDLE for words in rest)
    return frozenset(range(len(run.commands))) if nothing_left else frozenset(doomed)


def _replaced(part: Part, anchor: int, layer: ProjectLayer | None) -> frozenset[int]:
    """Return the steps in whose place something comes, if nothing is left of them."""
    has_environment = part.role not in {Role.INHERITS, Role.PREPARES}
    own = {layer.step} if layer and part.role is Role.MAKES else set()
    return frozenset(own | {anchor} if has_environment else own)


def _emptied(facts: Facts, copies: Mapping[int, tuple[Field, ...]]) -> frozenset[int]:
    """Return the steps that copy nothing without some of their sources."""
    return frozenset(index for index, gone in copies.items() if gone == facts.stage.steps[index].sources)


def _goes_behind(part: Part, anchor: int, doomed: AbstractSet[int]) -> bool:
    """Return whether what is left of a RUN needs no environment: if pip made it there, or by known programs."""
    run = part.facts.runs.get(anchor)
    left = [each for number, each in enumerate(run.commands) if number not in doomed] if run else []
    if run is None or any(names_environment(part.facts, anchor, each) for each in left):
        return part.role is Role.MAKES and run is None
    return part.role is Role.MAKES or all(each.argv[:1] and each.argv[0] in PLAIN_PROGRAMS for each in left)
