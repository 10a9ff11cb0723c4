"""What the stages of a Dockerfile give to one another in the form of packages, as one of them sees it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Exchange:
    """What a stage gives to other stages, or takes from them, in another form than a virtual environment.

    `meant`: what pip commands, by step and command, are told when the form of their product does not count. `taken`:
    the steps that copy the product of another stage; `places`: where they put it; `path`: what PATH calls its programs.
    `environments`: the steps that copy a virtual environment, `everything` those that copy all of an image. `kept`: the
    pip commands, by step and command, that install tools for the stage alone, next to the product. `target`: the folder
    that they install into, which the image's own Python looks into. `mounted`: the steps that mount wheels of another
    stage.
    """

    meant: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    taken: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    path: re.Pattern[str] | None = None
    environments: frozenset[int] = frozenset()
    everything: frozenset[int] = frozenset()
    kept: frozenset[tuple[int, int]] = frozenset()
    target: str | None = None
    mounted: frozenset[int] = frozenset()
