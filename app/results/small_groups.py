"""What of a result is withheld since it is of few: texts of few raters, moves of few, sectors of few."""

from dataclasses import replace
from typing import TypeVar

from app.results.cover_tally import CoverCell, CoverTally
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.results.tally import (
    AGAINST,
    FOR,
    NEITHER,
    UNTOLD,
    Distribution,
    GroupCell,
    GroupTally,
    OptionTally,
    RateTally,
)
from app.results.weigh_tally import SectorWeights, WeighTally
from app.rounds.suppression import withheld

OneReasoned = TypeVar("OneReasoned", bound=Reasoned)

# those of no shown sector, who follow by subtraction as one sum
REST = "\0"


def guarded(tally: Tally, minimum: int) -> Tally:
    """The tally without what fewer than the minimum group could be known by."""
    match tally:
        case RateTally():
            return _rate(tally, minimum)
        case CoverTally():
            return _cover(tally, minimum)
        case WeighTally():
            return replace(
                _without_reasons_of_few(tally, minimum), groups=_without_few_weights(tally, minimum)
            )
        case Reasoned():
            return _without_reasons_of_few(tally, minimum)
        case _:
            return tally


def _rate(tally: RateTally, minimum: int) -> RateTally:
    tally = _hanging(tally, minimum)
    few = {option.code for option in tally.options if _raters(option) < minimum}
    return replace(
        tally,
        options=[_without_moves_of_few(option, minimum) for option in tally.options],
        rationales={code: texts for code, texts in tally.rationales.items() if code not in few},
        withheld=sorted(code for code in few if tally.rationales.get(code)),
        groups=_without_few(tally, minimum),
        sides={code: _sides(tally, code, minimum) for code in tally.sides if code not in few},
    )


def _hanging(tally: RateTally, minimum: int) -> RateTally:
    """The same ranking under a minimum that may have become stricter since it was frozen.

    Of sectors left out nothing stays if one of them is small; of groups of opinion none if one is.
    """
    robust = tally.robust
    if robust is None:
        return tally
    if robust.without_sectors and min(robust.without_sectors.sizes) < minimum:
        robust = replace(robust, without_sectors=None)
        tally = replace(tally, options=[_without_range(option) for option in tally.options])
    if robust.opinion and min((group.size for group in robust.opinion.groups), default=minimum) < minimum:
        robust = replace(robust, opinion=None)
    return replace(tally, robust=robust)


def _without_range(option: OptionTally) -> OptionTally:
    robust = option.robust and replace(option.robust, without_low=None, without_high=None)
    return replace(option, robust=robust)


def _sides(tally: RateTally, code: str, minimum: int) -> list[str]:
    """The sides of an option's rationales; those of small groups, and of what would give these away, untold.

    A side says of a text that its author is among those who rated in that band. They must be as many
    as the minimum, and so must all those of whose side nothing is told.
    """
    option, overall = tally.option(code), tally.overall
    if option is None or overall is None:
        return []
    rated = option.by_criterion[overall.code]
    sizes = {FOR: _of(rated, rated.share_high), AGAINST: _of(rated, rated.share_low)}
    sizes[NEITHER] = tally.submitted - sum(sizes.values())
    hidden = withheld({side: size for side, size in sizes.items() if size}, minimum)
    return [UNTOLD if side in hidden else side for side in tally.sides[code]]


def _of(rated: Distribution, share: float | None) -> int:
    return round((share or 0.0) * rated.n)


def _raters(option: OptionTally) -> int:
    """How many rated the option on the criterion that most rated it on."""
    return max((distribution.n for distribution in option.by_criterion.values()), default=0)


def _without_moves_of_few(option: OptionTally, minimum: int) -> OptionTally:
    if option.movement is None or option.movement.paired >= minimum:
        return option
    return replace(option, movement=None)


def _without_few(tally: RateTally, minimum: int) -> list[GroupTally]:
    """The sectors under a minimum that may have become stricter since they were frozen."""
    groups = tally.groups
    for option in tally.options:
        for criterion, whole in option.by_criterion.items():
            cells = {group.code: group.cell(option.code, criterion) for group in groups}
            hidden = _hidden({code: cell for code, cell in cells.items() if cell}, whole.n, minimum)
            groups = [_without(group, option.code, criterion, hidden) for group in groups]
    return groups


def _hidden(shown: dict[str, GroupCell], whole: int, minimum: int) -> frozenset[str]:
    sizes = {code: cell.n for code, cell in shown.items()}
    rest = whole - sum(sizes.values())
    return withheld(sizes | ({REST: rest} if rest else {}), minimum)


def _without(group: GroupTally, item: str, criterion: str, hidden: frozenset[str]) -> GroupTally:
    if group.code not in hidden or group.cell(item, criterion) is None:
        return group
    cells = {code: cell for code, cell in group.by_item[item].items() if code != criterion}
    return replace(group, by_item=group.by_item | {item: cells})


def _without_few_weights(tally: WeighTally, minimum: int) -> list[SectorWeights]:
    """The sectors' weights under a minimum that may have become stricter since they were frozen."""
    sizes = {group.code: group.n for group in tally.groups if group.n is not None}
    rest = tally.weighings - sum(sizes.values())
    hidden = withheld(sizes | ({REST: rest} if rest else {}), minimum)
    return [replace(group, n=None, weights={}) if group.code in hidden else group for group in tally.groups]


def _without_reasons_of_few(tally: OneReasoned, minimum: int) -> OneReasoned:
    few = {code for code in tally.rationales if tally.raters(code) < minimum}
    return replace(
        tally,
        rationales={code: texts for code, texts in tally.rationales.items() if code not in few},
        withheld=sorted(few),
    )


def _cover(tally: CoverTally, minimum: int) -> CoverTally:
    few = {
        code
        for code, row in tally.cells.items()
        if max((cell.n for cell in row.values()), default=0) < minimum
    }
    return replace(
        tally,
        cells={
            code: {element: _without_sources_of_few(cell, minimum) for element, cell in row.items()}
            for code, row in tally.cells.items()
        },
        rationales={code: texts for code, texts in tally.rationales.items() if code not in few},
        withheld=sorted(code for code in few if tally.rationales.get(code)),
    )


def _without_sources_of_few(cell: CoverCell, minimum: int) -> CoverCell:
    if not cell.sources or cell.n >= minimum:
        return cell
    return replace(cell, sources=[], sources_withheld=True)
