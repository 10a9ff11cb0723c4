"""The text of a RUN to a flat list of simple commands with file offsets: the subset that POSIX sh and bash share.

What is not understood raises ShellError; nothing is guessed.
"""

import re
from itertools import takewhile

from migrate.dockerfile.shell.model import Command, Operator, Redirect, ShellError, Word
from migrate.dockerfile.shell.tokens import Tokens
from migrate.dockerfile.shell.words import JOIN
from migrate.dockerfile.syntax.instruction import DROPPED

__all__ = ["Command", "Operator", "Redirect", "ShellError", "Word", "commands"]

_BLANKS = f" \t{DROPPED}"
_ASSIGNMENT = re.compile("[A-Za-z_][A-Za-z0-9_]*=")
_BASH_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\+=|\[)")
_ARITHMETIC = re.compile(rf"\({JOIN}\(")
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_COMPOUNDS = frozenset({"(", "{", "if", "for", "while", "until", "case"})
_NOT_SHARED = frozenset({"!", "]]", "coproc", "function", "in", "select", "time"})
_SEPARATORS = frozenset({";", "&", "\n"})
_PIPES = frozenset({"|", "|&"})
# The end of a command, and what stands in `Command` from `argv` to `redirects`.
_What = tuple[int, tuple[str | None, ...], str, str, tuple[Word, ...], tuple[Word, ...], tuple[Redirect, ...]]


def commands(masked: str, start: int, end: int) -> tuple[Command, ...]:
    """Return the simple commands of a shell text in order: what is at `start`..`end` of a Dockerfile's masked text.

    That may be the arguments of a RUN in shell form, or the body of its heredoc. Commands inside of `$()` and
    backticks are part of the word that they are in. Raises ShellError for text that is not understood.
    """
    parser = _Parser(masked, start, end)
    parser.script()
    return tuple(parser.found)


class _Parser(Tokens):
    """Recursive descent; `last` is the operator behind the command that was read last."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text, start, end)
        self.depth = 0
        self.found: list[Command] = []
        self.last: Operator | None = None

    def script(self) -> None:
        self._list(may_be_empty=True)
        if self.position < self.end:
            raise self.error("unexpected text")

    def substitution(self, start: int) -> int:
        """Read the commands behind `$(`, keep none of them, and return the offset behind its `)`."""
        outer = self.position, self.found
        self.found = []
        self.move(start)
        self._list(may_be_empty=True)
        if self.character != ")":
            raise self.error("$( does not end")
        end = self.position + 1
        position, self.found = outer
        self.move(position)
        return end

    def _list(self, *, may_be_empty: bool = False) -> None:
        before: Operator | None = None
        self.newlines()
        while self._command(before):
            if self.last is None:
                return
            before = self.last
            self.newlines()
        if before.text not in _SEPARATORS if before else not may_be_empty:
            raise self.error("a command is missing")

    def _command(self, before: Operator | None) -> bool:
        negated = self.character == "!" and self.accept("!")
        if negated and before and before.text in _PIPES:
            raise self.error("! inside of a pipeline")
        keyword = "(" if self.character == "(" else self.keyword()
        if keyword in _COMPOUNDS:
            self._compound(keyword)
        elif keyword or not self._simple(before, negated=negated):
            if negated:
                raise self.error("! without a command")
            return False
        return True

    def _compound(self, keyword: str) -> None:
        self.enter(self.position)
        self.depth += 1
        match keyword:
            case "(":
                self._subshell()
            case "{":
                self._group()
            case "if":
                self._if()
            case "for":
                self._for()
            case "case":
                self._case()
            case _:
                self._loop()
        self.depth -= 1
        self.leave()
        while self.redirect():
            pass
        self.last = self.operator()

    def _simple(self, before: Operator | None, *, negated: bool) -> bool:
        start = self.position
        what = self._plain() or self._spelled()
        if what is None:
            return False
        self.last = self.operator()
        self.found.append(Command(start, *what, before, self.last, self.depth, negated))
        return True

    def _plain(self) -> _What | None:
        start, plain = self.position, self.plain()
        if not plain:
            return None
        argv = tuple(plain.replace(DROPPED, " ").split())
        self._check(argv[0])
        return start + len(plain.rstrip(_BLANKS)), argv, " ".join(argv), self.text, (), (), ()

    def _spelled(self) -> _What | None:
        parts: list[Word | Redirect] = []
        while part := self.part():
            parts.append(part)
        if self.character == "(":
            raise self.error("a function or an array")
        if not parts:
            return None
        redirects = tuple([part for part in parts if isinstance(part, Redirect)])
        written = [part for part in parts if isinstance(part, Word)]
        assignments = tuple(takewhile(lambda word: _ASSIGNMENT.match(word.text), written))
        words = tuple(written[len(assignments) :])
        texts = [word.text for word in words]
        self._check(*texts[:1])
        if texts[:1] == ["[["] and (texts[-1] != "]]" or redirects):
            raise self.error("[[ with operators")
        argv = tuple([word.value for word in words])
        return parts[-1].end, argv, " ".join(texts), self.text, words, assignments, redirects

    def _check(self, first: str = "") -> None:
        """Refuse a command whose first word is not the same in sh and bash."""
        if _BASH_ASSIGNMENT.match(first) or first in _NOT_SHARED:
            raise self.error(f"{first} is not the same in sh and bash")

    def _subshell(self) -> None:
        if _ARITHMETIC.match(self.text, self.position, self.end):
            raise self.error("((")
        self.skip("(")
        self._list()
        if not self.skip(")"):
            raise self.error("( does not end")

    def _group(self) -> None:
        self.expect("{")
        self._list()
        self.expect("}")

    def _if(self) -> None:
        self.expect("if")
        self._condition()
        while self.accept("elif"):
            self._condition()
        if self.accept("else"):
            self._list()
        self.expect("fi")

    def _condition(self) -> None:
        self._list()
        self.expect("then")
        self._list()

    def _loop(self) -> None:
        self.accept("while", "until")
        self._list()
        self._body()

    def _for(self) -> None:
        self.expect("for")
        if not _NAME.fullmatch(self.must_word().text):
            raise self.error("for without a name")
        self.newlines()
        if self.accept("in"):
            while self.word():
                pass
            if self.character not in {";", "\n"}:
                raise self.error("the words of for do not end")
        self.skip(";")
        self.newlines()
        self._body()

    def _body(self) -> None:
        self.expect("do")
        self._list()
        self.expect("done")

    def _case(self) -> None:
        self.expect("case")
        self.must_word()
        self.newlines()
        self.expect("in")
        self.newlines()
        branches = 0
        while not self.accept("esac"):
            self._patterns()
            self._list(may_be_empty=True)
            branches += 1
            if not self.operator(ends_branch=True):
                self.expect("esac")
                break
            self.newlines()
        if not branches:
            raise self.error("case without a branch")

    def _patterns(self) -> None:
        self.skip("(")
        self.must_word()
        while self.skip("|"):
            self.must_word()
        if not self.skip(")"):
            raise self.error("a pattern of case does not end")
