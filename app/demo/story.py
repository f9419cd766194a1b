"""The past of the demonstration: real content, an invented panel, its second rating under way.

All that a service can do is done by the services, at the moments at which it would have been done.
Only single answers are written in bulk, since the panel gives some thousands of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlmodel import Session, col, select, update

from app import audit, clock
from app.ballots import service as ballots
from app.demo import opinions, panel, writing
from app.demo.opinions import Sheet, Subject
from app.demo.panel import Seat
from app.founding import service as founding
from app.founding import template
from app.identity.service import find_or_make_person
from app.models import Membership, Message, Panellist, Person, Round, Seminar
from app.models.notifications import MessageState
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.policy import Role
from app.questions.answers import Entry
from app.registers import queries as registers
from app.results import service as results
from app.rounds import queries as rounds
from app.rounds.service import open_round
from app.seminars import pseudonyms
from app.seminars import service as seminars
from app.settings import Settings

SLUG = TEMPLATE = "unscr-2370-op12"
TIMEZONE = "Europe/Zurich"
SEED = 2370

# Today is this day of the plan: the second rating has opened four days ago and closes in nine.
TODAY = 109
FOUNDED, INVITED, JOINED = -14, -13, -8
COUNTED = timedelta(days=5)  # from closing a round to publishing its result
RATED, RATED_AGAIN, BEGUN = 38, 31, 3  # of 41; the visitor is the first of the 38 and has begun again
PACE, PACE_AGAIN = timedelta(hours=12), timedelta(hours=2.5)  # from one submitted ballot to the next
BEGUN_ANSWERS, VISITOR_ANSWERS = 5, 8
MAPPED = (
    "The maps of stakeholders, frameworks and threats were settled before the seminar went online. "
    "The registers hold what came of it; the coverage of frameworks is a hypothesis."
)
PROPOSED = (
    "The list of ways forward was settled before the seminar went online. It holds 26 options, "
    "which are rated in the words that stand in the register."
)


@dataclass(frozen=True, slots=True)
class Expert:
    """One invented expert, on both sides of her pseudonym."""

    membership: Membership
    panellist: Panellist


class Story:
    """It is told in the order in which things happened."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self.session = session
        self.settings = settings
        self.draw = Random(SEED)  # noqa: S311 - nothing secret is drawn
        self.first_day = (clock.now() - timedelta(days=TODAY)).date()

    def tell(self) -> Seminar:
        """From the founding to this morning."""
        self._found()
        experts = self._gather()
        mapping, proposals, rating, rerating, _ = rounds.plan(self.session, self.seminar)
        self._conclude(mapping, MAPPED)
        self._conclude(proposals, PROPOSED)

        options, ids = self._options(), [expert.panellist.id for expert in experts]
        first = opinions.first_round(self.draw, options, len(experts))
        second = opinions.second_round(self.draw, options, first)
        before, after = dict(zip(ids, first, strict=True)), dict(zip(ids, second, strict=True))

        visitor, *others = experts
        self._open(rating)
        self._submit(rating, experts[:RATED], before, {}, PACE)
        self._close(rating)
        self._open(rerating)
        self._submit(rerating, others[:RATED_AGAIN], after, before, PACE_AGAIN)
        self._begin(rerating, visitor, after[visitor.panellist.id], VISITOR_ANSWERS)
        for late in others[RATED_AGAIN : RATED_AGAIN + BEGUN]:
            self._begin(rerating, late, after[late.panellist.id], BEGUN_ANSWERS)
        return self.seminar

    def _found(self) -> None:
        with clock.standing_at(self._day(FOUNDED)):
            self.organiser = self._person(panel.staff(Role.ORGANISER))
            self.organiser.may_create_seminars = True
            self.seminar = founding.found(
                self.session,
                self.settings,
                slug=SLUG,
                by=self.organiser,
                template=template.load(template.catalogue()[TEMPLATE]),
                timezone=TIMEZONE,
                first_day=self.first_day,
                synthetic=True,
            )

    def _gather(self) -> list[Expert]:
        """Those who have come; of the others, one has said so."""
        with clock.standing_at(self._day(INVITED)):
            staff = [self._invite(panel.staff(role)) for role in (Role.FACILITATOR, Role.OBSERVER)]
            members = [self._invite(seat) for seat in panel.experts()]
            declining, *_ = [self._invite(seat) for seat in panel.absent()]
        with clock.standing_at(self._day(JOINED)):
            for member in (*staff, *members):
                seminars.join(self.session, self.settings, membership=member)
            seminars.decline(self.session, membership=declining)
        self._send_nothing()
        self.facilitator = self._person(panel.staff(Role.FACILITATOR))
        return [Expert(m, pseudonyms.panellist_of(self.session, self.settings, m)) for m in members]

    def _invite(self, seat: Seat) -> Membership:
        return seminars.invite(
            self.session,
            self.settings,
            seminar=self.seminar,
            email=seat.email,
            name=seat.name,
            role=seat.role,
            sector=seat.sector,
            region=seat.region,
            by=self.organiser,
        )

    def _person(self, seat: Seat) -> Person:
        return find_or_make_person(self.session, email=seat.email, name=seat.name)

    def _send_nothing(self) -> None:
        """The invitations count as sent: there is nobody to whom they could go."""
        members = select(Membership.id).where(Membership.seminar_id == self.seminar.id)
        sent = {"state": MessageState.SENT, "sent_at": self._day(INVITED)}
        self.session.exec(update(Message).where(col(Message.membership_id).in_(members)).values(**sent))

    def _conclude(self, round_: Round, note: str) -> None:
        """The round was held elsewhere; what came of it is in the registers."""
        assert round_.closes_at is not None
        round_.note, round_.state = note, RoundState.PUBLISHED
        round_.opened_at, round_.closed_at = round_.opens_at, round_.closes_at
        round_.published_at = round_.closes_at + COUNTED
        with clock.standing_at(round_.published_at):
            audit.record(
                self.session,
                "demo:round:conclude",
                actor=self.facilitator.id,
                seminar=self.seminar.id,
                subject=f"R{round_.number}",
            )

    def _options(self) -> list[Subject]:
        items = registers.items(self.session, seminar=self.seminar, kind=Kind.OPTION)
        return opinions.subjects(self.draw, {item.code: item.fields for item in items})

    def _open(self, round_: Round) -> None:
        assert round_.opens_at is not None
        with clock.standing_at(round_.opens_at):
            open_round(self.session, round_=round_, by=self.facilitator)

    def _submit(
        self,
        round_: Round,
        experts: Sequence[Expert],
        sheets: Mapping[UUID, Sheet],
        before: Mapping[UUID, Sheet],
        pace: timedelta,
    ) -> None:
        """The experts have answered and submitted, one after the other."""
        assert round_.opened_at is not None
        theirs = {expert.panellist.id: sheets[expert.panellist.id] for expert in experts}
        writing.write(self.session, round_, theirs, before)
        for place, expert in enumerate(experts, start=1):
            with clock.standing_at(round_.opened_at + place * pace):
                ballots.submit(
                    self.session,
                    round_=round_,
                    panellist=expert.panellist,
                    membership=expert.membership,
                    blanks_meant=True,
                )

    def _close(self, round_: Round) -> None:
        """The round was closed when its time had come, and published after some days."""
        assert round_.closes_at is not None
        with clock.standing_at(round_.closes_at):
            results.close_round(self.session, self.settings, round_=round_, by=self.facilitator)
        with clock.standing_at(round_.closes_at + COUNTED):
            results.publish_round(self.session, round_=round_, by=self.facilitator)

    def _begin(self, round_: Round, expert: Expert, sheet: Sheet, how_many: int) -> None:
        """The expert has answered a few options and not submitted."""
        codes = self.draw.sample(sorted(sheet), how_many)
        entries = {code: Entry(dict(sheet[code].judgements), sheet[code].rationale) for code in codes}
        ballots.save(
            self.session,
            round_=round_,
            panellist=expert.panellist,
            membership=expert.membership,
            question="Q1",
            entries=entries,
            seen={},
        )

    def _day(self, day: int) -> datetime:
        """Noon of a day of the plan."""
        return datetime.combine(self.first_day, time(12), UTC) + timedelta(days=day)
