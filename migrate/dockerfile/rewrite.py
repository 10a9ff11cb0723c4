"""A Dockerfile with pip in, one with builders and runtimes out; or the same bytes and the reason."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrate.dockerfile.decision.build_variables import build_obstacles
from migrate.dockerfile.decision.chosen_packages import chosen_packages
from migrate.dockerfile.decision.copies import needless_copies
from migrate.dockerfile.decision.decide import decide
from migrate.dockerfile.decision.exact import exact_obstacles
from migrate.dockerfile.decision.fit import unfit
from migrate.dockerfile.decision.inline import Inline
from migrate.dockerfile.decision.local_packages import local_obstacles
from migrate.dockerfile.decision.obstacles import obstacles
from migrate.dockerfile.decision.place import place_of
from migrate.dockerfile.decision.project_layer import project_obstacles
from migrate.dockerfile.decision.shape import Part, Role, calls_pip, parts
from migrate.dockerfile.decision.start import changed_scripts
from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.facts.stages import Stage, stages
from migrate.dockerfile.rules import RULES
from migrate.dockerfile.rules.numbers import renumbered
from migrate.dockerfile.rules.uv_stages import without_uv_stages
from migrate.dockerfile.syntax.instruction import Dockerfile, DockerfileError
from migrate.dockerfile.syntax.parse import parse
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.text import Edit

_UV = re.compile(r"\buv (?:-\S+ )*(?:add|export|init|lock|run|sync)\b")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The new text of a Dockerfile, the same if it is left as it is; what there is to say; new texts of other files.

    `parts` are the stages that are migrated, `inserted` those, by their old number, that a builder stands in front of.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    inserted: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()


def rewritten(
    path: str, text: str, target: Target, mounts: Mapping[str, str] | None = None, asked: Collection[str] = ()
) -> Rewritten:
    """Return what becomes of a Dockerfile at `path`, and of the files of its context that start programs in the image.

    `mounts` are the absolute folders of its containers that something is mounted over, with the place that says so;
    `asked` are the stages that builds ask for.
    """
    try:
        dockerfile = parse(text)
        found = stages(dockerfile, target.given)
    except DockerfileError as error:
        return Rewritten(text, (kinds.UNREADABLE.at(path, error.line, reason=error.message),))
    if not any(calls_pip(stage, target.repo) for stage in found) or any(map(_calls_uv, found)):
        return Rewritten(text)
    goes, said = _going(path, dockerfile, found, target)
    if not goes:
        return Rewritten(text, said)
    result = _carried_out(dockerfile, goes, mounts or {})
    new = without_uv_stages(result.text, found, asked) if result.text != text else text
    return replace(result, text=new, findings=result.findings + said)


def inline(path: str, text: str, target: Target) -> tuple[Inline, ...]:
    """Return what the stages of a Dockerfile tell pip themselves, if it is rewritten so that uv has to know it."""
    result = rewritten(path, text, target)
    goes = result.parts if result.text != text else ()
    return tuple(each for part in goes for each in (Inline.of(part.facts), *chosen_packages(part.facts)))


def _going(
    path: str, dockerfile: Dockerfile, found: tuple[Stage, ...], target: Target
) -> tuple[list[Part], tuple[Finding, ...]]:
    """Return the stages that are migrated, and what is said of the others; those that share packages agree."""
    having = parts(path, dockerfile, found, target)
    if not target.is_shared and sum(bool(part.facts.dependency_steps) for part in having) > 1:
        having = parts(path, dockerfile, found, replace(target, is_shared=True))
    families = [[part for part in having if part.root is root] for root in dict.fromkeys(part.root for part in having)]
    reasons = [tuple(dict.fromkeys(each for part in family for each in _reasons(part, having))) for family in families]
    left = [family for family, why in zip(families, reasons, strict=True) if why]
    stays = [part for family in left for part in family]
    goes = [part for part in having if part not in stays]
    if any(map(_needs_converted, stays)) or not any(part.facts.dependency_steps for part in goes):
        return [], tuple(dict.fromkeys(each for why in reasons for each in why))
    return goes, tuple(_left(family[0], why[0]) for family, why in zip(left, filter(None, reasons), strict=True))


def _reasons(part: Part, having: Sequence[Part]) -> Iterator[Finding]:
    yield from unfit(part)
    yield from obstacles(part.facts)
    yield from project_obstacles(part)
    yield from build_obstacles(part)
    yield from local_obstacles(part)
    yield from exact_obstacles(part, having)


def _needs_converted(part: Part) -> bool:
    """Whether a stage uses requirements files that go, so that it cannot stay as it is."""
    return any(install.files for install in part.facts.installs.values()) or bool(needless_copies(part.facts))


def _left(part: Part, reason: Finding) -> Finding:
    stage = part.facts.stage
    return kinds.STAGE_LEFT.at(reason.path, stage.start.line, stage=stage.reference, where=reason.line)


def _calls_uv(stage: Stage) -> bool:
    runs = (step.instruction.text for step in stage.steps if step.instruction.keyword == "RUN")
    return any("uv " in text and _UV.search(text) for text in runs)


def _carried_out(dockerfile: Dockerfile, having: Sequence[Part], mounts: Mapping[str, str]) -> Rewritten:
    builders = _builders(having)
    edits: list[Edit] = []
    refusals: list[Finding] = []
    findings: list[Finding] = []
    files: dict[str, str] = {}
    for part in having:
        decision = decide(part, place_of(part.root, having, mounts), builders)
        for rule in RULES:
            for result in rule(part.facts, decision):
                (edits if isinstance(result, Edit) else refusals).append(result)  # type: ignore[arg-type]
        findings += decision.findings
        files |= changed_scripts(part.facts, decision.venv) if part.role is not Role.JOINS else {}
    if refusals:
        return Rewritten(dockerfile.text, tuple(refusals))
    inserted = [part.facts.stage.index for part in having if part.role is Role.SPLIT]
    path = having[0].facts.path
    findings += [kinds.SCRIPT_CHANGED.at(changed, dockerfile=path) for changed in sorted(files)]
    return Rewritten(renumbered(dockerfile, edits, inserted), tuple(findings), files, tuple(inserted), tuple(having))


def _builders(having: Sequence[Part]) -> Mapping[int, str]:
    """Return what the stages are called that have the environments, by the stage that needs it; all names differ."""
    taken = {(stage.name or "").lower() for stage in having[0].facts.stages}
    names: dict[int, str] = {}
    for part in having:
        stage = part.facts.stage
        if part.role is not Role.SPLIT:
            origin = None if part.role in {Role.MAKES, Role.JOINS} else part.origin
            names[stage.index] = names[origin.facts.stage.index] if origin else stage.reference
            continue
        is_own = stage.name is None or stage.name.lower() == "builder"
        wished = ("builder", "uv-builder" if is_own else f"{stage.name}-builder")
        numbered = (f"uv-builder-{number}" for number in range(2, len(having) + 3))
        names[stage.index] = next(name for name in (*wished, *numbered) if name.lower() not in taken)
        taken.add(names[stage.index].lower())
    return names
