"""What pip of one stage makes and another stage takes: by COPY, or by the mount of a RUN."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import join, normpath, relpath

from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.products import Form, Product, product, takes
from migrate.dockerfile.facts.sources import mounted
from migrate.dockerfile.facts.stages import Stage
from migrate.once import once

_IMAGES = frozenset({"/", "/usr"})
_PLACED_BY_PYTHON = frozenset({Form.IMAGE, Form.USER})  # a build argument tells the version or the user, nothing else
_DISTROLESS = re.compile(r"gcr\.io/distroless/python3(?:-debian\d+)?")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A step of the stage `to` that copies, from the stage `of`, a product or a folder with a product in it."""

    of: int
    to: int
    step: int
    key: tuple[int, int]
    product: Product
    place: str  # where the whole product then is in the stage `to`
    is_whole: bool  # the step brings nothing else
    is_everything: bool = False  # the step brings the whole image


@once
def products(facts: Facts) -> tuple[tuple[tuple[int, int], Product], ...]:
    """Return what the pip commands of a stage make, by step and command."""
    own = facts.environments.path
    found: list[tuple[tuple[int, int], Product]] = []
    for index, run in facts.understood:
        for number, arguments in run.pip.items():
            step = facts.stage.steps[index]
            made = (
                product(arguments, step.user, facts.path_at(index, number, ".") or step.workdir) if arguments else None
            )
            if made and own and made.form in {Form.IMAGE, Form.USER}:
                made = replace(made, form=Form.ENVIRONMENT, folder=own)
            if made:
                found.append(((index, number), made))
    return tuple(found)


def transfers_of(facts: Facts, all_facts: Sequence[Facts]) -> Iterator[Transfer]:
    """Yield what a stage takes of what pip makes in other stages; `all_facts` are those of all stages.

    A build argument in a path has its default if the path is one that Python's version or the user's name decides.
    """
    yield from _mounted(facts, all_facts)
    for index, step in facts.stage.copies:
        if step.from_stage is None:
            continue
        stage, copied = step.from_stage
        written = [field.text for field in (*copied.sources, copied.destination)]
        *sources, place = map(step.by_default, written)
        if place is None or None in sources:
            continue
        is_certain = None not in map(step.expand, written)
        destination = normpath(join(step.workdir, place))
        paths = [normpath(join("/", source or "")) for source in sources]
        for origin in (stage, *stage.ancestors):
            for key, made in products(all_facts[origin.index]):
                is_whole = made.form is not Form.ENVIRONMENT and all(takes(made, path) for path in paths)
                if not is_certain and not (is_whole and made.form in _PLACED_BY_PYTHON):
                    continue
                around = [
                    path for path in paths if made.folder and (made.folder + "/").startswith(path.rstrip("/") + "/")
                ]
                inside = made.form is Form.ENVIRONMENT and any(takes(made, path) for path in paths)
                is_everything = made.form in {Form.IMAGE, Form.USER} and not _IMAGES.isdisjoint(paths)
                if is_everything:
                    yield Transfer(
                        origin.index,
                        facts.stage.index,
                        index,
                        key,
                        made,
                        destination,
                        is_whole=False,
                        is_everything=True,
                    )
                elif is_whole or around or inside:
                    place = normpath(join(destination, relpath(made.folder, around[0]))) if around else destination
                    yield Transfer(origin.index, facts.stage.index, index, key, made, place, is_whole=is_whole)


def _mounted(facts: Facts, all_facts: Sequence[Facts]) -> Iterator[Transfer]:
    """Yield the wheels of other stages that a RUN mounts."""
    for index, step in enumerate(facts.stage.steps):
        for mount in mounted(step):
            for origin in (mount.stage, *mount.stage.ancestors) if mount.stage else ():
                for key, made in products(all_facts[origin.index]):
                    if made.form is Form.WHEELS and f"{made.folder}/".startswith(f"{mount.source.rstrip('/')}/"):
                        place = normpath(join(mount.target, relpath(made.folder, mount.source)))
                        yield Transfer(origin.index, facts.stage.index, index, key, made, place, is_whole=False)


def kept_folders(transfers: Sequence[Transfer], stages: Sequence[Stage]) -> Mapping[int, str]:
    """Return the stages that give a folder of `--target` to images that find it as it is, and nothing else to any."""
    found: dict[int, str] = {}
    for index in dict.fromkeys(each.of for each in transfers):
        given = [each for each in transfers if each.of == index]
        folders = {each.product.folder for each in given if each.product.form is Form.TARGET}
        takers = [stages[each.to].image for each in given]
        is_found = all(image and (image.own or _DISTROLESS.fullmatch(image.name)) for image in takers)
        image = stages[index].image
        if is_found and len(folders) == 1 and image and (image.own or image.is_official_python):
            found[index] = folders.pop() if all(each.product.form is Form.TARGET for each in given) else "\0"
    return {index: folder for index, folder in found.items() if folder != "\0"}
