"""The outcome's figures: a tally in the words and numbers that a figure needs, and the same as a table."""

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import NotFound
from app.figures import overall_support, rank_intervals
from app.figures.look import Caption, Figure, Look, Width
from app.i18n import gettext, number, percent
from app.outcome import reading
from app.outcome.queries import Outcome
from app.results import pictures
from app.results.disclosure import Released
from app.results.tally import OptionTally, Scale
from app.spreadsheet.tabular import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a figure: the names of the columns, and the rows."""

    columns: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Picture:
    """One kind of figure: what it is called, and how it is drawn and told."""

    name: str
    draw: Callable[[Outcome, Look], Figure]
    table: Callable[[Outcome], Table]


def picture(name: str) -> Picture:
    """The figure of that name."""
    if name not in PICTURES:
        raise NotFound
    return PICTURES[name]


def note(outcome: Outcome) -> str:
    """How many answered, in which round, until when; and whether that is for everybody's eyes."""
    return pictures.note(outcome.seminar, Released(outcome.round_, outcome.question, outcome.tally))


def _ranked(outcome: Outcome) -> list[tuple[OptionTally, int, int, int]]:
    """The options that have a rank and its interval, with both; without intervals there is no such figure."""
    if not reading.is_sure(outcome.tally):
        raise NotFound
    return [
        (option, option.rank, option.rank_low, option.rank_high)
        for option in outcome.tally.options
        if option.rank is not None and option.rank_low is not None and option.rank_high is not None
    ]


def _rank_intervals(outcome: Outcome, look: Look) -> Figure:
    verdicts = {verdict.id: verdict for verdict in reading.verdicts(outcome.tally)}
    ranked = _ranked(outcome)
    rows = [
        rank_intervals.RankRow(
            code=option.code,
            title=option.title,
            rank=rank,
            low=low,
            high=high,
            verdict=verdicts[option.label].label if option.label in verdicts else "",
            mark=reading.MARKS.get(option.label, reading.OTHER),
        )
        for option, rank, low, high in ranked
    ]
    overlap = gettext("A bar describes this panel; ways forward whose bars overlap cannot be told apart.")
    caption = Caption(
        title=reading.first_ranks(outcome.tally),
        subtitle=gettext("Rank by the weighted criteria (mark) and 95 per cent rank interval (bar)"),
        note=f"{note(outcome)} {overlap}",
        description=gettext(
            "A mark for the rank and a bar for its interval, for each way forward. "
            "The same numbers stand in a table."
        ),
    )
    return rank_intervals.figure(
        rows,
        count=len(rows),
        caption=caption,
        axis=gettext("Rank, of %(n)s") % {"n": len(rows)},
        columns=(gettext("Rank"), gettext("In words")),
        look=look,
    )


def _rank_intervals_table(outcome: Outcome) -> Table:
    labels = outcome.tally.labels
    columns = ["code", "title", "rank", "rank_low", "rank_high", "p_top3", "expected_rank", "label"]
    rows: list[list[Cell]] = [
        [o.code, o.title, rank, low, high, o.p_top3, o.expected_rank, labels.get(o.label, "")]
        for o, rank, low, high in _ranked(outcome)
    ]
    return Table(columns, rows)


def _basis(outcome: Outcome) -> Scale:
    scale = outcome.tally.overall
    if scale is None:
        raise NotFound
    return scale


def _overall_support(outcome: Outcome, look: Look) -> Figure:
    scale = _basis(outcome)
    groups = [
        overall_support.SupportGroup(
            verdict=verdict.label,
            rows=[_support_row(option, scale) for option in _by_support(verdict, scale)],
        )
        for verdict in _groups(outcome)
    ]
    names = (gettext("Favourable"), gettext("Undecided"), gettext("Unfavourable"))
    said = dict(
        zip(("high", "middle", "low"), reading.band_names(outcome.rules, scale.low, scale.high), strict=True)
    )
    caption = Caption(
        title=reading.headline(outcome.tally),
        subtitle=gettext(
            "Per cent of the ratings of overall support that were favourable (%(high)s), "
            "undecided (%(middle)s) and unfavourable (%(low)s); abstentions are left out"
        )
        % said,
        note=note(outcome),
        description=gettext(
            "A bar in three bands for each way forward, grouped by what the wording rules say of it. "
            "The same numbers stand in a table."
        ),
    )
    return overall_support.figure(groups, caption=caption, bands=names, n=gettext("Ratings"), look=look)


def _groups(outcome: Outcome) -> list[reading.Verdict]:
    """The options by what is said of them; all in one where the seminar has fixed no rules."""
    everything = gettext("All ways forward")
    unsaid = reading.Verdict(id="", label=everything, mark=reading.OTHER, options=outcome.tally.options)
    return reading.verdicts(outcome.tally) or [unsaid]


def _by_support(verdict: reading.Verdict, scale: Scale) -> list[OptionTally]:
    def favourable(option: OptionTally) -> float:
        return -(option.by_criterion[scale.code].share_high or 0.0)

    return sorted(verdict.options, key=favourable)


def _support_row(option: OptionTally, scale: Scale) -> overall_support.SupportRow:
    d = option.by_criterion[scale.code]
    high, middle, low = reading.band_shares(d)
    return overall_support.SupportRow(
        code=option.code,
        title=option.title,
        favourable=high,
        undecided=middle,
        unfavourable=low,
        n=d.n,
    )


def _overall_support_table(outcome: Outcome) -> Table:
    scale, rows = _basis(outcome), []
    for verdict in _groups(outcome):
        for option in _by_support(verdict, scale):
            d = option.by_criterion[scale.code]
            said: list[Cell] = [option.code, option.title, verdict.label, d.n]
            cells = [*said, *reading.band_shares(d), d.median, d.q1, d.q3]
            rows.append([*cells, sum(d.abstained.values())])
    bands = ["share_favourable", "share_undecided", "share_unfavourable"]
    return Table(["code", "title", "label", "n", *bands, "median", "q1", "q3", "abstentions"], rows)


PICTURES = {
    one.name: one
    for one in (
        Picture("rank-intervals", _rank_intervals, _rank_intervals_table),
        Picture("overall-support", _overall_support, _overall_support_table),
    )
}


def look(width: Width) -> Look:
    """One of the two widths, to know its measures."""
    return Look(width=width)


def heading(column: str) -> str:
    """What a column is called on a page."""
    return {
        "code": gettext("Code"),
        "title": gettext("Way forward"),
        "rank": gettext("Rank"),
        "rank_low": gettext("Interval from"),
        "rank_high": gettext("Interval to"),
        "p_top3": gettext("First three"),
        "expected_rank": gettext("Mean rank"),
        "label": gettext("In words"),
        "n": gettext("Ratings"),
        "share_favourable": gettext("Favourable"),
        "share_undecided": gettext("Undecided"),
        "share_unfavourable": gettext("Unfavourable"),
        "median": gettext("Median"),
        "q1": gettext("Lower quartile"),
        "q3": gettext("Upper quartile"),
        "abstentions": gettext("Abstentions"),
    }[column]


def cell(column: str, value: Cell) -> str:
    """A value as it is written on a page: shares in per cent."""
    if value is None or isinstance(value, str):
        return value or ""
    return percent(value) if column.startswith(("share_", "p_")) else number(value, 2)
