"""The runtime stands on the slim variant of its image."""

from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.layout import behind
from migrate.dockerfile.rules.style import style_of
from migrate.dockerfile.syntax.words import fields
from migrate.text import Edit


def slim(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Name the slim image in FROM, and install first what the program needs of the full one.

    before: FROM python:3.12
    after:  FROM python:3.12-slim … RUN apt-get update && apt-get install -y --no-install-recommends git …
    """
    if decision.slim is None:
        return
    image = fields(facts.stage.start)[0]
    yield Edit(image.start, image.end, decision.slim.reference)
    if decision.slim.packages:
        install = " ".join(("apt-get install -y --no-install-recommends", *decision.slim.packages))
        text = style_of(facts).run("apt-get update", install, "rm -rf /var/lib/apt/lists/*")
        yield behind(facts.dockerfile, facts.stage.start, text)
