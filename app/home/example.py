"""The made-up figures on the first page: how a panel reconsiders."""

from app.results.tally import Distribution, Scale

SCALE = Scale(code="", label="", low=1, high=9, overall=True, benefit=True, weight=0.0)


def _rated(counts: list[int], *, q1: float, median: float, q3: float) -> Distribution:
    return Distribution(
        n=sum(counts),
        counts=counts,
        median=median,
        q1=q1,
        q3=q3,
        mean=None,
        share_low=None,
        share_high=None,
        agreement=None,
    )


BEFORE = _rated([3, 5, 4, 3, 5, 4, 6, 5, 3], q1=3, median=5, q3=7)
AFTER = _rated([0, 1, 2, 1, 2, 4, 9, 12, 6], q1=7, median=8, q3=8)
