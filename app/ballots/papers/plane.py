"""Placing on a plane: two numbers beside each subject, and the points that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlmodel import Session, col, select

from app.ballots.order import own_order
from app.ballots.papers import plot
from app.ballots.papers.cards import abstentions
from app.ballots.papers.plot import Plot
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Card, Paper, Words, plain_cards
from app.ballots.queries import Part
from app.models import Criterion, Item, ItemVersion, Subject
from app.models.registers import Kind
from app.questions.rate import Rate
from app.registers import queries as registers
from app.rounds import queries as rounds
from app.rounds.queries import SubjectView


@dataclass(frozen=True, slots=True)
class Group:
    """Subjects that belong together, under the name of their sector; or all of them, under none."""

    key: str
    label: str
    cards: Sequence[Card]

    @property
    def done(self) -> int:
        """How many of them are placed."""
        return sum(card.is_done for card in self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanePaper(Paper):
    """A question that places subjects on a plane."""

    folder = "plane"

    criteria: list[Criterion]
    abstentions: list[dict[str, str]]
    prompt: str
    groups: list[Group]
    plot: Plot

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The subjects, stakeholders under their sectors, and the plot of what is placed."""
        cards = plain_cards(session, reading, part, cls.order(session, reading, part))
        known = rounds.criteria(session, reading.seminar)
        return cls(
            reading=reading,
            part=part,
            words=cls.wording(session, reading, part),
            cards=cards,
            criteria=[criterion for criterion, _required in rounds.asked(part.question, known)],
            abstentions=abstentions(part),
            prompt=part.question.settings.get("rationale", {}).get("prompt", ""),
            groups=_groups(_sectors(session, reading, part), cards),
            plot=_plot(reading, part),
        )

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """Criteria by their labels; points by their anchors, abstentions by their labels."""
        del cls
        asked = rounds.asked(part.question, rounds.criteria(session, reading.seminar))
        without = {one["value"]: one["label"] for one in abstentions(part)}
        points = {
            c.code: {point: f"{point} {anchor}" for point, anchor in c.anchors.items()} | without
            for c, _required in asked
        }
        return Words({c.code: c.label for c, _required in asked}, points)

    @classmethod
    def order(cls, session: Session, reading: Reading, part: Part) -> list[str]:
        """Sector by sector as the register has them, so that they are found; else the reader's own order."""
        del cls
        sectors = _sectors(session, reading, part)
        if not sectors:
            return own_order(part.subjects, reading.reader, reading.round_.id)
        of = _sector_of(session, part)
        places = list(sectors)
        # what has no sector, or one that is not of this seminar, comes last
        return sorted(
            part.subjects, key=lambda code: places.index(of[code]) if of.get(code) in sectors else len(places)
        )

    @classmethod
    def beside(cls, session: Session, reading: Reading, part: Part, code: str) -> dict[str, Any]:
        """The plot with the point where it now is."""
        del cls
        known = rounds.asked(part.question, rounds.criteria(session, reading.seminar))
        return {"plot": _plot(reading, part, code), "criteria": [criterion for criterion, _required in known]}


def _plot(reading: Reading, part: Part, latest: str | None = None) -> Plot:
    assert isinstance(part.type, Rate)
    across, upwards = part.type.asked
    answers = reading.filled.answers(part)
    points = {
        code: (x, y)
        for code in part.subjects
        if code in answers
        and (x := answers[code].score(across.code)) is not None
        and (y := answers[code].score(upwards.code)) is not None
    }
    return plot.draw(points, across.points, upwards.points, latest)


def _sectors(session: Session, reading: Reading, part: Part) -> dict[str, str]:
    """The sectors by code, where the subjects have one."""
    if set(part.kinds.values()) != {Kind.STAKEHOLDER}:
        return {}
    return {sector.code: sector.label for sector in registers.sectors(session, seminar=reading.seminar)}


def _sector_of(session: Session, part: Part) -> dict[str, str]:
    rows = session.exec(
        select(Item.code, ItemVersion.fields)
        .join(Subject, col(Subject.item_id) == col(Item.id))
        .join(ItemVersion, col(ItemVersion.item_id) == col(Item.id))
        .where(Subject.question_id == part.question.id, col(ItemVersion.number) == col(Subject.item_version))
    )
    return {code: fields.get("sector", "") for code, fields in rows}


def _groups(sectors: Mapping[str, str], cards: Iterable[Card]) -> list[Group]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        assert isinstance(card.subject, SubjectView)
        sector = card.subject.fields.get("sector", "")
        found.setdefault(sector if sector in sectors else "", []).append(card)
    return [Group(key, sectors.get(key, ""), members) for key, members in found.items()]
