"""The figure of comparisons: how often each subject is expected to come first, and how firmly."""

from app.figures import allotment
from app.figures.look import Caption, Figure, Look
from app.i18n import fixed, gettext, ngettext
from app.models import Seminar
from app.results.compare_tally import Compared, CompareTally
from app.results.disclosure import Released
from app.results.leading import first_place
from app.results.pictures import Picture, Table, note
from app.spreadsheet.tabular import Cell


def of(seminar: Seminar, released: Released[CompareTally]) -> Picture:
    """The figure of released comparisons; nothing is drawn where there is no order."""
    tally = released.tally
    about = note(seminar, released)
    return Picture(
        name=f"{tally.question.lower()}-strengths",
        heading=gettext("Comparisons"),
        note=about,
        round_number=tally.round_number,
        draw=lambda look: _draw(tally, about, look),
        is_drawn=bool(tally.ranked),
        table=lambda: _table(tally),
    )


def finding(tally: CompareTally) -> str:
    """What the comparisons say, and how firmly, in a sentence."""
    if not tally.comparisons:
        return gettext("Nobody has compared anything.")
    if not tally.ranked:
        return gettext("No order follows: some were never compared with the others.")
    return first_place(tally, tally.leaders)


def _said(option: Compared) -> str:
    if option.rank_low is None or option.rank_high is None:
        return ngettext("%(count)s pair", "%(count)s pairs", option.compared) % {"count": option.compared}
    said = {"low": option.rank_low, "high": option.rank_high, "n": option.n}
    if option.rank_low == option.rank_high:
        return gettext("rank %(low)s · %(n)s experts") % said
    return gettext("rank %(low)s to %(high)s · %(n)s experts") % said


def _or(number: float | None, instead: float | None) -> float:
    found = instead if number is None else number
    return 0.0 if found is None else found


def _draw(tally: CompareTally, about: str, look: Look) -> Figure:
    titles = {subject.code: subject.title for subject in tally.subjects}
    rows = [
        allotment.AllotmentRow(
            code=option.code,
            title=titles[option.code],
            mean=100 * _or(option.share, None),
            written=fixed(100 * _or(option.share, None), 0),
            q1=100 * _or(option.low, option.share),
            q3=100 * _or(option.high, option.share),
            said=_said(option),
        )
        for option in tally.ranked
    ]
    subtitle = gettext("In how many of 100 comparisons with the others each is expected to come first")
    if tally.has_intervals:
        subtitle = gettext(
            "In how many of 100 comparisons with the others each is expected to come first (bar), "
            "with its 95 per cent interval (line)"
        )
    overlap = gettext("Those whose intervals overlap cannot be told apart.") if tally.has_intervals else ""
    caption = Caption(
        title=finding(tally),
        subtitle=subtitle,
        note=f"{about} {overlap}".strip(),
        description=gettext(
            "A bar for the expected share of comparisons won by each, and a line for its interval. "
            "The same numbers stand in a table."
        ),
    )
    return allotment.figure(
        rows, caption=caption, axis=gettext("Of 100 comparisons"), said=gettext("95 per cent"), look=look
    )


def _table(tally: CompareTally) -> Table:
    titles = {subject.code: subject.title for subject in tally.subjects}
    columns = {
        "code": gettext("Code"),
        "title": gettext("Subject"),
        "rank": gettext("Rank"),
        "rank_low": gettext("Interval from"),
        "rank_high": gettext("Interval to"),
        "share": gettext("Expected to come first"),
        "low": gettext("Share from"),
        "high": gettext("Share to"),
        "strength": gettext("Strength"),
        "won": gettext("Won"),
        "tied": gettext("About equal"),
        "lost": gettext("Lost"),
        "unsure": gettext("Could not say"),
        "n": gettext("Experts"),
    }
    rows: list[list[Cell]] = [
        [option.code, titles[option.code], *(getattr(option, name) for name in list(columns)[2:])]
        for option in tally.options
    ]
    return Table(columns, rows)
