"""`.gitignore` by git's rules: which pattern keeps a path out of a repository."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname

_SPECIAL = re.compile(
    r"\\(?P<escaped>.)|(?P<folders>/\*\*/)|(?P<any>\*+)|(?P<one>\?)|(?P<set>\[[!^]?\]?[^]]*\])", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    line: int
    regex: re.Pattern[str]
    is_exception: bool
    only_folders: bool


def hidden_by(texts: Mapping[str, str], path: str) -> tuple[str, int] | None:
    """Return the folder of the `.gitignore` and its line that keep a file out; None if it is not kept out.

    `texts` are those of all `.gitignore` files by folder, "" for the root; `path` is relative with `/`. The nearest
    file decides, in it the last pattern; nothing below an excluded folder can be included again (git's documentation
    of gitignore, "PATTERN FORMAT").
    """
    parts = path.split("/")
    for count in range(1, len(parts) + 1):
        decided = _decided(texts, "/".join(parts[:count]), is_folder=count < len(parts))
        if decided:
            return decided
    return None


def _decided(texts: Mapping[str, str], path: str, *, is_folder: bool) -> tuple[str, int] | None:
    for folder in _above(path):
        inside = path.removeprefix(f"{folder}/") if folder else path
        for each in reversed([*_patterns(texts.get(folder, ""))]):
            if (is_folder or not each.only_folders) and each.regex.fullmatch(inside):
                return None if each.is_exception else (folder, each.line)
    return None


def _above(path: str) -> Iterator[str]:
    while path:
        path = dirname(path)
        yield path


def _patterns(text: str) -> Iterator[_Pattern]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        rule = re.sub(r"(?<!\\) +$", "", line.removesuffix("\r"))
        if not rule or rule.startswith("#"):
            continue
        is_exception = rule.startswith("!")
        rule = rule.removeprefix("!")
        only_folders, rule = rule.endswith("/"), rule.removesuffix("/")
        if not rule:
            continue
        if "/" not in rule:
            rule = f"**/{rule}"
        try:
            yield _Pattern(number, re.compile(_regex(rule.removeprefix("/")), re.DOTALL), is_exception, only_folders)
        except re.error:
            continue  # a set that git does not match either


def _regex(rule: str) -> str:
    start = ""
    if rule.startswith("**/"):
        start, rule = "(?:.*/)?", rule[3:]
    end = ""
    if rule.endswith("/**"):
        end, rule = "/.+", rule[:-3]
    pieces: list[str] = []
    position = 0
    for match in _SPECIAL.finditer(rule):
        pieces.append(re.escape(rule[position : match.start()]))
        pieces.append(_piece(match))
        position = match.end()
    return start + "".join(pieces) + re.escape(rule[position:]) + end


def _piece(match: re.Match[str]) -> str:
    if match["escaped"]:
        return re.escape(match["escaped"])
    if match["folders"]:
        return "/(?:.*/)?"
    if match["set"]:
        negation = "^" if match["set"][1] in "!^" else ""
        members = match["set"][2 if negation else 1 : -1].replace("\\", "\\\\").replace("[", "\\[")
        return f"(?!/)[{negation}{members}]"
    return "[^/]*" if match["any"] else "[^/]"
