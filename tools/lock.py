"""`make lock`: pin every dependency with hashes from pyproject.toml, without an index address."""

import shutil
import subprocess
import sys
from pathlib import Path

SETS = {"run": [], "test": ["test"], "lint": ["test", "lint"]}
FOLDER = Path("requirements")


def main() -> None:
    uv = shutil.which("uv") or sys.exit("uv is missing: .venv/bin/pip install uv, then again.")
    for name, groups in SETS.items():
        target = FOLDER / f"{name}.txt"
        command = [
            uv,
            "pip",
            "compile",
            "pyproject.toml",
            "--universal",
            "--python-version",
            "3.11",
        ]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--output-file", str(target)]
        for group in groups:
            command += ["--group", group]
        if name != "run":
            command += ["--constraint", str(FOLDER / "run.txt")]
        subprocess.run([*command, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)
        pinned = [line for line in target.read_text().splitlines() if line[:1].isalnum()]
        print(f"{target}: {len(pinned)} packages")


if __name__ == "__main__":
    main()
