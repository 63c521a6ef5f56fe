"""`marketplace doctor`: looks at all this needs, and says what to do about what is missing."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import typer
from sqlalchemy import text

from marketplace import migrations
from marketplace.cli.app import AsJson, Exit, answer, app
from marketplace.db import make_engine
from marketplace.settings import settings

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (22, 22)  # what Reflex 0.10 builds with
OLDEST_POSTGRESQL = 15
TOOL_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer. `advice` says what to do when it is not well."""

    name: str
    is_well: bool
    found: str
    advice: str = ""
    is_needed: bool = True


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check Python, Node, database, migrations, fonts, browser, mail and storage."""
    findings = [examine() for examine in EXAMINATIONS]
    is_well = all(finding.is_well for finding in findings if finding.is_needed)
    answer(
        {"well": is_well, "findings": [asdict(finding) for finding in findings]},
        as_json=as_json,
        words="\n".join(_line(finding) for finding in findings),
    )
    if not is_well:
        raise typer.Exit(Exit.WRONG)


def python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", sys.version_info >= OLDEST_PYTHON, found, "Install Python 3.11+.")


def node() -> Finding:
    found = _output_of("node", "--version").lstrip("v")
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    advice = "Put .venv/bin first in PATH: `make run` installs Node there (only builds need it)."
    return Finding("node", numbers >= OLDEST_NODE, found or "not found", advice, is_needed=False)


def database() -> Finding:
    advice = "Check MARKETPLACE_DATABASE_URL and that the server is running."
    try:
        engine = make_engine(settings().database)
        with engine.connect().execution_options(sqlite_begin="DEFERRED") as connection:
            connection.execute(text("SELECT 1"))
            version = connection.dialect.server_version_info or ()
        engine.dispose()
    except Exception as fault:  # noqa: BLE001  whatever is wrong with it is the answer
        return Finding("database", False, type(fault).__name__, advice)
    found = f"{engine.dialect.name} {'.'.join(map(str, version))}"
    is_new = engine.dialect.name == "sqlite" or version[:1] >= (OLDEST_POSTGRESQL,)
    return Finding("database", is_new, found, f"PostgreSQL {OLDEST_POSTGRESQL} or newer, please.")


def schema() -> Finding:
    try:
        now = migrations.current()
    except Exception as fault:  # noqa: BLE001  told in full by `database`
        return Finding("migrations", False, type(fault).__name__, "See database.")
    found = now or "empty"
    return Finding("migrations", now == migrations.head(), found, "Run `marketplace migrate`.")


def front_end() -> Finding:
    folder = Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web"), "build", "client")
    is_built = (folder / "index.html").exists()
    found = "built" if is_built else "not built"
    return Finding("front end", is_built, found, "Run `make build`.")


def fonts() -> Finding:
    found = _output_of("fc-list", ":lang=zh-cn", "family").splitlines()
    advice = "Install fonts-noto-cjk (Chinese text in screenshots and browser tests)."
    return Finding(
        "fonts", bool(found), f"{len(found)} with Chinese" if found else "none", advice, False
    )


def browser() -> Finding:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    advice = "Install chromium (browser tests and screenshots)."
    return Finding("chromium", bool(path), path or "not found", advice, is_needed=False)


def mail() -> Finding:
    if settings().mailer == "folder":
        place = settings().data_dir
        return Finding("mail", _can_write(place), f"folder in {place}", f"Make {place} writable.")
    where = f"smtp {settings().smtp_host}:{settings().smtp_port}"
    is_heard = _answers(settings().smtp_host, settings().smtp_port)
    return Finding("mail", is_heard, where, "Check MARKETPLACE_SMTP_HOST and _PORT.")


def storage() -> Finding:
    place = settings().data_dir
    advice = f"Make {place} writable, or set MARKETPLACE_DATA_DIR."
    return Finding("storage", _can_write(place), str(place), advice)


EXAMINATIONS: tuple[Callable[[], Finding], ...] = (
    python,
    node,
    database,
    schema,
    front_end,
    fonts,
    browser,
    mail,
    storage,
)


def _line(finding: Finding) -> str:
    mark = "✓" if finding.is_well else ("✗" if finding.is_needed else "–")
    line = f"{mark} {finding.name:<11}{finding.found}"
    return line if finding.is_well else f"{line}. {finding.advice}"


def _output_of(tool: str, *arguments: str) -> str:
    path = shutil.which(tool)
    if path is None:
        return ""
    done = subprocess.run(  # noqa: S603  fixed tools with fixed arguments
        [path, *arguments], capture_output=True, text=True, timeout=TOOL_SECONDS, check=False
    )
    return done.stdout.strip()


def _can_write(folder: Path) -> bool:
    """Whether the folder, or the nearest one above it that exists, takes files."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=3):
            return True
    except OSError:
        return False
