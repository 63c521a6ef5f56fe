"""What the pages of the catalogue share: names in the reader's language, rates, words in lists."""

import re
from typing import Annotated, Any

import reflex as rx
from pydantic import StringConstraints
from reflex.vars import FunctionStringVar

from marketplace.kit.errors import Invalid
from marketplace.kit.ids import ID_PATTERN
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale

MaybeId = Annotated[str, StringConstraints(pattern=rf"^$|{ID_PATTERN}", max_length=40)]
"""An id, or nothing."""
PERCENT = re.compile(r"^(\d{1,3})(?:[.,](\d{1,2}))?$")
_fixed = FunctionStringVar.create("((bps) => (bps / 100).toString())")
_percent = FunctionStringVar.create("((bps) => `${bps / 100}%`)")


def named(row: Any) -> rx.Var[str]:
    """The name of something the marketplace wrote, in the reader's language."""
    chinese = rx.cond(row.name_zh == "", row.name, row.name_zh)
    return rx.cond(locale() == "zh-CN", chinese, row.name).to(str)


def other_name(row: Any) -> rx.Var[str]:
    """The same in the other language."""
    return rx.cond(locale() == "zh-CN", row.name, row.name_zh).to(str)


def percent(bps: Any) -> rx.Var[str]:
    """Basis points as people write a rate: 825 is `8.25%`."""
    return _percent.call(bps).to(str)


def percent_typed(bps: Any) -> rx.Var[str]:
    """The same without the sign, for a field; empty for none."""
    return rx.cond(bps == None, "", _fixed.call(bps).to(str)).to(str)  # noqa: E711  a Var


def basis_points(text: str, field: str) -> int | None:
    """What somebody typed as per cent; None for nothing. Raises `Invalid` for `field`."""
    if not text:
        return None
    found = PERCENT.match(text.removesuffix("%").strip())
    bps = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 10_001
    if bps > 10_000:
        raise Invalid({field: N_("Enter a rate from 0 to 100, such as 8 or 8.25.")})
    return bps


def listed(text: str) -> tuple[str, ...]:
    """Words separated by commas, Chinese ones too, or by line breaks."""
    return tuple(word for part in re.split(r"[,，、;；\n]", text) if (word := part.strip()))
