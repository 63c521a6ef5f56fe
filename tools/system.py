"""What the tests need from the system: PostgreSQL, Redis, Chromium, Chinese fonts.

Installs what is missing with apt where it may; otherwise says what to install. Standard library.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def has_postgresql() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb"))


def has_redis() -> bool:
    return bool(shutil.which("redis-server") and shutil.which("redis-cli"))


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


NEEDED = {
    "postgresql": has_postgresql,
    "redis-server": has_redis,
    "chromium": has_chromium,
    "fonts-noto-cjk": has_chinese_font,
    "fontconfig": has_chinese_font,
}


def main() -> None:
    missing = [package for package, is_there in NEEDED.items() if not is_there()]
    if not missing:
        return
    print(f"→ The tests need {', '.join(missing)}", flush=True)
    rights = root_rights()
    if rights is None or not shutil.which("apt-get"):
        sys.exit(
            "They cannot be installed from here. Please install them, for example with\n"
            f"  sudo apt-get install {' '.join(missing)}\nand run this again."
        )
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    subprocess.run([*apt, "update"], check=False, stdout=subprocess.DEVNULL)
    install = [*apt, "install", "--no-install-recommends", *missing]
    done = subprocess.run(install, check=False, stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"apt-get could not install {' '.join(missing)}: see its message above.")
    still = [package for package, is_there in NEEDED.items() if not is_there()]
    if still:
        sys.exit(f"Installed, but still not found: {', '.join(still)}.")


def root_rights() -> list[str] | None:
    """How to act as root: already, by sudo without a password, or not at all."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return [sudo]
    return None


if __name__ == "__main__":
    main()
