"""The values that the shell reader gives: simple commands, their words, and what stands between them."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

_IN_SEQUENCE = frozenset({"", "&&", ";", "\n"})


class ShellError(ValueError):
    """Shell text that is not understood; `offset` is where, in the file, and `message` why."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(f"{message} at offset {offset}")
        self.offset = offset
        self.message = message


class Word(NamedTuple):
    """A word of a command, with its span in the file and its `text` as the shell gets it, quotes included.

    `value` is what the command receives, or None if that depends on anything else than the word itself: variables,
    substitutions, `~`, globs, `{a,b}`. `unmatched` is the same but for globs: what the command receives if no file
    matches, as for `package[extra]`.
    """

    start: int
    end: int
    text: str
    value: str | None
    unmatched: str | None


class Operator(NamedTuple):
    r"""What joins two commands: `&&`, `||`, `;`, `|`, `|&`, `&` or "\n", with its span in the file."""

    text: str
    start: int
    end: int


class Redirect(NamedTuple):
    """`operator` (with its number, as in `2>&`) and target of a redirection, and the span of both."""

    operator: str
    target: Word
    start: int
    end: int


class _Command(NamedTuple):
    start: int
    end: int
    argv: tuple[str | None, ...]
    text: str
    masked: str
    read: tuple[Word, ...] = ()
    assignments: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    before: Operator | None = None
    after: Operator | None = None
    depth: int = 0
    negated: bool = False


class Command(_Command):
    """A simple command; `start`..`end` is its span in the file, from its first to its last word or redirection.

    `argv` are the values of its `words`, None for one that the shell computes; `text` is the words as the shell gets
    them, one blank between them. `before` and `after` are the operators next to it among the commands of the same
    level, None at the ends. `depth` is the number of compound commands (`()`, `{}`, if, for, while, until, case) around
    it. `negated`: it is the first one of a pipeline that `!` negates; the `!` stands before `start`.
    `read` are the words too, unless all of them mean themselves, as in most commands: where those stand in the
    `masked` text is found when somebody asks.
    """

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words with their places."""
        return self.read or tuple(self._plain_words())

    def _plain_words(self) -> Iterator[Word]:
        position = self.start
        for text in filter(None, self.argv):
            position = self.masked.index(text, position)
            yield Word(position, position + len(text), text, text, text)
            position += len(text)

    @property
    def unmatched(self) -> tuple[str | None, ...]:
        """What it receives if no file matches a pattern."""
        return tuple([word.unmatched for word in self.read]) or self.argv

    @property
    def received(self) -> str:
        """The text of what it receives; of a word that the shell computes, as it is written."""
        return " ".join([word.value or word.text for word in self.read]) or self.text

    @property
    def is_in_sequence(self) -> bool:
        """Whether the same shell runs it with what is next to it, one after the other."""
        return {self.operator_before, self.operator_after} <= _IN_SEQUENCE

    @property
    def operator_before(self) -> str:
        """The operator before it, or an empty text."""
        return self.before.text if self.before else ""

    @property
    def operator_after(self) -> str:
        """The operator after it, or an empty text."""
        return self.after.text if self.after else ""
