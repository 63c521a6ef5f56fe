"""Writes the tables of permissions into docs/accounts-and-roles.md from the code's own presets.

python tools/roles.py            rewrite the tables
python tools/roles.py --check    fail if they are out of step
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only tools/ is known

from marketplace.domain.access.models import (  # noqa: E402  after the path
    LABELS,
    PRESETS,
    SELLER_PERMISSIONS,
    Audience,
    Permission,
)

PAGE = ROOT / "docs" / "accounts-and-roles.md"
AUDIENCES = {"staff": Audience.STAFF, "seller": Audience.SELLER}


def with_tables(text: str) -> str:
    """The page with the table of each audience put between its two marks."""
    for name, audience in AUDIENCES.items():
        begin, end = f"<!-- {name}: tools/roles.py -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = f"{before}{begin}\n{table(audience)}\n{end}{after}"
    return text


def table(audience: Audience) -> str:
    presets = [preset for preset in PRESETS if preset.audience is audience]
    rows = [
        ["Permission", "Allows", *(preset.name for preset in presets)],
        ["---", "---", *(":-:" for _ in presets)],
    ]
    rows += [
        [f"`{one}`", LABELS[one], *("✓" if one in preset.permissions else "" for preset in presets)]
        for one in Permission
        if (one in SELLER_PERMISSIONS) == (audience is Audience.SELLER)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    now = PAGE.read_text()
    then = with_tables(now)
    if "--check" in sys.argv:
        sys.exit(0 if then == now else "The tables are out of step: run python tools/roles.py")
    PAGE.write_text(then)
