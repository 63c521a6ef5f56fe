"""What the steps' forms send, as the rules of an application want it."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from marketplace.domain.sellers.rules import forms
from marketplace.kit.text import Prose
from marketplace.web.guard.forms import Form


def _is_ticked(value: object) -> object:
    """A box that is ticked sends `on`, any other nothing at all."""
    return True if value == "on" else value


Ticked = Annotated[bool, BeforeValidator(_is_ticked)]
Day = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


class Contact(Form, forms.ContactForm):
    pass


class BusinessType(Form, forms.BusinessTypeForm):
    pass


class Legal(Form, forms.LegalForm):
    pass


class Shop(Form, forms.ShopForm):
    return_same: Ticked = False


class Bank(Form, forms.BankForm):
    accepts: Ticked = False

    def account(self) -> forms.BankForm:
        return forms.BankForm(**self.model_dump(exclude={"accepts"}))


class Appeal(Form):
    text: Annotated[Prose, StringConstraints(min_length=10)]
