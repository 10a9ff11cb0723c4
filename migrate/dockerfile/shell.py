"""The text of a RUN to a flat list of simple commands with file offsets: the subset that POSIX sh and bash share.

What is not understood raises ShellError; nothing is guessed.
"""

import re
from dataclasses import dataclass, field

from migrate.dockerfile.shell_model import Command, Operator, Redirect
from migrate.dockerfile.shell_tokens import Tokens
from migrate.dockerfile.shell_words import JOIN, ShellError, Word

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
    return tuple(draft.command() for draft in parser.found)


@dataclass(slots=True)
class _Draft:
    """A simple command while it is read."""

    start: int
    depth: int
    before: Operator | None
    negated: bool
    assignments: list[Word] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)
    after: Operator | None = None
    end: int = 0

    def command(self) -> Command:
        return Command(
            self.start,
            self.end,
            tuple(self.assignments),
            tuple(self.words),
            tuple(self.redirects),
            self.before,
            self.after,
            self.depth,
            self.negated,
        )


class _Parser:
    """Recursive descent; `last` is the simple command that was read last, None behind a compound command."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.tokens = Tokens(text, start, end, self.substitution)
        self.depth = 0
        self.found: list[_Draft] = []
        self.last: _Draft | None = None
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
        outer = self.tokens.position, self.found, self.last
        self.found = []
        self.tokens.move(start)
        self._list(may_be_empty=True)
        if self.tokens.character != ")":
            raise self.tokens.error("$( does not end")
        end = self.tokens.position + 1
        position, self.found, self.last = outer
        self.tokens.move(position)
        return end

    def _list(self, *, may_be_empty: bool = False) -> None:
        before: Operator | None = None
        self.tokens.newlines()
        while self._command(before):
            operator = self.tokens.operator()
            if operator is None:
                return
            if self.last:
                self.last.after = operator
            before = operator
            self.tokens.newlines()
        if before.text not in _SEPARATORS if before else not may_be_empty:
            raise self.tokens.error("a command is missing")

    def _command(self, before: Operator | None) -> bool:
        negated = self.tokens.character == "!" and self.tokens.accept("!")
        if negated and before and before.text in _PIPES:
            raise self.tokens.error("! inside of a pipeline")
        found = self._compound() or self._simple(_Draft(self.tokens.position, self.depth, before, negated))
        if negated and not found:
            raise self.tokens.error("! without a command")
        return found

    def _compound(self) -> bool:
        start = self.tokens.position
        rule = self._subshell if self.tokens.character == "(" else self.compounds.get(self.tokens.peek())
        if rule is None:
            return False
        self.tokens.words.enter(start)
        self.depth += 1
        rule()
        self.depth -= 1
        self.tokens.words.leave()
        while self.tokens.redirect():
            pass
        self.last = None
        return True

    def _simple(self, draft: _Draft) -> bool:
        if self.tokens.peek() in _ENDS:
            return False
        while part := self.tokens.redirect() or self.tokens.word():
            draft.end = part.end
            if isinstance(part, Redirect):
                draft.redirects.append(part)
            elif draft.words:
                draft.words.append(part)
            else:
                self._add_first(draft, part)
        if self.tokens.character == "(":
            raise self.tokens.error("a function or an array")
        if not draft.end:
            return False
        if draft.words and draft.words[0].text == "[[" and (draft.words[-1].text != "]]" or draft.redirects):
            raise self.tokens.error("[[ with operators")
        self.found.append(draft)
        self.last = draft
        return True

    def _add_first(self, draft: _Draft, word: Word) -> None:
        """Add a word before which there are only assignments."""
        if _ASSIGNMENT.match(word.text):
            draft.assignments.append(word)
        elif _BASH_ASSIGNMENT.match(word.text) or word.text in _NOT_SHARED:
            raise self.tokens.error(f"{word.text} is not the same in sh and bash")
        else:
            draft.words.append(word)

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
