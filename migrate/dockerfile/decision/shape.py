"""How the stages of a Dockerfile share its packages: who makes them, who takes them over, who inherits them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property
from typing import Any

from migrate.dockerfile.decision.transfers import Transfer, kept_folders, products, transfers_of
from migrate.dockerfile.facts.exchange import Exchange
from migrate.dockerfile.facts.facts import Facts, Target
from migrate.dockerfile.facts.installing_files import calls_pip_by_files
from migrate.dockerfile.facts.pip import read_install
from migrate.dockerfile.facts.pip_options import UnclearPip
from migrate.dockerfile.facts.products import Form, installs_wheels, programs
from migrate.dockerfile.facts.stages import Stage
from migrate.dockerfile.syntax.instruction import Dockerfile
from migrate.repo import Repo

_PIP = re.compile(r"\bpip[\d.]*\b|\bsetup\.py (?:install|develop)\b")


class Role(Enum):
    """What becomes of a stage."""

    SPLIT = auto()  # a builder comes in front of it, and it copies the environment from there
    MAKES = auto()  # it makes the environment in its place; later stages copy it, or are built upon it
    TAKES = auto()  # it copies the environment where it copied or installed what another stage had made
    INHERITS = auto()  # the stage that it is built upon has the environment
    JOINS = auto()  # uv installs for the image's own Python, in the place of pip, beside what the image brings
    PREPARES = auto()  # it has none, but calls pip: to upgrade it, for the stages that are built upon it


@dataclass(frozen=True, eq=False)
class Part:
    """A stage that has packages, and what it gets them from: the part that it copies from, or is built upon.

    `answers` is what `once` remembers.
    """

    facts: Facts
    role: Role
    origin: "Part | None" = None
    answers: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def line(self) -> tuple["Part", ...]:
        """The part and all that its packages come from, the nearest first."""
        return (self, *(self.origin.line if self.origin else ()))

    @property
    def has_it(self) -> bool:
        """Whether the stage has the environment."""
        return self.role is not Role.PREPARES

    @property
    def root(self) -> "Part":
        """The part that makes the environment in the first place."""
        return self.line[-1]


def parts(path: str, dockerfile: Dockerfile, stages: tuple[Stage, ...], target: Target) -> tuple[Part, ...]:
    """Return the stages that call pip or get packages from one that does, in order; the others stay as they are."""
    plain = [Facts(path, dockerfile, stage, target, stages) for stage in stages]
    transfers = [transfer for facts in plain for transfer in transfers_of(facts, plain)]
    kept = kept_folders(transfers, stages)
    transfers = [each for each in transfers if each.of not in kept]
    found: dict[int, Part] = {}
    for facts in plain:
        index = facts.stage.index
        exchange = _exchange(facts, transfers, plain)
        exchanged = facts if exchange == facts.exchange else replace(facts, exchange=exchange)
        base = next((each for stage in facts.stage.ancestors if (each := found.get(stage.index)) and each.has_it), None)
        giver = next((found[each.of] for each in transfers if each.to == index and each.of in found), None)
        takes_over = exchanged.exchange.taken or exchanged.exchange.places
        if giver and exchanged.exchange.everything:
            found[index] = Part(exchanged, Role.INHERITS, giver)
        elif giver and takes_over:
            found[index] = Part(exchanged, Role.TAKES, giver)
        elif any(each.of == index for each in transfers):
            found[index] = Part(exchanged, Role.MAKES, base)
        elif (joins := _joining(exchanged, kept.get(index))) and joins.dependency_steps:
            found[index] = Part(joins, Role.JOINS, base)
        elif exchanged.dependency_steps:
            found[index] = Part(exchanged, Role.MAKES if base and base.role is Role.MAKES else Role.SPLIT, base)
        elif base or calls_pip(facts.stage, target.repo) or facts.uv.copies:
            found[index] = Part(exchanged, Role.INHERITS if base else Role.PREPARES, base)
    return tuple(found.values())


def calls_pip(stage: Stage, repo: Repo) -> bool:
    """Return whether a RUN of a stage names pip, or runs a file of the repository that calls it."""
    instructions = (step.instruction for step in stage.steps)
    runs = (each.text for each in instructions if each.keyword == "RUN")
    return any(map(_PIP.search, runs)) or calls_pip_by_files(stage, repo)


def _exchange(facts: Facts, transfers: Sequence[Transfer], all_facts: Sequence[Facts]) -> Exchange:
    index = facts.stage.index
    given = [each for each in transfers if each.of == index and _is_carried_over(each)]
    got = [each for each in transfers if each.to == index and _is_carried_over(each)]
    meant = {each.key: each.product.arguments for each in given}
    wheels = {each.place for each in got if each.product.form is Form.WHEELS}
    for step, run in facts.understood:
        for number, arguments in run.pip.items():
            folder = facts.path_at(step, number, ".")
            for place in wheels if arguments and folder else ():
                rest = installs_wheels(arguments or (), folder or "", place)
                if rest is not None:
                    meant[step, number] = rest if _installs_more(rest) else ("check",)
    meant |= dict.fromkeys(_again(facts, [all_facts[each.of] for each in got]), ("check",))
    patterns = [pattern for each in got if (pattern := programs(each.product))]
    return Exchange(
        meant,
        frozenset(each.step for each in got if each.is_whole),
        frozenset(each.place for each in got if each.product.form is not Form.IMAGE),
        patterns[0] if patterns else None,
        frozenset(each.step for each in transfers if each.to == index and each.product.form is Form.ENVIRONMENT),
        frozenset(each.step for each in transfers if each.to == index and each.is_everything),
        frozenset(_tools(facts, given)),
        mounted=frozenset(each.step for each in got if facts.stage.steps[each.step].instruction.keyword == "RUN"),
    )


def _again(facts: Facts, givers: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Yield the pip commands that only install what a stage has named too whose packages are copied."""
    named = {text for giver in givers for install in giver.installs.values() for text in install.packages}
    for key, install in facts.installs.items():
        if install.packages and not (install.files or install.folders or install.options):
            yield from [key] if named.issuperset(install.packages) else []


