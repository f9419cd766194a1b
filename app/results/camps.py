"""Whether a panel that does not agree stands in two camps or is merely wide apart."""

from app.aggregation import van_der_eijk
from app.results.robustness import NO_DISSENT, POLARISED, SPREAD
from app.results.tally import Distribution, Scale

# The share in each outer band from which on it is a camp: what "divergent views" asks for.
CAMP = 0.3
# So few answers are neither camps nor a spread.
LEAST = 5


def dissent(d: Distribution, scale: Scale) -> str:
    """Polarised, spread, or neither.

    Polarised: at least 30 per cent in each outer band, and van der Eijk's agreement A below 0, which is that
    of an even use of all points: the answers lie rather at the ends than anywhere. Spread: the middle half of
    the panel reaches over half the scale or more, and it is not polarised. A long scale counts in stretches.

    Examples
    --------
    >>> from app.results.tally import Distribution, Scale
    >>> scale = Scale(code="OV", label="", low=1, high=9, overall=True, benefit=True, weight=0)
    >>> def rated(counts, q1, q3, low, high):
    ...     n = sum(counts)
    ...     d = Distribution(n=n, counts=counts, median=5, q1=q1, q3=q3, mean=5, agreement=0,
    ...                      share_low=low / n, share_high=high / n)
    ...     return dissent(d, scale)
    >>> rated([4, 3, 1, 0, 1, 0, 2, 3, 4], 2, 8, 8, 9)
    'polarised'
    >>> rated([2, 2, 2, 2, 2, 2, 2, 2, 2], 3, 7, 6, 6)
    'spread'
    >>> rated([0, 0, 0, 2, 4, 5, 4, 3, 0], 5, 7, 0, 7)
    ''

    References
    ----------
    C. van der Eijk, "Measuring agreement in ordered rating scales", Quality & Quantity 35, 325-341, 2001.
    """
    if d.n < LEAST or d.iqr is None:
        return NO_DISSENT
    camps = min(d.share_low or 0.0, d.share_high or 0.0) >= CAMP
    if camps and float(van_der_eijk([count for _, _, count in scale.heaped(d.counts)])) < 0:
        return POLARISED
    return SPREAD if d.iqr >= (scale.high - scale.low) / 2 else NO_DISSENT


def sizes(d: Distribution, minimum: int) -> tuple[int, int] | None:
    """How many rate in the unfavourable and in the favourable band; None if either is a small group."""
    found = round((d.share_low or 0.0) * d.n), round((d.share_high or 0.0) * d.n)
    return found if min(found) >= minimum else None
