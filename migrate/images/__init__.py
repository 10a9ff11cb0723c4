"""Two images of one program, before and after its migration: what they cost, and that they do the same."""

from migrate.images.compare import Request, compare
from migrate.images.model import Comparison, Figure, Proof, Status, Unit

__all__ = ["Comparison", "Figure", "Proof", "Request", "Status", "Unit", "compare"]
