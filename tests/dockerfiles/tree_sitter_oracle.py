"""The commands of a shell text as tree-sitter's grammar of bash sees them, and as we read them."""

from collections.abc import Iterator

import tree_sitter_bash
from runs import read
from tree_sitter import Language, Node, Parser

Spans = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]


def by_tree_sitter(text: str) -> list[Spans] | None:
    """Return the spans of assignments and words of all commands; None if the text is not understood."""
    root = Parser(Language(tree_sitter_bash.language())).parse(text.encode()).root_node
    return None if root.has_error else list(simple_commands(root))


def simple_commands(node: Node) -> Iterator[Spans]:
    if node.type == "command":
        assignments = [child for child in node.children if child.type == "variable_assignment"]
        words = [
            child for child in node.children if child.type != "variable_assignment" and "redirect" not in child.type
        ]
        for redirect in node.children:
            if redirect.type == "file_redirect":  # words behind a redirection are part of its node
                words += [child for child in redirect.named_children if child.type != "file_descriptor"][1:]
        yield spans(assignments), spans(words)
    elif node.type == "variable_assignment":
        yield spans([node]), ()
    elif node.type != "command_substitution":
        for child in node.children:
            yield from simple_commands(child)


def spans(nodes: list[Node]) -> tuple[tuple[int, int], ...]:
    return tuple((node.start_byte, node.end_byte) for node in nodes)


def by_us(text: str) -> list[Spans]:
    return [
        (
            tuple((word.start, word.end) for word in command.assignments),
            tuple((word.start, word.end) for word in command.words),
        )
        for command in read(text)
    ]
