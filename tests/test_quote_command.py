"""`marketplace quote`: the exact answer to the golden vector, and refusals without an answer."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import marketplace.cli  # noqa: F401  registers the verbs
from marketplace.cli.app import Exit, app

COUPONS: list[dict[str, Any]] = [
    {"id": "shop-a", "kind": "seller_coupon", "seller": "A", "threshold": 0, "amount": 1000},
    {
        "id": "site",
        "kind": "platform_coupon",
        "threshold": 10_000,
        "amount": 2000,
        "seller_share_bps": 4000,
    },
]


def sold(id_: str, unit_price: int, quantity: int, bps: int, **terms: Any) -> dict[str, Any]:
    terms = {"bps": bps, "min": None, "max": None, "tax_bps": 0, **terms}
    return {
        "id": id_,
        "seller": id_[0],
        "unit_price": unit_price,
        "quantity": quantity,
        "commission": terms,
    }


GOLDEN: dict[str, Any] = {
    "currency": "CNY",
    "lines": [sold("A1", 5990, 2, 1000), sold("A2", 3000, 1, 500), sold("B1", 5000, 1, 800)],
    "shipping": [{"seller": "A", "amount": 800}, {"seller": "B", "amount": 600}],
    "promotions": COUPONS,
    "refunds": [{"line": "A1", "quantity": 1}, {"line": "A1", "amount": 5001}],
}


def run(given: Any, *options: str) -> Result:
    text = given if isinstance(given, str | bytes) else json.dumps(given)
    return CliRunner().invoke(app, ["quote", "-", *options], input=text, env={"TERM": "dumb"})


def answer(given: Any) -> dict[str, Any]:
    done = run(given)
    assert done.exit_code == Exit.FINE, done.stderr
    return dict(json.loads(done.stdout))


def without_traces(told: dict[str, Any]) -> dict[str, Any]:
    assert all(isinstance(step["text"], str) for step in told["trace"])
    return {**told, "trace": [], "lines": [{**line, "trace": []} for line in told["lines"]]}


def off(promotion: str, seller: int, platform: int) -> dict[str, Any]:
    amount = seller + platform
    return {"promotion": promotion, "amount": amount, "seller": seller, "platform": platform}


def test_the_golden_vector_to_the_last_number() -> None:
    told = answer(GOLDEN)

    assert without_traces(told) == {
        "buyer_pays": 18_380,
        "lines": [
            {
                "id": "A1",
                "gross": 11_980,
                "base": 10_709,
                "cash": 10_002,
                "commission": 1071,
                "commission_tax": 0,
                "discounts": [off("shop-a", 800, 0), off("site", 471, 707)],
                "trace": [],
            },
            {
                "id": "A2",
                "gross": 3000,
                "base": 2682,
                "cash": 2505,
                "commission": 134,
                "commission_tax": 0,
                "discounts": [off("shop-a", 200, 0), off("site", 118, 177)],
                "trace": [],
            },
            {
                "id": "B1",
                "gross": 5000,
                "base": 4789,
                "cash": 4473,
                "commission": 383,
                "commission_tax": 0,
                "discounts": [off("site", 211, 316)],
                "trace": [],
            },
        ],
        "not_applied": [],
        "sellers": [
            {
                "seller": "A",
                "cash": 13_307,
                "platform_discount": 884,
                "commission": 1205,
                "commission_tax": 0,
                "net": 12_986,
            },
            {
                "seller": "B",
                "cash": 5073,
                "platform_discount": 316,
                "commission": 383,
                "commission_tax": 0,
                "net": 5006,
            },
        ],
        "platform": {"commission": 1588, "discount": 1200, "net": 388},
        "refunds": [
            {
                "line": "A1",
                "cash": 5001,
                "platform_discount": 354,
                "commission": 536,
                "commission_tax": 0,
            },
            {
                "line": "A1",
                "cash": 5001,
                "platform_discount": 353,
                "commission": 535,
                "commission_tax": 0,
            },
        ],
        "trace": [],
    }


def test_the_answer_says_what_did_not_apply_and_why() -> None:
    given = {**GOLDEN, "refunds": []}
    given["promotions"] = [
        *COUPONS,
        {"id": "tiers", "kind": "platform_threshold", "tiers": [[20_000, 100], [30_000, 500]]},
        {"id": "less", "kind": "seller_coupon", "seller": "A", "bps": 500, "cap": 900},
        {"id": "sale", "kind": "timed_discount", "lines": ["A2"], "bps": 0},
    ]

    assert answer(given)["not_applied"] == [
        {"promotion": "tiers", "reason": "threshold"},
        {"promotion": "less", "reason": "better"},
        {"promotion": "sale", "reason": "nothing"},
    ]


def test_every_kind_in_one_basket() -> None:
    given = {
        "currency": "CNY",
        "lines": [sold("A1", 1000, 3, 1000, min=400, max=500, tax_bps=600)],
        "promotions": [
            {"id": "1", "kind": "timed_discount", "lines": ["A1"], "bps": 1005},
            {"id": "2", "kind": "seller_threshold", "seller": "A", "tiers": [[2697, 97], [1, 1]]},
            {"id": "3", "kind": "seller_coupon", "seller": "A", "bps": 1000, "cap": 200},
            {"id": "4", "kind": "platform_threshold", "tiers": [[1, 100]], "seller_share_bps": 1},
            {"id": "5", "kind": "platform_coupon", "bps": 1000, "lines": ["A1"]},
        ],
        "refunds": [{"line": "A1", "value": 100}],
    }

    told = answer(given)

    assert told["buyer_pays"] == 2070
    assert told["lines"][0]["discounts"] == [
        off("1", 303, 0),
        off("2", 97, 0),
        off("3", 200, 0),
        off("4", 0, 100),
        off("5", 0, 230),
    ]
    assert (told["lines"][0]["commission"], told["lines"][0]["commission_tax"]) == (400, 24)


def test_a_file_is_read_and_the_answer_may_be_one_line(tmp_path: Path) -> None:
    file = tmp_path / "basket.json"
    file.write_text(json.dumps(GOLDEN), encoding="utf-8-sig")

    done = CliRunner().invoke(app, ["quote", str(file), "--json"])

    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == answer(GOLDEN)


def test_it_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    assert answer(GOLDEN)["buyer_pays"] == 18_380


def test_the_basket_in_the_documentation_is_the_golden_one() -> None:
    text = Path("docs/pricing.md").read_text(encoding="utf-8")

    assert answer(text.partition("```json\n")[2].partition("```")[0]) == answer(GOLDEN)


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The golden basket with one thing different."""
    given = deepcopy(GOLDEN)
    place: Any = given
    for step in path[:-1]:
        place = place[step]
    if isinstance(place, list) and path[-1] == len(place):
        place.append(to)
    else:
        place[path[-1]] = to
    return given


