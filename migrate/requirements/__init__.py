"""pip's side: requirements files → what pip would have been told, with an account of every line."""

from migrate.requirements.compare import contradict, implies
from migrate.requirements.groups import Group, groups
from migrate.requirements.model import Index, Line, Login, Outcome, Requirement, Requirements, Setting, Source
from migrate.requirements.read import read
from migrate.requirements.single import options, requirement

__all__ = [
    "Group",
    "Index",
    "Line",
    "Login",
    "Outcome",
    "Requirement",
    "Requirements",
    "Setting",
    "Source",
    "contradict",
    "groups",
    "implies",
    "options",
    "read",
    "requirement",
]
