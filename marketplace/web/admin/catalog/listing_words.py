"""What the states of a listing, of its reviews and of appeals are called for staff."""

from marketplace.kit.languages import N_
from marketplace.web.ui.status import Status

STATES = {
    "draft": Status(N_("Draft"), "plain", "file-pen"),
    "pending": Status(N_("In review"), "info", "hourglass"),
    "live": Status(N_("Live"), "good"),
    "needs_changes": Status(N_("Changes requested"), "warn", "message-square"),
    "rejected": Status(N_("Rejected"), "bad"),
    "off_shelf": Status(N_("Paused"), "plain", "pause"),
    "taken_down": Status(N_("Taken down"), "bad", "ban"),
    "archived": Status(N_("Archived"), "plain", "archive"),
}
REVIEWS = {
    "open": Status(N_("In review"), "info", "hourglass"),
    "approved": Status(N_("Approved"), "good"),
    "rejected": Status(N_("Sent back or refused"), "bad"),
    "superseded": Status(N_("Replaced by a newer one"), "plain", "replace"),
    "withdrawn": Status(N_("Withdrawn"), "plain", "undo-2"),
}
POLICIES = {
    "auto": N_("went on sale at once"),
    "post_review": N_("on sale at once, looked at later"),
    "pre_review": N_("waited for a review"),
}
APPEALS = {
    "open": Status(N_("Waiting"), "info", "hourglass"),
    "upheld": Status(N_("The decision stands"), "plain", "gavel"),
    "granted": Status(N_("The decision was taken back"), "good"),
}
HOW = {
    "review": N_("after a review"),
    "auto": N_("at once"),
    "post_review": N_("at once, looked at later"),
    "import": N_("by import"),
    "staff": N_("by the marketplace"),
    "take_down": N_("after it was taken down"),
}
