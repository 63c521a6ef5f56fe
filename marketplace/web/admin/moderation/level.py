"""How far the seller of what is open is trusted, by name."""

from typing import Any

import reflex as rx

from marketplace.web.i18n import locale


def level_name(review: Any) -> rx.Var[str]:
    return rx.cond(locale() == "zh-CN", review.level_zh, review.level).to(str)
