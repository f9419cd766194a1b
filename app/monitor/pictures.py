"""The course of a round as a figure, in the words that it needs, and the same as a table."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property

from app.figures import course as drawing
from app.figures.look import Caption, Figure, Look
from app.i18n import day, gettext, ngettext
from app.models import Round, Seminar
from app.monitor.queries import Day
from app.results.pictures import Picture, Table
from app.rounds.queries import PanelProgress


@dataclass(frozen=True, kw_only=True)
class Course:
    """The days of a round beside what they are measured by."""

    seminar: Seminar
    round_: Round
    days: list[Day]
    progress: PanelProgress

    @cached_property
    def picture(self) -> Picture:
        """The days as a figure, and the same numbers as a table."""
        return Picture(
            name="course",
            heading=gettext("Day by day"),
            note="",
            round_number=self.round_.number,
            draw=self.draw,
            is_drawn=True,
            table=self.table,
        )

    def finding(self) -> str:
        """What the figure shows, in a sentence."""
        n = self.counted(self.days[-1])
        said = {"n": n, "joined": self.progress.whole.joined}
        came = (
            ngettext("One of %(joined)s experts has begun", "%(n)s of %(joined)s experts have begun", n)
            if self.progress.counts_saved
            else ngettext(
                "One of %(joined)s experts has submitted", "%(n)s of %(joined)s experts have submitted", n
            )
        )
        reached = self.reached_on()
        if reached is None:
            return gettext("%(came)s; the quorum of %(quorum)s is not reached") % {
                "came": came % said,
                "quorum": self.progress.quorum,
            }
        return gettext("%(came)s; the quorum of %(quorum)s was reached on %(day)s") % {
            "came": came % said,
            "quorum": self.progress.quorum,
            "day": self.named(reached),
        }

    def reached_on(self) -> Day | None:
        """The first day on which enough had submitted, or begun where what is saved counts too."""
        return next((one for one in self.days if 0 < self.counted(one) >= self.progress.quorum), None)

    def counted(self, one: Day) -> int:
        """How many of whom something would have counted, had the round closed when the day was over."""
        return one.started if self.progress.counts_saved else one.submitted

    def named(self, one: Day) -> str:
        """The day as people write it."""
        return day(_noon(one), "UTC")

    def draw(self, look: Look) -> Figure:
        """The figure."""
        notes = [gettext("Round %(number)s; numbers of people only.") % {"number": self.round_.number}]
        if self.seminar.synthetic:
            notes.append(gettext("Synthetic data, for demonstration."))
        return drawing.figure(
            [
                drawing.Line(label=gettext("submitted"), counts=[one.submitted for one in self.days]),
                drawing.Line(label=gettext("started"), counts=[one.started for one in self.days]),
                drawing.Line(label=gettext("opened"), counts=[one.opened for one in self.days]),
            ],
            days=[_tick(one) for one in self.days],
            top=self.progress.whole.joined,
            mark=drawing.Mark(label=gettext("quorum"), at=self.progress.quorum),
            caption=Caption(
                title=self.finding(),
                subtitle=gettext("Experts who had opened, started and submitted the round, day by day"),
                note=" ".join(notes),
                description=gettext(
                    "Three lines that rise from the opening of the round, and a level for the quorum. "
                    "The same numbers stand in a table."
                ),
            ),
            look=look,
        )

    def table(self) -> Table:
        """The numbers of the figure."""
        columns = {
            "day": gettext("Day"),
            "opened": gettext("Opened"),
            "started": gettext("Started"),
            "submitted": gettext("Submitted"),
        }
        return Table(
            columns, [[one.on.isoformat(), one.opened, one.started, one.submitted] for one in self.days]
        )


def _tick(one: Day) -> str:
    # a mark of Arabic's dates turns them round where nothing but numbers surrounds it
    return day(_noon(one), "UTC", "short").replace("\N{RIGHT-TO-LEFT MARK}", "")


def _noon(one: Day) -> datetime:
    """A moment that is on that day wherever it is read as one of UTC."""
    return datetime.combine(one.on, time(12), UTC)
