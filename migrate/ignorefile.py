"""`.dockerignore` by Docker's rules: which paths of the build context it hides."""

import re
from collections.abc import Iterable

from migrate.text import newline_of


def hides(text: str, path: str) -> bool:
    """Return whether a `.dockerignore` keeps `path` (relative, with `/`) out of the build context.

    The last pattern that matches the path or one of its folders decides; `!` makes an exception
    (Docker's reference, ".dockerignore file").
    """
    parts = path.split("/")
    candidates = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    hidden = False
    for pattern, is_exception in _patterns(text):
        if any(pattern.fullmatch(candidate) for candidate in candidates):
            hidden = not is_exception
    return hidden


def with_rules(text: str | None, *, hidden: Iterable[str], visible: Iterable[str]) -> str:
    """Return a `.dockerignore` that hides and shows the given paths, by the fewest lines added at its end."""
    old = text or ""
    rules = [path for path in hidden if not hides(old, path)]
    rules += [f"!{path}" for path in visible if hides("\n".join((old, *rules)), path)]
    newline = newline_of(old)
    start = old if not old or not rules or old.endswith("\n") else old + newline
    return start + "".join(rule + newline for rule in rules)


def _patterns(text: str) -> Iterable[tuple[re.Pattern[str], bool]]:
    for line in text.removeprefix("\ufeff").splitlines():
        rule = line.strip()
        if not rule or line.startswith("#"):
            continue
        is_exception = rule.startswith("!")
        parts = [part for part in rule.removeprefix("!").strip().split("/") if part not in {"", "."}]
        if parts and (pattern := _compiled(_without_parents(parts))):
            yield pattern, is_exception


def _without_parents(parts: list[str]) -> str:
    clean: list[str] = []
    for part in parts:
        if part == "..":
            clean[-1:] = []
        else:
            clean.append(part)
    return "/".join(clean)


def _compiled(pattern: str) -> re.Pattern[str] | None:
    """Return Go's `filepath.Match` pattern, with `**` for any number of folders, as a regular expression."""
    pieces: list[str] = []
    position = 0
    while position < len(pattern):
        character = pattern[position]
        if pattern.startswith("**", position):
            position += 2
            if pattern.startswith("/", position):
                position += 1
                pieces.append("(?:.*/)?")
            else:
                pieces.append(".*")
            continue
        if character == "[" and (end := pattern.find("]", position + 2)) > 0:
            body = pattern[position + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            pieces.append(f"[{body}]")
            position = end + 1
            continue
        if character == "\\" and position + 1 < len(pattern):
            position += 1
            character = re.escape(pattern[position])
        else:
            character = {"*": "[^/]*", "?": "[^/]"}.get(character) or re.escape(character)
        pieces.append(character)
        position += 1
    try:
        return re.compile("".join(pieces))
    except re.error:
        return None
