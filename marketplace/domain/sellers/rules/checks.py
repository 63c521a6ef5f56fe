"""Check digits of the numbers businesses, people and banks are known by."""

import re

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The signs of a unified social credit code, GB 32100-2015: no I, O, S, V, Z."""

USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_SIGNS = "10X98765432"
_PLAIN = re.compile(r"[0-9A-Z]{3,40}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


def bare(number: str) -> str:
    """Upper case, without what people put between the signs."""
    return re.sub(r"[\s.\-/]", "", number).upper()


def is_credit_code(number: str) -> bool:
    """A Chinese unified social credit code whose last sign fits the others (GB 32100)."""
    if len(number) != 18 or any(sign not in USCC for sign in number):
        return False
    total = sum(
        USCC.index(sign) * weight for sign, weight in zip(number, USCC_WEIGHTS, strict=False)
    )
    return USCC[-total % 31] == number[17]


def is_identity_number(number: str) -> bool:
    """A Chinese resident identity number whose last sign fits the others (GB 11643)."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number, re.ASCII):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(number, IDENTITY_WEIGHTS, strict=False))
    return IDENTITY_SIGNS[total % 11] == number[17]


def is_plain_number(number: str) -> bool:
    return bool(_PLAIN.fullmatch(number))


def is_card_number(number: str) -> bool:
    """12 to 19 digits that pass Luhn's check."""
    if not re.fullmatch(r"[0-9]{12,19}", number, re.ASCII):
        return False
    total = 0
    for place, sign in enumerate(reversed(number)):
        doubled = int(sign) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def is_iban(number: str) -> bool:
    """ISO 13616: the number read as digits leaves 1 when divided by 97."""
    if not _IBAN.fullmatch(number):
        return False
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_account_number(number: str, *, country: str, is_personal: bool) -> bool:
    """A bank account as far as its kind can be checked.

    Chinese people give a card (Luhn); Chinese companies an account number, which has no check
    digit; elsewhere what begins like an IBAN must be one.
    """
    if country == "CN":
        return is_card_number(number) if is_personal else bool(re.fullmatch(r"[0-9]{8,30}", number))
    if re.match(r"[A-Z]{2}[0-9]{2}", number):
        return is_iban(number)
    return bool(re.fullmatch(r"[0-9A-Z]{6,34}", number))
