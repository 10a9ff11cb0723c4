"""Takes commands out of the chain of a RUN: `a && b && c` without `b`."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from migrate.dockerfile.shell.cuts import Span, cut
from migrate.dockerfile.shell.model import Command, Operator
from migrate.dockerfile.syntax.instruction import Dockerfile
from migrate.text import Edit

_MOST_COMMANDS = 500  # nobody writes more in one RUN
_JOINING = frozenset({"&&", ";", "\n"})
_BLANKS = re.compile(r"(?:[ \t\0]|\\\n)*+(?![\n#])")
_NEWLINE = re.compile(r"(?<!\\)\n|#")
_COMMENT_LINE = re.compile(r"\n\s*#")
_ERREXIT = re.compile("-[a-zA-Z]*e[a-zA-Z]*")

# Elements (None: a compound command) at even places, the operators between them at odd ones.
_Chain = list[Command | Operator | None]


def without(dockerfile: Dockerfile, commands: Sequence[Command], doomed: AbstractSet[int]) -> tuple[Edit, ...] | None:
    """Return the edits of a Dockerfile's text that take the `doomed` ones (by index) of a RUN's commands out of it.

    Each goes with one operator next to it, and with the line that it alone fills; comments stay. What remains does
    what it did, as if each command taken out had succeeded and done nothing else.
    Returns None if that cannot be had: a command next to `||`, `|` or `&`, behind `!` or inside of a compound command;
    one whose success hides that a command before it failed (`a; b` without `b`); if nothing would remain; or if there
    are more than 500 commands.
    """
    if len(doomed) == len(commands) or len(commands) > _MOST_COMMANDS:
        return None
    if any(commands[index].depth or commands[index].negated for index in doomed):
        return None
    chain = _chain(commands)
    stops_on_errors = _stops_on_errors(commands)
    spans: list[Span] = []
    first: list[Operator] = []
    for index in sorted(doomed):
        command = commands[index]
        place = chain.index(command)
        operator = _operator_to_take(dockerfile, chain, place, stops_on_errors=stops_on_errors)
        if operator is None:
            return None
        spans += [(command.start, command.end)]
        spans += [(operator.start, operator.end)] if operator.text != "\n" else []
        first += [operator] if place == 0 else []
        chain.remove(command)
        chain.remove(operator)
    up = _up_to_the_next(dockerfile, commands[min(doomed)].start, first) if first else None
    if up is None:
        return cut(dockerfile, spans)
    return (up, *cut(dockerfile, [(start, end) for start, end in spans if start >= up.end]))


def _chain(commands: Sequence[Command]) -> _Chain:
    chain: _Chain = []
    for command in commands:
        if command.depth:
            continue
        if command.before and command.before not in chain[-1:]:
            chain += [None, command.before]
        chain += [command, command.after] if command.after else [command]
    last = chain[-1]
    if isinstance(last, Operator) and commands[-1].start > last.start:
        chain.append(None)
    return chain


def _operator_to_take(dockerfile: Dockerfile, chain: _Chain, place: int, *, stops_on_errors: bool) -> Operator | None:
    """Return the operator that goes with a command, or None if the command cannot go."""
    command = chain[place]
    left, right = _operator(chain, place - 1), _operator(chain, place + 1)
    if command is None or any(operator and operator.text not in _JOINING for operator in (left, right)):
        return None
    if left is None:
        return right
    if right is None or place + 2 == len(chain):
        return left if left.text == "&&" or (stops_on_errors and _is_alone(chain, place - 2)) else None
    follows_newline = _NEWLINE.search(dockerfile.masked, left.start, command.start) is not None
    if left.text == "&&" != right.text:
        return None if stops_on_errors or (follows_newline and right.text != "\n") else left
    if right.text == "&&" != left.text or follows_newline:
        return right
    is_led = "\n" not in dockerfile.text[left.end : command.start]
    return left if is_led or "\n" in dockerfile.text[command.end : right.start] else right


def _operator(chain: _Chain, place: int) -> Operator | None:
    operator = chain[place] if 0 <= place < len(chain) else None
    return operator if isinstance(operator, Operator) else None


def _is_alone(chain: _Chain, place: int) -> bool:
    """Whether an element is a simple command that no `&&`, `||` or `|` joins to the one before it."""
    before = _operator(chain, place - 1)
    command = chain[place]
    return isinstance(command, Command) and not command.negated and (before is None or before.text in {";", "\n"})


def _stops_on_errors(commands: Sequence[Command]) -> bool:
    """Whether `set -e` comes first, and no other `set`."""
    settings = [command for command in commands if command.argv[:1] == ("set",)]
    return settings == [commands[0]] and any(_ERREXIT.fullmatch(word.text) for word in commands[0].words[1:])


def _up_to_the_next(dockerfile: Dockerfile, start: int, operators: Sequence[Operator]) -> Edit | None:
    """Return the edit that moves what is behind some operators to `start`; None if a comment or newline is between."""
    blanks = [
        None if operator.text == "\n" else _BLANKS.match(dockerfile.masked, operator.end) for operator in operators
    ]
    ends = [match.end() for match in blanks if match]
    if len(ends) < len(blanks) or _COMMENT_LINE.search(dockerfile.text, start, ends[-1]):
        return None
    return Edit(start, ends[-1], "")
