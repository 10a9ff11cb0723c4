"""Where in a TOML document new text belongs. What already stands there is neither moved nor written anew.

New text is put into the white space that the parser keeps before and after each item, so it is for the caller to see
that the result says what it should.
"""

from collections.abc import Iterable, Sequence

from tomlkit.container import Container
from tomlkit.items import AoT, Comment, Item, Table, Trivia


def header(container: Container, *names: str) -> Table | None:
    """Return the table that has a header of its own, `[first.second]`; None if it is implied, inline or missing."""
    for key, item in container.body:
        if key is not None and key.key == names[0] and isinstance(item, Table):
            if len(names) == 1 and not item.is_super_table():
                return item
            if (found := header(item.value, *names[1:]) if names[1:] else None) is not None:
                return found
    return None


def put_behind(table: Table, names: Iterable[str], text: str, newline: str) -> None:
    """Put a text of whole lines behind the first of the named keys that a table has, else behind its header."""
    keys = _keys(table)
    item = next((keys[name] for name in names if name in keys), table)
    _put_behind(item.trivia, text, newline)


def put_last(table: Table, text: str, newline: str) -> None:
    """Put a text of whole lines behind the last key of a table, before its subtables and trailing comments."""
    put_behind(table, reversed(_keys(table)), text, newline)


def put_before_tables(document: Container, text: str) -> bool:
    """Put a text of whole lines before the first table and the comment right above it; return whether there is one."""
    items = [item for _, item in document.body]
    index = next((index for index, item in enumerate(items) if isinstance(item, Table | AoT)), None)
    if index is None:
        return False
    first = _start_of_comment(items, index)
    trivia = items[first].trivia if first < index else _first_header(items[index]).trivia
    trivia.indent = text + trivia.indent
    return True


def _keys(table: Table) -> dict[str, Item]:
    body = table.value.body
    return {key.key: item for key, item in body if key is not None and not isinstance(item, Table | AoT)}


def _put_behind(trivia: Trivia, text: str, newline: str) -> None:
    end_of_line, line_feed, rest = trivia.trail.partition("\n")
    trivia.trail = end_of_line + (line_feed or newline) + text + rest


def _start_of_comment(items: Sequence[Item], index: int) -> int:
    while index and isinstance(items[index - 1], Comment):
        index -= 1
    return index


def _first_header(item: Item) -> Item:
    if isinstance(item, AoT):
        return item.body[0]
    if isinstance(item, Table) and item.is_super_table():
        children = (child for _, child in item.value.body if isinstance(child, Table | AoT))
        return next(map(_first_header, children), item)
    return item
