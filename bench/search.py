"""How long a search takes among 10,000 listings, whole as the page asks it, on both databases.

`python -m bench.search [size]`: size as `marketplace seed` knows it. PostgreSQL runs in a cluster
of its own, as in the tests. Figures only; nothing is asserted.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

TIMES = 120
NOBODY = "none"
PLAN = random.Random(7)
"""The same questions every time."""


def main(size: str) -> None:
    table = Table("What", "database", "p50 ms", "p95 ms", "found", box=None)
    with tempfile.TemporaryDirectory() as folder:
        for kind, url in _databases(Path(folder)):
            os.environ["MARKETPLACE_DATABASE_URL"] = url
            os.environ["MARKETPLACE_DATA_DIR"] = folder
            began = time.perf_counter()
            _fill(size)
            print(f"{kind}: filled in {time.perf_counter() - began:.0f} s", flush=True)
            for name, p50, p95, found in _measured():
                table.add_row(name, kind, f"{p50:.1f}", f"{p95:.1f}", f"{found:,}")
    Console().print(table)


def _databases(folder: Path) -> Iterator[tuple[str, str]]:
    from tests.make import databases, servers

    yield "SQLite", f"sqlite:///{folder / 'bench.db'}"
    run = servers.open_run()
    try:
        yield "PostgreSQL", databases.create_postgresql("bench")
    except servers.Missing as missing:
        print(missing)
    finally:
        servers.close_run(run)


def _fill(size: str) -> None:
    """The demo's people, shops and shelves, as `marketplace seed` fills them."""
    from marketplace import db, migrations
    from marketplace.cli.seed import fill_shelves
    from marketplace.flows import seed as demo_data
    from marketplace.kit import clock
    from marketplace.settings import settings

    settings.cache_clear()
    db.engine.cache_clear()
    migrations.upgrade()
    db.call(demo_data.seed, password_hash=NOBODY, size=size, number=42, at=clock.now())
    fill_shelves(size, 42, is_quiet=True)


def _measured() -> Iterator[tuple[str, float, float, int]]:
    """Name, milliseconds at 50 and 95 of 100, and how much the last one found."""
    from marketplace import db
    from marketplace.flows.find_listings.asking import asked_by
    from marketplace.flows.find_listings.results import find
    from marketplace.flows.shop_window import window
    from marketplace.flows.suggest import suggest
    from marketplace.kit import clock

    english, chinese, slugs = db.call_reading(_words)
    word, pair = (lambda: PLAN.choice(english)), (lambda: PLAN.choice(chinese))

    def asks(**parameters: Callable[[], str] | str) -> Callable[[], int]:
        def ask() -> int:
            said = {
                name.replace("_from", "from"): value if isinstance(value, str) else value()
                for name, value in parameters.items()
            }
            return db.call_reading(find, asked_by(said)).total

        return ask

    questions: dict[str, Callable[[], int]] = {
        "one English word": asks(q=word),
        "two English words": asks(q=lambda: f"{word()} {word()}"),
        "two Chinese characters": asks(q=pair),
        "a word misspelt": asks(q=lambda: word() + "x"),
        "a word, in stock, within prices": asks(q=word, stock="1", _from="50", to="300"),
        "a word, cheapest first": asks(q=word, sort="price"),
        "everything": asks(),
        "everything, page 100": asks(page="100"),
        "a category with its facets": asks(category=lambda: PLAN.choice(slugs)),
        "a category, best selling": asks(category=lambda: PLAN.choice(slugs), sort="sales"),
        "suggestions for three letters": lambda: len(
            db.call_reading(suggest, word()[:3], at=clock.now()).listings
        ),
        "suggestions for one character": lambda: len(
            db.call_reading(suggest, pair()[:1], at=clock.now()).listings
        ),
        "the home page's window": lambda: len(db.call_reading(window).picks),
    }
    for name, ask in questions.items():
        times, found = [], 0
        ask()
        for _ in range(TIMES):
            began = time.perf_counter()
            found = ask()
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        yield name, times[len(times) // 2], times[int(len(times) * 0.95)], found
    db.engine().dispose()


def _words(session):  # type: ignore[no-untyped-def]
    """Words of titles as often as titles have them, and the categories."""
    from sqlmodel import select

    from marketplace.domain.search.models import SearchTerm
    from marketplace.flows.shown_categories import shown

    rows = session.exec(select(SearchTerm).where(SearchTerm.documents > 1)).all()
    english = [row.term for row in rows if row.term.isascii()]
    chinese = [row.term for row in rows if not row.term.isascii()]
    return english, chinese, [node.slug for node, _count in shown(session)]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "m")
