"""The layers of an image as the engine would push them: their sizes, paths, and what is in their files."""

import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, cast

from migrate.images.engine import Engine

_BLOCK = 1 << 20
_COMPRESSION = 6  # the level of the engines' own gzip


@dataclass(frozen=True)
class Archive:
    """A saved image. `layers` are the digests and the names of their tar files, the base image's first."""

    path: Path

    @cached_property
    def layers(self) -> Mapping[str, str]:
        """Digest of each layer -> name of its tar file in the archive, in order."""
        with tarfile.open(self.path) as image:
            (manifest, *_) = json.load(_member(image, "manifest.json"))
            digests = json.load(_member(image, manifest["Config"]))["rootfs"]["diff_ids"]
            return dict(zip(digests, manifest["Layers"], strict=True))

    def paths(self, digest: str) -> list[str]:
        """Return the absolute paths that a layer brings."""
        with self._layer(digest) as layer, tarfile.open(fileobj=layer) as entries:
            return [_absolute(entry.name) for entry in entries]

    def sizes(self, digest: str) -> tuple[int, int]:
        """Return the bytes of a layer as it is, and compressed as a push sends it."""
        plain = packed = 0
        compressor = zlib.compressobj(_COMPRESSION)
        with self._layer(digest) as layer:
            for block in iter(lambda: layer.read(_BLOCK), b""):
                plain += len(block)
                packed += len(compressor.compress(block))
        return plain, packed + len(compressor.flush())

    def files_with(self, digest: str, needles: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
        """Yield the name of each needle that is in a file of a layer, and the path of that file."""
        with self._layer(digest) as layer, tarfile.open(fileobj=layer) as entries:
            for entry in entries:
                content = entries.extractfile(entry) if entry.isreg() else None
                if content is not None:
                    for name in _found(content, needles):
                        yield name, _absolute(entry.name)

    @contextmanager
    def _layer(self, digest: str) -> Iterator[IO[bytes]]:
        with tarfile.open(self.path) as image, _member(image, self.layers[digest]) as packed:
            is_packed = packed.read(2) == b"\x1f\x8b"
            packed.seek(0)
            if not is_packed:
                yield packed
                return
            import gzip

            with gzip.open(packed) as layer:
                yield cast("IO[bytes]", layer)


@contextmanager
def saved(engine: Engine, tag: str, folder: Path) -> Iterator[Archive]:
    """Give the archive of an image, which is removed at the end."""
    path = folder / "image.tar"
    try:
        engine.ask("save", *(("--format", "docker-archive") if engine.program != "docker" else ()), "-o", path, tag)
        yield Archive(path)
    finally:
        path.unlink(missing_ok=True)


def _member(image: tarfile.TarFile, name: str) -> IO[bytes]:
    found = image.extractfile(name)
    if found is None:
        raise tarfile.ReadError(f"{name} is no file of the image")
    return found


def _absolute(name: str) -> str:
    return f"/{name.removeprefix('./').rstrip('/')}"


def _found(content: IO[bytes], needles: Mapping[str, bytes]) -> set[str]:
    longest = max((len(needle) for needle in needles.values()), default=0)
    found: set[str] = set()
    rest = b""
    for block in iter(lambda: content.read(_BLOCK), b""):
        text = rest + block
        found |= {name for name, needle in needles.items() if needle in text}
        rest = text[-longest:]
    return found
