"""Why a number is what it is: steps that are kept with a line and shown to whoever asks.

A step holds an English message id and what goes into its places, so that a page can write it
in the reader's language, with amounts in the reader's way, years after the sale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.domain.pricing.rules.basket import Kind, Line, Shipping
from marketplace.domain.pricing.rules.commission import Bound, Commission, Terms
from marketplace.domain.pricing.rules.offers import NthPiece
from marketplace.domain.pricing.rules.promotions import Discount, Idle, Reason, Taken
from marketplace.domain.pricing.rules.refunds import Refund
from marketplace.domain.pricing.rules.units import percent
from marketplace.kit.languages import N_


class Step(StrEnum):
    """What a step explains, beside the kinds of promotions."""

    GROSS = "gross"
    SHIPPING = "shipping"
    COMMISSION = "commission"
    COMMISSION_TAX = "commission_tax"
    NOT_APPLIED = "not_applied"
    CHOICE = "choice"
    REFUND = "refund"


class Rounding(StrEnum):
    EXACT = ""
    HALF_UP = "half_up"
    LARGEST_REMAINDER = "largest_remainder"


@dataclass(frozen=True, slots=True)
class Why:
    """One step. `rule` is the id of the promotion or commission rule, empty if there is none;
    `amounts` are minor units, `words` everything else that `message` has places for. Kept as
    `asdict(why)`, read back as `Why(**kept)`.
    """

    step: str
    message: str
    rule: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str | int] = field(default_factory=dict)
    rounding: Rounding = Rounding.EXACT


BOUNDS = {
    Bound.LEAST: N_("Commission: {rate} % of {base}, raised to the least of {amount}."),
    Bound.MOST: N_("Commission: {rate} % of {base}, lowered to the most of {amount}."),
    Bound.BASE: N_("Commission: {rate} % of {base}, kept at the {amount} it is taken from."),
    Bound.NONE: N_("Commission: {rate} % of {base} is {amount}."),
}
REASONS = {
    Reason.LINES: N_("{promotion} is for nothing that is in the basket."),
    Reason.THRESHOLD: N_("{promotion} needs {short} more of the goods it is for."),
    Reason.BETTER: N_("{other} is better than {promotion}, and only one of them counts."),
    Reason.NOTHING: N_("{promotion} comes to nothing here."),
}
PIECES_SHORT = N_("{promotion} needs {pieces} more pieces of the goods it is for.")


def of_gross(line: Line) -> Why:
    return Why(
        Step.GROSS,
        N_("{quantity} × {price} = {gross}."),
        amounts={"price": line.unit_price, "gross": line.gross},
        words={"quantity": line.quantity},
    )


def of_discount(discount: Discount) -> Why:
    """The part of a promotion that falls on one line."""
    if discount.kind is Kind.TIMED_DISCOUNT:
        message = N_("{promotion} takes {amount} off {base}; the seller pays for it.")
    else:
        message = N_(
            "{promotion} takes {whole} off {basis}; {base} of that is this line, so its part is"
            " {amount}: {seller} from the seller, {platform} from the platform."
        )
    return Why(
        discount.kind,
        message,
        discount.promotion,
        amounts={
            "amount": discount.amount,
            "seller": discount.seller,
            "platform": discount.platform,
            "base": discount.base,
            "whole": discount.whole,
            "basis": discount.basis,
        },
        words={"promotion": discount.promotion},
        rounding=_rounding(discount),
    )


def of_commission(commission: Commission, terms: Terms) -> list[Why]:
    """Two steps: the commission, and its tax if there is one."""
    steps = [
        Why(
            Step.COMMISSION,
            BOUNDS[commission.bound],
            terms.rule,
            amounts={"base": commission.base, "amount": commission.amount},
            words={"rate": percent(terms.basis_points)},
            rounding=Rounding.EXACT if commission.bound else Rounding.HALF_UP,
        )
    ]
    if terms.tax_basis_points:
        steps.append(
            Why(
                Step.COMMISSION_TAX,
                N_("Tax on the commission: {rate} % of {commission} is {amount}."),
                terms.rule,
                amounts={"commission": commission.amount, "amount": commission.tax},
                words={"rate": percent(terms.tax_basis_points)},
                rounding=Rounding.HALF_UP,
            )
        )
    return steps


def of_shipping(shipping: Shipping) -> Why:
    return Why(
        Step.SHIPPING,
        N_("Shipping by seller {seller} costs {amount}; no promotion of goods takes it down."),
        amounts={"amount": shipping.amount},
        words={"seller": shipping.seller},
    )


def of_turn(turn: Taken) -> Why:
    """What a promotion takes off the basket as a whole."""
    promotion, goods = turn.candidate.promotion, turn.candidate.goods
    basis = sum(turn.nets[place] for place in turn.candidate.places)
    return Why(
        promotion.kind,
        N_("{promotion}: its goods come to {total}, {basis} of it still to pay; {amount} off."),
        promotion.id,
        amounts={"total": goods.total, "basis": basis, "amount": turn.amount},
        words={"promotion": promotion.id},
    )


def of_idle(idle: Idle) -> Why:
    """Why a promotion did not apply."""
    message, amounts = REASONS[idle.reason], {}
    words: dict[str, str | int] = {"promotion": idle.promotion.id}
    if idle.reason is Reason.BETTER:
        words["other"] = idle.other
    elif idle.reason is Reason.THRESHOLD and isinstance(idle.promotion.offer, NthPiece):
        message, words["pieces"] = PIECES_SHORT, idle.short
    elif idle.reason is Reason.THRESHOLD:
        amounts["short"] = idle.short
    return Why(Step.NOT_APPLIED, message, idle.promotion.id, amounts, words)


def of_unproved_choice() -> Why:
    return Why(
        Step.CHOICE,
        N_(
            "There were too many combinations of promotions to try each one: the best was taken"
            " one seller at a time."
        ),
    )


def of_refund(line: str, sold: int, refund: Refund) -> Why:
    """`sold` is the line's value, of which the counter now stands at `refund.after.value`."""
    return Why(
        Step.REFUND,
        N_("Refund of {line}: {reversed} of {value} is taken back so far; the buyer gets {cash}."),
        amounts={"reversed": refund.after.value, "value": sold, "cash": refund.parts.cash},
        words={"line": line},
        rounding=Rounding.HALF_UP,
    )


def _rounding(discount: Discount) -> Rounding:
    return Rounding.EXACT if discount.amount == discount.whole else Rounding.LARGEST_REMAINDER
