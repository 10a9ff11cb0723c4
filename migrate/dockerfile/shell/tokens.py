"""The tokens of shell text: words, operators and redirections, with the blanks and comments between them skipped."""

import re

from migrate.dockerfile.shell.model import Operator, Redirect, ShellError, Word
from migrate.dockerfile.shell.words import JOIN, Words
from migrate.dockerfile.syntax.instruction import DROPPED


def _spelled(*tokens: str) -> str:
    return "|".join(JOIN.join(map(re.escape, token)) for token in tokens)


def _spelling(match: re.Match[str]) -> str:
    """Return a token without what may stand between its characters."""
    return match.group().replace(DROPPED, "").replace("\\\n", "")


_BLANKS = re.compile(r"[ \t\0]*+(?:\\\n[ \t\0]*+)*+(?:#[^\n]*+)?+")
_PLAIN_COMMAND = re.compile(
    r"(?![A-Za-z_][A-Za-z0-9_]*=)(?:[A-Za-z0-9_./:@%+,^=-]++(?:[ \t][ \t\0]*+|(?=[\n;&|)]|\Z)))++(?=[\n;|)]|&&|\Z)"
)
_OPERATOR = re.compile(_spelled(";;&", ";;", ";&", "&&", "||", "|&", "|", ";", "&", "\n"))
_REDIRECT = re.compile(
    rf"(?:[0-9]+{JOIN})?(?:{_spelled('<<<', '<<', '<>', '<&', '>>', '>&', '>|', '<', '>')})|{_spelled('&>>', '&>')}"
)
_ENDS = frozenset({"", "\n", ";", "|", "(", ")"})  # of a simple command
_BEFORE_REDIRECT = frozenset("<>&0123456789")
_BEGINNING = _spelled("if", "for", "while", "until", "case", "{")
_ENDING = _spelled("then", "elif", "else", "fi", "do", "done", "esac", "}")
_RESERVED = re.compile(rf"(?:{_BEGINNING}|{_ENDING})(?={JOIN}(?:[ \t\n;&|<>()]|\Z))")
_DESCRIPTOR_NAME = re.compile(r"\{[A-Za-z_][A-Za-z0-9_]*\}")


class Tokens(Words):
    """A place in a text, up to the offset `end`; `position` is always behind blanks and comments.

    `character` is the one that comes next, empty at the end.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text, end)
        self._seen: tuple[int, Word | None] = (-1, None)
        self.move(start)

    def move(self, position: int) -> None:
        """Go to an offset, and on to the next token."""
        blanks = _BLANKS.match(self.text, position, self.end)
        self._go(blanks.end() if blanks else position)

    def _go(self, position: int) -> None:
        self.position = position
        self.character = self.text[position] if position < self.end else ""

    def skip(self, character: str) -> bool:
        """Whether that character comes next; if so, go past it."""
        found = self.character == character
        if found:
            self.move(self.position + 1)
        return found

    def newlines(self) -> None:
        """Go past all newlines."""
        while self.character == "\n":
            self.move(self.position + 1)

    def keyword(self) -> str:
        """Return the word that comes next if it begins, parts or ends a compound command, or an empty text."""
        match = _RESERVED.match(self.text, self.position, self.end)
        return _spelling(match) if match else ""

    def accept(self, *texts: str) -> bool:
        """Whether one of these words comes next; if so, go past it."""
        word = self._look()
        if word is None or word.text not in texts:
            return False
        self.move(word.end)
        return True

    def expect(self, text: str) -> None:
        """Go past that word, which must come next."""
        if not self.accept(text):
            raise self.error(f"no {text} where it must be")

    def plain(self) -> str:
        """Return the words up to the end of a simple command and go past them, if all of them mean themselves.

        Else the text is empty, and so it is for a command of nothing but redirections, or one behind assignments.
        """
        words = _PLAIN_COMMAND.match(self.text, self.position, self.end)
        if words is None:
            return ""
        self._go(words.end())
        return words.group()

    def part(self) -> Word | Redirect | None:
        """Return the redirection or the word that comes next and go past it, or None."""
        is_end = self.character in _ENDS or self.text.startswith("&&", self.position)
        return None if is_end else self.redirect() or self.word()

    def word(self) -> Word | None:
        """Return the next word and go past it, or None if there is no word here."""
        word = self._seen[1] if self._seen[0] == self.position else self.read(self.position)
        if word is None:
            return None
        self.move(word.end)
        if self.character in {"<", ">"} and self.position == word.end and _DESCRIPTOR_NAME.fullmatch(word.text):
            raise self.error("a redirection of a named descriptor")
        return word

    def must_word(self) -> Word:
        """Return the next word and go past it; there must be one."""
        word = self.word()
        if word is None:
            raise self.error("a word is missing")
        return word

    def operator(self, *, ends_branch: bool = False) -> Operator | None:
        """Return the operator that comes next and go past it; those that end a branch of `case` only if asked for."""
        match = _OPERATOR.match(self.text, self.position, self.end)
        if match is None:
            return None
        text = _spelling(match)
        if (text in {";;", ";&", ";;&"}) is not ends_branch:
            return None
        self.move(match.end())
        return Operator(text, *match.span())

    def redirect(self) -> Redirect | None:
        """Return the redirection that comes next and go past it, or None."""
        match = _REDIRECT.match(self.text, self.position, self.end) if self.character in _BEFORE_REDIRECT else None
        if match is None:
            return None
        text = _spelling(match)
        if text.lstrip("0123456789") == "<<":
            raise self.error("a here-document")
        self.move(match.end())
        if self.character in _BEFORE_REDIRECT and _REDIRECT.match(self.text, self.position, self.end):
            raise self.error("a redirection of a redirection")
        target = self.must_word()
        return Redirect(text, target, match.start(), target.end)

    def _look(self) -> Word | None:
        position = self.position
        if self._seen[0] != position:
            self._seen = position, self.read(position)
        return self._seen[1]

    def error(self, message: str) -> ShellError:
        """Return the error that says so about this place."""
        return ShellError(self.position, message)
