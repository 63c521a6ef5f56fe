"""States as pills: tone, icon and words, never colour alone (ux.md 2.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from marketplace.web.ui.icon import icon as icon_of
from marketplace.web.ui.wording import Text, worded

Tone = Literal["plain", "good", "warn", "bad", "info", "accent"]
_ICONS: dict[Tone, str] = {
    "plain": "circle-dashed",
    "good": "circle-check",
    "warn": "clock",
    "bad": "circle-x",
    "info": "info",
    "accent": "sparkles",
}


@dataclass(frozen=True, slots=True)
class Status:
    """How one value of an enum is shown; without `icon` the tone's own."""

    label: str
    tone: Tone = "plain"
    icon: str = ""


def status(text: Text, tone: Tone = "plain", *, icon: str = "") -> rx.Component:
    """A pill with an icon."""
    return rx.el.span(
        icon_of(icon or _ICONS[tone], 12), worded(text), class_name=f"pill {_tone(tone)}".strip()
    )


def status_of(value: rx.Var[str], statuses: Mapping[str, Status]) -> rx.Component:
    """The pill of whichever value the Var has; an unknown one is shown as it is."""
    cases = [(key, status(one.label, one.tone, icon=one.icon)) for key, one in statuses.items()]
    return rx.fragment(rx.match(value, *cases, status(value)))


def badge(text: Text, tone: Tone = "plain") -> rx.Component:
    """A short word beside a title: a count, a kind, a language. Says no state."""
    return rx.el.span(worded(text), class_name=f"pill {_tone(tone)}".strip())


def _tone(tone: Tone) -> str:
    return "" if tone == "plain" else f"pill-{tone}"
