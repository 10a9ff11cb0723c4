"""How the configuration of an image may differ after the migration: by where its programs are, and by nothing else."""

import re
from collections.abc import Mapping
from typing import Any

SETTINGS = (
    "Cmd",
    "Entrypoint",
    "ExposedPorts",
    "Healthcheck",
    "Labels",
    "OnBuild",
    "Shell",
    "StopSignal",
    "User",
    "Volumes",
    "WorkingDir",
)
_SYSTEMS = frozenset({"/bin", "/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/usr/sbin"})


def in_configuration(before: Mapping[str, Any], after: Mapping[str, Any], environment: str) -> list[str]:
    """Compare the `Config` of two images; PATH must have the environment's programs before the system's, nothing else.

    It may have lost the place of `pip install --user`, which the environment takes.
    A start command may name a program in the environment where it named the same one in the old place.
    """
    found = [
        f"{setting}: {before.get(setting)!r} became {after.get(setting)!r}"
        for setting in SETTINGS
        if _moved(before.get(setting) or None, environment) != _moved(after.get(setting) or None, environment)
    ]
    old, new = (dict(entry.split("=", 1) for entry in config.get("Env") or ()) for config in (before, after))
    if "PATH" in old:
        old["PATH"] = _path(old["PATH"], new.get("PATH", ""), f"{environment}/bin")
    found += [
        f"{name}: {old.get(name)!r} expected, {new.get(name)!r} found"
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]
    return found


def _path(old: str, new: str, programs: str) -> str:
    """Return the PATH that is expected in place of `old`: `new` itself if it is as good as `programs` in front.

    Where the packages are in the system's place, as before, nothing may change.
    """
    if programs in _SYSTEMS:
        return old
    before, after = ([folder for folder in path.split(":") if folder != programs] for path in (old, new))
    kept = [folder for folder in before if folder in after or not folder.endswith("/.local/bin")]
    first = next((folder for folder in new.split(":") if folder == programs or folder in _SYSTEMS), None)
    return new if after == kept and first == programs else ":".join((programs, *before))


def _moved(value: Any, environment: str) -> Any:
    """Return a setting in which programs of pip's place and of the environment have the same path."""
    if isinstance(value, list):
        return [_moved(each, environment) for each in value]
    if isinstance(value, str):
        return re.sub(rf"(?:{re.escape(environment)}|/usr/local)/bin/(?=[\w.-]+)", "/usr/local/bin/", value)
    return value
