"""`marketplace quote`: a basket in, the priced basket out; needs no database (DESIGN part 7).

It has no arithmetic of its own: checkout, refund and settlement call the same functions.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from marketplace.cli.app import AsJson, Exit, app, refuse
from marketplace.cli.quote_file import QuoteFile, Refund, sentence, strict_json
from marketplace.domain.pricing.rules import trace
from marketplace.domain.pricing.rules.basket import (
    UNKNOWN_LINE,
    UNKNOWN_SELLER,
    Basket,
    Unpriceable,
)
from marketplace.domain.pricing.rules.quote import PricedLine, Quote, SellerTotal, price
from marketplace.domain.pricing.rules.refunds import Parts, Reversed, TooMuch, refund
from marketplace.domain.pricing.rules.trace import Why
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import translate

STDIN = "-"
File = Annotated[
    str, typer.Argument(metavar="FILE", help="A basket as JSON; - reads it from standard input.")
]
Answer = dict[str, Any]


@app.command()
def quote(file: File, as_json: AsJson = False) -> None:
    """Price a basket. The answer is JSON either way; with --json it is on one line."""
    given = _read(file)
    try:
        basket = given.basket()
        priced = price(basket)
        _expect_sellers(basket)
        refunds, steps = _refunds(given.refunds, priced)
    except DomainError as broken:
        raise refuse(translate("en", broken.message, **broken.words), Exit.USAGE) from None
    told = {
        "buyer_pays": priced.buyer_pays,
        "lines": [_line(line) for line in priced.lines],
        "not_applied": [
            {"promotion": idle.promotion.id, "reason": idle.reason} for idle in priced.idle
        ],
        "sellers": [_seller(total) for total in priced.sellers],
        "platform": {
            "commission": priced.platform.commission,
            "discount": priced.platform.discount,
            "net": priced.platform.net,
        },
        "refunds": refunds,
        "trace": [_why(step) for step in (*priced.trace, *steps)],
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=None if as_json else 2) + "\n")


def _read(file: str) -> QuoteFile:
    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        return QuoteFile.model_validate(strict_json(data))
    except OSError as fault:
        raise refuse(f"{file} cannot be read: {fault.strerror}.", Exit.USAGE) from None
    except ValidationError as invalid:
        raise refuse(sentence(invalid), Exit.USAGE) from None
    except (ValueError, RecursionError) as fault:
        raise refuse(f"{file} is no JSON as we read it: {fault}.", Exit.USAGE) from None


def _expect_sellers(basket: Basket) -> None:
    """A wallet may hold coupons of sellers who sell nothing here, so `price` takes them; in a
    file they are a slip of the pen.
    """
    for promotion in basket.promotions:
        if promotion.seller is not None and promotion.seller not in basket.sellers:
            raise Unpriceable(UNKNOWN_SELLER, id=promotion.seller)


def _refunds(asked: Sequence[Refund], priced: Quote) -> tuple[list[Answer], list[Why]]:
    """In their order, each from where the one before left the line's counter."""
    lines = {line.line.id: line for line in priced.lines}
    counters: dict[str, Reversed] = defaultdict(Reversed)
    told, steps = [], []
    for place, each in enumerate(asked):
        if each.line not in lines:
            raise Unpriceable(UNKNOWN_LINE, id=each.line)
        line = lines[each.line]
        try:
            done = refund(line.parts, line.line.quantity, counters[each.line], each.ask())
        except TooMuch as broken:
            said = translate("en", broken.message, **broken.words)
            raise refuse(f"refunds[{place}] of line {each.line}: {said}", Exit.USAGE) from None
        counters[each.line] = done.after
        told.append({"line": each.line, **_parts(done.parts)})
        steps.append(trace.of_refund(each.line, line.value, done))
    return told, steps


def _line(priced: PricedLine) -> Answer:
    return {
        "id": priced.line.id,
        "gross": priced.line.gross,
        "base": priced.value,
        "cash": priced.cash,
        "commission": priced.commission.amount,
        "commission_tax": priced.commission.tax,
        "discounts": [
            {
                "promotion": discount.promotion,
                "amount": discount.amount,
                "seller": discount.seller,
                "platform": discount.platform,
            }
            for discount in priced.discounts
        ],
        "trace": [_why(step) for step in priced.trace],
    }


def _seller(total: SellerTotal) -> Answer:
    return {"seller": total.seller, **_parts(total.parts), "net": total.net}


def _parts(parts: Parts) -> Answer:
    return {
        "cash": parts.cash,
        "platform_discount": parts.platform_discount,
        "commission": parts.commission,
        "commission_tax": parts.commission_tax,
    }


def _why(why: Why) -> Answer:
    """The sentence, and what it is made of: a program reads the amounts, not the words."""
    return {
        "step": why.step,
        "rule": why.rule,
        "text": translate("en", why.message, **why.amounts, **why.words),
        "amounts": dict(why.amounts),
        "rounding": why.rounding,
    }
