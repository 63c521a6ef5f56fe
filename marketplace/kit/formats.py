"""Money, moments and numbers as people read them, by Babel only (reference/ux.md 2.0)."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from marketplace.kit.languages import Locale
from marketplace.kit.money import Money, exponent

MINUS = "\u2212"
NARROW = {"CNY": "¥", "JPY": "¥"}


def money(amount: Money, locale: Locale) -> str:
    """¥1,234.50; the bare symbol in both languages, where Babel would write CN¥ in English."""
    value = Decimal(amount.minor).scaleb(-exponent(amount.currency))
    text = format_currency(value, amount.currency, locale=_babel(locale))
    symbol = get_currency_symbol(amount.currency, locale=_babel(locale))
    return text.replace(symbol, NARROW.get(amount.currency, symbol)).replace("-", MINUS)


def moment(at: datetime, locale: Locale, zone: str) -> str:
    """A UTC moment in the platform's `zone` (an IANA name), date and minute."""
    return format_datetime(at, "medium", tzinfo=ZoneInfo(zone), locale=_babel(locale))


def day(on: date, locale: Locale) -> str:
    return format_date(on, "medium", locale=_babel(locale))


def number(value: int, locale: Locale) -> str:
    return format_decimal(value, locale=_babel(locale)).replace("-", MINUS)


def _babel(locale: Locale) -> str:
    return locale.replace("-", "_")
