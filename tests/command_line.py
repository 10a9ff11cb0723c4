"""The command as its user starts it."""

import os
import subprocess
import sys
from pathlib import Path


def uvmigrate(
    *arguments: str, cwd: Path, standard_input: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run `uvmigrate` in a folder, with variables added to the environment."""
    return subprocess.run(
        [sys.executable, "-m", "migrate", *arguments],
        cwd=cwd,
        env=os.environ | environment,
        input=standard_input,
        capture_output=True,
        text=True,
        check=False,
    )
