"""The audit log on the home pages speaks in sentences."""

import ast
from pathlib import Path

from marketplace.web.activity import ACTIONS


def test_every_recorded_deed_has_words() -> None:
    recorded = {
        argument.value
        for path in Path("marketplace").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("audit.record", "_audit")
        for argument in node.args
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and "." in argument.value
    }
    assert len(recorded) > 50
    assert recorded - ACTIONS.keys() == set()
