"""Dockerfiles as a comparison needs them: the images they stand on, and cache mounts that only one run shares."""

from collections.abc import Iterator

from migrate.dockerfile.facts.stages import stages
from migrate.dockerfile.syntax.instruction import Dockerfile, DockerfileError, Instruction
from migrate.dockerfile.syntax.parse import parse
from migrate.text import Edit, splice


def scoped(text: str, scope: str) -> str:
    """Return a Dockerfile whose cache mounts have identities of their own, so that they start empty.

    A text that is no Dockerfile is left as it is: the engine will say why.
    """
    try:
        dockerfile = parse(text)
    except DockerfileError:
        return text
    return splice(text, _scopes(dockerfile, scope))


def _scopes(dockerfile: Dockerfile, scope: str) -> Iterator[Edit]:
    for instruction in dockerfile.instructions:
        for flag in instruction.flags if instruction.keyword == "RUN" else ():
            fields = dict(field.partition("=")[::2] for field in (flag.value or "").split(","))
            if flag.name != "mount" or fields.get("type") != "cache":
                continue
            place = next((fields[key] for key in ("id", "target", "dst", "destination") if key in fields), "")
            others = ",".join(field for field in (flag.value or "").split(",") if not field.startswith("id="))
            yield Edit(flag.start, flag.end, f"--mount={others},id={scope}-{place}")


def outside_images(text: str) -> tuple[str, ...]:
    """Return for each image that the stages and copies of a Dockerfile name a Dockerfile that only fetches it.

    The image on which the last stage stands comes last.
    """
    try:
        dockerfile = parse(text)
        found = stages(dockerfile)
    except DockerfileError:
        return ()
    if not found:
        return ()
    first = next(i for i in dockerfile.instructions if i.keyword == "FROM")
    head = text[: first.start]
    names = {stage.name.lower() for stage in found if stage.name}
    starts = [stage.start for stage in found if _words(stage.start)[0].lower() not in names]
    last = base_of(text)
    copied = [
        f"FROM {flag.value}\n"
        for instruction in dockerfile.instructions
        if instruction.keyword == "COPY" and (flag := instruction.flag("from")) and flag.value
        if flag.value.lower() not in names and not flag.value.isdigit() and "$" not in flag.value
    ]
    fetched = [head + _from(text, start) for start in starts]
    return tuple(dict.fromkeys((*copied, *(each for each in fetched if each != last), *((last,) if last else ()))))


def base_of(text: str) -> str | None:
    """Return a Dockerfile that is nothing but the image on which the last stage stands, None for `scratch`."""
    dockerfile = parse(text)
    found = stages(dockerfile)
    named = {stage.name.lower(): stage for stage in found if stage.name}
    stage = found[-1]
    for _ in found:
        earlier = named.get(_words(stage.start)[0].lower())
        if earlier is None or earlier is stage:
            break
        stage = earlier
    if _words(stage.start)[0] == "scratch":
        return None
    first = next(i for i in dockerfile.instructions if i.keyword == "FROM")
    return text[: first.start] + _from(text, stage.start)


def _from(text: str, start: Instruction) -> str:
    flags = [text[flag.start : flag.end] for flag in start.flags]
    return " ".join(("FROM", *flags, _words(start)[0])) + "\n"


def _words(instruction: Instruction) -> list[str]:
    return instruction.arguments.split() or [""]
