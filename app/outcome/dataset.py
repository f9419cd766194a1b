"""Everything that a seminar has published, as one JSON value from which its ranking can be counted again."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from app.dissent import exporting as minority
from app.models import Criterion, Question, Round, Seminar
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.policy import Role
from app.registers import queries as registers
from app.registers.queries import ItemView
from app.results import disclosure, exporting
from app.results.panel import Panel
from app.results.tally import RateTally
from app.rounds import queries as rounds
from app.rounds.since import since

FORMAT = "colloquy-outcome-1"
# Whoever takes the file away reads what is published, whatever more their role may see on a page.
READS = frozenset({Role.ORGANISER})

RECOUNT = (
    "For each round: ratings.rows hold one ballot a row, in the order of their content and tied to nobody;"
    " a whole number is a rating, a word the reason of an abstention, null nothing. Take the columns of the"
    " criteria in result.ranked_by as an array (ballots, options, criteria) with nan where there is no"
    " rating. Value and rank are app.aggregation.weighted_sum of the means over ballots by the criteria's"
    " weights; rank_low, rank_high, expected_rank, p_best and p_top3 are app.aggregation.rank_acceptability"
    " with result.seed and result.replicates. Under robust, of each option, set_low, set_high, tier and"
    " surely_above are app.aggregation.rank_confidence_sets at result.robust.level; weights_low and"
    " weights_high are rank_acceptability with resample_experts=False and result.robust.concentration;"
    " by_method are the methods of app.results.methods; without_low and without_high are"
    " app.results.without_sectors.by_lot with the sizes told. result.inputs.ratings is the SHA-256 of the"
    " canonical JSON of the ratings by ballot, option and criterion."
)


def dataset(session: Session, seminar: Seminar) -> dict[str, Any]:
    """The seminar's content and every published result with the answers behind it."""
    return {"format": FORMAT, "method": RECOUNT, "rounds": published(session, seminar)} | (
        frame(session, seminar) | {"questions": questions(session, seminar)}
    )


def frame(session: Session, seminar: Seminar) -> dict[str, Any]:
    """What stands around the results: the seminar, its mandate, its registers, its rules."""
    return {
        "synthetic": seminar.synthetic,
        "seminar": {
            "slug": seminar.slug,
            "title": seminar.title,
            "summary": seminar.summary,
            "language": seminar.language,
            "anonymity": seminar.anonymity.value,
            "attribution": seminar.attribution,
            "min_group": seminar.min_group,
        },
        "mandate": seminar.mandate,
        "items": [
            _item(one) for kind in Kind for one in registers.items(session, seminar=seminar, kind=kind)
        ],
        "criteria": [criterion(one) for one in rounds.card_criteria(session, seminar)],
        "wording": seminar.wording,
        "wording_locked_on": _date(seminar.wording_locked_at),
        "minority": minority.rows(session, seminar),
    }


def published(session: Session, seminar: Seminar) -> list[dict[str, Any]]:
    """The published results in the order of their rounds."""
    found = []
    for round_ in rounds.plan(session, seminar):
        if round_.state is not RoundState.PUBLISHED:
            continue
        try:
            tally = disclosure.released(session, round_=round_, roles=READS).without_sides()
            panel = disclosure.released_answers(session, round_=round_, roles=READS)
        except disclosure.NotReleased:
            continue
        found.append(_round(session, round_, tally, panel))
    return found


def questions(session: Session, seminar: Seminar) -> list[dict[str, Any]]:
    """What is published of all other questions, in their order: planes, coverage, arguments, proposals."""
    asked = published_questions(session, seminar)
    return [exporting.content(session, question=one) for one in asked if not rounds.rates_on_cards(one)]


def published_questions(session: Session, seminar: Seminar) -> list[Question]:
    """The questions whose result may leave, in their order."""
    found = []
    for round_ in rounds.plan(session, seminar):
        for question in rounds.questions(session, round_):
            try:
                disclosure.require_published(round_)
                disclosure.released_of(session, question=question, roles=READS)
            except disclosure.NotReleased:
                continue
            found.append(question)
    return found


def _round(session: Session, round_: Round, tally: RateTally, panel: Panel) -> dict[str, Any]:
    question = rounds.rate_question(session, round_)
    assert question is not None, "a round without a rate question has no tally"
    subjects = rounds.subjects(session, question)
    texts = {subject.code: subject.text for subject in subjects}
    seminar = session.get_one(Seminar, round_.seminar_id)
    became = since(session, seminar=seminar, subjects=subjects)
    result = tally.as_numbers()
    rationales = result.pop("rationales")
    return {
        "number": round_.number,
        "title": round_.title,
        "closed_on": _date(round_.closed_at),
        "published_on": _date(round_.published_at),
        "question": {"code": question.code, "prompt": question.prompt, "settings": question.settings},
        "options": [
            asdict(option)
            | {"text": texts[option.code]}
            | {"reworded_since": became[option.code].reworded, "status": became[option.code].status.value}
            for option in panel.options
        ],
        "ratings": _ratings(panel),
        "rationales": rationales,
        "rationales_withheld": tally.withheld,
        "result": result,
    }


def _ratings(panel: Panel) -> dict[str, Any]:
    columns = [f"{option.code}.{scale.code}" for option in panel.options for scale in panel.scales]
    ballots = enumerate(panel.ballots, 1)
    rows = [[number, *(cell for cells in ballot for cell in cells)] for number, ballot in ballots]
    return {"columns": ["row", *columns], "rows": rows}


def _item(item: ItemView) -> dict[str, Any]:
    links = [{"kind": link.kind.value, "to": link.code, "value": link.value} for link in item.links]
    return {
        "code": item.code,
        "kind": item.kind.value,
        "version": item.version,
        "title": item.title,
        "text": item.text,
        "fields": item.fields,
        "links": links,
    }


def criterion(asked: Criterion) -> dict[str, Any]:
    """A criterion as files tell it."""
    return asked.model_dump(mode="json", exclude={"id", "created_at", "seminar_id"})


def _date(at: Any) -> str | None:
    return at.date().isoformat() if at else None
