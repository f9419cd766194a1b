"""All that a report of a seminar can rest on: what is published, and nothing else."""

from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from app.dissent import queries as dissent
from app.dissent.queries import Statement
from app.i18n import day
from app.maps import coverage, planes
from app.maps.coverage import CoverMap
from app.maps.planes import PlaneMap
from app.models import Criterion, Question, Round, Seminar
from app.models.registers import Kind
from app.models.rounds import ROOM
from app.moderation import queries as moderation
from app.monitor import queries as monitor
from app.outcome import queries as outcomes
from app.outcome.queries import Outcome
from app.policy import Role
from app.registers import queries as registers
from app.registers.queries import ItemView
from app.results import disclosure
from app.results.allocate_tally import AllocateTally
from app.results.disclosure import NotReleased, Released
from app.results.tallies import Tally
from app.rounds import queries as rounds
from app.rounds.queries import PanelProgress, SubjectView

# whoever reads a report reads what is published, whatever more the roles of its editors may see
READS = frozenset({Role.OBSERVER})
# the labels of what may be called supported, as far as the seminar's rules give them
SUPPORTED = frozenset({"broad_agreement", "general_support"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A published question with its result."""

    round_: Round
    question: Question
    tally: Tally


class Material:
    """Read when it is first wanted, and then once."""

    def __init__(self, session: Session, seminar: Seminar) -> None:
        self.session = session
        self.seminar = seminar

    @cached_property
    def outcome(self) -> Outcome | None:
        """The latest published rating of ways forward."""
        return outcomes.latest(self.session, seminar=self.seminar, roles=READS)

    @cached_property
    def subjects(self) -> dict[str, SubjectView]:
        """The ways forward as they were rated, by code."""
        if self.outcome is None:
            return {}
        return {one.code: one for one in rounds.subjects(self.session, self.outcome.question)}

    @cached_property
    def supported(self) -> set[str]:
        """The codes of the ways forward on which there is broad agreement or general support."""
        options = self.outcome.tally.options if self.outcome else []
        return {one.code for one in options if one.label in SUPPORTED}

    @cached_property
    def asked(self) -> list[Asked]:
        """Every published question in its order."""
        found = []
        for round_ in self.plan:
            for question in rounds.questions(self.session, round_):
                try:
                    tally = disclosure.released_of(self.session, question=question, roles=READS)
                except NotReleased:
                    continue
                found.append(Asked(round_, question, tally))
        return found

    @cached_property
    def turnouts(self) -> dict[int, Asked]:
        """For each round of which anything is published the first question: it knows how many took part."""
        return {one.round_.number: one for one in reversed(self.asked)}

    @cached_property
    def plan(self) -> list[Round]:
        """The rounds of the seminar; what was voted on in the room for minutes is none of them."""
        return [one for one in rounds.plan(self.session, self.seminar) if one.kind != ROOM]

    @cached_property
    def threats(self) -> PlaneMap:
        """The plane of threats."""
        return planes.plane(self.session, seminar=self.seminar, roles=READS, kind=Kind.THREAT)

    @cached_property
    def stakeholders(self) -> PlaneMap:
        """The plane of stakeholders."""
        return planes.plane(self.session, seminar=self.seminar, roles=READS, kind=Kind.STAKEHOLDER)

    @cached_property
    def cover(self) -> CoverMap:
        """The coverage of the elements by frameworks."""
        return coverage.coverage(self.session, seminar=self.seminar, roles=READS)

    @cached_property
    def allotted(self) -> Released[AllocateTally] | None:
        """Where effort should go first, if the panel has been asked."""
        return next(
            (
                Released(one.round_, one.question, one.tally)
                for one in reversed(self.asked)
                if isinstance(one.tally, AllocateTally)
            ),
            None,
        )

    @cached_property
    def minorities(self) -> dict[str, list[Statement]]:
        """The released minority statements by the code of their way forward."""
        return dissent.released(self.session, seminar=self.seminar, roles=READS)

    @cached_property
    def criteria(self) -> list[Criterion]:
        """The criteria of the ranking, and the one that sums up."""
        return rounds.card_criteria(self.session, self.seminar)

    @cached_property
    def proposals(self) -> list[moderation.Outcome]:
        """What became of every proposal that was decided."""
        return moderation.outcomes(self.session, seminar=self.seminar)

    @cached_property
    def settled(self) -> list[moderation.Settled]:
        """What became of the items themselves."""
        return moderation.settled(self.session, seminar=self.seminar)

    @cached_property
    def passages(self) -> list[monitor.Passage]:
        """Who came along from round to round, of those that are published."""
        return [
            one for one in monitor.passages(self.session, self.seminar) if one.round_.number in self.turnouts
        ]

    @cached_property
    def sectors(self) -> dict[str, str]:
        """The sectors by code."""
        return {one.code: one.label for one in registers.sectors(self.session, seminar=self.seminar)}

    @cached_property
    def vocabularies(self) -> dict[str, dict[str, str]]:
        """The seminar's words for the values of fields."""
        return registers.vocabularies(self.session, seminar=self.seminar)

    @cached_property
    def _items(self) -> dict[Kind, list[ItemView]]:
        return {}

    def items(self, kind: Kind) -> list[ItemView]:
        """The accepted items of a register."""
        if kind not in self._items:
            self._items[kind] = registers.items(self.session, seminar=self.seminar, kind=kind)
        return self._items[kind]

    def progress(self, round_: Round) -> PanelProgress:
        """Who took part in a round, by sector as far as that may be told."""
        return rounds.participation(self.session, round_, self.seminar.min_group)

    def day(self, round_: Round) -> str:
        """The day on which a round was closed."""
        return day(round_.closed_at, self.seminar.timezone) if round_.closed_at else ""
