"""In which manner the author of a Dockerfile writes."""

import re
from dataclasses import dataclass
from functools import cache

from migrate.dockerfile.facts.facts import Facts
from migrate.once import once
from migrate.text import newline_of

_LEADING_AND = re.compile(r"\n[ \t]*&&")
_DEEPEST = 8  # characters: what is indented deeper stands below something


@dataclass(frozen=True, slots=True)
class Style:
    """How a Dockerfile is written: case of keywords, line ending, escape character, and how lines are continued."""

    is_lower: bool
    newline: str
    escape: str
    indentation: str = "    "
    ends_with_and: bool = False

    def instruction(self, keyword: str, *lines: str) -> str:
        """Return an instruction whose arguments stand on the given lines, joined by continuations."""
        joined = f" {self.escape}{self.newline}{self.indentation}".join(lines)
        return f"{self.keyword(keyword)} {joined}{self.newline}"

    def run(self, *commands: str) -> str:
        """Return a RUN of commands, one a line, each only if the one before it succeeds."""
        return self.instruction("RUN", *self.chained(*commands))

    def chained(self, *commands: str) -> tuple[str, ...]:
        """Return the lines of commands each of which runs only if the one before it succeeds."""
        first, *others = commands
        if not self.ends_with_and:
            return (first, *(f"&& {command}" for command in others))
        return (*(f"{command} &&" for command in commands[:-1]), commands[-1])

    def keyword(self, keyword: str) -> str:
        """Return a keyword in the file's case."""
        return keyword.lower() if self.is_lower else keyword


@once
def style_of(facts: Facts) -> Style:
    """Return the style of the file's first FROM, and of the lines that continue another."""
    text, start, escape = facts.dockerfile.text, facts.stages[0].start.start, facts.dockerfile.escape
    lines = f"\n{text}"
    indentations = _indentation(escape).findall(lines)
    return Style(
        text[start : start + len("FROM")].islower(),
        newline_of(text),
        escape,
        min((each for each in indentations if len(each) <= _DEEPEST), key=len, default="    "),
        len(_trailing_and(escape).findall(lines)) > len(_LEADING_AND.findall(lines)),
    )


@cache
def _indentation(escape: str) -> re.Pattern[str]:
    """Return how the second line of an instruction is found, unless the first one begins something in the shell."""
    e = re.escape(escape)
    end = rf"{e}[ \t]*\r?\n"
    return re.compile(rf"\n[A-Za-z](?:[^\n{e}]++|(?!{end}){e})*+(?<!then )(?<!do ){end}([ \t]+)(?=[^\s#])")


@cache
def _trailing_and(escape: str) -> re.Pattern[str]:
    return re.compile(rf"(?m)&&[ \t]*{re.escape(escape)}[ \t]*\r?$")
