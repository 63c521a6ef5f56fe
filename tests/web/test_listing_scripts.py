"""The editor's grid and content are scripts: their properties are tried where they run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent / "scripts"
NODE = Path(sys.executable).parent / "node"
"""The one that builds the pages; it comes with the Python packages, so it is never missing."""


@pytest.mark.parametrize("name", ["listing_editor", "media_checks"])
def test_the_scripts_of_the_editor_and_the_drop_zone_hold_their_properties(name: str):
    run = subprocess.run(
        [str(NODE), "--no-warnings", "--test", str(SCRIPTS / f"{name}.test.mjs")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]


def test_no_script_compares_the_hook_instead_of_the_language():
    """`useLocale()` gives a function; comparing it made the whole editor English for everybody."""
    scripts = [
        path
        for end in ("*.js", "*.jsx")
        for path in Path("marketplace/web").rglob(end)
        if path.name != "i18n.js"
    ]
    assert scripts
    assert [path for path in scripts if re.search(r"useLocale\(\)(?!\(\))", path.read_text())] == []
