"""What the documents say is still so: tables from the code, paths, settings and targets."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from marketplace.settings import Settings

PAGES = [Path("README.md"), Path("README.zh-CN.md"), *sorted(Path("docs").rglob("*.md"))]
IN_CODE = re.compile(r"`([^`\n]+)`")
TOP = ("marketplace/", "tests/", "docs/", "tools/", "alembic/", "assets/", "reflex.lock/", "requirements/")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
VARIABLE = re.compile(r"\bMARKETPLACE_([A-Z_]+)\b")
TARGET = re.compile(r"\bmake ([a-z0-9-]+)\b(?=`|\s+#|[ `(])")


def roles() -> ModuleType:
    spec = spec_from_file_location("roles", "tools/roles.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def missing_paths(page: Path) -> list[str]:
    """Paths named in code marks or links that are not there. Patterns and ellipses are not paths."""
    text = page.read_text()
    named = [name.split("::")[0] for name in IN_CODE.findall(text) if name.startswith(TOP)]
    linked = [name for name in LINK.findall(text) if not name.startswith(("http", "mailto:"))]
    return [
        *(name for name in named if not set(name) & set("*<{… ") and not Path(name).exists()),
        *(name for name in linked if not name.endswith(".webp") and not (page.parent / name).exists()),
    ]


def test_the_tables_of_permissions_are_in_step() -> None:
    text = Path("docs/accounts-and-roles.md").read_text()

    assert roles().with_tables(text) == text


def test_a_changed_preset_would_be_seen() -> None:
    text = Path("docs/accounts-and-roles.md").read_text().replace(" ✓ |", "  |", 1)

    assert roles().with_tables(text) != text


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_path_a_document_names_exists(page: Path) -> None:
    assert missing_paths(page) == []


def test_a_path_that_is_gone_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("See `marketplace/gone.py` and [this](nowhere.md).")

    assert missing_paths(page) == ["marketplace/gone.py", "nowhere.md"]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_setting_a_document_names_exists(page: Path) -> None:
    known = {name.upper() for name in Settings.model_fields}

    assert set(VARIABLE.findall(page.read_text())) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_make_target_a_document_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):.*##", Path("Makefile").read_text(), re.MULTILINE))
    named = {
        match for code in [*IN_CODE.findall(page.read_text()), *fenced(page)] for match in TARGET.findall(code + " ")
    }

    assert named - targets == set()


def fenced(page: Path) -> list[str]:
    return re.findall(r"```[a-z]*\n(.*?)```", page.read_text(), re.DOTALL)