def promotion(**fields: Any) -> dict[str, Any]:
    return changed("promotions", 2, to={"id": "new", **fields})


BAD_FIELDS = [
    pytest.param(changed("lines", 0, "unit_price", to=59.9), id="a fraction"),
    pytest.param(changed("lines", 0, "unit_price", to=5990.0), id="a whole number as a fraction"),
    pytest.param(changed("lines", 0, "unit_price", to="5990"), id="a number as text"),
    pytest.param(changed("lines", 0, "unit_price", to=-1), id="a negative price"),
    pytest.param(changed("lines", 0, "unit_price", to=10**12 + 1), id="a price beyond all bounds"),
    pytest.param(changed("lines", 0, "unit_price", to=10**12), id="a gross beyond all bounds"),
    pytest.param(changed("lines", 0, "quantity", to=True), id="a boolean as a number"),
    pytest.param(changed("lines", 0, "quantity", to=0), id="no piece"),
    pytest.param(changed("lines", 0, "quantity", to=-2), id="negative pieces"),
    pytest.param(changed("lines", 0, "commission", "bps", to=10_001), id="a rate above all"),
    pytest.param(changed("lines", 0, "commission", "tax_bps", to=-1), id="a negative tax"),
    pytest.param(changed("lines", 0, "commission", "min", to=-1), id="a negative bound"),
    pytest.param(
        changed("lines", 0, "commission", to={"bps": 1, "min": 2, "max": 1}), id="min above max"
    ),
    pytest.param(changed("lines", 0, "total", to=1), id="an unknown key"),
    pytest.param(changed("lines", 0, "id", to="A2"), id="two lines of one id"),
    pytest.param(changed("lines", 0, "id", to=""), id="no id"),
    pytest.param(changed("lines", 0, "id", to="a\nb"), id="an id of two lines"),
    pytest.param(changed("lines", to=[]), id="nothing in the basket"),
    pytest.param(changed("currency", to="XYZ"), id="no currency"),
    pytest.param(changed("currency", to="cny"), id="a currency in small letters"),
    pytest.param(changed("shipping", 0, "amount", to=-800), id="negative shipping"),
    pytest.param(changed("shipping", 0, "seller", to="C"), id="shipping of nobody"),
    pytest.param(changed("shipping", 0, "seller", to="B"), id="shipping twice"),
]
BAD_PROMOTIONS = [
    pytest.param(changed("promotions", 0, "id", to="site"), id="two promotions of one id"),
    pytest.param(changed("promotions", 0, "seller", to="C"), id="a promotion of nobody"),
    pytest.param(changed("promotions", 0, "lines", to=["A9"]), id="a promotion for no line"),
    pytest.param(changed("promotions", 0, "lines", to=["A1", "A1"]), id="a line twice"),
    pytest.param(changed("promotions", 0, "amount", to=-1), id="a negative discount"),
    pytest.param(changed("promotions", 0, "bps", to=10), id="an amount and a share"),
    pytest.param(changed("promotions", 0, "cap", to=10), id="a cap of an amount"),
    pytest.param(changed("promotions", 1, "seller_share_bps", to=10_001), id="a share above all"),
    pytest.param(changed("promotions", 0, "seller_share_bps", to=0), id="a seller's is not shared"),
    pytest.param(changed("promotions", 1, "seller", to="A"), id="a platform's is no seller's"),
    pytest.param(promotion(kind="gift"), id="an unknown kind"),
    pytest.param(promotion(kind="gift\nand more"), id="an unknown kind of two lines"),
    pytest.param(promotion(amount=1), id="no kind"),
    pytest.param(promotion(kind="platform_coupon"), id="neither amount nor share"),
    pytest.param(promotion(kind="seller_coupon", amount=1), id="a seller's without a seller"),
    pytest.param(promotion(kind="platform_coupon", bps=10_001), id="a share above all of it"),
    pytest.param(promotion(kind="platform_threshold", tiers=[]), id="no tier"),
    pytest.param(promotion(kind="platform_threshold", tiers=[[1, 2, 3]]), id="a tier of three"),
    pytest.param(promotion(kind="platform_threshold", tiers=[[1, 2], [1, 3]]), id="a tier twice"),
    pytest.param(promotion(kind="platform_threshold", tiers=[[1, -2]]), id="a negative tier"),
    pytest.param(promotion(kind="timed_discount", amount=1, threshold=5), id="a timed threshold"),
]
BAD_REFUNDS = [
    pytest.param(changed("refunds", 1, "amount", to=5002), id="more than is left"),
    pytest.param(changed("refunds", 0, "quantity", to=3), id="more pieces than sold"),
    pytest.param(changed("refunds", 0, to={"line": "A1", "value": 10_710}), id="above the value"),
    pytest.param(changed("refunds", 2, to={"line": "A1", "value": 1}), id="of a closed line"),
    pytest.param(changed("refunds", 0, "line", to="A9"), id="of no line"),
    pytest.param(changed("refunds", 0, "quantity", to=-1), id="of negative pieces"),
    pytest.param(changed("refunds", 0, "quantity", to=0.5), id="of half a piece"),
    pytest.param(changed("refunds", 0, "amount", to=1), id="by two measures"),
    pytest.param(changed("refunds", 0, to={"line": "A1"}), id="by no measure"),
]
BAD_TEXTS = [
    pytest.param("", id="nothing"),
    pytest.param("{", id="half an object"),
    pytest.param("[]", id="a list"),
    pytest.param("7", id="a number"),
    pytest.param('{"currency": NaN}', id="not a number"),
    pytest.param(json.dumps(GOLDEN).replace('"quantity": 1', '"quantity": Infinity'), id="endless"),
    pytest.param(json.dumps(GOLDEN).replace('"quantity": 2', '"quantity": 2e0'), id="an exponent"),
    pytest.param(
        json.dumps(GOLDEN).replace('"quantity": 2', '"quantity": 1, "quantity": 2'),
        id="a key twice",
    ),
    pytest.param(json.dumps(GOLDEN).replace("5990", "9" * 5000), id="an endless number"),
    pytest.param("[" * 100_000, id="a bottomless list"),
    pytest.param(b"\xff\xfe\xff", id="no text"),
    pytest.param(json.dumps(GOLDEN).replace('"A1"', '"\\ud800"', 1), id="half a letter"),
    pytest.param(json.dumps(GOLDEN).replace('"shipping"', '"\\ud800"'), id="half a key"),
]


