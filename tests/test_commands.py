"""The command line: what it answers people and programs, and what it refuses in one sentence."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from marketplace import migrations
from marketplace.cli.app import Exit, app
from marketplace.kit.version import VERSION
from marketplace.settings import settings


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words, env={"TERM": "dumb"})


def answer(*words: str) -> dict[str, Any]:
    return json.loads(run(*words, "--json").stdout)


class Started(Exception):
    """Instead of becoming the server."""


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """The command that `serve` would become; there is a bundle to serve."""
    command: list[str] = []

    def become(_path: str, words: list[str]) -> None:
        command.extend(words)
        raise Started

    page = tmp_path / "web" / "build" / "client" / "index.html"
    page.parent.mkdir(parents=True)
    page.touch()
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path / "web"))
    monkeypatch.setattr(os, "execv", become)
    before = dict(os.environ)
    yield command
    for name in set(os.environ) - set(before):
        monkeypatch.delenv(name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_version_answers_programs_in_json() -> None:
    told = answer("version")

    assert told["version"] == VERSION
    assert told["schema"] == migrations.head()


def test_migrate_takes_an_empty_database_to_the_newest_shape() -> None:
    assert answer("migrate") == {
        "before": None,
        "now": migrations.head(),
        "head": migrations.head(),
    }
    assert run("migrate").stdout == "The database is up to date.\n"


def test_migrate_check_changes_nothing_and_says_so_by_its_exit_code() -> None:
    assert run("migrate", "--check").exit_code == Exit.WRONG
    assert migrations.current() is None

    run("migrate")

    assert run("migrate", "--check").exit_code == Exit.FINE


def test_doctor_says_what_to_do_about_an_empty_database() -> None:
    told = run("doctor")

    assert told.exit_code == Exit.WRONG
    assert "✗ migrations empty. Run `marketplace migrate`." in told.stdout


def test_doctor_does_not_make_what_it_looks_for() -> None:
    run("doctor")

    assert not (settings().data_dir / "jishi.sqlite3").exists()


def test_doctor_tells_programs_each_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    settings.cache_clear()

    told = answer("doctor")

    assert told["well"] is False
    assert {f["name"]: f["is_well"] for f in told["findings"]}["database"] is False


def test_serve_becomes_a_server_on_the_settings_port(start: list[str]) -> None:
    migrations.upgrade()

    assert isinstance(run("serve", "--port", str(free_port())).exception, Started)
    assert start[1:5] == ["-m", "granian", "--interface", "asgi"]
    assert start[-1] == "marketplace.marketplace:app"


def test_serve_refuses_an_outdated_database(start: list[str]) -> None:
    told = run("serve")

    assert told.exit_code == Exit.WRONG
    assert told.stderr == "The database is not up to date: run `marketplace migrate`.\n"
    assert start == []


def test_serve_refuses_without_a_built_front_end(
    start: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path / "nothing"))

    assert "run `make build`" in run("serve").stderr
    assert start == []


def test_serve_refuses_several_workers_without_redis(start: list[str]) -> None:
    migrations.upgrade()

    told = run("serve", "--workers", "2")

    assert told.exit_code == Exit.USAGE
    assert "MARKETPLACE_REDIS_URL" in told.stderr
    assert start == []


def test_serve_refuses_a_port_that_is_taken(start: list[str]) -> None:
    migrations.upgrade()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        told = run("serve", "--port", str(port))

    assert f"Port {port} is taken" in told.stderr
    assert start == []


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("WORKERS", "0"), ("MAILER", "pigeon")]
)
def test_a_wrong_setting_is_one_sentence_that_names_it(
    name: str, value: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "marketplace", "migrate"],
        env={**os.environ, f"MARKETPLACE_{name}": value, "MARKETPLACE_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == Exit.USAGE
    assert done.stderr.startswith(f"MARKETPLACE_{name}: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_verb_is_a_usage_error() -> None:
    assert run("fly").exit_code == Exit.USAGE
