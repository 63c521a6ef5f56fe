"""Files on the local disk, by key, and signed addresses for them like those of an object store."""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

from marketplace.integrations.signed import Reading, Upload, seal_reading, seal_upload
from marketplace.kit import clock
from marketplace.ports import UploadForm

UPLOAD_ADDRESS = "/media/upload"
READ_ADDRESS = "/media/file"

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,7}")


class BadKey(ValueError):
    """Not a key: keys are plain names between slashes and never climb out of the folder."""


@dataclass(frozen=True, slots=True)
class DiskStorage:
    folder: Path
    secret: bytes = field(default=b"", repr=False)
    """Signs addresses; without one there are none."""

    def write(self, key: str, chunks: Iterable[bytes], content_type: str = "") -> int:
        """Readers see the old file or the new one, never half of it."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{secrets.token_hex(8)}")
        size = 0
        try:
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in chunks:
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        return size

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def size(self, key: str) -> int:
        return self._path(key).stat().st_size

    def keys(self, prefix: str) -> Iterator[str]:
        start = self._path(prefix.rstrip("/"))
        for path in sorted(start.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.folder).as_posix()

    def permit_upload(
        self, key: str, *, content_type: str, least: int, most: int, seconds: int
    ) -> UploadForm:
        self._path(key)
        expires = int(clock.now().timestamp()) + seconds
        return UploadForm(
            UPLOAD_ADDRESS,
            seal_upload(self.secret, Upload(key, content_type, least, most, expires)),
        )

    def read_address(self, key: str, *, name: str, content_type: str, seconds: int) -> str:
        self._path(key)
        expires = int(clock.now().timestamp()) + seconds
        sealed = seal_reading(self.secret, Reading(key, name, content_type, expires))
        return f"{READ_ADDRESS}?{urlencode(sealed)}"

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def is_ready(self) -> bool:
        """Whether a file can be written right now."""
        try:
            self.write("ready", [b"ready"])
        except OSError:
            return False
        return True

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise BadKey("no such key can exist")
        path = self.folder / key
        if not path.resolve().is_relative_to(self.folder.resolve()):  # through a link, say
            raise BadKey("no such key can exist")
        return path
