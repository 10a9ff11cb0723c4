"""What a build says while it runs: its steps, how long each took, and which one runs now."""

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_VERTEX = re.compile(r"#(?P<number>\d+) (?P<rest>.*)")
_HEADING = re.compile(r"\[[^\]]*\d+/\d+\] (?P<text>.*)")
_DONE = re.compile(r"DONE (?P<seconds>[\d.]+)s")
_NUMBERED = re.compile(r"(?:\[\d+/\d+\] )?STEP \d+(?:/\d+)?: (?P<text>.*)")
_INSTALLS = re.compile(
    r"\bRUN\b.*\b(?:pip[\d.]*\s+(?:\S+\s+)*?install|uv\s+(?:sync|pip\s+(?:install|sync))|pipenv|poetry)\b"
)
Announce = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction that a build carried out, and its seconds; a step from the cache took none."""

    text: str
    seconds: float
    is_cached: bool = False

    @property
    def installs(self) -> bool:
        """Whether the step installs Python packages."""
        return _INSTALLS.search(self.text) is not None


class Watch(io.StringIO):
    """A stream for the output of one build: BuildKit's plain progress, or the numbered steps of podman and buildah."""

    def __init__(self, announce: Announce | None = None) -> None:
        """`announce` is told each step as it begins."""
        super().__init__()
        self._announce = announce or (lambda _: None)
        self._rest = ""
        self._texts: dict[str, str] = {}
        self._seconds: dict[str, float] = {}
        self._cached: set[str] = set()
        self._since: dict[str, float] = {}
        self._running: str | None = None
        self._begin = time.monotonic()
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self._begin = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.seconds = time.monotonic() - self._begin
        self._end_running()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far, in the order in which they began."""
        return tuple(
            Step(text, self._seconds.get(number, 0.0), number in self._cached) for number, text in self._texts.items()
        )

    def write(self, text: str) -> int:
        """Take a part of the output."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._read(line)
        return len(text)

    def _read(self, line: str) -> None:
        if numbered := _NUMBERED.match(line):
            self._end_running()
            self._running = f"step {len(self._texts)}"
            self._begins(self._running, numbered["text"])
        elif "Using cache" in line and self._running:
            self._cached.add(self._running)
        elif vertex := _VERTEX.match(line):
            self._vertex(vertex["number"], vertex["rest"])

    def _vertex(self, number: str, rest: str) -> None:
        if heading := _HEADING.match(rest):
            if number not in self._texts:
                self._begins(number, heading["text"])
        elif number in self._texts and rest == "CACHED":
            self._cached.add(number)
        elif number in self._texts and (done := _DONE.match(rest)):
            self._seconds[number] = float(done["seconds"])

    def _begins(self, number: str, text: str) -> None:
        self._texts[number] = text
        self._since[number] = time.monotonic()
        self._announce(text)

    def _end_running(self) -> None:
        if self._running:
            self._seconds[self._running] = time.monotonic() - self._since[self._running]
            self._running = None
