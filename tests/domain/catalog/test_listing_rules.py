"""Rules of listings without a database: grids, differences, prices over time, quality, prose."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.catalog.models import AttributeType
from marketplace.domain.catalog.rules import merge, prices, quality, slugs, validate
from marketplace.domain.catalog.rules.barcode import check_digit, is_gtin
from marketplace.domain.catalog.rules.content import (
    Block,
    ListingContent,
    Option,
    OptionValue,
    Picture,
    Seo,
    VariantContent,
)
from marketplace.domain.catalog.rules.diff import TextPart, compare, text_parts
from marketplace.domain.catalog.rules.machine import MACHINE
from marketplace.domain.catalog.rules.prices import PriceFacts, PriceRule, Quoted
from marketplace.domain.catalog.rules.prose import plain, rendered
from marketplace.domain.catalog.rules.sku import default_sku, fill
from marketplace.domain.catalog.rules.taxonomy import AttributeField, AttributeValue
from marketplace.kit.ids import new_id
from tests.make.moments import MONDAY

DAY = timedelta(days=1)


def option(name: str, *values: str) -> Option:
    return Option(name=name, values=[OptionValue(name=value) for value in values])


def variant(*values: str, **fields: object) -> VariantContent:
    return VariantContent(
        **{"id": f"v_{'_'.join(values).lower()}", "values": list(values), **fields}
    )


# what differs


@given(st.text(alphabet="ab 茶杯,\n", max_size=40), st.text(alphabet="ab 茶杯,\n", max_size=40))
def test_a_text_diff_tells_both_texts(before: str, after: str) -> None:
    parts = text_parts(before, after)
    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "removed") == after


def test_one_changed_chinese_character_is_one_change() -> None:
    assert text_parts("青花瓷茶杯", "青花瓷酒杯") == (
        TextPart("same", "青花瓷"),
        TextPart("removed", "茶"),
        TextPart("added", "酒"),
        TextPart("same", "杯"),
    )


def test_pictures_added_removed_and_reordered_are_told() -> None:
    old = ListingContent(pictures=[Picture(id=i) for i in "abc"])
    new = ListingContent(pictures=[Picture(id=i) for i in "cad"])
    found = compare(old, new).pictures
    assert (found.added, found.removed, found.is_reordered) == (("d",), ("b",), True)


def test_a_changed_cell_of_the_grid_is_told_alone() -> None:
    old = ListingContent(variants=[variant("S", price=1), variant("L", price=2)])
    new = ListingContent(variants=[variant("S", price=1), variant("L", price=3)])
    found = compare(old, new)
    assert found.changed == ("variants.price",)
    assert [
        (row.kind, [(c.column, c.before, c.after) for c in row.cells]) for row in found.variants
    ] == [
        ("same", []),
        ("changed", [("price", "2", "3")]),
    ]


# merging


contents = st.builds(
    ListingContent,
    title=st.sampled_from(["", "A", "B"]),
    handling_days=st.integers(0, 3),
    tags=st.lists(st.sampled_from("xy"), max_size=2),
    attributes=st.dictionaries(st.sampled_from(["c", "d"]), st.just(["1"]) | st.just(["2"])),
    variants=st.lists(st.integers(1, 3), max_size=3).map(
        lambda amounts: [
            VariantContent(id=f"v{n}", values=[str(n)], price=amount)
            for n, amount in enumerate(amounts)
        ]
    ),
)


@given(contents, contents)
def test_applying_every_unit_gives_the_other_content(
    old: ListingContent, new: ListingContent
) -> None:
    assert merge.units(merge.applied(old, new, merge.units(old, new)), new) == frozenset()


@given(contents, contents, contents)
def test_a_merge_keeps_what_either_side_changed_or_says_that_it_cannot(
    base: ListingContent, live: ListingContent, ours: ListingContent
) -> None:
    found = merge.rebased(base, live, ours)
    if found.content is None:
        assert found.overlaps
        return
    for unit in merge.units(base, ours) - {merge.ROWS}:
        assert unit not in merge.units(found.content, ours)
    for unit in merge.units(base, live) - merge.units(base, ours):
        if not unit.startswith("variants"):
            assert unit not in merge.units(found.content, live)


@given(contents, contents)
def test_a_merge_onto_the_same_base_is_the_edit(base: ListingContent, ours: ListingContent) -> None:
    found = merge.rebased(base, base, ours).content
    assert found is not None
    assert merge.units(found, ours) == frozenset()


# prices


def test_the_median_counts_hours_and_not_changes() -> None:
    changes = [Quoted(MONDAY - 40 * DAY, 1000)]
    changes += [Quoted(MONDAY - timedelta(minutes=n), 9000 + n) for n in range(20, 0, -1)]
    assert prices.facts(changes, MONDAY).median_30d == 1000


def test_a_price_older_than_thirty_days_counts_while_it_stood() -> None:
    found = prices.facts([Quoted(MONDAY - 90 * DAY, 700), Quoted(MONDAY - 10 * DAY, 900)], MONDAY)
    assert found == PriceFacts(median_30d=700, lowest_30d=700, highest_30d=900)


def test_what_was_never_on_sale_has_no_facts() -> None:
    assert prices.facts([], MONDAY) == PriceFacts()


@pytest.mark.parametrize(
    ("reference", "price", "is_proved"),
    [(900, 700, True), (700, 700, False), (1200, 700, False), (None, 700, False), (800, 600, True), (650, 600, False)],
)  # fmt: skip
def test_a_crossed_out_price_was_really_charged(
    reference: int | None, price: int, is_proved: bool
) -> None:
    known = PriceFacts(median_30d=900, lowest_30d=700, highest_30d=900)
    assert prices.is_proved(reference, price, known) is is_proved


@pytest.mark.parametrize(
    ("rule", "price"),
    [
        (PriceRule("percent", -1000), 5391),
        (PriceRule("percent", 5), 5993),
        (PriceRule("amount", -90), 5900),
        (PriceRule("set", 1), 1),
    ],
)
def test_prices_are_changed_half_up(rule: PriceRule, price: int) -> None:
    assert prices.repriced(5990, rule) == price


# validation


def ready(**fields: object) -> ListingContent:
    return ListingContent(
        **{
            "title": "Cup",
            "category_id": "cat_a",
            "pictures": [Picture(id="p")],
            "variants": [VariantContent(id="v", price=100)],
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"category_id": ""}, "category_id"),
        ({"pictures": []}, "pictures"),
        ({"pictures": [Picture(id="p"), Picture(id="p")]}, "pictures"),
        ({"variants": []}, "variants"),
        ({"variants": [VariantContent(id="v", price=0)]}, "variants.0.price"),
        ({"variants": [VariantContent(id="v", price=1, reference_price=1)]}, "variants.0.reference_price"),
        ({"variants": [VariantContent(id="v", price=1, barcode="4006381333932")]}, "variants.0.barcode"),
        ({"variants": [VariantContent(id="v", values=["S"], price=1)]}, "variants.0.values"),
        ({"options": [Option(name="Size", values=[])]}, "options.0.values"),
        ({"video_url": "https://evil.example/v"}, "video_url"),
        ({"video_url": "javascript:alert(1)"}, "video_url"),
    ],
)  # fmt: skip
def test_what_keeps_a_listing_from_being_sold_is_told_at_its_field(
    fields: dict[str, object], field: str
) -> None:
    assert list(validate.submit_errors(ready(**fields))) == [field]


def test_a_complete_listing_has_no_errors() -> None:
    assert validate.submit_errors(ready()) == {}
    assert validate.submit_errors(ready(title="", title_zh="杯")) == {}


def test_one_sku_twice_is_refused_even_in_a_draft() -> None:
    content = ready(
        options=[option("Size", "S", "L")],
        variants=[variant("S", sku="A"), variant("L", sku="A")],
    )
    assert list(validate.draft_errors(content)) == ["variants.1.sku"]


CHOICES = (AttributeValue("red", "Red", "红", ("scarlet",)),)


@pytest.mark.parametrize(
    ("type_", "values", "is_fine"),
    [
        ("choice", ["red"], True),
        ("choice", ["Scarlet"], True),
        ("choice", ["pink"], False),
        ("choice", ["red", "red"], False),
        ("choices", ["red", "红"], True),
        ("number", ["12.5"], True),
        ("number", ["1e5"], False),
        ("number", ["twelve"], False),
        ("yes_no", ["yes"], True),
        ("yes_no", ["maybe"], False),
        ("date", ["2026-02-28"], True),
        ("date", ["2026-02-30"], False),
        ("text", ["anything"], True),
        ("text", [], False),
    ],
)
def test_attributes_are_checked_by_their_type(type_: str, values: list[str], is_fine: bool) -> None:
    field = AttributeField(
        "att", "code", "Name", "名", AttributeType(type_), "", True, False, False, False, "cat", CHOICES
    )  # fmt: skip
    assert validate.attribute_errors({"code": values}, [field]).keys() == (
        set() if is_fine else {"attributes.code"}
    )


@given(st.text(alphabet="0123456789", min_size=7, max_size=13))
def test_the_check_digit_finds_each_single_wrong_digit(digits: str) -> None:
    if len(digits) + 1 not in (8, 12, 13, 14):
        return
    code = digits + str(check_digit(digits))
    assert is_gtin(code)
    for place, digit in enumerate(code):
        wrong = code[:place] + str((int(digit) + 1) % 10) + code[place + 1 :]
        assert not is_gtin(wrong)


# names


def test_addresses_are_ascii_and_chinese_is_spelt() -> None:
    assert slugs.slug_of("Blue Cup!") == "blue-cup"
    assert slugs.slug_of("", "陶瓷茶杯") == "tao-ci-cha-bei"
    assert slugs.slug_of("", "!!!") == ""


def test_skus_follow_the_options_and_are_unique() -> None:
    assert default_sku("blue-cup", ["红", "XL"]) == "BLUE-CUP-HONG-XL"
    content = ready(variants=[variant("S"), variant("S")])
    assert [v.sku for v in fill(content, "cup", {"CUP-S"}).variants] == ["CUP-S-2", "CUP-S-3"]


# quality


def test_a_listing_that_lacks_nothing_has_a_hundred_points() -> None:
    content = ready(
        title="Blue porcelain cup for tea",
        title_zh="青花瓷茶杯两百毫升手绘杯子",
        pictures=[Picture(id=i) for i in "abcd"],
        video_url="https://www.bilibili.com/video/1",
        blocks=[Block(text="word " * 60, picture_ids=["a", "b"])],
        shipping_template_id="shp",
        seo=Seo(title="Cup", description="A cup."),
    )
    facts = quality.QualityFacts(
        category_names=("Cups", "杯子"), widths=dict.fromkeys("abcd", 1200)
    )
    assert quality.score(content, facts) == quality.Quality(100, ())


def test_an_empty_listing_has_few_points_and_each_missing_one_is_told() -> None:
    found = quality.score(ListingContent(), quality.QualityFacts(in_stock=False))
    assert found.score == 100 - sum(point.points for point in found.missing)
    assert found.score == 25  # no attributes asked for, no category whose noun is missing
    assert {point.code for point in found.missing} == {
        "basics", "media", "description", "variants", "shipping", "seo",
    }  # fmt: skip


# prose


PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](https://evil.example/pixel.png)",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=https://evil.example></iframe>",
    "**bold<script>alert(1)</script>**",
    "`<img src=x onerror=alert(1)>`",
    "<style>*{display:none}</style>",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<https://a.example/<script>alert(1)</script>>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "[x](\x01javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<details open ontoggle=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_script_survives_in_prose(payload: str) -> None:
    found: list[tuple[str, list[tuple[str, str | None]]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, attrs))

    Reader().feed(rendered(payload))
    for tag, attributes in found:
        assert tag in {"p", "strong", "em", "a", "code", "pre", "blockquote", "br"}
        for name, value in attributes:
            assert name in {"href", "rel", "title"}
            if name == "href":
                assert str(value).startswith(("https://", "mailto:"))


def test_prose_keeps_what_it_may_say() -> None:
    assert rendered("# Care\n\n**Hand** wash\n\n[more](https://a.example)") == (
        "<h3>Care</h3>\n<p><strong>Hand</strong> wash</p>\n"
        '<p><a href="https://a.example" rel="nofollow noopener ugc">more</a></p>\n'
    )
    assert plain("# Care\n\n**Hand** wash") == "Care Hand wash"
    assert plain("Salt & pepper <3") == "Salt & pepper <3"


# the machine


@given(st.lists(st.integers(0, 20), max_size=30))
def test_only_a_review_or_the_shelf_leads_to_being_live(steps: list[int]) -> None:
    """Whatever happens to a listing, it becomes live from pending, off the shelf or taken down."""
    state = MACHINE.states("draft")
    for step in steps:
        choices = sorted(MACHINE.moves[state])
        if not choices:
            return
        then = choices[step % len(choices)]
        if then == "live":
            assert state in ("pending", "off_shelf", "taken_down")
        state = then


def test_ids_of_variants_are_those_of_the_factory() -> None:
    assert VariantContent(id=new_id("var")).id.startswith("var_")
