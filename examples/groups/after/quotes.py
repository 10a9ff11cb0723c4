"""Prints one quote."""

import jinja2
import yaml

QUOTES = yaml.safe_load("- text: Simplicity is prerequisite for reliability.\n  by: Dijkstra\n")


def rendered(quote: dict[str, str]) -> str:
    return jinja2.Template("{{ text }} ({{ by }})").render(quote)


if __name__ == "__main__":
    print(rendered(QUOTES[0]))
