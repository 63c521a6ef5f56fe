"""`marketplace serve`: the built application on one port, without Node."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from marketplace import migrations
from marketplace.cli.app import Exit, app, out, refuse
from marketplace.settings import settings

BUNDLE = Path("build/client")
TARGET = "marketplace.marketplace:app"
# Reflex's own words for "this process only serves what was built" (reference/reflex.md 1).
SERVE_BUILT = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_TELEMETRY_ENABLED": "false",
}

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0: as the settings say.")]
Workers = Annotated[int, typer.Option(min=0, max=64, help="Server processes; above 1 needs Redis.")]


@app.command()
def serve(host: Host = "", port: Port = 0, workers: Workers = 0) -> None:
    """Serve the marketplace until it is told to stop."""
    host, port = host or settings().host, port or settings().port
    workers = workers or settings().workers
    _require_start(host, port, workers)
    out.print(f"Jishi listens on {settings().public_url} (stop with Ctrl-C).", markup=False)
    sys.stdout.flush()
    os.environ.update(SERVE_BUILT)
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--host", host, "--port", str(port), "--workers", str(workers)]
    command += ["--no-access-log", "--log-level", "warning", TARGET]
    os.execv(sys.executable, command)  # noqa: S606  our own interpreter, no shell


def _require_start(host: str, port: int, workers: int) -> None:
    """Everything that would make a half-started server is told now, in one sentence."""
    if not (_web_folder() / BUNDLE / "index.html").exists():
        raise refuse("There is no built front end yet: run `make build` (or `make run`).")
    if not migrations.is_at_head():
        raise refuse("The database is not up to date: run `marketplace migrate`.")
    if workers > 1 and not settings().redis_url.get_secret_value():
        raise refuse("More than one worker needs Redis: set MARKETPLACE_REDIS_URL.", Exit.USAGE)
    if not can_listen(host, port):
        raise refuse(f"Port {port} is taken by another program: choose one, as in PORT=3100.")


def can_listen(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _web_folder() -> Path:
    return Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web"))
