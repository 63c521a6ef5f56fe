"""The fixed words of an application: kinds of business, countries, states, verdicts, reasons."""

from dataclasses import dataclass

from marketplace.kit.languages import N_
from marketplace.web.ui.status import Status


@dataclass(frozen=True, slots=True)
class Kind:
    """One of `BusinessType`."""

    code: str
    name: str
    about: str
    icon: str


KINDS = (
    Kind(
        "individual",
        N_("A private person"),
        N_("You sell a little of your own making, in your own name."),
        "user-round",
    ),
    Kind(
        "sole_trader",
        N_("A sole trader"),
        N_("A registered business of one owner or household."),
        "store",
    ),
    Kind("company", N_("A company"), N_("Registered in mainland China."), "building-2"),
    Kind(
        "cross_border",
        N_("A company abroad"),
        N_("Registered outside mainland China, and selling across the border."),
        "globe",
    ),
)

STATUSES = {
    "draft": Status(N_("Draft"), "plain", "pencil-line"),
    "submitted": Status(N_("Submitted"), "info", "send"),
    "in_review": Status(N_("In review"), "info", "search-check"),
    "changes_requested": Status(N_("Changes requested"), "warn", "triangle-alert"),
    "approved": Status(N_("Approved"), "good"),
    "rejected": Status(N_("Rejected"), "bad"),
}

VERDICTS = {
    "": Status(N_("Not handed in"), "plain"),
    "pending": Status(N_("Waiting for review"), "info", "hourglass"),
    "accepted": Status(N_("Accepted"), "good"),
    "rejected": Status(N_("To be fixed"), "bad"),
    "waived": Status(N_("Not needed"), "plain", "circle-minus"),
    "expired": Status(N_("Expired"), "bad", "calendar-x"),
}

COUNTRIES = (
    ("CN", N_("China")),
    ("HK", N_("Hong Kong SAR")),
    ("MO", N_("Macao SAR")),
    ("TW", N_("Taiwan")),
    ("AU", N_("Australia")),
    ("CA", N_("Canada")),
    ("FR", N_("France")),
    ("DE", N_("Germany")),
    ("ID", N_("Indonesia")),
    ("IT", N_("Italy")),
    ("JP", N_("Japan")),
    ("MY", N_("Malaysia")),
    ("NL", N_("Netherlands")),
    ("NZ", N_("New Zealand")),
    ("PH", N_("Philippines")),
    ("SG", N_("Singapore")),
    ("KR", N_("South Korea")),
    ("ES", N_("Spain")),
    ("TH", N_("Thailand")),
    ("GB", N_("United Kingdom")),
    ("US", N_("United States")),
    ("VN", N_("Vietnam")),
)
