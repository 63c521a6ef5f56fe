"""Fills moulds: rows of hundreds of listings at a time, written table by table."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from marketplace.domain.search.rules.documents import Document, standing
from marketplace.flows.seed import shelves
from marketplace.flows.seed.bulk import marks
from marketplace.flows.seed.bulk.moulds import TABLES, Mould, Template, mould
from marketplace.flows.seed.bulk.shops import BulkLine, BulkShop, Plan
from marketplace.kit.bulk_rows import BulkWriter, writer_for

WORDS = len(shelves.SERIES_WORDS) - 1


def shown_place(count: int) -> int:
    """The places of series in their order, without those that lack a word or a number: a mould
    shows both."""
    turn, word = divmod(count, WORDS)
    return (turn + 1) * len(shelves.SERIES_WORDS) + 1 + word


def refresh_statistics(session: Session) -> None:
    """After so much was written: both databases plan by what they counted last."""
    session.connection().exec_driver_sql("ANALYZE")


@dataclass
class Foundry:
    """Makes each mould when it is first needed and keeps it; one for each process."""

    plan: Plan
    _moulds: dict[tuple[str, int, int], Mould] = field(default_factory=dict)
    _series: dict[int, dict[str, str]] = field(default_factory=dict)
    _boosts: dict[int, str] = field(default_factory=dict)

    def fill(self, session: Session, first: int, last: int) -> int:
        """Write listings `first` to `last` of the plan, the last one not. Returns how many.

        For one transaction of some hundreds.
        """
        writer = writer_for(session)
        rng = random.Random(self.plan.number * 1_000_003 + first)  # noqa: S311
        found: dict[str, tuple[Template, list[str]]] = {}
        for place in range(first, last):
            cast, values = self._listing(session, writer, place, rng)
            for template in cast.templates:
                texts = found.setdefault(template.table, (template, []))[1]
                texts.append(template.filled(values))
        for template, texts in (found[table] for table in TABLES if table in found):
            writer.write(session, template.table, template.columns, "".join(texts))
        return last - first

    def _listing(
        self, session: Session, writer: BulkWriter, place: int, rng: random.Random
    ) -> tuple[Mould, Mapping[str, str]]:
        """The mould of the listing at a place, and what fills it."""
        plan = self.plan
        shop = plan.shops[place % len(plan.shops)]
        lines = plan.lines[shop.department]
        turn, at_line = divmod(place // len(plan.shops), len(lines))
        series = shown_place(turn * plan.ranks + shop.rank)
        line = lines[at_line]
        cast = self._mould(session, writer, shop, at_line, series % shelves.PRICE_STEPS)
        published = plan.at - timedelta(days=rng.randrange(2, 120), minutes=rng.randrange(1440))
        return cast, {
            **shop.values,
            **self._said(series),
            **marks.for_pictures(line.pictures, shop.pictures),
            **marks.for_ids(cast.ids),
            **marks.for_moments(cast.moments, published, writer.moment),
            marks.NUMBER: str(plan.first_number + place),
            marks.BOOST: self._boost(published),
        }

    def _mould(
        self, session: Session, writer: BulkWriter, shop: BulkShop, at_line: int, step: int
    ) -> Mould:
        key = (shop.department, at_line, step)
        if key not in self._moulds:
            line: BulkLine = self.plan.lines[shop.department][at_line]
            rng = random.Random(f"{self.plan.number}/{key}")  # noqa: S311
            self._moulds[key] = mould(session, writer, line, step, rng=rng, at=self.plan.at)
        return self._moulds[key]

    def _said(self, place: int) -> Mapping[str, str]:
        if place not in self._series:
            self._series[place] = marks.for_series(shelves.series_of(place))
        return self._series[place]

    def _boost(self, published: datetime) -> str:
        """Of what is new here: nothing sold and nothing said of it, so its age alone counts."""
        age = (self.plan.at - published).days
        if age not in self._boosts:
            new = Document("", "", "", "", price=0, published_at=published, title="")
            self._boosts[age] = str(standing(new, at=self.plan.at))
        return self._boosts[age]
