"""What the shop's own settings send."""

from typing import Annotated

from pydantic import StringConstraints

from marketplace.domain.sellers.rules.forms import AddressesForm, ProfileForm
from marketplace.kit.text import Id, Prose
from marketplace.web.guard.forms import Form
from marketplace.web.seller.apply.forms import Ticked

Day = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


class Profile(Form, ProfileForm):
    pass


class Addresses(Form, AddressesForm):
    return_same: Ticked = False


class Pause(Form):
    """Days of the platform's calendar; empty: now, and until somebody opens again."""

    begins: Day = ""
    until: Day = ""


class Appeal(Form):
    text: Annotated[Prose, StringConstraints(min_length=10)]


class Renewal(Form):
    media_id: Id
    expires_on: Day = ""
