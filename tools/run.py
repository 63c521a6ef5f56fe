"""`make run`: build, migrate, fill an empty database with demo data, serve. Prints each step."""

import os
import sys

from sqlalchemy import text

import build
from marketplace import migrations
from marketplace.cli.app import told_plainly
from marketplace.cli.people import show_sign_ins
from marketplace.cli.seed import seed
from marketplace.cli.serve import can_listen, serve
from marketplace.db import engine
from marketplace.settings import settings

PORTS_TO_TRY = 20


def main() -> None:
    os.environ.setdefault("MARKETPLACE_DEMO", "true")
    choose_port()
    build.main()
    if not migrations.is_at_head():
        print("→ Bringing the database up to date", flush=True)
        migrations.upgrade()
    if is_empty():
        print("→ Filling the empty database with demo data", flush=True)
        seed()
    engine().dispose()
    show_sign_ins()
    sys.stdout.flush()
    if "--dev" in sys.argv:
        reload_on_change()
    serve()


def reload_on_change() -> None:
    """Reflex's preview: one port with our own routes, rebuilt when a file changes."""
    build.forget()
    port = str(settings().port)
    command = [sys.executable, "-m", "reflex", "run", "--env", "preview"]
    command += ["--frontend-port", port, "--backend-port", port]
    os.execve(sys.executable, command, build.environment())


def choose_port() -> None:
    """PORT= as asked; without it the next free one, said plainly."""
    asked = os.environ.get("PORT")
    if asked:
        os.environ["MARKETPLACE_PORT"] = asked
        settings.cache_clear()
    host, port = settings().host, settings().port
    if can_listen(host, port):
        return
    if asked:
        sys.exit(f"Port {port} is taken by another program. Choose another: make run PORT=3100")
    free = next((p for p in range(port + 1, port + PORTS_TO_TRY) if can_listen(host, p)), None)
    if free is None:
        sys.exit(f"Port {port} and the ones after it are taken. Choose one: make run PORT=8080")
    print(f"→ Port {port} is taken by another program, so this is port {free}", flush=True)
    os.environ["MARKETPLACE_PORT"] = str(free)
    settings.cache_clear()


def is_empty() -> bool:
    with engine().connect().execution_options(sqlite_begin="DEFERRED") as connection:
        return connection.execute(text("SELECT 1 FROM person LIMIT 1")).first() is None


if __name__ == "__main__":
    told_plainly(main)
