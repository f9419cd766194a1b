"""The panel's main view of an option, and whether a rating lies outside it: pure rules, and in what words."""

from dataclasses import dataclass
from fractions import Fraction

from app.results.tally import AGAINST, FOR, NEITHER, Distribution
from app.wording import Rules

# of which share on the other side an option is listed as one on which there is dissent
TELLING = Fraction(1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class MainView:
    """Where most of the panel stand: the band of that side, and the middle half of all ratings.

    `side` is None where as many are in favour as against: then there is no main view, and both sides are
    outside it. `low_end` and `high_start` are the ends of the bands of the seminar's rules.
    """

    side: str | None
    low_end: int
    high_start: int
    middle: tuple[float, float]
    counts: dict[str, int]

    @classmethod
    def of(cls, ratings: Distribution, rules: Rules, low: int, high: int) -> "MainView | None":
        """The main view of these ratings; None where nobody rated."""
        if ratings.q1 is None or ratings.q3 is None:
            return None
        low_end, high_start = rules.bands(low, high)
        favourable = round((ratings.share_high or 0.0) * ratings.n)
        against = round((ratings.share_low or 0.0) * ratings.n)
        counts = {FOR: favourable, AGAINST: against, NEITHER: ratings.n - favourable - against}
        most = max(counts.values())
        ahead = [side for side, count in counts.items() if count == most]
        return cls(
            side=ahead[0] if len(ahead) == 1 else None,
            low_end=low_end,
            high_start=high_start,
            middle=(ratings.q1, ratings.q3),
            counts=counts,
        )

    def side_of(self, score: int) -> str:
        """In which band a rating lies."""
        if score <= self.low_end:
            return AGAINST
        return FOR if score >= self.high_start else NEITHER

    def is_outside(self, score: int) -> bool:
        """Whether a rating lies outside the main view.

        It does in the band opposite to the one in which most of the panel rated, and in any other band
        where it is not within the middle half of all ratings. In the band of most it never does.
        """
        side = self.side_of(score)
        if side == self.side:
            return False
        return side in self.opposite or not self.middle[0] <= score <= self.middle[1]

    @property
    def opposite(self) -> tuple[str, ...]:
        """The bands against the main view: both where there is none, neither where most are undecided."""
        if self.side == NEITHER:
            return ()
        return {FOR: (AGAINST,), AGAINST: (FOR,)}.get(self.side or "", (FOR, AGAINST))

    @property
    def size(self) -> int:
        """How many rated in the smaller of the two bands."""
        return min(self.counts[FOR], self.counts[AGAINST])

    @property
    def raters(self) -> int:
        """How many rated."""
        return sum(self.counts.values())

    @property
    def smaller(self) -> str:
        """The side of the fewer; against, where they are as many."""
        return FOR if self.counts[FOR] < self.counts[AGAINST] else AGAINST

    @property
    def is_telling(self) -> bool:
        """Whether so many stand on the other side that the option is listed as one of dissent."""
        return self.raters > 0 and Fraction(self.size, self.raters) >= TELLING
