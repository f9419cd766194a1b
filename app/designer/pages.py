"""What the designer's pages show, put together from the queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.designer import (
    accord_form,
    agreement_form,
    checks,
    choosing,
    estimates,
    queries,
    revisions,
    round_form,
)
from app.designer.checks import Need
from app.designer.estimates import Estimate
from app.designer.types import FORMS, QuestionForm, form_of, judging
from app.errors import AppError, NotFound
from app.models import Question, Round, Seminar
from app.registers import words
from app.rounds import agreement as rules
from app.rounds import queries as rounds
from app.rounds.queries import Asks
from app.web import render


@dataclass(frozen=True, slots=True)
class Line:
    """One question as the overview shows it."""

    ask: Asks
    form: QuestionForm
    says: list[str]
    needs: list[Need]
    count: int
    minutes: int

    @property
    def rule(self) -> str:
        """Its rule of agreement in words, if it has one."""
        chosen = self.question.settings.get("agreement")
        return rules.sentence(chosen) if chosen else ""

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.ask.question


def design(request: Request, session: Session, round_: Round) -> Response:
    """The round as it stands: its questions, its settings, what is missing, and what an expert will see."""
    reckoned = estimates.estimate(session, round_)
    lines = _lines(session, round_, reckoned)
    needs = [need for line in lines for need in line.needs]
    return render.page(
        request,
        "designer/design.html",
        **around(request, round_),
        **quorum_of(request, session, round_),
        lines=lines,
        estimate=reckoned,
        checks=checks.of_round(session, round_, needs),
        previous=session.get(Round, round_.previous_id) if round_.previous_id else None,
    )


def new(request: Request, **said: Any) -> Response:
    """With what a round begins."""
    return render.page(request, "designer/new.html", **said)


def new_question(request: Request, session: Session, round_: Round, **said: Any) -> Response:
    """The types of question to choose from."""
    supplies = queries.supplies(session, request.state.seminar)
    about = around(request, round_)
    return render.page(
        request, "designer/new_question.html", forms=FORMS.values(), supplies=supplies, **about, **said
    )


def question(
    request: Request,
    session: Session,
    round_: Round,
    asked: Question,
    *,
    values: Mapping[str, str] | None = None,
    changed: AppError | None = None,
    **said: Any,
) -> Response:
    """The form of one question, beside what an expert will see of it."""
    form, supplies = form_of(asked), queries.supplies(session, request.state.seminar)
    about = around(request, round_) | {
        "question": asked,
        "form": form,
        "supplies": supplies,
        "abstentions": judging.offered(supplies),
        **form.more(asked.settings, supplies),
        "saved": {"prompt": asked.prompt, "says": form.describe(asked.settings, supplies)},
        "seen": revisions.of_question(asked),
        "about": queries.about(session, asked),
        "weighed": rounds.weighed(session, asked),
        "rule": rules.sentence(chosen) if (chosen := asked.settings.get("agreement")) else "",
        "minutes": estimates.estimate(session, round_).of(asked.code),
        "changed": changed,
        "values": {"prompt": asked.prompt, **form.values(asked.settings, supplies)}
        if values is None
        else values,
    }
    return render.page(request, "designer/question.html", **about, **said)


def settings(
    request: Request,
    session: Session,
    round_: Round,
    *,
    values: Mapping[str, str] | None = None,
    changed: AppError | None = None,
    **said: Any,
) -> Response:
    """The form of the round's own settings."""
    earlier = queries.earlier(session, round_)
    saved = round_form.values(round_, zone=request.state.seminar.timezone, earlier=earlier)
    about = around(request, round_) | quorum_of(request, session, round_)
    about |= {"earlier": earlier, "saved": saved, "seen": revisions.of_round(round_), "changed": changed}
    return render.page(
        request, "designer/settings.html", **about, values=saved if values is None else values, **said
    )


def removing(request: Request, session: Session, round_: Round) -> Response:
    """What goes with a round."""
    about = around(request, round_) | {
        "questions": queries.questions(session, round_),
        "resting": queries.resting_on(session, round_),
    }
    return render.page(request, "designer/remove_round.html", **about)


