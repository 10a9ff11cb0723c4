"""A plan as a patch in git's extended unified format."""

from collections.abc import Iterator, Sequence

from migrate.plan import Change, Plan
from migrate.report.escape import masked
from migrate.report.lines import Region, differences, split_lines

CONTEXT = 3  # equal lines around a difference
MODE = "100644"  # of a file that comes or goes; a change knows no other
MASKED = "Credentials are shown as ***, so git apply will refuse this patch: use `uvmigrate apply`.\n\n"
AMBIGUOUS = " /"  # in a path without quotes keeps git from reading its own diff of an empty file

_ESCAPES = {char: f"\\{name}" for char, name in zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True)}


def patch(plan: Plan) -> str:
    """Return all changes of a plan as one patch that `git apply` accepts.

    Credentials are masked. Where that happens, the patch begins with a line that says that git will refuse it.
    It has to be written as UTF-8 and without translating line endings.
    """
    text = "".join(map(unified, plan.changes))
    return text if masked(text) == text else MASKED + masked(text)


def unified(change: Change) -> str:
    """Return the unified diff of one whole file as git writes it, without its `index` line.

    A path with quotes, backslashes, control or non-ASCII characters is quoted as git quotes it, and so is one with a
    space before a slash, which git writes plainly but cannot always read back.
    """
    old, new = split_lines(change.before or ""), split_lines(change.after or "")
    return "".join((*_header(change, has_lines=bool(old or new)), *_hunks(old, new)))


def _header(change: Change, *, has_lines: bool) -> Iterator[str]:
    old, new = _quoted(f"a/{change.path}"), _quoted(f"b/{change.path}")
    yield f"diff --git {old} {new}\n"
    if change.before is None:
        yield f"new file mode {MODE}\n"
    if change.after is None:
        yield f"deleted file mode {MODE}\n"
    if has_lines:
        yield f"--- {_label(old, change.before)}\n"
        yield f"+++ {_label(new, change.after)}\n"


def _label(name: str, text: str | None) -> str:
    if text is None:
        return "/dev/null"
    return f"{name}\t" if " " in name else name


def _quoted(name: str) -> str:
    quoted = "".join(map(_quoted_byte, name.encode("utf-8", "surrogateescape").decode("latin-1")))
    return name if quoted == name and AMBIGUOUS not in name else f'"{quoted}"'


def _quoted_byte(byte: str) -> str:
    if byte in _ESCAPES:
        return _ESCAPES[byte]
    return byte if byte.isascii() and byte.isprintable() else f"\\{ord(byte):03o}"


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for group in _grouped(differences(old, new)):
        yield from _hunk(old, new, group)


def _grouped(regions: Iterator[Region]) -> Iterator[list[Region]]:
    """Yield the regions in groups whose context would touch."""
    group: list[Region] = []
    for region in regions:
        if group and region.old.start - group[-1].old.stop > 2 * CONTEXT:
            yield group
            group = []
        group.append(region)
    if group:
        yield group


def _hunk(old: Sequence[str], new: Sequence[str], group: list[Region]) -> Iterator[str]:
    first, last = group[0], group[-1]
    before = min(CONTEXT, first.old.start)
    after = min(CONTEXT, len(old) - last.old.stop)
    old_lines = range(first.old.start - before, last.old.stop + after)
    new_lines = range(first.new.start - before, last.new.stop + after)
    yield f"@@ -{_place(old_lines)} +{_place(new_lines)} @@\n"
    position = old_lines.start
    for region in group:
        yield from _marked(" ", old[position : region.old.start])
        yield from _marked("-", old[region.old.start : region.old.stop])
        yield from _marked("+", new[region.new.start : region.new.stop])
        position = region.old.stop
    yield from _marked(" ", old[position : old_lines.stop])


def _place(lines: range) -> str:
    """Return the place of a hunk: its first line, from 1, and how many; the line before it if there are none."""
    if len(lines) == 1:
        return str(lines.start + 1)
    return f"{lines.start + bool(lines)},{len(lines)}"


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
