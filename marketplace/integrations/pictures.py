"""Has an uploaded file checked and encoded by a process of its own (`encode.py`)."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from marketplace.kit.languages import N_

SCRIPT = Path(__file__).with_name("encode.py")
PATIENCE = 20  # seconds of the clock; the process itself has fewer of the processor
TOO_MUCH = N_(
    "This file needs more time or memory than a picture may. Please save it again smaller."
)
DAMAGED = N_("This file is damaged. Please save it again and upload that.")
REASONS = (
    N_("This file is no picture we can read. Accepted: JPEG, PNG, WebP."),
    N_("This picture has too many pixels. At most 40 megapixels are accepted."),
    N_("This picture is too small. Each side needs at least 16 pixels."),
    N_("Animated pictures are not accepted."),
    N_("This file is no PDF we can read."),
    N_("This PDF contains a script, a form action or another file. Please print it to a new PDF."),
    N_("This PDF is locked. Please print it to a new PDF without a password."),
    N_("This file is no CSV or XLSX table."),
)
"""What the script may answer; it knows nothing of us, so its words are marked here."""
OVERDONE = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ)


class FileRefused(Exception):
    """The file may not come in; the text is a message id."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is known of a file that passed, and its encoded forms by width."""

    content_type: str
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    fingerprint: str = ""
    colour: str = ""
    forms: dict[int, bytes] | None = None

    @property
    def widths(self) -> tuple[int, ...]:
        return tuple(sorted(self.forms or {}))


def examine(purpose: str, data: bytes) -> Made:
    """Check `data` as a `picture`, `document` or `table`. Raises `FileRefused`.

    The decoder runs in a process with little memory and time and nothing of ours in it, so the
    worst file ends that process and no other (reference/security.md SEC-37).
    """
    with TemporaryDirectory(prefix="jishi-file-") as folder:
        answer = _run(purpose, data, folder)
        if not answer.get("ok"):
            reason = answer.get("reason")
            raise FileRefused(reason if reason in REASONS else DAMAGED)
        forms = {
            int(width): (Path(folder) / f"{int(width)}.webp").read_bytes()
            for width in answer.get("widths", ())
        }
    return Made(
        str(answer["content_type"]),
        int(answer["size"]),
        str(answer["sha256"]),
        int(answer.get("width", 0)),
        int(answer.get("height", 0)),
        str(answer.get("fingerprint", "")),
        str(answer.get("colour", "")),
        forms,
    )


def _run(purpose: str, data: bytes, folder: str) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603  our own script, no shell, fixed words
            [sys.executable, "-I", str(SCRIPT), purpose],
            input=data,
            capture_output=True,
            cwd=folder,
            env={},
            timeout=PATIENCE,
            check=False,
            close_fds=True,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(TOO_MUCH) from None
    if done.returncode in OVERDONE or b"MemoryError" in done.stderr[-2000:]:
        raise FileRefused(TOO_MUCH)
    if done.returncode:
        raise FileRefused(DAMAGED)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
