"""The Docker engine of the tests."""

import os
import subprocess
from pathlib import Path


def docker(*arguments: str | Path) -> str:
    """Run docker and return what it prints."""
    finished = subprocess.run(
        ["docker", *arguments], check=False, capture_output=True, text=True, env=os.environ | {"DOCKER_BUILDKIT": "1"}
    )
    assert finished.returncode == 0, finished.stderr[-4000:]
    return finished.stdout
