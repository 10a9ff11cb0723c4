"""What the user chooses; everything that changes a plan is here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one migration.

    `lock`: run `uv lock`; `keep_requirements`: never remove a requirements file; `uv`: the path of a uv to use instead
    of the one that is found; `as_of`: take no package published after this date or time (ISO 8601), or after the last
    commit that touched the requirements files ("git"); `prune`: of a file that pins everything, only the roots become
    dependencies.

    `requirements`: the files of production, instead of those that are found; `groups`: "NAME=FILE", a dependency group
    and the requirements file that it is made of.

    `docker`: migrate Dockerfiles; `dockerfiles`: these only; `venv`: the absolute path of the virtual environment in
    the image; `uv_image`: the image that uv is copied from; `cache_mounts`: keep uv's cache between builds, which needs
    BuildKit; `slim_runtime`: the runtime stands on the slim variant of the builder's image.
    """

    lock: bool = True
    keep_requirements: bool = False
    uv: str | None = None
    as_of: str | None = None
    prune: bool = False
    requirements: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    docker: bool = True
    dockerfiles: tuple[str, ...] = ()
    venv: str | None = None
    uv_image: str | None = None
    cache_mounts: bool = True
    slim_runtime: bool = False
