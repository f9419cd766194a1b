"""The past of the demonstration: real content, an invented panel, mapping to second rating.

All that a service can do is done by the services, at the moments at which it would have been done.
Only single answers are written in bulk, since the panel gives some thousands of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlmodel import Session, col, select, update

from app import clock
from app.ballots import service as ballots
from app.demo import maps, minority, opinions, panel, reporting, writing
from app.demo.desk import Desk
from app.demo.opinions import Sheet
from app.demo.panel import Seat
from app.demo.writing import Paper
from app.founding import service as founding
from app.founding import template
from app.identity.service import find_or_make_person
from app.models import Membership, Message, Panellist, Person, Round, Seminar
from app.models.notifications import MessageState
from app.models.registers import Kind
from app.moderation import service as moderation
from app.policy import Role
from app.questions.answers import Entry
from app.registers import queries as registers
from app.registers.queries import ItemView
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
# from one submitted ballot of a round to the next
PACE, PACE_OF_PROPOSALS, PACE_AGAIN = timedelta(hours=12), timedelta(hours=17), timedelta(hours=2.5)
# from opening a round to the first proposal; from closing it to the first decision, and to publishing it
PROPOSED, DECIDED, COUNTED = timedelta(hours=6), timedelta(hours=3), timedelta(days=5)
# Who of the 41 takes no part, by places on the panel: one in eight of the mapping, one in three after it.
MISSES_MAPPING, MISSES_PROPOSALS = (8, 5), (3, 2)
RATED, RATED_AGAIN, BEGUN = 38, 31, 3  # the visitor is the first of the 38 and has begun again
BEGUN_ANSWERS, VISITOR_ANSWERS = 5, 8
# when proposals began to be taken at any time, of what kinds, and when two were made
TAKEN, LATELY = 97, 100
# from opening the second rating to the first minority statement
DISSENT = timedelta(hours=20)
ANY_TIME = (Kind.GAP, Kind.OPPORTUNITY, Kind.PRACTICE)


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
        self.desk = Desk(
            self.session,
            seminar=self.seminar,
            facilitator=self.facilitator,
            experts=[expert.panellist for expert in experts],
        )
        mapping, proposals, rating, rerating, _ = rounds.plan(self.session, self.seminar)
        self._map(mapping, _without(experts, *MISSES_MAPPING))
        self._comment(proposals, _without(experts, *MISSES_PROPOSALS))
        self._rate(rating, rerating, experts)
        reporting.begin(
            self.session, seminar=self.seminar, organiser=self.organiser, facilitator=self.facilitator
        )
        self._send_nothing()
        return self.seminar

    def _map(self, round_: Round, experts: Sequence[Expert]) -> None:
        """Threats and stakeholders are put on planes, coverage is graded, gaps argued about, some added."""
        draw, sectors = self._random("maps"), [expert.membership.sector or "" for expert in experts]
        parts = {
            "Q1": maps.threats(draw, sectors),
            "Q2": maps.stakeholders(draw, sectors, self._items(Kind.STAKEHOLDER)),
            "Q3": maps.coverage(draw, sectors, self._items(Kind.FRAMEWORK)),
            "Q4": maps.comments(draw, len(experts), self._items(Kind.GAP, Kind.OPPORTUNITY)),
        }
        self._hold(round_, experts, parts, "Q5", PACE)

    def _comment(self, round_: Round, experts: Sequence[Expert]) -> None:
        """The first ways forward are argued about, and others proposed."""
        parts = {"Q1": maps.comments(self._random("proposals"), len(experts), self._items(Kind.OPTION))}
        self._hold(round_, experts, parts, "Q2", PACE_OF_PROPOSALS)

    def _hold(
        self,
        round_: Round,
        experts: Sequence[Expert],
        parts: Mapping[str, Sequence[Sheet]],
        proposing: str,
        pace: timedelta,
    ) -> None:
        """A round is held from its opening to its result, with proposals made in it and decided after it."""
        papers = {
            expert.panellist.id: {code: sheets[place] for code, sheets in parts.items()}
            for place, expert in enumerate(experts)
        }
        self._open(round_)
        assert round_.opened_at is not None
        question = rounds.find_question(self.session, round_, proposing)
        self.desk.propose(f"R{round_.number}", round_.opened_at + PROPOSED, question)
        self._submit(round_, experts, papers, {}, pace)
        self._close(round_)
        assert round_.closed_at is not None
        self.desk.decide(round_.closed_at + DECIDED)
        self._publish(round_)

    def _rate(self, rating: Round, rerating: Round, experts: Sequence[Expert]) -> None:
        """All options are rated once and published; the second rating is under way."""
        options = opinions.subjects(self.draw, {i.code: i.fields for i in self._items(Kind.OPTION)})
        first = opinions.first_round(self.draw, options, len(experts))
        second = opinions.second_round(self.draw, options, first)
        before, after = _papers(experts, first), _papers(experts, second)
        visitor, *others = experts
        self._open(rating)
        self._submit(rating, experts[:RATED], before, {}, PACE)
        self._close(rating)
        self._publish(rating)
        with clock.standing_at(self._day(TAKEN)):
            moderation.set_proposing(self.session, seminar=self.seminar, kinds=ANY_TIME, by=self.facilitator)
        self.desk.propose("anytime", self._day(LATELY))
        self._open(rerating)
        self._submit(rerating, others[:RATED_AGAIN], after, before, PACE_AGAIN)
        self._begin(rerating, visitor, after[visitor.panellist.id]["Q1"], VISITOR_ANSWERS)
        for late in others[RATED_AGAIN : RATED_AGAIN + BEGUN]:
            self._begin(rerating, late, after[late.panellist.id]["Q1"], BEGUN_ANSWERS)
        assert rerating.opened_at is not None
        minority.collect(
            self.session,
            seminar=self.seminar,
            facilitator=self.facilitator,
            experts=[expert.panellist for expert in experts],
            begin=rerating.opened_at + DISSENT,
        )

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
            roles = (Role.FACILITATOR, Role.OBSERVER, Role.CLERK)
            staff = [self._invite(panel.staff(role)) for role in roles]
            members = [self._invite(seat) for seat in panel.experts()]
            declining, *_ = [self._invite(seat) for seat in panel.absent()]
        with clock.standing_at(self._day(JOINED)):
            for member in (*staff, *members):
                seminars.join(self.session, self.settings, membership=member)
            seminars.decline(self.session, membership=declining)
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
        """The mails of all that has happened count as sent: there is nobody to whom they could go."""
        members = select(Membership.id).where(Membership.seminar_id == self.seminar.id)
        sent = {"state": MessageState.SENT, "sent_at": col(Message.due_at)}
        self.session.exec(update(Message).where(col(Message.membership_id).in_(members)).values(**sent))

    def _items(self, *kinds: Kind) -> list[ItemView]:
        return [
            item for kind in kinds for item in registers.items(self.session, seminar=self.seminar, kind=kind)
        ]

    def _random(self, chapter: str) -> Random:
        """A source of chance for one chapter, so that none depends on how much another draws."""
        return Random(f"{SEED} {chapter}")  # noqa: S311 - nothing secret is drawn

    def _open(self, round_: Round) -> None:
        assert round_.opens_at is not None
        with clock.standing_at(round_.opens_at):
            open_round(self.session, round_=round_, by=self.facilitator)

    def _submit(
        self,
        round_: Round,
        experts: Sequence[Expert],
        papers: Mapping[UUID, Paper],
        before: Mapping[UUID, Paper],
        pace: timedelta,
    ) -> None:
        """The experts have answered and submitted, one after the other."""
        assert round_.opened_at is not None
        theirs = {expert.panellist.id: papers[expert.panellist.id] for expert in experts}
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
        """The round was closed when its time had come."""
        assert round_.closes_at is not None
        with clock.standing_at(round_.closes_at):
            results.close_round(self.session, self.settings, round_=round_, by=self.facilitator)

    def _publish(self, round_: Round) -> None:
        """Its result was published after some days."""
        assert round_.closes_at is not None
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


def _without(experts: Sequence[Expert], every: int, place: int) -> list[Expert]:
    return [expert for number, expert in enumerate(experts) if number % every != place]


def _papers(experts: Sequence[Expert], sheets: Sequence[Sheet]) -> dict[UUID, Paper]:
    return {expert.panellist.id: {"Q1": sheet} for expert, sheet in zip(experts, sheets, strict=True)}
