"""Bar codes: GTIN-8, -12, -13 and -14 with their check digit."""

LENGTHS = frozenset({8, 12, 13, 14})


def is_gtin(text: str) -> bool:
    """Digits of a known length whose last one checks the others (GS1 General Specifications 7.9)."""
    if len(text) not in LENGTHS or not (text.isascii() and text.isdigit()):
        return False
    return int(text[-1]) == check_digit(text[:-1])


def check_digit(digits: str) -> int:
    """Weights 3 and 1 from the right; the digit that makes the sum a multiple of ten."""
    total = sum(int(digit) * (1, 3)[place % 2 == 0] for place, digit in enumerate(reversed(digits)))
    return -total % 10
