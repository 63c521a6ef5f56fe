"""The six steps of an application, in order, each with its own address."""

from dataclasses import dataclass

from marketplace.domain.sellers.models import ApplicationStatus
from marketplace.domain.sellers.queries.applications import ApplicationView, StepRow
from marketplace.kit.languages import N_

HOME = "/seller/apply"
REVIEW = f"{HOME}/review"


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    code: str
    title: str
    about: str

    @property
    def href(self) -> str:
        return f"{HOME}/{self.code}"


STEPS = (
    Step(1, "contact", N_("Contact"), N_("How we reach you while we look at the application.")),
    Step(
        2,
        "business",
        N_("Kind of business"),
        N_("It decides which details and documents we ask for."),
    ),
    Step(
        3,
        "legal",
        N_("Legal details"),
        N_("As they stand in the register or on your identity card."),
    ),
    Step(
        4,
        "documents",
        N_("Documents"),
        N_("Only our reviewers open them, and each look is written down."),
    ),
    Step(5, "shop", N_("Your shop"), N_("What buyers see, and where parcels leave and return.")),
    Step(
        6,
        "bank",
        N_("Bank account and agreement"),
        N_("Where we pay you, what selling costs, and what we promise each other."),
    ),
)


def step_of(code: str) -> Step:
    """The step of an address. Raises `StopIteration` for one that there is not."""
    return next(step for step in STEPS if step.code == code)


def next_stop(app: ApplicationView | None, code: str) -> str:
    """Where one goes on after a step: to the next, or to the next that needs a change; then to
    the look at everything before it is sent."""
    if app is None:
        return HOME
    here = step_of(code).number
    ahead = [row.number for row in app.steps if row.number > here and _is_due(app, row)]
    return STEPS[ahead[0] - 1].href if ahead else REVIEW


def first_stop(app: ApplicationView) -> str:
    """Where to pick the application up again: the first step that is not done yet."""
    due = [row for row in app.steps if not row.is_complete and _is_due(app, row)]
    return STEPS[due[0].number - 1].href if due else REVIEW


def _is_due(app: ApplicationView, row: StepRow) -> bool:
    return row.is_editable and (app.status == ApplicationStatus.DRAFT or row.to_fix > 0)
