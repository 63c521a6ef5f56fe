"""House rules that no linter knows, read off the syntax tree."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

from marketplace.kit.version import VERSION
from marketplace.settings import Settings

SOURCE = Path("marketplace")
FILES = sorted(SOURCE.rglob("*.py"))
DOMAIN = [path for path in FILES if path.parts[1] == "domain"]
WEB = [path for path in FILES if path.parts[1] == "web"]
BEHIND_A_LOGIN = [path for path in WEB if {"seller", "admin"} & set(path.parts)]
LONGEST_FILE = 400
LONGEST_HANDLER = 5

BANNED_IN_PAGES = {
    "rx.markdown": "renders what users wrote as HTML",
    "rx.html": "the same",
    "rx.script": "inline scripts do not pass our CSP",
    "rx.upload": "our own route checks files",
    "rx.call_script": "is eval, which our CSP refuses",
    "rx.run_script": "the same",
    "rx.toast": "is eval when a handler returns it; use web.messages.say",
}
SECRET = re.compile(r"(^|_)(token|secret|hash|proof|mac)s?$|(recovery|step|totp|given)_code$")
NOT_SECRETS = {
    "Media.token",  # part of a picture's public address, found by the database's index
}
LOOKUPS = {"token_hash", "code_hash"}  # found by the database's index, not compared here
PRIVATE_PLACES = re.compile(r"(?<![\w.])/(root|home/\w+|work|tmp/w)/|file:///")
REGISTRIES = re.compile(
    r"--(extra-)?index-url|--find-links|\"resolved\": \"https?://(?!registry\.npmjs\.org/)"
)

Tree = ast.AST


def commits(tree: Tree) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "commit"
    ]


def anonymous_calls(tree: Tree) -> list[int]:
    """`db.run` and `db.read` whose second argument is not `await current_…(…)`, nor a name that
    the same function gave to one."""
    found = {
        node.lineno
        for node in ast.walk(tree)
        if is_transaction(node) and not (node.args[1:] and says_who(node.args[1]))
    }
    for function in ast.walk(tree):
        if isinstance(function, ast.AsyncFunctionDef):
            known = names_of_actors(function)
            found -= {
                node.lineno
                for node in ast.walk(function)
                if is_transaction(node) and node.args[1:] and ast.unparse(node.args[1]) in known
            }
    return sorted(found)


def is_transaction(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("db.run", "db.read")


def says_who(argument: ast.AST) -> bool:
    return ast.unparse(argument).startswith("await current_")


def names_of_actors(function: ast.AsyncFunctionDef) -> set[str]:
    """`staff, at = await current_staff(self), clock.now()` names one: `staff`."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = (
                zip(target.elts, value.elts, strict=False)
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
                else [(target, value)]
            )
            names |= {ast.unparse(name) for name, given in pairs if says_who(given)}
    return names


def floats(tree: Tree) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id in ("float", "Decimal"))
    ]