def quorum_of(request: Request, session: Session, round_: Round) -> dict[str, Any]:
    """How many have joined, and how many of them the quorum is."""
    progress = rounds.participation(session, round_, request.state.seminar.min_group)
    return {"joined": progress.whole.joined, "needed": progress.quorum}


def subjects(
    request: Request,
    session: Session,
    round_: Round,
    asked: Question,
    *,
    wanted: Mapping[str, str],
    changed: AppError | None = None,
    **said: Any,
) -> Response:
    """What the question is about, and what else it could be about."""
    form = form_of(asked)
    if form.subjects == "criteria":
        return _weighed(request, session, round_, asked, changed=changed, **said)
    if form.subjects != "items":
        raise NotFound
    choice = choosing.choice(session, seminar=request.state.seminar, question=asked, form=form, wanted=wanted)
    about = around(request, round_) | {
        "question": asked,
        "form": form,
        "choice": choice,
        "wanted": choosing.wanted_of(choice.page),
        "words": words,
        "seen": revisions.of_subjects(asked, queries.subject_rows(session, asked)),
        "changed": changed,
    }
    return render.page(request, "designer/subjects.html", **about, **said)


def _weighed(request: Request, session: Session, round_: Round, asked: Question, **said: Any) -> Response:
    """The criteria that the question weighs, and which others it could."""
    about = around(request, round_) | {
        "question": asked,
        "form": form_of(asked),
        "offered": choosing.weighable(session, request.state.seminar),
        "chosen": [one.code for one in rounds.weighed(session, asked)],
        "seen": revisions.of_subjects(asked, queries.subject_rows(session, asked)),
    }
    return render.page(request, "designer/weighed.html", **about, **said)


def agreement(
    request: Request,
    session: Session,
    round_: Round,
    asked: Question,
    *,
    values: Mapping[str, str] | None = None,
    changed: AppError | None = None,
    **said: Any,
) -> Response:
    """The rules of agreement to choose from, each in words with an example."""
    offered = form_of(asked).rules
    if not offered:
        raise NotFound
    basis = rules.basis(queries.asked(session, request.state.seminar, asked))
    chosen = asked.settings.get("agreement")
    about = around(request, round_) | {
        "question": asked,
        "basis": basis,
        "seen": revisions.of_question(asked),
        "saved": rules.sentence(chosen) if chosen else "",
        "changed": changed,
    }
    if accord_form.is_without_scale(offered):
        about |= accord_form.page(chosen, offered, values)
        return render.page(request, "designer/accord.html", **about, **said)
    if basis:
        about |= agreement_form.page(chosen, basis[0], values, offered)
    return render.page(request, "designer/agreement.html", **about, **said)


def removing_question(request: Request, session: Session, round_: Round, asked: Question) -> Response:
    """What goes with a question."""
    about = around(request, round_) | {
        "question": asked,
        "form": form_of(asked),
        "count": len(queries.subject_rows(session, asked)),
    }
    return render.page(request, "designer/remove_question.html", **about)


def around(request: Request, round_: Round) -> dict[str, Any]:
    """What every page about one round shows."""
    seminar: Seminar = request.state.seminar
    return {"round": round_, "path": {"seminar_slug": seminar.slug, "round_number": round_.number}}


def address(request: Request, name: str, round_: Round, **path: str) -> str:
    """The path of one of the designer's pages about the round."""
    slug, number = request.state.seminar.slug, str(round_.number)
    return str(request.app.url_path_for(name, seminar_slug=slug, round_number=number, **path))


def _lines(session: Session, round_: Round, reckoned: Estimate) -> list[Line]:
    seminar = session.get_one(Seminar, round_.seminar_id)
    supplies = queries.supplies(session, seminar)
    lines = []
    for ask in rounds.asks(session, round_):
        form, count = form_of(ask.question), len(queries.subject_rows(session, ask.question))
        needs = checks.of_question(ask, supplies, subjects=count)
        says = form.describe(ask.question.settings, supplies)
        lines.append(Line(ask, form, says, needs, count, reckoned.of(ask.question.code)))
    return lines
