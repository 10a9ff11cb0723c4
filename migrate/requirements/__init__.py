"""pip's side: requirements files → what pip would have been told, with an account of every line."""

from migrate.requirements.compare import contradict, implies
from migrate.requirements.discovery import Discovered, discover
from migrate.requirements.groups import Group, Grouped, conflicts, grouped
from migrate.requirements.itself import ITSELF, own
from migrate.requirements.model import Index, Line, Login, Outcome, Requirement, Requirements, Setting, Source
from migrate.requirements.pins import together
from migrate.requirements.reach import reached
from migrate.requirements.read import included, read
from migrate.requirements.single import options, requirement

__all__ = [
    "ITSELF",
    "Discovered",
    "Group",
    "Grouped",
    "Index",
    "Line",
    "Login",
    "Outcome",
    "Requirement",
    "Requirements",
    "Setting",
    "Source",
    "conflicts",
    "contradict",
    "discover",
    "grouped",
    "implies",
    "included",
    "options",
    "own",
    "reached",
    "read",
    "requirement",
    "together",
]
