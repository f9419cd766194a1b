"""The figure of an order: how the experts placed each subject, and where the panel puts it."""

from app.figures import places
from app.figures.look import Caption, Figure, Look
from app.i18n import gettext, ngettext, number
from app.models import Seminar
from app.results.disclosure import Released
from app.results.leading import first_place
from app.results.pictures import Picture, Table, note
from app.results.rank_tally import Placed, RankTally
from app.spreadsheet.tabular import Cell


def of(seminar: Seminar, released: Released[RankTally]) -> Picture:
    """The figure of a released order."""
    tally = released.tally
    about = note(seminar, released)
    return Picture(
        name=f"{tally.question.lower()}-order",
        heading=gettext("Places"),
        note=about,
        round_number=tally.round_number,
        draw=lambda look: _draw(tally, about, look),
        is_drawn=bool(tally.ranked),
        table=lambda: _table(tally),
    )


def finding(tally: RankTally) -> str:
    """What the order says, and how firmly, in a sentence or two."""
    if not tally.leaders:
        return gettext("Nobody has ranked anything.")
    return first_place(tally, tally.leaders)


def _said(option: Placed) -> str:
    first = ngettext("first for %(count)s of %(n)s", "first for %(count)s of %(n)s", option.first) % {
        "count": option.first,
        "n": option.n,
    }
    if not option.unranked:
        return first
    left = ngettext("%(count)s left it out", "%(count)s left it out", option.unranked)
    return f"{first} · {left % {'count': option.unranked}}"


def _draw(tally: RankTally, about: str, look: Look) -> Figure:
    titles = {subject.code: subject.title for subject in tally.subjects}
    rows = [
        places.PlacesRow(
            code=option.code,
            title=titles[option.code],
            counts=option.places,
            rank=option.rank or 0,
            low=option.rank_low,
            high=option.rank_high,
            said=_said(option),
        )
        for option in tally.ranked
    ]
    overlap = gettext("Those whose intervals overlap cannot be told apart.") if tally.has_intervals else ""
    caption = Caption(
        title=finding(tally),
        subtitle=gettext("How many experts put each in which place (bars), and its rank in the panel (dot)")
        if not tally.has_intervals
        else gettext(
            "How many experts put each in which place (bars), and its rank in the panel (dot) "
            "with its 95 per cent interval (line)"
        ),
        note=f"{about} {overlap}".strip(),
        description=gettext(
            "For each a bar for every place, and below it a dot for the rank. "
            "The same numbers stand in a table."
        ),
    )
    return places.figure(
        rows,
        count=len(tally.subjects),
        caption=caption,
        axis=gettext("Place"),
        said=gettext("Experts"),
        look=look,
    )


def _table(tally: RankTally) -> Table:
    titles = {subject.code: subject.title for subject in tally.subjects}
    columns = {
        "code": gettext("Code"),
        "title": gettext("Subject"),
        "rank": gettext("Rank"),
        "rank_low": gettext("Interval from"),
        "rank_high": gettext("Interval to"),
        "n": gettext("Ranked by"),
        "unranked": gettext("Left out by"),
        "median": gettext("Median place"),
        "score": gettext("Comparisons won"),
    } | {f"placed_{place}": number(place) for place in range(1, len(tally.subjects) + 1)}
    rows: list[list[Cell]] = [
        [
            *(option.code, titles[option.code], option.rank, option.rank_low, option.rank_high),
            *(option.n, option.unranked, option.median, option.score, *option.places),
        ]
        for option in tally.options
    ]
    return Table(columns, rows)
