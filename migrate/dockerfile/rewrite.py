"""A Dockerfile with pip in, one with a builder and a runtime out; or the same bytes and the reason."""

import re
from collections.abc import Iterable

from migrate.dockerfile.decision.decide import decide
from migrate.dockerfile.decision.inline import Inline
from migrate.dockerfile.decision.obstacles import obstacles
from migrate.dockerfile.facts.facts import Facts, Target
from migrate.dockerfile.facts.stages import Stage, stages
from migrate.dockerfile.rules import RULES
from migrate.dockerfile.syntax.instruction import Dockerfile, DockerfileError
from migrate.dockerfile.syntax.parse import parse
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.text import Edit, splice

_PIP = re.compile(r"\bpip[\d.]*\b")
_UV = re.compile(r"\buv (?:sync|pip|run|export)\b")


def rewrite(path: str, text: str, target: Target, bind_mounts: Iterable[str] = ()) -> tuple[str, tuple[Finding, ...]]:
    """Return the new text of a Dockerfile at `path` and what there is to say; the same text if it is left as it is.

    `bind_mounts` are absolute folders of the container that a compose file mounts something over.
    """
    try:
        dockerfile = parse(text)
        found = stages(dockerfile)
    except DockerfileError as error:
        return text, (kinds.UNREADABLE.at(path, error.line, reason=error.message),)
    runs = [i.masked[i.start : i.end].replace("\0", "") for i in dockerfile.instructions if i.keyword == "RUN"]
    if not any(map(_PIP.search, runs)) or any(map(_UV.search, runs)):
        return text, ()
    reasons = tuple(_unfit(path, found)) or obstacles(facts := Facts(path, dockerfile, found[-1], target))
    if reasons:
        return text, reasons
    if not facts.dependency_steps:
        return text, ()
    return _carried_out(dockerfile, facts, bind_mounts)


def inline(path: str, text: str, target: Target) -> Inline:
    """Return what a Dockerfile tells pip itself, if it is rewritten so that uv has to know it."""
    if rewrite(path, text, target)[0] == text:
        return Inline()
    dockerfile = parse(text)
    return Inline.of(Facts(path, dockerfile, stages(dockerfile)[-1], target))


def _unfit(path: str, found: tuple[Stage, ...]) -> Iterable[Finding]:
    if len(found) != 1:
        yield kinds.SEVERAL_STAGES.at(path, found[1].start.line if found else None, count=len(found))
        return
    stage = found[0]
    if stage.image is None or not stage.image.is_official_python:
        yield kinds.OTHER_BASE.at(path, stage.start.line, image=stage.start.arguments or "(none)")


def _carried_out(dockerfile: Dockerfile, facts: Facts, bind_mounts: Iterable[str]) -> tuple[str, tuple[Finding, ...]]:
    decision = decide(facts, bind_mounts)
    results = [result for rule in RULES for result in rule(facts, decision)]
    refusals = tuple(result for result in results if isinstance(result, Finding))
    if refusals:
        return dockerfile.text, refusals
    new = splice(dockerfile.text, (result for result in results if isinstance(result, Edit)))
    parse(new)
    return new, decision.findings
