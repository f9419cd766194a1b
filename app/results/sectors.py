"""How the sectors of the panel rate what stands on a plane: only what is large enough is ever kept."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.aggregation import summarise
from app.models import Question, Round, Seminar
from app.registers import queries as registers
from app.results import matrix, robust, snapshot
from app.results.panel import Ballot, Panel, histogram, scores
from app.results.robustness import WithoutSectors
from app.results.tally import GroupCell, GroupTally, RateTally, Scale
from app.rounds.queries import NO_SECTOR
from app.rounds.suppression import withheld
from app.seminars import pseudonyms
from app.seminars.pseudonyms import LinkDestroyed
from app.settings import Settings

Said = TypeVar("Said")

# by group and place of the subject, how the group rated on one criterion
Cells = dict[tuple[str, int], GroupCell]


def load(session: Session, settings: Settings, question: Question, panel: Panel) -> list[GroupTally]:
    """The sectors as the question's result tells them; none where nobody can tell any more who is who."""
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    try:
        sectors = pseudonyms.sectors_of(session, settings, seminar)
    except LinkDestroyed:
        return []
    labels = {sector.code: sector.label for sector in registers.sectors(session, seminar=seminar)}
    ballots = by_sector(matrix.by_panellist(session, question), sectors)
    items = [option.code for option in panel.options]
    return groups(ballots, in_order(labels, ballots), items, panel.scales, seminar.min_group)


def left_out(session: Session, settings: Settings, question: Question, panel: Panel) -> WithoutSectors | None:
    """What may be told of the ranking without one of the sectors; None where nobody can tell who is who."""
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    try:
        sectors = pseudonyms.sectors_of(session, settings, seminar)
    except LinkDestroyed:
        return None
    ballots = by_sector(matrix.by_panellist(session, question), sectors)
    return robust.told_without(panel, ballots, minimum=seminar.min_group, seed=snapshot.seed_of(panel))


def in_order(labels: Mapping[str, str], found: Collection[str]) -> dict[str, str]:
    """The sectors that are found, as the seminar orders and calls them; those who stated none come last."""
    known = [code for code in labels if code in found]
    others = sorted((code for code in found if code not in labels), reverse=True)
    return {code: labels.get(code, code) for code in [*known, *others]}


def by_sector(ballots: Mapping[UUID, Said], sectors: Mapping[UUID, str]) -> dict[str, list[Said]]:
    """The ballots of every sector that has a member, also of those from which there is none."""
    found: dict[str, list[Said]] = {sector: [] for sector in sectors.values()}
    for panellist, ballot in ballots.items():
        found.setdefault(sectors.get(panellist, NO_SECTOR), []).append(ballot)
    return found


def groups(
    ballots: Mapping[str, Sequence[Ballot]],
    labels: Mapping[str, str],
    items: Sequence[str],
    scales: Sequence[Scale],
    minimum: int,
) -> list[GroupTally]:
    """What may be told of each sector, in the order of the labels.

    Each subject and criterion by itself: of the sectors that rated there, those under the minimum are
    withheld, and with them as many more as it takes that they are at least two and their sum, which follows
    from the whole, is no small group either. A sector of which nobody rated counts as one of size 0.
    """
    shown = [_shown(ballots, len(items), place, scale, minimum) for place, scale in enumerate(scales)]
    return [
        GroupTally(
            code=code,
            label=label,
            by_item={
                item: {
                    scale.code: cells[code, row]
                    for scale, cells in zip(scales, shown, strict=True)
                    if (code, row) in cells
                }
                for row, item in enumerate(items)
            },
        )
        for code, label in labels.items()
    ]


def _shown(
    ballots: Mapping[str, Sequence[Ballot]], items: int, place: int, scale: Scale, minimum: int
) -> Cells:
    """The cells of one criterion that are not withheld."""
    cells = {
        (code, row): cell
        for code, given in ballots.items()
        for row, cell in enumerate(_cells(_column(given, items, place), scale))
    }
    hidden = {
        (code, row)
        for row in range(items)
        for code in withheld({code: cells[code, row].n for code in ballots}, minimum)
    }
    return {key: cell for key, cell in cells.items() if key not in hidden}


def _column(ballots: Sequence[Ballot], items: int, place: int) -> NDArray[np.float64]:
    """The ratings on one criterion, by expert and subject."""
    return scores([tuple((cells[place],) for cells in ballot) for ballot in ballots]).reshape(-1, items)


def _cells(ratings: NDArray[np.float64], scale: Scale) -> list[GroupCell]:
    summary = summarise(ratings, scale.low, scale.high)
    return [
        GroupCell(
            n=int(summary.n[row]),
            counts=histogram(ratings[:, row], scale),
            median=float(summary.median[row]),
            q1=float(summary.q1[row]),
            q3=float(summary.q3[row]),
        )
        for row in range(ratings.shape[1])
    ]


def faults(tally: RateTally) -> list[str]:
    """What sectors are said to have rated and cannot have, beside what the whole panel rated."""
    found = []
    for option in tally.options:
        for scale in tally.scales:
            cells = [cell for group in tally.groups if (cell := group.cell(option.code, scale.code))]
            if not _fits(cells, option.by_criterion[scale.code].counts, scale):
                found.append(f"the sectors' figures on {option.code}.{scale.code} cannot be the panel's")
    return found


def _fits(cells: Sequence[GroupCell], whole: Sequence[int], scale: Scale) -> bool:
    """Whether the sectors together are part of the panel, and each has the quartiles of its counts."""
    together = [sum(cell.counts[place] for cell in cells) for place in range(len(whole))]
    points = np.arange(scale.low, scale.high + 1, dtype=np.float64)
    return all(some <= every for some, every in zip(together, whole, strict=True)) and all(
        cell == _cells(np.repeat(points, cell.counts).reshape(-1, 1), scale)[0] for cell in cells
    )
