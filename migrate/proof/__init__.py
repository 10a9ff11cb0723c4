"""The proof: what pip would install from the old files against what uv installs from the lock."""

from migrate.proof.compare import Comparison, Package, Status
from migrate.proof.project import Unproven, verify, verify_plan

__all__ = ["Comparison", "Package", "Status", "Unproven", "verify", "verify_plan"]
