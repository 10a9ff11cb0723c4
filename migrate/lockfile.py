"""The text of a uv.lock as data."""

import tomllib
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4)
def parsed(text: str) -> dict[str, Any]:
    """Return the data of a uv.lock, which nobody may change: it is read once, however many ask.

    Raises ValueError or RecursionError for what is not TOML.
    """
    return tomllib.loads(text)
