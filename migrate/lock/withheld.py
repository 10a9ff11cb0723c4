"""An error of uv that may not be its last word."""

from io import StringIO
from typing import TextIO


class Withheld(StringIO):
    """A stream that passes on what uv says as it comes, but withholds its error and all behind it until `release`."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str) -> int:
        """Pass a text on, or withhold it."""
        return super().write(text) if self.tell() or text.startswith("error:") else self._stream.write(text)

    def flush(self) -> None:
        """Let those who listen have all that was passed on."""
        self._stream.flush()

    def release(self) -> None:
        """Pass on what was withheld."""
        self._stream.write(self.getvalue())
