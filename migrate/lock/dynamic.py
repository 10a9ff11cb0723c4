"""A lock for a project whose version only its build tells: uv would run the build, and there is no code to run."""

from collections.abc import Callable

_PLACEHOLDER = "0"


def lock_unbuilt(text: str, lock: Callable[[str], str]) -> str:
    """Return the lock of a pyproject.toml whose version may be dynamic; `lock` locks one whose version is written.

    A lock does not hold the version of such a project, so that nothing of the version that stands in for it is left.
    """
    import tomlkit

    document = tomlkit.parse(text)
    project = document.get("project", {})
    dynamic = project.get("dynamic", [])
    if "version" not in dynamic:
        return lock(text)
    project["dynamic"] = [field for field in dynamic if field != "version"]
    project["version"] = _PLACEHOLDER
    head = f'[[package]]\nname = "{_normalised(str(project["name"]))}"\n'
    return lock(tomlkit.dumps(document)).replace(f'{head}version = "{_PLACEHOLDER}"\n', head, 1)


def _normalised(name: str) -> str:
    from packaging.utils import canonicalize_name

    return canonicalize_name(name)
