"""How the sectors of the panel weigh criteria: only what is large enough is ever kept."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sqlmodel import Session

from app.models import Question, Round, Seminar
from app.questions.weigh import Weigh
from app.registers import queries as registers
from app.results import sealed, sectors
from app.results.snapshot import plain
from app.results.weigh_tally import SectorWeight, SectorWeights, WeighTally
from app.rounds import queries as rounds
from app.rounds.suppression import withheld
from app.seminars import pseudonyms
from app.seminars.pseudonyms import LinkDestroyed
from app.settings import Settings

# One expert's weights in the order of the criteria, each a share of 1.
Own = Sequence[float]

QUARTILES = (0.25, 0.5, 0.75)
# what the rounding of frozen numbers may come to, for a whole panel
SLACK = 1e-6


def load(session: Session, settings: Settings, question: Question) -> list[SectorWeights]:
    """The sectors as the question's result tells them; none where nobody can tell any more who is who."""
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    try:
        of_whom = pseudonyms.sectors_of(session, settings, seminar)
    except LinkDestroyed:
        return []
    codes = [one.code for one in rounds.asked_about(session, question)]
    type_ = rounds.question_type(session, question)
    assert isinstance(type_, Weigh)
    given = {
        panellist: type_.weights(sheet, codes) if type_.unfit(sheet) is None else None
        for panellist, sheet in sealed.sheets(session, question).items()
    }
    weighed = {
        sector: [list(own.values()) for own in some if own]
        for sector, some in sectors.by_sector(given, of_whom).items()
    }
    labels = {sector.code: sector.label for sector in registers.sectors(session, seminar=seminar)}
    return groups(weighed, sectors.in_order(labels, weighed), codes, seminar.min_group)


def groups(
    weighed: Mapping[str, Sequence[Own]], labels: Mapping[str, str], codes: Sequence[str], minimum: int
) -> list[SectorWeights]:
    """What may be told of each sector, in the order of the labels.

    Whoever weighs weighs every criterion, so a sector is told as a whole or not at all. Sectors under the
    minimum are withheld, and with them as many more as it takes that they are at least two and their sum,
    which follows from the whole, is no small group either.

    Examples
    --------
    >>> some = {"a": [(0.7, 0.3)] * 5, "b": [(0.5, 0.5)] * 6, "c": [(0.1, 0.9)]}
    >>> [group.n for group in groups(some, {"a": "A", "b": "B", "c": "C"}, ["C1", "C2"], 5)]
    [None, 6, None]
    """
    hidden = withheld({sector: len(own) for sector, own in weighed.items()}, minimum)
    return [
        SectorWeights(code=sector, label=label)
        if sector in hidden
        else SectorWeights(
            code=sector, label=label, n=len(weighed[sector]), weights=_weights(weighed[sector], codes)
        )
        for sector, label in labels.items()
    ]


def _weights(own: Sequence[Own], codes: Sequence[str]) -> dict[str, SectorWeight]:
    weights = np.array(own, dtype=np.float64)
    q1, median, q3 = np.quantile(weights, QUARTILES, axis=0)
    numbers = zip(weights.mean(axis=0), median, q1, q3, strict=True)
    return {
        code: SectorWeight(**{name: plain(one) or 0.0 for name, one in zip(NAMES, each, strict=True)})
        for code, each in zip(codes, numbers, strict=True)
    }


NAMES = ("mean", "median", "q1", "q3")


def faults(tally: WeighTally) -> list[str]:
    """What sectors are said to have weighed and cannot have, beside what the whole panel did."""
    told = [group for group in tally.groups if group.n is not None]
    whole = tally.weights
    return [
        f"the sectors' weights of {code} cannot be the panel's"
        for code in (one.code for one in tally.criteria)
        if _together(told, code) > whole.get(code, 0.0) * tally.weighings + SLACK
    ] + (["more are said to have weighed by sector than in all"] if _n(told) > tally.weighings else [])


def _together(told: Iterable[SectorWeights], code: str) -> float:
    return sum((group.n or 0) * group.weights[code].mean for group in told)


def _n(told: Iterable[SectorWeights]) -> int:
    return sum(group.n or 0 for group in told)
