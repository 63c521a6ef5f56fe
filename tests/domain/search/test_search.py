"""Searching the index, the same on both databases (DESIGN D16)."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from marketplace import db
from marketplace.domain.search.models import Synonym
from marketplace.domain.search.queries.found import (
    FacetValue,
    Request,
    count_attributes,
    search,
)
from marketplace.domain.search.rules.documents import Document
from marketplace.domain.search.service import index
from marketplace.kit import words
from tests.conftest import MONDAY


def document(number: int = 1, title: str = "Celadon tea cup", **changes: object) -> Document:
    values: dict[str, object] = {
        "listing_id": f"lst_{number}",
        "seller_id": "sel_a",
        "category_path": "cat_home/cat_tea",
        "brand_id": "brn_1",
        "price": 5_990,
        "published_at": MONDAY,
        "title": title,
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]


def put(session: Session, *documents: Document) -> None:
    for one in documents:
        index.put(session, one, at=MONDAY)


def found(session: Session, asked: str, **filters: object) -> list[str]:
    return list(search(session, Request(asked, **filters)).listing_ids)  # type: ignore[arg-type]


def test_a_two_character_chinese_word_is_found(session: Session) -> None:
    put(
        session,
        document(title="Cup", title_zh="手工陶瓷茶杯"),
        document(2, "Plate", title_zh="餐盘"),
    )

    assert found(session, "茶杯") == ["lst_1"]


@pytest.mark.parametrize(
    "asked",
    [
        "celadon",
        "CELADON cup",
        "tea",
        "青瓷",
        "瓷",
        "杯",
        "qingci",
        "茶杯 celadon",
        "ｃｅｌａｄｏｎ",
    ],
)
def test_the_ways_people_ask_find_the_same_cup(session: Session, asked: str) -> None:
    put(session, document(title_zh="青瓷茶杯"), document(2, "Running shoe", title_zh="跑鞋"))

    assert found(session, asked) == ["lst_1"]


def test_every_word_must_be_there_when_something_has_them_all(session: Session) -> None:
    put(session, *(document(n, "tea cup blue") for n in (1, 2, 3)), document(4, "tea tray"))

    assert sorted(found(session, "tea blue")) == ["lst_1", "lst_2", "lst_3"]


def test_most_words_do_when_nothing_has_them_all(session: Session) -> None:
    put(session, document(title="celadon tea cup"))
    answer = search(session, Request("celadon tea dragon"))

    assert answer.listing_ids == ("lst_1",)
    assert answer.is_relaxed


def test_a_slip_of_the_pen_is_read_as_the_nearest_word(session: Session) -> None:
    put(session, document(title="Porcelain teapot"))
    answer = search(session, Request("porcelan teapot"))

    assert answer.listing_ids == ("lst_1",)
    assert answer.read_as == "porcelain teapot"


def test_a_synonym_is_found_both_ways_and_a_one_way_synonym_one_way(session: Session) -> None:
    session.add(Synonym(id="syn_1", word="sneaker", word_key="sneaker", others=["trainer"]))
    session.add(Synonym(id="syn_2", word="mug", word_key="mug", others=["cup"], is_one_way=True))
    put(session, document(1, "white sneaker"), document(2, "black trainer"))
    put(session, document(3, "steel mug"), document(4, "paper cup"))

    assert sorted(found(session, "trainer")) == ["lst_1", "lst_2"]
    assert sorted(found(session, "sneaker")) == ["lst_1", "lst_2"]
    assert sorted(found(session, "mug")) == ["lst_3", "lst_4"]
    assert found(session, "cup") == ["lst_4"]


def test_the_title_counts_for_more_than_the_description(session: Session) -> None:
    put(session, document(1, "wooden tray", body="for a celadon set"), document(2, "celadon"))

    assert found(session, "celadon") == ["lst_2", "lst_1"]


def test_what_is_sold_out_comes_last(session: Session) -> None:
    put(session, document(1, is_in_stock=False), document(2, "tea cup of celadon, longer title"))

    assert found(session, "celadon") == ["lst_2", "lst_1"]
    assert found(session, "celadon", is_in_stock=True) == ["lst_2"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("price", ["lst_1", "lst_2", "lst_3"]),
        ("-price", ["lst_3", "lst_2", "lst_1"]),
        ("sales", ["lst_2", "lst_3", "lst_1"]),
        ("newest", ["lst_3", "lst_1", "lst_2"]),
        ("rating", ["lst_1", "lst_3", "lst_2"]),
    ],
)
def test_results_come_in_the_order_asked_for(session: Session, sort: str, order: list[str]) -> None:
    day = timedelta(days=1)
    put(session, document(1, price=100, sales=1, rating_bps=9_000, published_at=MONDAY - day))
    put(session, document(2, price=200, sales=9, rating_bps=1_000, published_at=MONDAY - 2 * day))
    put(session, document(3, price=300, sales=5, rating_bps=5_000, published_at=MONDAY))

    assert found(session, "celadon", sort=sort) == order
    assert found(session, "", sort=sort) == order


def test_a_category_holds_what_is_below_it_and_not_its_namesakes(session: Session) -> None:
    put(session, document(1, category_path="cat_a"), document(2, category_path="cat_a/cat_b"))
    put(session, document(3, category_path="cat_aa"), document(4, category_path="cat_a0"))

    assert sorted(found(session, "", category_path="cat_a")) == ["lst_1", "lst_2"]


def test_prices_are_within_their_bounds(session: Session) -> None:
    put(session, *(document(n, price=n * 100) for n in (1, 2, 3, 4)))

    assert found(session, "", price_from=200, price_to=300, sort="price") == ["lst_2", "lst_3"]


def test_facets_count_without_their_own_filter(session: Session) -> None:
    red, blue = {"colour": ("red",)}, {"colour": ("blue",)}
    put(session, document(1, facets=red), document(2, facets=red, brand_id="brn_2"))
    put(session, document(3, facets=blue))

    asked = Request(attributes={"colour": ("red",)})
    answer = search(session, asked)
    colours = count_attributes(session, asked, answer, ["colour"])["colour"]

    assert sorted(answer.listing_ids) == ["lst_1", "lst_2"]
    assert colours == (FacetValue("red", 2), FacetValue("blue", 1))
    assert answer.facets["brand"] == (FacetValue("brn_1", 1), FacetValue("brn_2", 1))


def test_a_listing_indexed_again_is_there_once_with_its_new_words(session: Session) -> None:
    put(session, document(title="celadon cup"))
    put(session, document(title="iron teapot", facets={"material": ("iron",)}))

    assert found(session, "celadon") == []
    assert found(session, "teapot") == ["lst_1"]
    assert index.size(session) == 1


def test_what_is_removed_leaves_nothing_behind(session: Session) -> None:
    put(session, document(facets={"colour": ("red",)}), document(2))
    index.remove(session, ["lst_1", "lst_2"])

    assert found(session, "celadon") == []
    for table in ("search_document", "search_facet", "search_words"):
        assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0, table


@pytest.mark.parametrize(
    "asked",
    [
        '"', "'", "\\", "a AND b OR", "NEAR(a b)", "*", "title:x", "a:*", "(", "!!", "a & | b",
        "'; DROP TABLE search_words; --", "%_%", "a" * 200, "x " * 500, "\x00".strip("\x00"), "a-b", "^a",
    ],
)  # fmt: skip
def test_no_question_breaks_the_search(session: Session, asked: str) -> None:
    put(session, document())

    search(session, Request(asked))

    assert index.size(session) == 1


WORDS = st.text(alphabet="abcdeß é陶瓷茶杯カ9-'\"\\", min_size=1, max_size=24)


@given(titles=st.lists(WORDS, min_size=1, max_size=4))
@settings(max_examples=25)
def test_every_word_of_every_title_is_found(database: str, titles: list[str]) -> None:
    with db.transaction() as session:
        index.remove(session, [f"lst_{n}" for n in range(4)])
        put(session, *(document(n, title) for n, title in enumerate(titles)))
        for number, title in enumerate(titles):
            for word in (*words.words(title), *words.tokens(title)):
                assert f"lst_{number}" in found(session, word), word
