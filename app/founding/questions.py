"""What each kind of round asks: its questions with their settings, and the items that they are about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app import i18n
from app.founding import shapes
from app.founding.checks import OPTION_WORDS
from app.founding.template import Template
from app.i18n import _
from app.models import Question, Round, Seminar, Subject
from app.models.registers import Kind
from app.questions.rate import PLANE
from app.registers import queries as registers
from app.rounds import planes

# What experts may add to the registers while these are mapped, and how many ways forward afterwards.
PROPOSABLE = (
    Kind.THREAT,
    Kind.STAKEHOLDER,
    Kind.FRAMEWORK,
    Kind.PRACTICE,
    Kind.GAP,
    Kind.OPPORTUNITY,
)
OPTIONS_EACH = 3
RATINGS = ("rating", "rerating")
# These wait for ways forward that come later, where there are none yet.
WAITING = (*RATINGS, "ranking")
SPENT = {"points": 100, "most": 8}

THREATS = _(
    "Please say of each threat how likely it is, and how serious if it occurs, in the context that you know. "
    "Leave out what you know little about, or say why you abstain."
)
STAKEHOLDERS = _(
    "Please say of the stakeholders that you know how much influence they have on what the mandate asks for, "
    "and how much interest they take in it."
)
FRAMEWORKS = _(
    "Please say of the frameworks that you know how far they cover each element of the mandate. "
    "Where you can, say how sure you are and where it can be read."
)
FINDINGS = _(
    "Please say what speaks for a gap or an opportunity as it is described, and what speaks against it. "
    "One or two lines are enough."
)
ADDITIONS = _(
    "What is missing? Please propose threats, stakeholders, frameworks, good practices, gaps and "
    "opportunities that the registers lack. The facilitators look at each before the panel sees it."
)
SEEDS = _(
    "Please say which ways forward deserve to go on and how they should be changed: "
    "what speaks for each, and what against it."
)
OPTIONS = _(
    "Which way forward is missing? Please say who would act, what they would do, "
    "and which gap or opportunity it answers."
)
RATING = _("Please rate each way forward, or say why you abstain.")
RERATING = _("Please look at what the panel said, then keep or change your rating of each way forward.")
ALLOCATION = _(
    "Where should effort go first? Please distribute %(points)s points among the ways forward, to at most "
    "%(most)s of them. You need not use so many."
)
FIRST_STEP = _(
    "If you can, please name a realistic first step within six months, and who should take it. "
    "Please leave out classified, operational and personal details."
)
RATIONALE = _(
    "Why do you see it so? A reason in one or two sentences helps others more than the number. "
    "Please leave out classified, operational and personal details."
)

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it is to be, its prompt a message or a text; `about` are the kinds of its subjects."""

    code: str
    type: str
    prompt: str
    settings: Mapping[str, Any]
    about: tuple[Kind, ...] = ()


def add_questions(
    session: Session, *, seminar: Seminar, round_: Round, planned: shapes.Round, template: Template
) -> None:
    """The round has the questions of its kind.

    What would be about nothing, since the template has no such items, is left out; a rating, and a
    ranking, wait for the ways forward that come later.
    """
    say = i18n.catalogue(seminar.language).gettext
    for position, draft in enumerate(_drafts(planned, template, say)):
        items = [
            item for kind in draft.about for item in registers.items(session, seminar=seminar, kind=kind)
        ]
        if draft.about and not items and planned.kind not in WAITING:
            continue
        question = _add(session, round_, draft, position, say)
        _about(session, question, items)


def _drafts(planned: shapes.Round, template: Template, say: Say) -> Iterator[Draft]:
    judged = {
        "abstentions": [shapes.as_data(reason) for reason in template.criteria.scale.abstain],
        "rationale": {"prompt": say(RATIONALE)},
    }
    match planned.kind:
        case "mapping":
            threats = judged | _plane(planes.THREATS, by_sector=True)
            yield Draft("Q1", "rate", THREATS, threats, (Kind.THREAT,))
            stakeholders = judged | _plane(planes.STAKEHOLDERS, by_sector=False)
            yield Draft("Q2", "rate", STAKEHOLDERS, stakeholders, (Kind.STAKEHOLDER,))
            elements = [element.id for element in template.mandate.elements]
            yield Draft("Q3", "cover", FRAMEWORKS, {"elements": elements}, (Kind.FRAMEWORK,))
            yield Draft("Q4", "comment", FINDINGS, {}, (Kind.GAP, Kind.OPPORTUNITY))
            yield Draft("Q5", "propose", ADDITIONS, _proposing(PROPOSABLE, None))
        case "proposals":
            yield Draft("Q1", "comment", SEEDS, {}, (Kind.OPTION,))
            options = _proposing([Kind.OPTION], OPTIONS_EACH) | {"words": list(OPTION_WORDS)}
            yield Draft("Q2", "propose", OPTIONS, options)
        case "rating" | "rerating":
            prompt = RATING if planned.kind == "rating" else RERATING
            yield Draft("Q1", "rate", prompt, judged | _cards(planned), (Kind.OPTION,))
        case "ranking":
            yield Draft("Q1", "allocate", say(ALLOCATION) % SPENT, _points(say), (Kind.OPTION,))


def _plane(criteria: Iterable[str], *, by_sector: bool) -> dict[str, Any]:
    return {"layout": PLANE, "criteria": [{"code": code} for code in criteria], "by_sector": by_sector}


def _proposing(kinds: Iterable[Kind], limit: int | None) -> dict[str, Any]:
    return {"kinds": [kind.value for kind in kinds], "limit": limit}


def _points(say: Say) -> dict[str, Any]:
    """No abstentions: who leaves a way forward without points says nothing of it."""
    return SPENT | {"rationale": {"prompt": say(FIRST_STEP)}, "about": [Kind.OPTION.value]}


def _cards(planned: shapes.Round) -> dict[str, Any]:
    return {
        "criteria": [
            *({"code": code, "required": True} for code in planned.required_criteria),
            *({"code": code, "required": False} for code in planned.optional_criteria),
        ]
    }


def _add(session: Session, round_: Round, draft: Draft, position: int, say: Say) -> Question:
    question = Question(
        round_id=round_.id,
        code=draft.code,
        type=draft.type,
        prompt=say(draft.prompt),
        settings=dict(draft.settings),
        position=position,
    )
    session.add(question)
    session.flush()
    return question


def _about(session: Session, question: Question, items: Iterable[registers.ItemView]) -> None:
    for place, item in enumerate(items):
        session.add(
            Subject(question_id=question.id, item_id=item.id, item_version=item.version, position=place)
        )
