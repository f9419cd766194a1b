"""Where each subject stands, and the reader beside it; in the order of what needs attention."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.feedback.reasons import Reason
from app.i18n import _
from app.questions.answers import Answer
from app.results import accord
from app.results.cover_tally import CoverTally
from app.results.spread import is_divided
from app.results.tallies import Tally
from app.results.tally import Distribution, OptionTally, RateTally

CLOSE = "broad_agreement"
Show = Literal["all", "outside", "open", "reasons"]
SHOWS: Mapping[Show, str] = {
    "all": _("All"),
    "outside": _("Where you are outside the middle half"),
    "open": _("Not settled"),
    "reasons": _("With reasons"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One subject: whether the reader is outside the middle half, whether it is settled, how close views are.

    `is_settled` is None where no rule says so; `agreement` goes from 0, apart, to 1, of one mind.
    """

    code: str
    outside: tuple[str, ...] = ()
    is_settled: bool | None = None
    is_divided: bool = False
    agreement: float = 1.0

    @property
    def attention(self) -> tuple[bool, bool, bool, float, str]:
        """What needs attention first comes first."""
        return not self.outside, self.is_settled is True, not self.is_divided, self.agreement, self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of a question is looked at: the subjects shown in their order, and how many each filter shows."""

    show: Show
    codes: list[str]
    standings: Mapping[str, Standing]
    counts: Mapping[Show, int]

    @property
    def outside(self) -> int:
        """On how many subjects the reader is outside the middle half."""
        return sum(bool(one.outside) for one in self.standings.values())


def view(
    tally: Tally,
    codes: Sequence[str],
    own: Mapping[str, Answer],
    reasons: Mapping[str, Sequence[Reason]],
    show: Show,
) -> View:
    """The subjects that are shown; a filter that would choose nothing or everything is not offered."""
    judge = next((judge for kind, judge in JUDGES.items() if isinstance(tally, kind)), None)
    found = {
        code: judge(tally, code, own.get(code, Answer())) if judge else Standing(code=code) for code in codes
    }
    order = sorted(codes, key=lambda code: found[code].attention) if judge else list(codes)
    chosen: dict[Show, list[str]] = {
        "all": order,
        "outside": [code for code in order if found[code].outside],
        "open": [code for code in order if found[code].is_settled is False],
        "reasons": [code for code in order if reasons.get(code)],
    }
    counts = {one: len(some) for one, some in chosen.items() if one == "all" or some}
    return View(show=show, codes=chosen[show], standings=found, counts=counts)


def is_outside(d: Distribution | None, mine: int | None) -> bool:
    """Whether a rating lies outside the middle half of the panel's."""
    if d is None or mine is None or d.q1 is None or d.q3 is None:
        return False
    return not d.q1 <= mine <= d.q3


def is_settled(option: OptionTally) -> bool | None:
    """By the rule of the question, else by the wording rules; None where there are neither."""
    if option.settled is not None or not option.label:
        return option.settled
    return option.label == CLOSE and not option.evolving


def _of_rating(tally: RateTally, code: str, mine: Answer) -> Standing:
    option = tally.option(code)
    if option is None:
        return Standing(code=code)
    judged = [tally.overall] if tally.overall else tally.scales
    spreads = [option.by_criterion[scale.code] for scale in judged]
    return Standing(
        code=code,
        outside=tuple(
            scale.code
            for scale in judged
            if is_outside(option.by_criterion[scale.code], mine.score(scale.code))
        ),
        is_settled=is_settled(option),
        is_divided=any(is_divided(d.counts) for d in spreads),
        agreement=min((d.agreement for d in spreads if d.agreement is not None), default=1.0),
    )


def _of_coverage(tally: CoverTally, code: str, mine: Answer) -> Standing:
    cells = tally.cells.get(code, {})
    outside = [
        element
        for element, cell in cells.items()
        if (grade := mine.score(element)) is not None
        and cell.q1 is not None
        and cell.q3 is not None
        and not cell.q1 <= grade <= cell.q3
    ]
    return Standing(
        code=code,
        outside=tuple(outside),
        is_settled=accord.settled(tally).get(code),
        is_divided=any(cell.divided for cell in cells.values()),
        agreement=min((cell.agreement for cell in cells.values() if cell.agreement is not None), default=1.0),
    )


JUDGES: Mapping[type[Any], Callable[[Any, str, Answer], Standing]] = {
    RateTally: _of_rating,
    CoverTally: _of_coverage,
}
