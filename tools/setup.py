"""Makes `.venv` with the pinned packages. Runs before there is one: standard library only.

`python3 tools/setup.py run|test|lint` installs that set, unless nothing changed since.
"""

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
CONTAINED = {"run": ("run",), "test": ("run", "test"), "lint": ("run", "test", "lint")}
LAUNCHER = """#!{python}
from marketplace.cli import main

main()
"""


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  this is where a newcomer's older one is told
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"Python 3.11 or newer is needed, this is {found}. Try: make PYTHON=python3.12 …")
    wanted = sys.argv[1]
    os.chdir(ROOT)
    if not (VENV / "bin" / "python").exists():
        say("Making a virtual environment in .venv")
        done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if done.returncode:
            sys.exit(
                "No virtual environment could be made. On Debian: apt-get install python3-venv"
            )
    if hash_of(wanted) != installed().get(wanted):
        install(wanted)


def install(wanted: str) -> None:
    say(f"Installing the Python packages of requirements/{wanted}.txt (a minute or two, once)")
    python = str(VENV / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    if subprocess.run(
        [python, "-m", "pip", "--version"], capture_output=True, check=False
    ).returncode:
        subprocess.run([python, "-m", "ensurepip"], stdout=subprocess.DEVNULL, check=True)
    requirements = f"requirements/{wanted}.txt"
    if subprocess.run([*pip, "--require-hashes", "-r", requirements], check=False).returncode:
        sys.exit("The packages could not be installed: see pip's message above, then try again.")
    make_command()
    done = installed() | {name: hash_of(name) for name in CONTAINED[wanted]}
    STAMP.write_text(json.dumps(done, indent=1))


def make_command() -> None:
    """`marketplace` in the environment, run from this tree: nothing to build, nothing to copy."""
    site = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    Path(site, "jishi.pth").write_text(f"{ROOT}\n")
    launcher = VENV / "bin" / "marketplace"
    launcher.write_text(LAUNCHER.format(python=VENV / "bin" / "python"))
    launcher.chmod(0o755)


def hash_of(name: str) -> str:
    content = (ROOT / "requirements" / f"{name}.txt").read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def installed() -> dict[str, str]:
    return json.loads(STAMP.read_text()) if STAMP.exists() else {}


def say(words: str) -> None:
    print(f"→ {words}", flush=True)


if __name__ == "__main__":
    main()
