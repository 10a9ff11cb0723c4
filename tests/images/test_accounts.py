"""Users and groups of images that stand on different base images."""

import pytest

from migrate.images import differences
from migrate.images.differences import Context
from migrate.images.model import File, Listing

GROUP = "/etc/group"


def with_groups(content: str, *lines: str, mode: int = 0o644) -> Listing:
    """Return a listing with a file of groups."""
    file = File("-", mode, 0, 0, content)
    return Listing({GROUP: file}, accounts={GROUP: frozenset(lines)})


@pytest.mark.parametrize(
    ("new", "is_explained"),
    [
        (with_groups("2", "root", "app"), True),
        (with_groups("2", "root"), False),
        (with_groups("2", "root", "app", "more"), False),
        (with_groups("2", "root", "lp", "app"), False),
        (with_groups("2", "root", "app", mode=0o666), False),
        (Listing({}), False),
    ],
)
def test_both_images_add_the_same_groups_to_those_of_their_base(new: Listing, *, is_explained: bool) -> None:
    context = Context("/app/.venv", (), (), with_groups("3", "root", "lp"), with_groups("4", "root"))
    found, _ = differences.in_files(with_groups("1", "root", "lp", "app"), new, context)
    assert (found == []) is is_explained
