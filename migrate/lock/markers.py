"""What environment markers (PEP 508) mean where images run: CPython on Linux on x86-64."""

from collections.abc import Mapping
from functools import lru_cache

from packaging.markers import Marker


def linux(python: str) -> dict[str, str]:
    """Return the environment of CPython on Linux on x86-64 (PEP 508) for a Python version such as "3.11"."""
    return {
        "extra": "",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "posix",
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "linux",
    }


def holds(marker: Marker | str | None, environment: Mapping[str, str]) -> bool:
    """Return whether a marker holds in an environment; one that is not there does."""
    if isinstance(marker, str):
        marker = _parsed(marker)
    return marker is None or marker.evaluate(dict(environment))


@lru_cache(maxsize=256)
def _parsed(marker: str) -> Marker:
    return Marker(marker)
