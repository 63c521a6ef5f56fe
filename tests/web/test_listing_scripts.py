"""The editor's grid and content are scripts: their properties are tried where they run."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "scripts" / "listing_editor.test.mjs"


@pytest.mark.skipif(shutil.which("node") is None, reason="needs the Node that builds the pages")
def test_the_grid_and_the_model_of_the_editor_hold_their_properties():
    run = subprocess.run(
        ["node", "--no-warnings", "--test", str(SCRIPT)],
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
