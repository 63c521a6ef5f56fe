"""How sellers, their switches and their documents are put into words for staff."""

from collections.abc import Mapping
from typing import Any, cast

import reflex as rx

from marketplace.domain.sellers.rules.standing import (
    GONE_ON,
    SUSPENSION_REASONS,
    SWITCH_LABELS,
    SWITCH_REASONS,
)
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.ui.status import Status

STATES = {
    "open": Status(N_("Open"), "good", "store"),
    "paused": Status(N_("Paused"), "plain", "pause"),
    "restricted": Status(N_("Restricted"), "warn", "shield-alert"),
    "suspended": Status(N_("Suspended"), "bad", "ban"),
    "closing": Status(N_("Closing"), "warn", "hourglass"),
    "closed": Status(N_("Closed"), "plain", "archive"),
    "terminated": Status(N_("Terminated"), "bad", "circle-x"),
}
DOCUMENT_STATES = {
    "incomplete": Status(N_("Missing"), "bad", "file-x"),
    "pending": Status(N_("Waiting for review"), "info", "hourglass"),
    "complete": Status(N_("Accepted"), "good"),
    "rejected": Status(N_("To be fixed"), "bad"),
    "expired": Status(N_("Expired"), "bad", "calendar-x"),
}
SWITCHES = {switch.value: label for switch, label in SWITCH_LABELS.items()}
REASONS = {
    **SUSPENSION_REASONS,
    **SWITCH_REASONS,
    GONE_ON: N_("As before the suspension"),
}


def named(row: Any) -> rx.Var[str]:
    """The name of a shop, level or document in the reader's language."""
    chinese = rx.cond(row.name_zh == "", row.name, row.name_zh)
    return rx.cond(locale() == "zh-CN", chinese, row.name).to(str)


def said(code: Any, words: Mapping[str, str]) -> rx.Var[str]:
    """The words of a code; an unknown code as it is."""
    cases = [(key, t(text)) for key, text in words.items()]
    return cast(rx.Var[str], rx.match(code, *cases, code))
