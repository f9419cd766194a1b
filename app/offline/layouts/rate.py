"""Rating: a block for each subject with a row of boxes for each criterion; or, on a plane, one list."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.ballots.papers.cards import CardsPaper, RatingCard
from app.ballots.papers.plane import PlanePaper
from app.i18n import _, fixed, gettext, number
from app.models import Criterion
from app.offline.layouts.laying import BEFORE, Laying, points, scale_hint
from app.offline.sheet import Block, Grid, Row, Section
from app.questions.answers import RATIONALE
from app.questions.rate import PLANE
from app.questions.scales import is_long
from app.results.tally import Distribution
from app.rounds import queries as rounds

# so many boxes have room in a line
MOST_BOXES = 14
MARK = _("Mark one box in each line, for example with an x. What you leave blank counts as not answered.")
TYPE = _("%(label)s: write a whole number from %(low)s to %(high)s.")
WRITE = _("Write one number into each cell. What you leave blank counts as not answered.")
ASKED_OF_ALL = _("* asked of everyone")
PANEL = _("The panel in the round before: %(figures)s")
FIGURES = _("%(criterion)s: median %(median)s, middle half from %(low)s to %(high)s (%(count)s answers)")
CRITERION = _("Criterion")
SUBJECT = _("What is asked about")


def lay(laying: Laying) -> Section:
    """The question as its layout has it."""
    is_plane = laying.settings.get("layout") == PLANE
    return _plane(laying) if is_plane else _cards(laying)


def _asked(laying: Laying) -> list[tuple[Criterion, bool]]:
    return rounds.asked(laying.part.question, laying.criteria)


def _cards(laying: Laying) -> Section:
    paper = CardsPaper.lay(laying.session, laying.reading, laying.part)
    asked = _asked(laying)
    starred = (gettext(ASKED_OF_ALL),) if any(required for _criterion, required in asked) else ()
    return Section(
        code=laying.part.code,
        name="",
        prompt=laying.part.question.prompt,
        hints=(
            gettext(MARK),
            *(_meaning(one) for one, _required in asked),
            *_to_type(one for one, _required in asked),
            *(laying.letters if any(is_long(one.low, one.high) for one, _required in asked) else ()),
            *starred,
        ),
        blocks=tuple(_card(laying, card, asked) for card in paper.cards),
    )


def _card(laying: Laying, card: RatingCard, asked: list[tuple[Criterion, bool]]) -> Block:
    rows = [_criterion(laying, card.code, criterion, required=required) for criterion, required in asked]
    heads = list(dict.fromkeys(_head(row) for row in rows))
    grids = [
        Grid(head=gettext(CRITERION), rows=tuple(row for row in rows if _head(row) == head)) for head in heads
    ]
    reason = Row(
        key=laying.key(card.code, RATIONALE), label=laying.reason_head, cells=(laying.reason(card.code),)
    )
    return Block(
        code=card.code,
        title=card.subject.title,
        text=laying.known[card.code].text,
        notes=tuple(_notes(laying, card, asked)),
        quotes=tuple(card.reasons),
        grids=(*grids, Grid(head="", rows=(reason,))),
    )


def _head(row: Row) -> tuple[str, ...]:
    """What stands over its cells: rows of the same boxes stand in one grid, a number in one of its own."""
    cell = row.cells[0]
    return (cell.head,) if cell.low is not None else tuple(option.sign for option in cell.options)


def _criterion(laying: Laying, code: str, criterion: Criterion, *, required: bool) -> Row:
    numbers = _numbers(laying, criterion)
    boxes = "low" not in numbers and len(numbers["options"]) <= MOST_BOXES
    about = numbers | {"boxes": boxes, "scale": True, "required": required}
    return Row(
        key=laying.key(code, criterion.code),
        label=f"{criterion.label} *" if required else criterion.label,
        cells=(laying.cell(code, criterion.code, criterion.label, **about),),
    )


def _numbers(laying: Laying, criterion: Criterion) -> dict[str, Any]:
    """What can be answered: a point of the scale, or a number where it is too long to be printed."""
    if is_long(criterion.low, criterion.high):
        return {"low": criterion.low, "high": criterion.high, "options": laying.abstentions}
    return {"options": (*points(criterion), *laying.abstentions)}


def _meaning(criterion: Criterion) -> str:
    """What a criterion asks and what its numbers mean, said once."""
    asks = f"{criterion.label}: {criterion.question}" if criterion.question else criterion.label
    return scale_hint(asks, points(criterion))


def _to_type(criteria: Iterable[Criterion]) -> Iterator[str]:
    """Where a number is written instead of a box marked."""
    for one in criteria:
        if is_long(one.low, one.high):
            yield gettext(TYPE) % {"label": one.label, "low": one.low, "high": one.high}


def _notes(laying: Laying, card: RatingCard, asked: list[tuple[Criterion, bool]]) -> Iterator[str]:
    if laying.own and card.before.judgements:
        words = {option.value: option.label for option in laying.abstentions}
        given = card.before.judgements
        answers = [
            f"{criterion.label}: {words.get(str(given[criterion.code]), given[criterion.code])}"
            for criterion, _required in asked
            if criterion.code in given
        ]
        yield gettext(BEFORE) % {"answers": "; ".join(answers)}
    panel = [
        _figures(criterion, found)
        for criterion, _required in asked
        if (found := card.panel(criterion.code)) and found.median is not None
    ]
    if panel:
        yield gettext(PANEL) % {"figures": "; ".join(panel)}


def _figures(criterion: Criterion, found: Distribution) -> str:
    figures = {"median": _figure(found.median), "low": _figure(found.q1), "high": _figure(found.q3)}
    return gettext(FIGURES) % (figures | {"criterion": criterion.label, "count": number(found.n)})


def _figure(value: float | None) -> str:
    if value is None:
        return "\N{EN DASH}"
    return number(value) if value == int(value) else fixed(value)


def _plane(laying: Laying) -> Section:
    paper = PlanePaper.lay(laying.session, laying.reading, laying.part)
    asked = [criterion for criterion, _required in _asked(laying)]
    hints = [gettext(WRITE), *(scale_hint(one.question or one.label, points(one)) for one in asked)]

    def row(code: str, title: str) -> Row:
        cells = [laying.cell(code, one.code, one.label, scale=True, **_numbers(laying, one)) for one in asked]
        return Row(
            key=laying.key(code),
            label=f"{code} {title}",
            cells=(*cells, laying.reason(code)),
            worded=True,
        )

    rows = tuple(row(card.code, card.subject.title) for card in paper.cards)
    return Section(
        code=laying.part.code,
        name="",
        prompt=laying.part.question.prompt,
        hints=(*hints, *laying.letters),
        blocks=(Block(notes=laying.before(rows), grids=(Grid(head=gettext(SUBJECT), rows=rows),)),),
    )
