"""The figure of weights: what each criterion weighs for the panel, and how far experts differ."""

from app.figures import allotment
from app.figures.look import Caption, Figure, Look
from app.i18n import fixed, gettext
from app.models import Seminar
from app.results.disclosure import Released
from app.results.pictures import Picture, Table, note
from app.results.weigh_tally import Weighed, WeighTally
from app.spreadsheet.tabular import Cell


def of(seminar: Seminar, released: Released[WeighTally]) -> Picture:
    """The figure of released weights."""
    tally = released.tally
    about = note(seminar, released)
    return Picture(
        name=f"{tally.question.lower()}-weights",
        heading=gettext("Weights"),
        note=about,
        round_number=tally.round_number,
        draw=lambda look: _draw(tally, about, look),
        is_drawn=tally.weighings > 0,
        table=lambda: _table(tally),
    )


def finding(tally: WeighTally) -> str:
    """What weighs most, in a sentence."""
    if not tally.weighings:
        return gettext("Nobody has weighed the criteria.")
    first = tally.in_order[0]
    title = next(subject.title for subject in tally.subjects if subject.code == first.code)
    said = {"criterion": f"{title} ({first.code})", "share": fixed(100 * (first.mean or 0.0), 1)}
    return gettext("%(criterion)s weighs most: %(share)s per cent.") % said


def _said(one: Weighed) -> str:
    if one.mean_low is None or one.mean_high is None:
        return ""
    said = {"low": fixed(100 * one.mean_low, 1), "high": fixed(100 * one.mean_high, 1)}
    return gettext("the mean: %(low)s to %(high)s") % said


def _draw(tally: WeighTally, about: str, look: Look) -> Figure:
    titles = {subject.code: subject.title for subject in tally.subjects}
    rows = [
        allotment.AllotmentRow(
            code=one.code,
            title=titles[one.code],
            mean=100 * (one.mean or 0.0),
            written=fixed(100 * (one.mean or 0.0), 1),
            q1=100 * (one.q1 or 0.0),
            q3=100 * (one.q3 or 0.0),
            said=_said(one),
        )
        for one in tally.in_order
        if one.mean is not None
    ]
    caption = Caption(
        title=finding(tally),
        subtitle=gettext("Mean weight in per cent (bar) and the middle half of the experts (line)"),
        note=about,
        description=gettext(
            "A bar for the mean weight of each criterion, and a line from the lower to the upper quartile. "
            "The same numbers stand in a table."
        ),
    )
    return allotment.figure(
        rows, caption=caption, axis=gettext("Weight in per cent"), said=gettext("95 per cent"), look=look
    )


def _table(tally: WeighTally) -> Table:
    titles = {subject.code: subject.title for subject in tally.subjects}
    columns = {
        "code": gettext("Code"),
        "title": gettext("Criterion"),
        "rank": gettext("Rank"),
        "mean": gettext("Mean weight"),
        "mean_low": gettext("Interval from"),
        "mean_high": gettext("Interval to"),
        "median": gettext("Median"),
        "q1": gettext("Lower quartile"),
        "q3": gettext("Upper quartile"),
        "sd": gettext("Standard deviation"),
    }
    rows: list[list[Cell]] = [
        [one.code, titles[one.code], *(getattr(one, name) for name in list(columns)[2:])]
        for one in tally.criteria
    ]
    return Table(columns, rows)
