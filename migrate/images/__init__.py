"""Two images of one program, before and after its migration: what they cost, and that they do the same.

`compare.compare` tells the story; its words are here, as who only passes them on need not load all that measures.
"""

from migrate.images.model import Comparison, Figure, Proof, Status, Unit
from migrate.images.request import Request

__all__ = ["Comparison", "Figure", "Proof", "Request", "Status", "Unit"]
