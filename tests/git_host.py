"""A host of git repositories that exists for this machine's git only."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

HOST = "https://git.example/"
# Who and when, so that a commit of the same files has the same name everywhere.
_ALWAYS = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "Acme", "EMAIL": "git@acme.example", "DATE": "2026-01-05T09:00:00Z"}.items()
} | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


def git_host(owner: str, repositories: Path, tags: Mapping[str, str], home: Path) -> dict[str, str]:
    """Make a repository of each folder, with one commit on `main` and maybe a tag, and return the environment for git.

    With it, `https://git.example/OWNER/FOLDER.git` is that repository, which lies below `home`.
    """
    for folder in sorted(repositories.iterdir()):
        repository = home / owner / f"{folder.name}.git"
        git = ("git", f"--git-dir={repository}", f"--work-tree={folder}")
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", repository], check=True)
        tag = [("tag", tags[folder.name])] if folder.name in tags else []
        for command in (("add", "-A"), ("commit", "-q", "-m", "Everything"), *tag):
            subprocess.run([*git, *command], env=os.environ | _ALWAYS, check=True)
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{home}/.insteadOf",
        "GIT_CONFIG_VALUE_0": HOST,
    }
