"""A shipping template stays as long as anything names it, on sale or waiting to be."""

import pytest
from sqlmodel import Session

from marketplace.domain.catalog.queries import listings as queries
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings.templates import TemplateForm, TemplateInUse
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.service.submitting import open_change
from marketplace.flows.shipping_templates import delete_template
from marketplace.kit.errors import NotAllowed
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import member


def test_a_waiting_edit_keeps_its_template(session: Session) -> None:
    """The working copy has moved on, and approving would put the edit on sale."""
    shop = sale.shop(session)
    id_ = listings.save_template(session, shop.member, TemplateForm(name="Post"), at=MONDAY)
    row = sale.draft(session, shop, shipping_template_id=id_)
    moderation.submit(session, shop.member, row.id, version=row.version, at=MONDAY)
    sale.save(session, shop, row, shipping_template_id="")
    change = open_change(session, row.id)
    assert change is not None
    assert change.content["shipping_template_id"] == id_

    with pytest.raises(TemplateInUse):
        delete_template(session, shop.member, id_, at=MONDAY)
    assert [template.id for template in queries.templates(session, shop.member)] == [id_]

    moderation.withdraw(session, shop.member, change.id, at=MONDAY)
    delete_template(session, shop.member, id_, at=MONDAY)
    assert queries.templates(session, shop.member) == []


def test_only_who_may_edit_listings_deletes_a_template(session: Session) -> None:
    shop = sale.shop(session)
    id_ = listings.save_template(session, shop.member, TemplateForm(name="Post"), at=MONDAY)
    with pytest.raises(NotAllowed):
        delete_template(session, member(seller_id=shop.seller_id), id_, at=MONDAY)
    assert [template.id for template in queries.templates(session, shop.member)] == [id_]
