"""Reviews of listings: handing in, deciding, taking down, appeals, reports, rules and words."""

from marketplace.domain.moderation.service.appeals import appeal, decide_appeal
from marketplace.domain.moderation.service.bulk import (
    BulkResult,
    change_category,
    change_prices,
    change_tags,
    change_template,
    submit_many,
    why,
)
from marketplace.domain.moderation.service.codes import (
    install_defaults,
    remove_word,
    save_code,
    save_word,
)
from marketplace.domain.moderation.service.deciding import (
    Refused,
    approve,
    approve_many,
    assign,
    look_done,
    rebase,
    reject,
    request_changes,
)
from marketplace.domain.moderation.service.reports import close_reports, report
from marketplace.domain.moderation.service.sanctions import (
    cancel_violation,
    restore,
    take_down,
)
from marketplace.domain.moderation.service.submitting import Outcome, propose, submit, withdraw
from marketplace.domain.moderation.service.undoing import undo
from marketplace.domain.moderation.service.withdrawing import archive, withdraw_of_seller

__all__ = [
    "BulkResult",
    "Outcome",
    "Refused",
    "appeal",
    "approve",
    "approve_many",
    "archive",
    "assign",
    "cancel_violation",
    "change_category",
    "change_prices",
    "change_tags",
    "change_template",
    "close_reports",
    "decide_appeal",
    "install_defaults",
    "look_done",
    "propose",
    "rebase",
    "reject",
    "remove_word",
    "report",
    "request_changes",
    "restore",
    "save_code",
    "save_word",
    "submit",
    "submit_many",
    "take_down",
    "undo",
    "why",
    "withdraw",
    "withdraw_of_seller",
]
