"""Whether a panel that does not agree stands in two camps or is merely wide apart."""

from app.aggregation import van_der_eijk
from app.results.robustness import NO_DISSENT, POLARISED, SPREAD
from app.results.tally import Distribution, Scale

# So few answers are neither camps nor a spread.
LEAST = 5


def dissent(d: Distribution, scale: Scale) -> str:
    """Polarised, spread, or neither.

    Polarised: van der Eijk's agreement A over the three bands is below 0, which is that of an even use of
    all. Then fewer stand in the middle than in either camp, and more than a quarter of the panel in the
    smaller one. Spread: the middle half of the panel reaches over half the scale or more, and it is not
    polarised.

    Over the single points A would find no camps in a panel of some dozens: points that nobody happened to
    give break either camp into several peaks, and the peeling of layers takes these for agreement.

    Examples
    --------
    >>> scale = Scale(code="OV", label="", low=1, high=9, overall=True, benefit=True, weight=0)
    >>> def rated(counts, q1, q3):
    ...     shares = (sum(band) / sum(counts) for band in (counts[:3], counts[6:]))
    ...     low, high = shares
    ...     told = {"n": sum(counts), "counts": counts, "median": 5, "mean": 5, "agreement": 0}
    ...     return dissent(Distribution(**told, q1=q1, q3=q3, share_low=low, share_high=high), scale)
    >>> rated([1, 8, 7, 1, 0, 0, 3, 13, 2], 2.5, 8)
    'polarised'
    >>> rated([2, 2, 2, 2, 2, 2, 2, 2, 2], 3, 7)
    'spread'
    >>> rated([0, 0, 0, 2, 4, 5, 4, 3, 0], 5, 7)
    ''

    References
    ----------
    C. van der Eijk, "Measuring agreement in ordered rating scales", Quality & Quantity 35, 325-341, 2001.
    """
    if d.n < LEAST or d.iqr is None:
        return NO_DISSENT
    against, favour = _camps(d)
    if float(van_der_eijk([against, d.n - against - favour, favour])) < 0:
        return POLARISED
    return SPREAD if d.iqr >= (scale.high - scale.low) / 2 else NO_DISSENT


def sizes(d: Distribution, minimum: int) -> tuple[int, int] | None:
    """How many rate in the unfavourable and in the favourable band; None if either is a small group."""
    found = _camps(d)
    return found if min(found) >= minimum else None


def _camps(d: Distribution) -> tuple[int, int]:
    return round((d.share_low or 0.0) * d.n), round((d.share_high or 0.0) * d.n)
