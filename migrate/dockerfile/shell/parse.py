"""The text of a RUN to a flat list of simple commands with file offsets: the subset that POSIX sh and bash share.

What is not understood raises ShellError; nothing is guessed.
"""

import re

from migrate.dockerfile.shell.model import Command, Operator, Redirect, ShellError, Word
from migrate.dockerfile.shell.tokens import Tokens
from migrate.dockerfile.shell.words import JOIN

__all__ = ["Command", "Operator", "Redirect", "ShellError", "Word", "commands"]

_ASSIGNMENT = re.compile("[A-Za-z_][A-Za-z0-9_]*=")
_BASH_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\+=|\[)")
_ARITHMETIC = re.compile(rf"\({JOIN}\(")
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_ENDS = frozenset({"then", "elif", "else", "fi", "do", "done", "esac", "}"})
_NOT_SHARED = frozenset({"!", "]]", "coproc", "function", "in", "select", "time"})
_SEPARATORS = frozenset({";", "&", "\n"})
_PIPES = frozenset({"|", "|&"})


def commands(masked: str, start: int, end: int) -> tuple[Command, ...]:
    """Return the simple commands of a shell text in order: what is at `start`..`end` of a Dockerfile's masked text.

    That may be the arguments of a RUN in shell form, or the body of its heredoc. Commands inside of `$()` and
    backticks are part of the word that they are in. Raises ShellError for text that is not understood.
    """
    parser = _Parser(masked, start, end)
    parser.script()
    return tuple(parser.found)


class _Parser:
    """Recursive descent; `operator` is the one behind the command that was read last."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.tokens = Tokens(text, start, end, self.substitution)
        self.depth = 0
        self.found: list[Command] = []
        self.operator: Operator | None = None
        self.compounds = {
            "if": self._if,
            "for": self._for,
            "while": self._loop,
            "until": self._loop,
            "case": self._case,
            "{": self._group,
        }

    def script(self) -> None:
        self._list(may_be_empty=True)
        if self.tokens.position < self.tokens.end:
            raise self.tokens.error("unexpected text")

    def substitution(self, start: int) -> int:
        """Read the commands behind `$(`, keep none of them, and return the offset behind its `)`."""
        outer = self.tokens.position, self.found
        self.found = []
        self.tokens.move(start)
        self._list(may_be_empty=True)
        if self.tokens.character != ")":
            raise self.tokens.error("$( does not end")
        end = self.tokens.position + 1
        position, self.found = outer
        self.tokens.move(position)
        return end

    def _list(self, *, may_be_empty: bool = False) -> None:
        before: Operator | None = None
        self.tokens.newlines()
        while self._command(before):
            if self.operator is None:
                return
            before = self.operator
            self.tokens.newlines()
        if before.text not in _SEPARATORS if before else not may_be_empty:
            raise self.tokens.error("a command is missing")

    def _command(self, before: Operator | None) -> bool:
        negated = self.tokens.character == "!" and self.tokens.accept("!")
        if negated and before and before.text in _PIPES:
            raise self.tokens.error("! inside of a pipeline")
        found = self._compound() or self._simple(before, negated=negated)
        if negated and not found:
            raise self.tokens.error("! without a command")
        return found

    def _compound(self) -> bool:
        start = self.tokens.position
        rule = self._subshell if self.tokens.character == "(" else self.compounds.get(self.tokens.keyword())
        if rule is None:
            return False
        self.tokens.words.enter(start)
        self.depth += 1
        rule()
        self.depth -= 1
        self.tokens.words.leave()
        while self.tokens.redirect():
            pass
        self.operator = self.tokens.operator()
        return True

    def _simple(self, before: Operator | None, *, negated: bool) -> bool:
        if self.tokens.keyword() in _ENDS:
            return False
        assignments: list[Word] = []
        words: list[Word] = []
        redirects: list[Redirect] = []
        start = end = self.tokens.position
        while part := self.tokens.part():
            end = part.end
            if isinstance(part, Redirect):
                redirects.append(part)
            elif words or not _ASSIGNMENT.match(part.text):
                words.append(part)
            else:
                assignments.append(part)
        if self.tokens.character == "(":
            raise self.tokens.error("a function or an array")
        if start == end:
            return False
        self._check(words, redirects)
        self.operator = self.tokens.operator()
        parts = tuple(assignments), tuple(words), tuple(redirects)
        self.found.append(Command(start, end, *parts, before, self.operator, self.depth, negated))
        return True

    def _check(self, words: list[Word], redirects: list[Redirect]) -> None:
        """Refuse a command whose words are not the same in sh and bash."""
        first = words[0].text if words else ""
        if _BASH_ASSIGNMENT.match(first) or first in _NOT_SHARED:
            raise self.tokens.error(f"{first} is not the same in sh and bash")
        if first == "[[" and (words[-1].text != "]]" or redirects):
            raise self.tokens.error("[[ with operators")

    def _subshell(self) -> None:
        if _ARITHMETIC.match(self.tokens.text, self.tokens.position, self.tokens.end):
            raise self.tokens.error("((")
        self.tokens.skip("(")
        self._list()
        if not self.tokens.skip(")"):
            raise self.tokens.error("( does not end")

    def _group(self) -> None:
        self.tokens.expect("{")
        self._list()
        self.tokens.expect("}")

    def _if(self) -> None:
        self.tokens.expect("if")
        self._condition()
        while self.tokens.accept("elif"):
            self._condition()
        if self.tokens.accept("else"):
            self._list()
        self.tokens.expect("fi")

    def _condition(self) -> None:
        self._list()
        self.tokens.expect("then")
        self._list()

    def _loop(self) -> None:
        self.tokens.accept("while", "until")
        self._list()
        self._body()

    def _for(self) -> None:
        self.tokens.expect("for")
        if not _NAME.fullmatch(self.tokens.must_word().text):
            raise self.tokens.error("for without a name")
        self.tokens.newlines()
        if self.tokens.accept("in"):
            while self.tokens.word():
                pass
            if self.tokens.character not in {";", "\n"}:
                raise self.tokens.error("the words of for do not end")
        self.tokens.skip(";")
        self.tokens.newlines()
        self._body()

    def _body(self) -> None:
        self.tokens.expect("do")
        self._list()
        self.tokens.expect("done")

    def _case(self) -> None:
        self.tokens.expect("case")
        self.tokens.must_word()
        self.tokens.newlines()
        self.tokens.expect("in")
        self.tokens.newlines()
        branches = 0
        while not self.tokens.accept("esac"):
            self._patterns()
            self._list(may_be_empty=True)
            branches += 1
            if not self.tokens.operator(ends_branch=True):
                self.tokens.expect("esac")
                break
            self.tokens.newlines()
        if not branches:
            raise self.tokens.error("case without a branch")

    def _patterns(self) -> None:
        self.tokens.skip("(")
        self.tokens.must_word()
        while self.tokens.skip("|"):
            self.tokens.must_word()
        if not self.tokens.skip(")"):
            raise self.tokens.error("a pattern of case does not end")
