"""How we write amounts."""

from decimal import Decimal


def amount(value: float) -> str:
    return f"{Decimal(str(value)):.4f}"