def _joining(facts: Facts, folder: str | None) -> Facts | None:
    """Return the facts of a stage whose packages stay where pip had put them; None if they are an environment now.

    That is beside those of the image's own Python, in its folder for `--target`, or in a `folder` that others copy.
    """
    own = facts.stage.image.own if facts.stage.image else None
    target = folder or (own.target if own else None)
    if own is None and folder is None:
        return None
    made = ((key, each) for key, each in products(facts) if each.form is Form.TARGET)
    meant = {key: each.arguments for key, each in made if each.folder == target}
    return replace(facts, exchange=replace(facts.exchange, meant=meant, target=target)) if meant else facts


def _is_carried_over(transfer: Transfer) -> bool:
    """Whether the environment takes the place of a product; one that is an environment already stays where it is."""
    return transfer.product.form is not Form.ENVIRONMENT and (transfer.is_whole or transfer.product.form is Form.WHEELS)


def _installs_more(arguments: tuple[str, ...]) -> bool:
    """Whether a `pip install`, or one that is not clear, names files or packages."""
    try:
        install = read_install(arguments)
    except UnclearPip:
        return True
    return bool(install.files or install.arguments)


def _tools(facts: Facts, given: Sequence[Transfer]) -> Iterator[tuple[int, int]]:
    """Yield the pip commands that install packages by name for a stage whose product is made by other commands."""
    if not given or any(each.product.form is Form.IMAGE for each in given):
        return
    given_keys = {each.key for each in given}
    for key, install in facts.installs.items():
        made = {other for other, _ in products(facts)}
        if key in made - given_keys and install.packages and not install.files:
            yield key
