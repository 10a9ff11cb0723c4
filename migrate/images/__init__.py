"""Two images of one program, before and after its migration: what they cost, and that they do the same."""

from migrate.images.compare import compare
from migrate.images.model import Comparison, Figure, Proof, Status, Unit
from migrate.images.request import Request

__all__ = ["Comparison", "Figure", "Proof", "Request", "Status", "Unit", "compare"]
