"""Packages that import pkg_resources and require no setuptools, or any: images before Python 3.12 bring one with it.

The newest setuptools, which a lock takes where any will do, has it no more.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from migrate.requirements import Requirement

SETUPTOOLS = "setuptools<82"  # the last versions that have pkg_resources
# Each with the first version that does without, if there is one; read in their wheels.
_IMPORTING: Mapping[str, str | None] = MappingProxyType(
    {
        "apscheduler": "3.10.4",
        "djangorestframework-simplejwt": "5.3.1",
        "drf-yasg": "1.21.8",
        "face-recognition": None,  # by face-recognition-models
        "face-recognition-models": None,
        "gunicorn": "21",
        "markdown": "3.2.2",
        "pyfiglet": "1.0",
        "pymorphy2": None,
        "pymorphy3": "2.0.2",
        "razorpay": "2.0",
        "webrtcvad": None,
    }
)


def importing(required: Iterable[Requirement]) -> Iterator[str]:
    """Yield the packages that are required in no version that does without pkg_resources."""
    return (each.package for each in required if each.package in _IMPORTING and not _may_do_without(each))


def _may_do_without(required: Requirement) -> bool:
    from packaging.specifiers import SpecifierSet

    first = _IMPORTING[required.package]
    if first is None:
        return False
    return bool(required.spec.url) or not (required.spec.specifier & SpecifierSet(f">={first}")).is_unsatisfiable()
