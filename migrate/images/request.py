"""What a comparison of images is asked for."""

from dataclasses import dataclass, field

from migrate.images.engine import Build
from migrate.options import Options


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: see the options of `uvmigrate compare`.

    `before` is a git revision; `build_arguments` are `NAME=VALUE`, `secrets` as `docker build --secret` takes them.
    `engine`: the program to build with, None for the one that is found; `stage`: the target; `runs`: how often each
    build is measured; `probe`: a URL or a command that says when the program has started, and what it answers;
    `patience`: seconds that a start may take, `timeout`: seconds that a build may take; `keep`: the images stay.
    """

    options: Options = field(default_factory=Options)
    before: str | None = None
    engine: str | None = None
    stage: str | None = None
    build_arguments: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    runs: int = 1
    probe: str | None = None
    patience: float = 60.0
    timeout: float = 3600.0
    keep: bool = False

    @property
    def build(self) -> Build:
        """What every build is given."""
        stage = ("--target", self.stage) if self.stage else ()
        arguments = (word for value in self.build_arguments for word in ("--build-arg", value))
        secrets = (word for value in self.secrets for word in ("--secret", value))
        return Build((*stage, *arguments, *secrets), self.timeout)
