"""What `make` runs: when the front end is built again, which port is taken, what make lists."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import run

import build
from marketplace.settings import settings


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the front end is made of, with one service beside it."""
    kinds = shutil.ignore_patterns("__pycache__", "external")
    for name in build.INPUTS:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if Path(name).is_dir():
            shutil.copytree(name, target, ignore=kinds)
        else:
            shutil.copy(name, target)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "path",
    [
        "marketplace/web/sitemap/admin.py",
        "marketplace/kit/languages.py",
        "marketplace/settings/__init__.py",
        "assets/new.css",
        "rxconfig.py",
        "reflex.lock/package.json",
        "requirements/run.txt",
    ],
)
def test_a_change_to_what_pages_are_made_of_builds_again(tree: Path, path: str) -> None:
    before = build.inputs_hash()
    with (tree / path).open("a") as file:
        file.write("\n# changed")

    assert build.inputs_hash() != before


@pytest.mark.parametrize(
    "path",
    [
        "marketplace/domain/audit/service.py",
        "marketplace/domain/accounts/queries/new.py",
        "marketplace/cli/serve.py",
        "marketplace/db.py",
        "marketplace/web/__pycache__/sitemap.pyc",
        "README.md",
    ],
)
def test_a_change_elsewhere_does_not(tree: Path, path: str) -> None:
    before = build.inputs_hash()
    (tree / path).parent.mkdir(parents=True, exist_ok=True)
    with (tree / path).open("a") as file:
        file.write("\n# changed")

    assert build.inputs_hash() == before


def test_a_removed_page_builds_again(tree: Path) -> None:
    before = build.inputs_hash()
    (tree / "marketplace/web/sitemap/admin.py").unlink()

    assert build.inputs_hash() != before


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A port another program listens on."""
    monkeypatch.delenv("PORT", raising=False)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_when_the_usual_port_is_taken_the_next_free_one_is_used_and_named(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MARKETPLACE_PORT", str(taken))
    settings.cache_clear()

    run.choose_port()

    assert settings().port > taken
    assert settings().public_url == f"http://localhost:{settings().port}"
    assert capsys.readouterr().out == (
        f"→ Port {taken} is taken by another program, so this is port {settings().port}\n"
    )


def test_a_port_asked_for_that_is_taken_is_refused(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken))
    monkeypatch.setenv("MARKETPLACE_PORT", "1")

    with pytest.raises(SystemExit, match=f"Port {taken} is taken"):
        run.choose_port()


def test_make_lists_every_target_with_a_sentence() -> None:
    targets = re.search(r"^\.PHONY: (help .*)$", Path("Makefile").read_text(), re.MULTILINE)
    assert targets is not None
    listed = subprocess.run(["make"], capture_output=True, text=True, check=True).stdout

    assert re.findall(r"^  make (\S+) +\S", listed, re.MULTILINE) == targets[1].split()


@pytest.mark.parametrize("name", ["run", "test", "lint"])
def test_every_package_is_pinned_with_a_hash(name: str) -> None:
    lines = Path(f"requirements/{name}.txt").read_text().splitlines()
    pinned = [n for n, line in enumerate(lines) if line[:1].isalnum()]

    assert len(pinned) > 50
    assert [lines[n] for n in pinned if "==" not in lines[n]] == []
    assert [lines[n] for n in pinned if "--hash=sha256:" not in lines[n + 1]] == []


@pytest.mark.parametrize(("smaller", "larger"), [("run", "test"), ("test", "lint")])
def test_the_larger_set_contains_the_smaller_one(smaller: str, larger: str) -> None:
    def pins(name: str) -> set[str]:
        lines = Path(f"requirements/{name}.txt").read_text().splitlines()
        return {line.partition(" ")[0] for line in lines if line[:1].isalnum()}

    assert pins(smaller) <= pins(larger)
