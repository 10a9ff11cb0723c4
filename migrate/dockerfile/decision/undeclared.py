"""Packages that import pkg_resources and do not require setuptools, which images before Python 3.12 bring."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from migrate.requirements import Requirement

# Each with the first version that does without, if there is one; read in their wheels.
_IMPORTING: Mapping[str, str | None] = MappingProxyType(
    {
        "djangorestframework-simplejwt": "5.3.1",
        "drf-yasg": "1.21.8",
        "face-recognition": None,  # by face-recognition-models
        "face-recognition-models": None,
        "gunicorn": "20",
        "pyfiglet": "1.0",
        "pymorphy2": None,
        "pymorphy3": "2.0.2",
        "razorpay": "2.0",
        "webrtcvad": None,
    }
)


def importing(required: Iterable[Requirement]) -> Iterator[str]:
    """Yield the packages that are required in no version that does without pkg_resources."""
    for each in required:
        without = _IMPORTING.get(each.package, "")
        if without is None or (without and not each.spec.url and not each.spec.specifier.contains(without)):
            yield each.package
