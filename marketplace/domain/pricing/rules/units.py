"""Whole numbers within bounds, and basis points: what amounts and rates are made of."""

WHOLE = 10_000
"""All of something, in basis points."""


def expect_whole(least: int, most: int | None = None, /, **values: object) -> None:
    """Raises ValueError if one of `values` is no whole number from `least` to `most`.

    A boolean is no number, whatever Python says: `quantity=True` would be one piece.
    """
    for name, value in values.items():
        if type(value) is not int or value < least or (most is not None and value > most):
            span = f"at least {least}" if most is None else f"{least} to {most}"
            raise ValueError(f"{name} is a whole number, {span}")


def percent(basis_points: int) -> str:
    """875 as `8.75`, 1000 as `10`: for sentences."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)
