"""Stripe's own test instruments, so that the same tests could run against its real test mode."""

from dataclasses import dataclass, replace

from marketplace.integrations.stripe_sandbox.wire import Body, invalid
from marketplace.kit.languages import N_

DECLINED = N_("Your card was declined.")
MESSAGES = {
    "generic_decline": DECLINED,
    "insufficient_funds": N_("Your card has insufficient funds."),
    "lost_card": DECLINED,  # the holder may be a thief: Stripe does not tell
    "stolen_card": DECLINED,
    "expired_card": N_("Your card has expired."),
    "incorrect_cvc": N_("Your card's security code is incorrect."),
    "processing_error": N_(
        "An error occurred while processing your card. Try again in a little bit."
    ),
    "incorrect_number": N_("Your card number is incorrect."),
    "invalid_expiry_month": N_("Your card's expiration month is invalid."),
    "invalid_expiry_year": N_("Your card's expiration year is invalid."),
    "invalid_cvc": N_("Your card's security code is invalid."),
    "test_mode_live_card": N_(
        "This is a test page, but the card is no test card. It was declined."
    ),
    "payment_intent_authentication_failure": N_(
        "We could not confirm that it is you. Choose another way to pay and try again."
    ),
    "payment_intent_payment_attempt_failed": N_("The payment was not made. Try again."),
}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way to pay and what comes of it. `code` and `reason` are empty if nothing goes wrong."""

    kind: str  # card, alipay or wechat_pay
    number: str = ""
    brand: str = "visa"
    code: str = ""
    reason: str = ""
    needs_action: bool = False
    refund: str = ""  # late_success or late_failure
    is_available_at_once: bool = False

    @property
    def fee_bps(self) -> int:
        return 290 if self.kind == "card" else 220

    def fee(self, amount: int) -> int:
        """What the sandbox keeps of a payment: a rate, rounded half up, and 30 minor units."""
        return min(amount, (amount * self.fee_bps + 5000) // 10000 + 30)

    def shown(self, year: int) -> Body:
        """`payment_method_details` of a charge."""
        if self.kind == "alipay":
            return {"type": "alipay", "alipay": dict.fromkeys(("fingerprint", "transaction_id"))}
        if self.kind == "wechat_pay":
            return {
                "type": "wechat_pay",
                "wechat_pay": dict.fromkeys(("fingerprint", "transaction_id")),
            }
        return {
            "type": "card",
            "card": {
                "brand": self.brand,
                "country": "US",
                "exp_month": 12,
                "exp_year": year + 3,
                "funding": "credit",
                "last4": self.number[-4:],
                "network": self.brand,
            },
        }


def _card(number: str, reason: str = "", code: str = "", *, refund: str = "") -> Instrument:
    code = code or ("card_declined" if reason else "")
    return Instrument("card", number, code=code, reason=reason, refund=refund)


def _secured(number: str, reason: str = "") -> Instrument:
    """A card whose bank asks the buyer first (3-D Secure)."""
    return replace(_card(number, reason), needs_action=True)


CARDS = {
    card.number: card
    for card in (
        _card("4242424242424242"),
        Instrument("card", "5555555555554444", "mastercard"),
        Instrument("card", "6200000000000005", "unionpay"),
        _card("4000000000000002", "generic_decline"),
        _card("4000000000009995", "insufficient_funds"),
        _card("4000000000009987", "lost_card"),
        _card("4000000000009979", "stolen_card"),
        _card("4000000000000069", "expired_card", "expired_card"),
        _card("4000000000000127", "incorrect_cvc", "incorrect_cvc"),
        _card("4000000000000119", "processing_error", "processing_error"),
        _card("4000000000000341", "generic_decline"),
        _secured("4000002760003184"),
        _secured("4000002500003155"),
        _secured("4000008400001629", "generic_decline"),
        _card("4000000000007726", refund="late_success"),
        _card("4000000000005126", refund="late_failure"),
        Instrument("card", "4000000000000077", is_available_at_once=True),
    )
}
WALLETS = {kind: Instrument(kind, needs_action=True) for kind in ("alipay", "wechat_pay")}
TOKENS = {
    "pm_card_visa": "4242424242424242",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_unionpay": "6200000000000005",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_visa_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_chargeCustomerFail": "4000000000000341",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds": "4000008400001629",
    "pm_card_pendingRefund": "4000000000007726",
    "pm_card_refundFail": "4000000000005126",
    "pm_card_bypassPending": "4000000000000077",
}


@dataclass(frozen=True, slots=True)
class CardFields:
    """What a buyer types on the hosted page. It is used once and written down nowhere."""

    number: str
    month: str
    year: str
    cvc: str


def by_token(token: str) -> Instrument:
    if token not in TOKENS:
        raise invalid(f"No such PaymentMethod: '{token}'", "payment_method", "resource_missing")
    return CARDS[TOKENS[token]]


def by_name(name: str) -> Instrument:
    """What `name_of` called so."""
    return WALLETS.get(name) or CARDS[name]


def name_of(instrument: Instrument) -> str:
    return instrument.number or instrument.kind


def by_fields(fields: CardFields, year: int, month: int) -> tuple[Instrument | None, str]:
    """The test card, or why it is refused before any charge is tried. `year`, `month`: today."""
    number = "".join(fields.number.split()).replace("-", "")
    if not (
        number.isascii() and number.isdecimal() and 12 <= len(number) <= 19 and _is_luhn(number)
    ):
        return None, "incorrect_number"
    if not _is_number(fields.month) or not 1 <= int(fields.month) <= 12:
        return None, "invalid_expiry_month"
    if wrong := _wrong_year(fields, year, month):
        return None, wrong
    if not _is_number(fields.cvc) or len(fields.cvc.strip()) not in (3, 4):
        return None, "invalid_cvc"
    if number not in CARDS:
        return None, "test_mode_live_card"
    return CARDS[number], ""


def _wrong_year(fields: CardFields, year: int, month: int) -> str:
    given = int(fields.year) if _is_number(fields.year) else 0
    given += 2000 if given < 100 else 0
    if not year <= given <= year + 50:
        return "invalid_expiry_year"
    return "invalid_expiry_month" if (given, int(fields.month)) < (year, month) else ""


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) <= 4


def _is_luhn(number: str) -> bool:
    doubled = [int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(number))]
    return sum(sum(divmod(digit, 10)) for digit in doubled) % 10 == 0
