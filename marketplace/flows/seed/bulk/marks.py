"""What stands in a mould where one listing differs from the next, and what takes its place.

A mark is text that nothing else contains; ids can't, they have no `o`. It goes through everything real text goes through (the
slug, the analyser of words, pinyin), so a mould shows where its traces end up.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from pypinyin import lazy_pinyin

from marketplace.flows.seed.shelves import Series
from marketplace.kit import ids

ID = "xqo{prefix}{number:02}"
TAIL = 6
"""How many characters of a listing's id end its address."""
SERIES = Series(word="Xqoword", word_zh="龘齉", number="xqonum", code="XQOCODE", dearer=0)
SHOP_NAME = "Xqoa Xqob"
SHOP_NAME_ZH = "爩爨麤灪麣"
MOMENT = "xqomoment"
NUMBER = "xqonumber"
BOOST = "xqoboost"
SELLER, PERSON, TEMPLATE = "xqosel00", "xqoper00", "xqoshp00"

MARK = re.compile(
    r"(xqo[a-z]{3}\d\d|olst\d\d|xqo(?:number|boost|moment\d+)"
    r"|[Xx]qoword|xqonum|XQOCODE|[Xx]qo[ab]|danang|nangxi|[龘齉爩爨麤灪麣])"
)
"""Every mark and every trace of one. `olst00` is the end of a listing's id; `danang` and `nangxi`
are what the index hears of the Chinese word of a series."""


def picture(number: int) -> str:
    return ID.format(prefix="pic", number=number)


def numbered_ids() -> Callable[[str], str]:
    """In place of `ids.new_id`: marks that count by prefix."""
    counts: dict[str, int] = {}

    def new_id(prefix: str) -> str:
        number = counts.get(prefix, 0)
        counts[prefix] = number + 1
        return ID.format(prefix=prefix, number=number)

    return new_id


def moment(before: timedelta) -> str:
    """So long before a listing was published."""
    return f"{MOMENT}{int(before.total_seconds())}"


def for_ids(marks: Sequence[str]) -> dict[str, str]:
    """A new id for each mark of one, and the end of the listing's."""
    found = {mark: ids.new_id(mark[3:6]) for mark in marks}
    found["olst00"] = found["xqolst00"][-TAIL:]
    return found


def for_moments(
    marks: Sequence[str], published: datetime, said: Callable[[datetime], str]
) -> dict[str, str]:
    return {
        mark: said(published - timedelta(seconds=int(mark.removeprefix(MOMENT)))) for mark in marks
    }


def for_series(series: Series) -> dict[str, str]:
    """Raises `ValueError` for a series that a mould can't show: no number, or no two characters."""
    if not series.number or len(series.word_zh) != len(SERIES.word_zh):
        raise ValueError(f"no mould fits series {series.code}")
    first, second = lazy_pinyin(series.word_zh)
    return {
        "Xqoword": series.word,
        "xqoword": series.word.lower(),
        "xqonum": series.number,
        "XQOCODE": series.code,
        "龘": series.word_zh[0],
        "齉": series.word_zh[1],
        "danang": first + second,
        "nangxi": second + "xi",
    }


def for_shop(name: str, name_zh: str) -> dict[str, str]:
    """Raises `ValueError` unless the name is two words and the Chinese one five characters."""
    first, second = name.split(" ")
    if len(name_zh) != len(SHOP_NAME_ZH):
        raise ValueError(f"no mould fits the shop {name_zh}")
    words = {"Xqoa": first, "Xqob": second, "xqoa": first.lower(), "xqob": second.lower()}
    return words | dict(zip(SHOP_NAME_ZH, name_zh, strict=True))


def for_pictures(names: Sequence[str], ids_by_name: Mapping[str, str]) -> dict[str, str]:
    return {picture(number): ids_by_name[name] for number, name in enumerate(names)}
