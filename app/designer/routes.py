"""Design a round: its questions beside what an expert will see of them."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.designer import accord_form, choosing, forms, pages, queries, round_form, service
from app.designer.deps import Designer, DraftDep, QuestionDep
from app.designer.revisions import ChangedMeanwhile
from app.designer.types import FORMS, form_of
from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.forms import Submitted
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds")
ROUND = "/{round_number}/design"
QUESTION = f"{ROUND}/questions/{{question_code}}"


@router.get("/new", name="designer.new")
def new(request: Request, designer: Designer) -> Response:
    """The form with which a round begins."""
    del designer
    return pages.new(request)


@router.post("/new", name="designer.create")
def create(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    form: Submitted,
) -> Response:
    """A round that asks nothing yet, and the way to what it is to ask."""
    del designer
    try:
        typed = forms.new_round(form)
    except Invalid as problem:
        return pages.new(request, values=forms.typed(form), errors=problem.errors, status=422)
    round_ = service.add_round(session, seminar=seminar, by=person, **typed.model_dump())
    return render.redirect(pages.address(request, "designer.design", round_))


@router.get(ROUND, name="designer.design")
def design(request: Request, session: SessionDep, round_: DraftDep) -> Response:
    """The round as it stands."""
    return pages.design(request, session, round_)


@router.get(f"{ROUND}/settings", name="designer.settings")
def settings(request: Request, session: SessionDep, round_: DraftDep) -> Response:
    """The form of the round's own settings."""
    return pages.settings(request, session, round_)


@router.post(f"{ROUND}/settings", name="designer.save_settings")
def save_settings(
    request: Request,
    session: SessionDep,
    round_: DraftDep,
    person: CurrentPerson,
    seminar: SeminarDep,
    form: Submitted,
) -> Response:
    """Save the round's own settings."""
    try:
        earlier = queries.earlier(session, round_)
        changes = round_form.read(form, zone=seminar.timezone, earlier=earlier)
        service.save_round(session, round_=round_, by=person, changes=changes, seen=forms.seen(form))
    except (Invalid, ChangedMeanwhile) as problem:
        return pages.settings(request, session, round_, **forms.refused(problem, form))
    return render.redirect(pages.address(request, "designer.design", round_))


@router.get(f"{ROUND}/remove", name="designer.confirm_remove")
def confirm_remove(request: Request, session: SessionDep, round_: DraftDep) -> Response:
    """What deleting the round destroys, before it is done."""
    return pages.removing(request, session, round_)


@router.post(f"{ROUND}/remove", name="designer.remove")
def remove(
    request: Request, session: SessionDep, round_: DraftDep, person: CurrentPerson, seminar: SeminarDep
) -> Response:
    """Delete the round."""
    service.remove_round(session, round_=round_, by=person)
    return render.redirect(request.app.url_path_for("rounds.plan", seminar_slug=seminar.slug))


@router.get(f"{ROUND}/questions/new", name="designer.new_question")
def new_question(request: Request, session: SessionDep, round_: DraftDep) -> Response:
    """The types of question to choose from."""
    return pages.new_question(request, session, round_)


@router.post(f"{ROUND}/questions/new", name="designer.add_question")
def add_question(
    request: Request, session: SessionDep, round_: DraftDep, person: CurrentPerson, form: Submitted
) -> Response:
    """A question of the chosen type, as complete as can be foreseen, and its form."""
    kind = FORMS.get(forms.typed(form).get("form", ""))
    if kind is None:
        wrong = {"form": forms.UnknownType()}
        return pages.new_question(request, session, round_, errors=wrong, status=422)
    supplies = queries.supplies(session, request.state.seminar)
    begun = kind.begin(supplies)
    question = service.add_question(session, round_=round_, by=person, **begun)
    return render.redirect(pages.address(request, "designer.question", round_, question_code=question.code))


@router.get(QUESTION, name="designer.question")
def question(request: Request, session: SessionDep, round_: DraftDep, asked: QuestionDep) -> Response:
    """The form of one question, beside what an expert will see of it."""
    return pages.question(request, session, round_, asked)


