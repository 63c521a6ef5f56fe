"""A new listing's category is guessed from what it is called and from what is sold."""

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import Permission
from marketplace.domain.catalog.rules.guessing import Shelf, likeliest
from marketplace.domain.search.service import index
from marketplace.flows import index_listing
from marketplace.flows.guess_category import guess
from marketplace.kit.errors import NotAllowed
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import member

CUPS = Shelf("cups", "Tea cups", "茶杯")
LAMPS = Shelf("lamps", "Lamps", "灯具")
BAGS = Shelf("bags", "Bags & purses", "箱包")


@pytest.mark.parametrize(
    ("titles", "alike", "guessed"),
    [
        (("Celadon tea cup",), {}, ["cups"]),
        (("", "龙泉青瓷茶杯"), {}, ["cups"]),
        (("A lamp that is a bag",), {}, ["lamps", "bags"]),
        (("A bag",), {"lamps": 9, "cups": 1}, ["bags", "lamps"]),
        (("Something new",), {"lamps": 1, "cups": 3}, ["cups"]),
        (("Something new",), {}, []),
        (("",), {"lamps": 0}, []),
    ],
)
def test_names_count_before_what_is_called_alike(
    titles: tuple[str, ...], alike: dict[str, int], guessed: list[str]
) -> None:
    shelves = [Shelf(s.id, s.name, s.name_zh, alike.get(s.id, 0)) for s in (CUPS, LAMPS, BAGS)]

    assert likeliest(titles, shelves) == guessed


def test_what_is_sold_says_where_its_like_belongs(session: Session) -> None:
    ware = sale.category(session, "Ware", "器物")
    shop = sale.shop(session, category_id=sale.category(session, "Oddments", "杂项", below=ware))
    row = sale.live(session, shop, title="Porcelain rabbit", title_zh="瓷兔")
    index_listing.refresh(session, [row.id], at=MONDAY)
    index.count_terms(session, index_listing.all_titles(session))

    assert guess(session, shop.member, "Blue porcelain rabbit", "") == [shop.category_id]
    assert guess(session, shop.member, "", "大瓷兔") == [shop.category_id]
    assert guess(session, shop.member, "Wooden horse", " ") == []
    assert guess(session, shop.member, "", "") == []
    with pytest.raises(NotAllowed):
        guess(session, member(Permission.SHOP_READ), "Rabbit", "")
