"""How long a comparison will still take, as far as that is known."""

import pytest

from migrate.images.measure import announcing, remaining


@pytest.mark.parametrize(
    ("run", "runs", "seconds", "expected"),
    [
        (0, 1, 9.0, ""),
        (0, 3, 9.0, "run 1 of 3: "),
        (1, 3, 90.0, "run 2 of 3, about 3 min left: "),
        (2, 3, 20.0, "run 3 of 3, about 1 min left: "),
    ],
)
def test_what_is_left(run: int, runs: int, seconds: float, expected: str) -> None:
    assert remaining(run, runs, seconds) == expected


def test_it_stands_in_front() -> None:
    told: list[str] = []
    announcing("run 1 of 2: ", told.append)("old image")
    assert told == ["run 1 of 2: old image"]