@pytest.mark.parametrize("given", [*BAD_FIELDS, *BAD_PROMOTIONS, *BAD_REFUNDS, *BAD_TEXTS])
def test_what_cannot_be_priced_gets_one_sentence_and_no_answer(given: Any) -> None:
    done = run(given)

    assert done.exit_code == Exit.USAGE
    assert done.stdout == ""
    assert done.stderr.endswith(".\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            changed("lines", 0, "quantity", to=-2),
            "lines[0].quantity: input should be greater than or equal to 1.",
        ),
        (
            changed("promotions", 1, "seller_share_bps", to=10_001),
            "promotions[1].seller_share_bps: input should be less than or equal to 10000.",
        ),
        (
            changed("refunds", 1, "amount", to=5002),
            "refunds[1] of line A1: 5002 is more than the 5001 that is left to refund.",
        ),
        (changed("refunds", 0, "line", to="A9"), "There is no line A9 in the basket."),
        (changed("promotions", 0, "seller", to="C"), "There is no seller C in the basket."),
        ("[]", "The basket: an object goes here."),
        (changed("a\nb", to=1), "a?b: extra inputs are not permitted."),
    ],
)
def test_the_sentence_says_where_and_what(given: Any, sentence: str) -> None:
    assert run(given).stderr == f"{sentence}\n"


@pytest.mark.parametrize("name", ["gone.json", "."])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    done = CliRunner().invoke(app, ["quote", str(tmp_path / name)])

    assert done.exit_code == Exit.USAGE
    assert done.stdout == ""
    assert "cannot be read" in done.stderr
    assert done.stderr.count("\n") == 1