@router.post(QUESTION, name="designer.save_question")
def save_question(
    request: Request,
    session: SessionDep,
    round_: DraftDep,
    asked: QuestionDep,
    person: CurrentPerson,
    form: Submitted,
) -> Response:
    """Save what the question asks."""
    supplies = queries.supplies(session, request.state.seminar)
    try:
        draft = asdict(forms.question(form, kind=form_of(asked), supplies=supplies, settings=asked.settings))
        facts = {"code": asked.code, "seen": forms.seen(form)} | draft
        service.save_question(session, round_=round_, by=person, **facts)
    except (Invalid, ChangedMeanwhile) as problem:
        return pages.question(request, session, round_, asked, **forms.refused(problem, form))
    return render.redirect(pages.address(request, "designer.question", round_, question_code=asked.code))


@router.get(f"{QUESTION}/subjects", name="designer.subjects")
def subjects(request: Request, session: SessionDep, round_: DraftDep, asked: QuestionDep) -> Response:
    """What the question is about, and what else it could be about."""
    return pages.subjects(request, session, round_, asked, wanted=request.query_params)


@router.post(f"{QUESTION}/subjects", name="designer.save_subjects")
def save_subjects(
    request: Request,
    session: SessionDep,
    round_: DraftDep,
    asked: QuestionDep,
    person: CurrentPerson,
    form: Submitted,
) -> Response:
    """Save what the question is about."""
    try:
        chosen = choosing.read(session, seminar=request.state.seminar, question=asked, sent=form)
        service.set_subjects(
            session, round_=round_, code=asked.code, by=person, seen=forms.seen(form), **asdict(chosen)
        )
    except (Invalid, ChangedMeanwhile) as problem:
        said = forms.refused(problem, form)
        return pages.subjects(request, session, round_, asked, wanted=forms.typed(form), **said)
    there = pages.address(request, "designer.subjects", round_, question_code=asked.code)
    return render.redirect(f"{there}?{choosing.query(form)}")


@router.get(f"{QUESTION}/agreement", name="designer.agreement")
def agreement(request: Request, session: SessionDep, round_: DraftDep, asked: QuestionDep) -> Response:
    """The rules to choose from, each in words with an example."""
    return pages.agreement(request, session, round_, asked)


@router.post(f"{QUESTION}/agreement", name="designer.save_agreement")
def save_agreement(
    request: Request,
    session: SessionDep,
    round_: DraftDep,
    asked: QuestionDep,
    person: CurrentPerson,
    form: Submitted,
) -> Response:
    """Save the rule by which something counts as settled."""
    try:
        criteria = queries.asked(session, request.state.seminar, asked)
        chosen = accord_form.chosen(form, criteria, form_of(asked).rules)
        seen = forms.seen(form)
        service.set_agreement(session, round_=round_, code=asked.code, by=person, agreement=chosen, seen=seen)
    except (Invalid, ChangedMeanwhile) as problem:
        return pages.agreement(request, session, round_, asked, **forms.refused(problem, form))
    return render.redirect(pages.address(request, "designer.design", round_) + f"#{asked.code}")


@router.post(f"{QUESTION}/move", name="designer.move_question")
def move_question(
    request: Request,
    session: SessionDep,
    round_: DraftDep,
    asked: QuestionDep,
    person: CurrentPerson,
    form: Submitted,
) -> Response:
    """Let the question change places with its neighbour."""
    to = forms.direction(form)
    service.move_question(session, round_=round_, code=asked.code, to=to, by=person)
    return render.redirect(pages.address(request, "designer.design", round_) + f"#{asked.code}")


@router.post(f"{QUESTION}/duplicate", name="designer.duplicate_question")
def duplicate_question(
    request: Request, session: SessionDep, round_: DraftDep, asked: QuestionDep, person: CurrentPerson
) -> Response:
    """The same question once more."""
    copy = service.duplicate_question(session, round_=round_, code=asked.code, by=person)
    return render.redirect(pages.address(request, "designer.question", round_, question_code=copy.code))


@router.get(f"{QUESTION}/remove", name="designer.confirm_remove_question")
def confirm_remove_question(
    request: Request, session: SessionDep, round_: DraftDep, asked: QuestionDep
) -> Response:
    """What removing the question destroys, before it is done."""
    return pages.removing_question(request, session, round_, asked)


@router.post(f"{QUESTION}/remove", name="designer.remove_question")
def remove_question(
    request: Request, session: SessionDep, round_: DraftDep, asked: QuestionDep, person: CurrentPerson
) -> Response:
    """Take the question out of the round."""
    service.remove_question(session, round_=round_, code=asked.code, by=person)
    return render.redirect(pages.address(request, "designer.design", round_))
