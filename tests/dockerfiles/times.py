"""How long reading a text takes."""

import time
from collections.abc import Callable


def seconds(read: Callable[[], object]) -> float:
    """Return the least processor time of three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        read()
        times.append(time.process_time() - start)
    return min(times)
