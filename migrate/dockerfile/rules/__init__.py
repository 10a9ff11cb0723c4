"""The rules that carry a decision out, in the order of what they change; each is one small pure function."""

from collections.abc import Callable, Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.build_arguments import build_arguments
from migrate.dockerfile.rules.builder import builder
from migrate.dockerfile.rules.bytecode import bytecode
from migrate.dockerfile.rules.comments import comments
from migrate.dockerfile.rules.environment import environment
from migrate.dockerfile.rules.in_place import in_place
from migrate.dockerfile.rules.installed_places import installed_places
from migrate.dockerfile.rules.requirement_copies import requirement_copies
from migrate.dockerfile.rules.run_steps import run_steps
from migrate.dockerfile.rules.slim import slim
from migrate.dockerfile.rules.start_commands import start_commands
from migrate.findings import Finding
from migrate.text import Edit

RULES: tuple[Callable[[Facts, Decision], Iterator[Edit | Finding]], ...] = (
    builder,
    bytecode,
    slim,
    in_place,
    run_steps,
    build_arguments,
    requirement_copies,
    comments,
    environment,
    start_commands,
    installed_places,
)
