"""Real servers for the tests: one PostgreSQL cluster and one Redis per run, shared by all workers.

The first worker that needs one starts it; the process that began the run stops it and removes
the folder. Everything listens on loopback only.
"""

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

RUN = "JISHI_TEST_RUN"
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
POSTGRES_HOMES = "/usr/lib/postgresql"
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
START_SECONDS = 30


class Missing(Exception):
    """A program the tests need is not installed."""


def do_without(missing: Missing) -> NoReturn:
    """In CI a missing server is a failure: a suite that skips half of itself is not green."""
    if IN_CI:
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))


def open_run() -> Path:
    """The run's own folder, which the postgres user may enter; workers inherit its name."""
    run = Path(tempfile.mkdtemp(prefix="jishi-tests-"))
    run.chmod(0o711)
    os.environ[RUN] = str(run)
    return run


def close_run(run: Path) -> None:
    """Stop what was started in `run` and leave nothing behind."""
    if (run / "postgresql.ready").exists():
        command = [
            _postgres_tool("pg_ctl"),
            "stop",
            "-D",
            str(run / "postgresql"),
            "-m",
            "immediate",
        ]
        _call(_as_postgres(command), check=False)
    if (run / "redis.ready").exists():
        port = (run / "redis.ready").read_text()
        _call(["redis-cli", "-p", port, "shutdown", "nosave"], check=False)
    shutil.rmtree(run, ignore_errors=True)


def postgresql() -> str:
    """The URL of the run's cluster, without a database name. Raises `Missing`."""
    run = Path(os.environ[RUN])
    with one_at_a_time(run / "postgresql.lock"):
        ready = run / "postgresql.ready"
        if not ready.exists():
            ready.write_text(str(_start_postgresql(run)))
    return f"postgresql://jishi@127.0.0.1:{ready.read_text()}"


def redis() -> str:
    """The URL of the run's Redis, which keeps nothing on disk. Raises `Missing`."""
    run = Path(os.environ[RUN])
    with one_at_a_time(run / "redis.lock"):
        ready = run / "redis.ready"
        if not ready.exists():
            ready.write_text(str(_start_redis(run)))
    return f"redis://127.0.0.1:{ready.read_text()}"


def chromium() -> str:
    """The path of the browser. Raises `Missing`."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise Missing("chromium is not installed: run `make test`, or apt-get install chromium")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start_postgresql(run: Path) -> int:
    data, port = run / "postgresql", free_port()
    data.mkdir()
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(data, owner.pw_uid, owner.pw_gid)
    initdb = [_postgres_tool("initdb"), "-D", str(data), "-U", "jishi", "--auth=trust", "--no-sync"]
    _call(_as_postgres([*initdb, "-E", "UTF8", "--locale=C.UTF-8"]))
    options = " ".join(f"-c {name}='{value}'" for name, value in QUICK.items())
    start = [_postgres_tool("pg_ctl"), "start", "-D", str(data), "-w", "-t", str(START_SECONDS)]
    start += ["-o", f"{options} -p {port}", "-l", str(data / "server.log")]
    _call(_as_postgres(start))
    return port


def _postgres_tool(name: str) -> str:
    homes = sorted(Path(POSTGRES_HOMES).glob("*/bin"), key=lambda home: int(home.parent.name))
    for home in reversed(homes):
        if (home / name).exists():
            return str(home / name)
    if path := shutil.which(name):
        return path
    raise Missing(f"{name} is not installed: run `make test`, or apt-get install postgresql")


def _as_postgres(command: Sequence[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


def _start_redis(run: Path) -> int:
    server = shutil.which("redis-server")
    if server is None:
        raise Missing("redis-server is not installed: run `make test`, or apt-get install it")
    port = free_port()
    settings = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    _call([server, *settings, "--daemonize", "yes", "--dir", str(run)])
    deadline = time.monotonic() + START_SECONDS
    while _call(["redis-cli", "-p", str(port), "ping"], check=False).strip() != "PONG":
        if time.monotonic() > deadline:
            raise RuntimeError("redis-server did not start")
        time.sleep(0.05)
    return port


def _call(command: Sequence[str], *, check: bool = True) -> str:
    done = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if check and done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
    return done.stdout
