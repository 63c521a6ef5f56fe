"""Every import contract fails when it is broken: one wrong import each, in a scratch copy."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CONTRACTS = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LINT = Path(sys.executable).with_name("lint-imports")
LETTERS = re.compile(r"\s+")

BREAKS = {
    "layers": ("domain/audit/queries.py", "from marketplace.flows import seed"),
    "capabilities": ("domain/audit/queries.py", "from marketplace.domain.sellers import models"),
    "four-files": ("domain/audit/models.py", "from marketplace.domain.audit import queries"),
    "audiences": ("web/seller/__init__.py", "from marketplace.web.admin import frame"),
    "delivery": ("domain/audit/service.py", "import starlette.requests"),
    "rules": ("domain/audit/rules.py", "from marketplace.kit import clock"),
    "transactions": ("domain/audit/service.py", "from marketplace import db"),
    "integrations": ("integrations/__init__.py", "from marketplace.domain.audit import models"),
}
NEW_FILES = {
    "layers": "utils.py",
    "capabilities": "domain/helpers/models.py",
    "four-files": "domain/audit/helpers.py",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The source without what a contract does not read."""
    kinds = shutil.ignore_patterns("__pycache__", "*.po", "*.html", "*.js")
    shutil.copytree("marketplace", tmp_path / "marketplace", ignore=kinds)
    shutil.copy("pyproject.toml", tmp_path)
    return tmp_path


def test_the_source_as_it_is_keeps_every_contract(copy: Path) -> None:
    told = broken_in(copy)

    assert told == [], told


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["id"])
def test_a_wrong_import_breaks_the_contract(copy: Path, contract: dict[str, str]) -> None:
    path, line = BREAKS[contract["id"]]
    with (copy / "marketplace" / path).open("a") as source:
        source.write(f"\n{line}\n")

    assert contract["name"] in broken_in(copy)


@pytest.mark.parametrize("name", NEW_FILES)
def test_a_new_place_for_code_needs_a_decision(copy: Path, name: str) -> None:
    """A `utils/` or a fifth file in a capability fails until somebody says where it belongs."""
    path = copy / "marketplace" / NEW_FILES[name]
    path.parent.mkdir(exist_ok=True)
    path.with_name("__init__.py").touch()
    path.write_text('"""New."""\n')

    assert next(c["name"] for c in CONTRACTS if c["id"] == name) in broken_in(copy)


def broken_in(copy: Path) -> list[str]:
    """The names of the contracts that do not hold there."""
    done = subprocess.run(
        [LINT, "--no-cache"], cwd=copy, capture_output=True, text=True, check=False
    )
    told = LETTERS.sub(" ", done.stdout)
    names = [str(contract["name"]) for contract in CONTRACTS]
    broken = [name for name in names if re.search(rf"{re.escape(name)} BROKEN", told)]
    assert bool(done.returncode) == bool(broken), done.stdout + done.stderr
    return broken
