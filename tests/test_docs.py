"""What the documents say is still so: tables from the code, paths, settings and targets."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from marketplace.settings import Settings

DOCUMENTS = [Path("README.md"), Path("README.zh-CN.md"), *sorted(Path("docs").rglob("*.md"))]
IN_CODE = re.compile(r"`([^`\n]+)`")
TOP = (
    "marketplace/",
    "tests/",
    "docs/",
    "tools/",
    "alembic/",
    "assets/",
    "reflex.lock/",
    "requirements/",
)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
VARIABLE = re.compile(r"\bMARKETPLACE_([A-Z_]+)\b")
TARGET = re.compile(r"^make ([a-z0-9-]+)", re.MULTILINE)
FENCED = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)


def roles() -> ModuleType:
    spec = spec_from_file_location("roles", "tools/roles.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def missing_paths(document: Path) -> list[str]:
    """Paths named in code marks or links that are not there. Patterns are not paths."""
    text = document.read_text()
    named = [name for name in IN_CODE.findall(FENCED.sub("", text)) if name.startswith(TOP)]
    linked = [name for name in LINK.findall(text) if not name.startswith(("http", "mailto:"))]
    return [
        *(name for name in named if not set(name) & set("*<{… ") and not Path(name).exists()),
        *(
            name
            for name in linked
            if not name.endswith(".webp") and not (document.parent / name).exists()
        ),
    ]


def test_the_tables_of_permissions_are_in_step() -> None:
    text = Path("docs/accounts-and-roles.md").read_text()

    assert roles().with_tables(text) == text


def test_a_changed_preset_would_be_seen() -> None:
    text = Path("docs/accounts-and-roles.md").read_text().replace(" ✓ |", "  |", 1)

    assert roles().with_tables(text) != text


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_path_a_document_names_exists(document: Path) -> None:
    assert missing_paths(document) == []


def test_a_path_that_is_gone_would_be_seen(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("See `marketplace/gone.py` and [this](nowhere.md).")

    assert missing_paths(document) == ["marketplace/gone.py", "nowhere.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_setting_a_document_names_exists(document: Path) -> None:
    known = {name.upper() for name in Settings.model_fields}

    assert set(VARIABLE.findall(document.read_text())) - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_make_target_a_document_names_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):.*##", Path("Makefile").read_text(), re.MULTILINE))
    text = document.read_text()
    in_code = [*IN_CODE.findall(FENCED.sub("", text)), *FENCED.findall(text)]
    named = {target for code in in_code for target in TARGET.findall(code)}

    assert named - targets == set()
