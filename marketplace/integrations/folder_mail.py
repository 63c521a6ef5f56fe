"""Local mail: each letter becomes an `.eml` file in a folder, for the *Mail* page and the tests."""

import email
import email.policy
import os
from dataclasses import dataclass
from pathlib import Path

from marketplace.integrations.smtp_mail import as_message
from marketplace.ports import Letter


@dataclass(frozen=True, slots=True)
class FolderMailer:
    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        """Write the whole file or none; a repeated letter replaces itself."""
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f".{letter.id}.{os.getpid()}"
        fresh.write_bytes(as_message(letter, self.sender).as_bytes())
        fresh.replace(self.folder / f"{letter.id}.eml")


def read_text(file: Path) -> str:
    """The plain text of a letter in the folder; empty if it is not there."""
    try:
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    except FileNotFoundError:
        return ""
    body = message.get_body(("plain",))
    return body.get_content() if body else ""
