"""pip's side: requirements files → what pip would have been told, with an account of every line."""

from migrate.requirements.compare import contradict, implies
from migrate.requirements.model import Line, Outcome, Requirement, Requirements
from migrate.requirements.read import read
from migrate.requirements.single import requirement

__all__ = ["Line", "Outcome", "Requirement", "Requirements", "contradict", "implies", "read", "requirement"]
