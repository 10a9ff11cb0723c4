"""Development containers (`devcontainer.json`) as services: what they build and mount."""

import json
import re
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath

from migrate.compose import Built, Mount, Service, mapping, within
from migrate.once import once
from migrate.repo import Repo, UnreadableText

_COMMENTS = re.compile(r"(?m)^\s*//.*$|,(?=\s*[}\]])")
_TARGET = re.compile(r"(?:^|,)(?:target|dst|destination)=([^,]+)")


@once
def containers(repo: Repo) -> tuple[Service, ...]:
    """Return the development containers that build a Dockerfile, with the workspace that is mounted into each."""
    return tuple(_containers(repo))


def _containers(repo: Repo) -> Iterator[Service]:
    for path in sorted(repo.files):
        if basename(path) not in {"devcontainer.json", ".devcontainer.json"}:
            continue
        try:
            document = mapping(json.loads(_COMMENTS.sub("", repo.text(path))))
        except (UnreadableText, ValueError, RecursionError):
            continue
        build = mapping(document.get("build")) or document
        name, context = build.get("dockerfile", build.get("dockerFile")), build.get("context", ".")
        if not isinstance(name, str) or not isinstance(context, str):
            continue
        dockerfile, folder = within(join(dirname(path), name)), within(join(dirname(path), context))
        if dockerfile is not None and folder is not None:
            target = _TARGET.search(str(document.get("workspaceMount", "")))
            mounts = (Mount(normpath(target[1]), "", 1),) if target else ()
            yield Service(path, path, None, Built(dockerfile, folder, None, {}, 1), mounts)
