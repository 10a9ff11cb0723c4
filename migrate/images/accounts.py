"""Users and groups of two images that stand on different base images."""

from dataclasses import replace

from migrate.images.model import Listing


def same_accounts(before: Listing, after: Listing, old_base: Listing, new_base: Listing) -> frozenset[str]:
    """Return the files of users and groups in which both images add the same lines to those of their base images."""
    return frozenset(
        path
        for path in before.accounts.keys() & after.accounts.keys()
        if replace(before.files[path], content="") == replace(after.files[path], content="")
        and _added(before, old_base, path) == _added(after, new_base, path)
    )


def _added(image: Listing, base: Listing, path: str) -> frozenset[str]:
    """Return the lines that are not the base image's, whose file is the one before the last change (`-`) now."""
    of_base = base.accounts.get(path, frozenset()) | base.accounts.get(path.removesuffix("-"), frozenset())
    return image.accounts[path] - of_base
