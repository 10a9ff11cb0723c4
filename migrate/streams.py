"""Standard streams that may be closed, full, or left by whoever reads them: no work stops half-way because of that."""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Output(io.FileIO):
    """An output that takes everything, and keeps the first error."""

    failure: OSError | None = None

    def write(self, data: "ReadableBuffer") -> int:
        """Write what can be written."""
        try:
            return super().write(data)
        except OSError as error:
            self.failure = self.failure or error
            return memoryview(data).nbytes

    @property
    def loss(self) -> str:
        """Why something is lost, "" if nothing is; a reader who has left, as `head` does, has wanted no more."""
        return "" if self.failure is None or self.failure.errno == errno.EPIPE else str(self.failure.strerror)


def prepare() -> Output:
    """Make standard output and standard error such outputs, in UTF-8, and return the first."""
    for number in range(3):  # a file that is opened later must not take the number of a stream that is closed
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    output, errors = (Output(number, "wb", closefd=False) for number in (1, 2))
    for raw, name in ((output, "stdout"), (errors, "stderr")):
        lines = name == "stderr" or raw.isatty()
        stream = io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=lines)
        setattr(sys, name, stream)
    return output
