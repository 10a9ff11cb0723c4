"""The JSON form of arguments: `CMD ["python", "app.py"]`."""

import json
import re
from typing import NoReturn

_SURROGATE = re.compile("[\ud800-\udfff]")


class NotStringsError(ValueError):
    """The arguments are a JSON array of something else than strings, which Docker rejects."""


def exec_form(arguments: str) -> tuple[str, ...] | None:
    """Return the strings of arguments in JSON form, or None: Docker takes anything else for shell form.

    `arguments` is the logical text, as `Instruction.arguments` gives it.
    Raises NotStringsError for an array that holds anything but strings.
    """
    if not arguments.startswith("["):
        return None
    try:
        items = json.loads(arguments, parse_int=_number, parse_float=_number, parse_constant=_not_json)
    except RecursionError as error:
        raise NotStringsError("a JSON array must hold strings only") from error
    except ValueError:
        return None
    if not all(isinstance(item, str) for item in items):
        raise NotStringsError("a JSON array must hold strings only")
    return tuple(_SURROGATE.sub("\ufffd", item) for item in items)


def _number(text: str) -> float:
    number = float(text)
    return _not_json(text) if number in {float("inf"), float("-inf")} else number


def _not_json(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")
