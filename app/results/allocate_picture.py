"""The figure of an allotment: how many points the panel gives each subject, and how far experts differ."""

from app.figures import allotment
from app.figures.look import Caption, Figure, Look
from app.i18n import fixed, gettext, percent
from app.models import Seminar
from app.results.allocate_tally import AllocateTally, Allotted
from app.results.disclosure import Released
from app.results.pictures import Picture, Table, note
from app.spreadsheet.tabular import Cell


def of(seminar: Seminar, released: Released[AllocateTally]) -> Picture:
    """The figure of a released allotment."""
    tally = released.tally
    about = note(seminar, released)
    return Picture(
        name=f"{tally.question.lower()}-points",
        heading=gettext("Points"),
        note=about,
        round_number=tally.round_number,
        draw=lambda look: _draw(tally, about, look),
        is_drawn=tally.allocations > 0,
        table=lambda: _table(tally),
    )


def finding(tally: AllocateTally) -> str:
    """What the allotment says in a sentence."""
    if not tally.allocations:
        return gettext("Nobody has spent any points.")
    half, first = tally.upper_half, tally.options[0]
    title = next(one.title for one in tally.subjects if one.code == first.code)
    said = {"subject": f"{title} ({first.code})", "count": len(half), "all": len(tally.options)}
    if len(half) == 1:
        return gettext("%(subject)s gets half of the points or more.") % said
    return gettext("%(subject)s gets most; half of all points go to the first %(count)s of %(all)s.") % said


def _said(option: Allotted) -> str:
    share = percent(option.share_given or 0.0)
    if option.rank_low is None or option.rank_high is None:
        return gettext("given by %(share)s") % {"share": share}
    if option.rank_low == option.rank_high:
        return gettext("given by %(share)s · rank %(rank)s") % {"share": share, "rank": option.rank_low}
    said = {"share": share, "low": option.rank_low, "high": option.rank_high}
    return gettext("given by %(share)s · rank %(low)s to %(high)s") % said


def _draw(tally: AllocateTally, about: str, look: Look) -> Figure:
    titles = {subject.code: subject.title for subject in tally.subjects}
    rows = [
        allotment.AllotmentRow(
            code=option.code,
            title=titles[option.code],
            mean=option.mean or 0.0,
            written=fixed(option.mean or 0.0, 1),
            q1=option.q1 or 0.0,
            q3=option.q3 or 0.0,
            said=_said(option),
        )
        for option in tally.options
        if option.rank is not None
    ]
    caption = Caption(
        title=finding(tally),
        subtitle=gettext("Mean of %(points)s points (bar) and the middle half of the experts (line)")
        % {"points": tally.points},
        note=about,
        description=gettext(
            "A bar for the mean points of each, and a line from the lower to the upper quartile. "
            "The same numbers stand in a table."
        ),
    )
    return allotment.figure(
        rows, caption=caption, axis=gettext("Mean points"), said=gettext("Experts"), look=look
    )


def _table(tally: AllocateTally) -> Table:
    titles = {subject.code: subject.title for subject in tally.subjects}
    columns = {
        "code": gettext("Code"),
        "title": gettext("Subject"),
        "rank": gettext("Rank"),
        "rank_low": gettext("Interval from"),
        "rank_high": gettext("Interval to"),
        "mean": gettext("Mean points"),
        "sd": gettext("Standard deviation"),
        "median": gettext("Median"),
        "q1": gettext("Lower quartile"),
        "q3": gettext("Upper quartile"),
        "share_given": gettext("Gave it any"),
        "n": gettext("Experts"),
    }
    rows: list[list[Cell]] = [
        [
            *(option.code, titles[option.code], option.rank, option.rank_low, option.rank_high, option.mean),
            *(option.sd, option.median, option.q1, option.q3, option.share_given, option.n),
        ]
        for option in tally.options
    ]
    return Table(columns, rows)
