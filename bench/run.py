"""`make bench`: what this machine can do, and what the marketplace does on it, in one run.

Nothing here is asserted: speed is looked at, not tested (CONTRIBUTING.md).
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.load import load  # noqa: E402  the folder must be on the path first

BARE = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200,
                "headers": [(b"content-type", b"text/plain"), (b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})
"""
PAGES = ("/livez", "/", "/zh", "/sign-in", "/locales/zh-CN.json", "/jishi.css")
FACTS = 400


def main() -> None:
    table = Table("What", "per second", "p50 ms", "p95 ms", box=None)
    with tempfile.TemporaryDirectory() as folder:
        for name, url in _servers(Path(folder)):
            measured = asyncio.run(load(url))
            table.add_row(
                name, f"{measured.per_second:,.0f}", f"{measured.p50:.2f}", f"{measured.p95:.2f}"
            )
    for name, per_second in _in_process():
        table.add_row(name, f"{per_second:,.0f}", "", "")
    console = Console()
    console.print(f"{os.cpu_count()} cores, 16 connections, one server process", highlight=False)
    console.print(table)


def _servers(folder: Path) -> Iterator[tuple[str, str]]:
    """Addresses to ask, each while its server runs."""
    (folder / "bare.py").write_text(BARE)
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--log-level", "error"]
    port = _free_port()
    with _running([*command, "--port", str(port), "bare:app"], f"http://localhost:{port}/", folder):
        yield "bare server, two bytes (the machine's limit)", f"http://localhost:{port}/"
    port = _free_port()
    environ = {
        "MARKETPLACE_DATA_DIR": str(folder / "var"),
        "MARKETPLACE_PORT": str(port),
        "MARKETPLACE_LOG_LEVEL": "error",
    }
    for verb in ("migrate", "seed"):
        subprocess.run(
            [sys.executable, "-m", "marketplace", verb], cwd=ROOT, env={**os.environ, **environ},
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    serve = [sys.executable, "-m", "marketplace", "serve"]
    with _running(serve, f"http://localhost:{port}/readyz", ROOT, environ):
        for path in PAGES:
            yield path, f"http://localhost:{port}{path}"


def _in_process() -> Iterator[tuple[str, float]]:
    """Rates of work that no page shows by itself."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MARKETPLACE_DATA_DIR"] = folder
        from marketplace import db, migrations
        from marketplace.domain.access.models import System
        from marketplace.domain.audit import service as audit
        from marketplace.kit import clock
        from marketplace.kit.passwords import hash_password

        migrations.upgrade()
        actor = System(id="bench", name="Bench")

        def one_fact() -> None:
            db.call(audit.record, actor, "bench.noted", "bench", "1", at=clock.now())

        yield "audited transactions, SQLite, synchronous=FULL", _rate(one_fact, FACTS)
        yield "password hashes (argon2id)", _rate(lambda: hash_password("paper-lantern"), 6)
        db.engine().dispose()


def _rate(work: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        work()
    return times / (time.perf_counter() - began)


@contextmanager
def _running(
    command: list[str], ready: str, folder: Path, environ: dict[str, str] | None = None
) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **(environ or {})},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(ready, timeout=2).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
