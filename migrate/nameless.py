"""Requirements at a URL that do not tell the name of their package: uv looks into it, and its answer counts."""

import re
from dataclasses import replace

from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.legacy import Legacy, legacy
from migrate.lock.scratch import NOTHING, scratch
from migrate.lock.uv import Uv
from migrate.options import Options
from migrate.process import TimedOut
from migrate.repo import Repo

_URL = re.compile(r"(?:git\+|hg\+|svn\+|bzr\+)?(?:https?|ssh)://[^\s;,]+")
_LONGEST = 300.0  # seconds for one package
_WITH_NAME = re.compile(r"^([A-Za-z0-9][\w.-]*) @ ", re.MULTILINE)


def understood(repo: Repo, uv: Uv, options: Options) -> Legacy:
    """Return what the old files of a repository say, with the names that uv tells for packages at a URL.

    To learn a name, uv downloads the package, and builds it if nothing in it tells; where it cannot, the line blocks as
    it does without. Raises as `legacy` does.
    """
    old = legacy(repo, uv.version, options)
    nameless = [finding for finding in old.findings if finding.code == kinds.NAMELESS.code]
    if not nameless or not options.lock:
        return old
    texts: dict[str, str] = {}
    told: list[Finding] = []
    for finding in nameless:
        text = texts.get(finding.path) or repo.readable(finding.path)
        lines = text.splitlines(keepends=True)
        line = lines[finding.line - 1] if finding.line and finding.line <= len(lines) else ""
        if (url := _URL.search(line)) and (name := _name_at(url[0], uv, str(old.python))):
            lines[(finding.line or 1) - 1] = (
                f"{line[: url.end()]}{'&' if '#' in url[0] else '#'}egg={name}{line[url.end() :]}"
            )
            texts[finding.path] = "".join(lines)
            told.append(kinds.NAME_TOLD.at(finding.path, finding.line, name=name))
    if not texts:
        return old
    new = legacy(repo.with_texts(texts), uv.version, options)
    return replace(new, findings=(*new.findings, *told))


def _name_at(url: str, uv: Uv, python: str) -> str | None:
    """Return the name of the package at a URL as uv tells it; None if it cannot, or would need a secret for it."""
    if "$" in url or "@" in url.partition("://")[2].partition("/")[0].removeprefix("git@"):
        return None
    plain = ("--no-deps", "--no-header", "--no-annotate", "--no-config", "--quiet", "--python", python)
    try:
        with scratch({"requirements.in": f"{url}\n"}, NOTHING) as folder:
            told = uv.run("pip", "compile", "requirements.in", *plain, folder=folder, timeout=_LONGEST)
    except TimedOut:
        return None
    match = _WITH_NAME.search(told.stdout) if told.returncode == 0 else None
    return match[1] if match else None