def states(tree: Tree) -> Iterator[ast.ClassDef]:
    """Classes that derive from `rx.State`, or from another state of the same file."""
    known = {"rx.State", "State", "rx.SharedState", "rx.ComponentState"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and known & {ast.unparse(base) for base in node.bases}:
            known.add(node.name)
            yield node


def unguarded_handlers(tree: Tree) -> list[str]:
    """Public functions of states that are no `@rx.event` with `@allows` below, and not a var."""
    return [
        f"{state.name}.{function.name}"
        for state in states(tree)
        for function in functions(state)
        if not function.name.startswith("_") and not is_var(function) and not is_guarded(function)
    ]


def blocking_handlers(tree: Tree) -> list[str]:
    """Handlers that are plain functions: each stops every user of the process."""
    return [
        f"{state.name}.{function.name}"
        for state in states(tree)
        for function in functions(state)
        if is_event(function) and isinstance(function, ast.FunctionDef)
    ]


def long_handlers(tree: Tree) -> list[str]:
    return [
        f"{state.name}.{function.name}"
        for state in states(tree)
        for function in functions(state)
        if is_event(function) and len(body_of(function)) > LONGEST_HANDLER
    ]


def banned(tree: Tree) -> list[str]:
    return [
        f"{node.lineno}: {called}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and (called := ast.unparse(node)) in BANNED_IN_PAGES
    ]


def leaky_comparisons(tree: Tree) -> list[str]:
    """`==` on a secret tells by its time how much of it was right (SEC-54)."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
        and not any(ast.unparse(side) in NOT_SECRETS for side in (node.left, *node.comparators))
        and any(is_secret(side) for side in (node.left, *node.comparators))
    ]


def is_secret(side: ast.expr) -> bool:
    name = getattr(side, "attr", None) or getattr(side, "id", "")
    is_column = isinstance(side, ast.Attribute) and ast.unparse(side.value)[:1].isupper()
    return bool(SECRET.search(name)) and not (is_column and name in LOOKUPS)


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(state: ast.ClassDef) -> Iterator[Function]:
    return (node for node in state.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def decorators(function: Function) -> list[str]:
    return [ast.unparse(decorator).partition("(")[0] for decorator in function.decorator_list]


def is_event(function: Function) -> bool:
    return "rx.event" in decorators(function)


def is_var(function: Function) -> bool:
    return "rx.var" in decorators(function)


def is_guarded(function: Function) -> bool:
    names = decorators(function)
    return "rx.event" in names and "allows" in names[names.index("rx.event") :]


def body_of(function: Function) -> list[ast.stmt]:
    """The statements, those inside blocks included, a docstring left out."""
    statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt)][1:]
    has_docstring = ast.get_docstring(function) is not None
    return statements[1:] if has_docstring else statements


RULES: list[tuple[str, Callable[[Tree], list[object]], list[Path], str]] = [
    ("transactions end at the edge", commits, FILES, "session.commit()"),
    (
        "behind a login every call says who is acting",
        anonymous_calls,
        BEHIND_A_LOGIN,
        "await db.run(service.approve, seller_id)",
    ),
    ("the business never computes with floats", floats, DOMAIN, "rate = 0.1"),
    (
        "every handler carries its policy",
        unguarded_handlers,
        WEB,
        "class S(rx.State):\n    @rx.event\n    async def go(self): ...",
    ),
    (
        "handlers never block the event loop",
        blocking_handlers,
        WEB,
        "class S(rx.State):\n    @rx.event\n    def go(self): ...",
    ),
    (
        "a handler fits in five lines",
        long_handlers,
        WEB,
        "class S(rx.State):\n    @rx.event\n    async def go(self):\n" + "        x()\n" * 6,
    ),
    ("pages use nothing banned", banned, WEB, "rx.toast.success('Saved')"),
    ("secrets are compared in constant time", leaky_comparisons, FILES, "if token == given: ..."),
]


@pytest.mark.parametrize(
    ("name", "find", "files", "_wrong"), RULES, ids=[rule[0] for rule in RULES]
)
def test_the_source_keeps_the_rule(
    name: str, find: Callable[[Tree], list[object]], files: list[Path], _wrong: str
) -> None:
    found = {str(path): faults for path in files if (faults := find(ast.parse(path.read_text())))}

    assert found == {}, name


@pytest.mark.parametrize(
    ("_name", "find", "_files", "wrong"), RULES, ids=[rule[0] for rule in RULES]
)
def test_the_rule_sees_a_breach(
    _name: str, find: Callable[[Tree], list[object]], _files: list[Path], wrong: str
) -> None:
    assert find(ast.parse(wrong)) != []


def test_a_guard_above_the_event_does_not_count() -> None:
    """`@allows` above `@rx.event` would mark the wrapper, which nobody calls."""
    wrong = "class S(rx.State):\n    @allows(A)\n    @rx.event\n    async def go(self): ..."
    right = "class S(rx.State):\n    @rx.event\n    @allows(A)\n    async def go(self): ..."

    assert unguarded_handlers(ast.parse(wrong)) == ["S.go"]
    assert unguarded_handlers(ast.parse(right)) == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_reader_finishes_a_file_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [p for p in FILES if p.read_text()], ids=str)
def test_a_module_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_nothing_tracked_names_a_machine_or_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("this tree is no git repository")
    found = [
        name
        for name in tracked.stdout.split("\0")
        if name and name != str(Path(__file__).relative_to(Path.cwd()))
        if (text := text_of(Path(name)))
        if PRIVATE_PLACES.search(text) or REGISTRIES.search(text)
    ]

    assert found == []


@pytest.mark.parametrize(
    "text",
    ["see /" + "root/notes", "--index-url https://example.org", "at /home/ada/x", "file:///opt"],
)
def test_a_machine_or_a_registry_would_be_seen(text: str) -> None:
    assert PRIVATE_PLACES.search(text) or REGISTRIES.search(text)


def test_every_setting_is_explained_in_the_example() -> None:
    lines = Path(".env.example").read_text().splitlines()
    explained = {
        line.lstrip("# ").partition("=")[0]: above
        for above, line in zip(["", *lines], lines, strict=False)
        if line.lstrip("# ").startswith("MARKETPLACE_")
    }

    assert set(explained) == {f"MARKETPLACE_{name}".upper() for name in Settings.model_fields}
    unexplained = [name for name, above in explained.items() if len(above.split()) < 4]
    assert unexplained == []


def test_the_code_and_the_package_have_one_version() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]

    assert project["version"] == VERSION


def text_of(path: Path) -> str:
    try:
        return path.read_text()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return ""
