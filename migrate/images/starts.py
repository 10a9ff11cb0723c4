"""How an image starts: the time to a first line or to a passing probe, and what the probe is answered."""

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from migrate.images.image import Image
from migrate.images.model import Answer, Start
from migrate.process import TimedOut

_PROBE = Path(__file__).parent / "inside" / "probe_url.py"
_PAUSE = 0.05  # seconds between two looks
_FRACTION = re.compile(r"\.(\d{1,6})\d*")


@dataclass(frozen=True, slots=True)
class Probe:
    """What is asked of a running container: a URL of its own host, or a command for its shell; None: its first line."""

    wanted: str | None = None
    patience: float = 60.0

    @property
    def is_url(self) -> bool:
        """Whether the probe is a request."""
        return self.wanted is not None and re.match(r"https?://", self.wanted) is not None


def start(image: Image, probe: Probe, options: Sequence[str] = ()) -> Start:
    """Start an image as it says, without a network, and return how long it took to be ready."""
    with image.engine.container(image.tag, options) as container:
        if image.engine.started(container).returncode:
            return Start(None, why="the container does not start")
        if probe.wanted is None:
            return _first_line(image, container, probe)
        return (_request if probe.is_url else _command)(image, container, probe)


def _first_line(image: Image, container: str, probe: Probe) -> Start:
    deadline = time.monotonic() + probe.patience
    is_over = False
    while True:
        logs = image.engine.run("logs", "--timestamps", container)
        stamps = sorted(
            _time(line.split()[0]) for line in (*logs.stdout.splitlines(), *logs.stderr.splitlines()) if line
        )
        if stamps:
            seconds = max(0.0, (stamps[0] - _state(image, container)[0]).total_seconds())
            return Start(seconds)
        if is_over:
            return Start(None, why="it ended without a line of output")
        if time.monotonic() > deadline:
            return Start(None, why=f"no line of output within {probe.patience:g} seconds")
        is_over = not _state(image, container)[1]
        time.sleep(_PAUSE)


def _request(image: Image, container: str, probe: Probe) -> Start:
    source = _PROBE.read_text(encoding="utf-8")
    command = (image.python, "-IBc", source, str(probe.wanted), str(probe.patience))
    try:
        asked = image.engine.run("exec", container, *command, timeout=probe.patience + 30)
    except TimedOut as error:
        return Start(None, why=str(error))
    if asked.returncode:
        return Start(None, why=_why(image, container, f"{probe.wanted} does not answer"))
    answer = json.loads(asked.stdout)
    begun = _state(image, container)[0]
    seconds = max(0.0, answer["at"] - begun.timestamp())
    return Start(seconds, Answer(answer["code"], f"{answer['type']}\n{answer['text']}"))


def _command(image: Image, container: str, probe: Probe) -> Start:
    deadline = time.monotonic() + probe.patience
    while True:
        asked = image.engine.run("exec", container, "/bin/sh", "-c", str(probe.wanted), timeout=probe.patience + 30)
        now = datetime.now(UTC)
        begun, is_running = _state(image, container)
        if asked.returncode == 0:
            return Start(max(0.0, (now - begun).total_seconds()), Answer(0, asked.stdout))
        if not is_running or time.monotonic() > deadline:
            why = _why(image, container, f"the probe fails with exit code {asked.returncode}")
            return Start(None, Answer(asked.returncode, asked.stdout), why)
        time.sleep(_PAUSE)


def _state(image: Image, container: str) -> tuple[datetime, bool]:
    """Return when a container was made, and whether it still runs.

    The engine says that it has started a program only after it has, which may be after the first line.
    """
    begun, is_running = image.engine.ask(
        "inspect", "--format", "{{json .Created}} {{.State.Running}}", container
    ).rsplit(maxsplit=1)
    return _time(json.loads(begun)), is_running == "true"


def _why(image: Image, container: str, text: str) -> str:
    if _state(image, container)[1]:
        return text
    logs = image.engine.run("logs", "--tail", "5", container)
    last = (logs.stderr.strip() or logs.stdout.strip()).splitlines()[-1:]
    return f"{text}: the container ended" + (f" with {last[0]!r}" if last else "")


def _time(text: str) -> datetime:
    """Read a time of day as the engines write it, with nanoseconds."""
    found = datetime.fromisoformat(_FRACTION.sub(lambda match: f".{match[1]:0<6}", text.replace("Z", "+00:00")))
    return found if found.tzinfo else found.replace(tzinfo=UTC)
