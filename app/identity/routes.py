"""Sign in by a link in the mail, sign out, choose a language, keep a profile."""

from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from app import i18n
from app.errors import Invalid
from app.identity import cookies, queries, service
from app.identity.deps import CurrentPerson, MaybePerson, Onward, browser_secret, session_token
from app.identity.forms import AskForm, LanguageForm, ProfileForm, WrongCode
from app.identity.limits import limit_asks, limit_browser_codes, limit_link_codes
from app.identity.sign_in_mail import post_link
from app.identity.tokens import hash_token, new_token
from app.identity.welcome import welcome
from app.identity.zones import zones_by_region
from app.web import render
from app.web.forms import Submitted, parse, texts
from app.web.session import SessionDep

router = APIRouter()


@router.get("/sign-in", name="identity.sign_in")
def sign_in(request: Request, person: MaybePerson, onward: Onward) -> Response:
    """Ask for an address."""
    if person:
        return render.redirect(onward)
    return render.page(request, "identity/sign_in.html", onward=onward)


@router.post("/sign-in", name="identity.ask", dependencies=[Depends(limit_asks)])
def ask(request: Request, form: Submitted, onward: Onward) -> Response:
    """Promise a link; the same work and the same answer for every address, known or not."""
    state = request.app.state
    try:
        asked = parse(AskForm, form)
    except Invalid as refused:
        context = {"onward": onward, "values": texts(form), "errors": refused.errors}
        return render.page(request, "identity/sign_in.html", status=422, **context)
    browser = browser_secret(request) or new_token()
    facts = {"email": asked.email, "browser": browser, "onward": onward, "language": i18n.language()}
    response = render.redirect(_with_next(request, "identity.asked", onward))
    cookies.set_browser(response, state.settings, browser)
    response.background = BackgroundTask(post_link, state.engine, state.settings, **facts)
    return response


@router.get("/sign-in/code", name="identity.asked")
def asked(request: Request, onward: Onward) -> Response:
    """Say that a mail is under way, and take its code."""
    return render.page(request, "identity/asked.html", onward=onward)


@router.post("/sign-in/code", name="identity.enter_code", dependencies=[Depends(limit_browser_codes)])
def enter_code(request: Request, session: SessionDep, form: Submitted, onward: Onward) -> Response:
    """Sign in by the code, in the browser that asked for it."""
    code = texts(form).get("code", "")
    settings = request.app.state.settings
    person = service.redeem_code(session, settings, browser=browser_secret(request), code=code)
    if person:
        return welcome(request, session, person=person, to=onward)
    context = {"onward": onward, "values": {"code": code}, "errors": {"code": WrongCode()}}
    return render.page(request, "identity/asked.html", status=422, **context)


@router.get("/sign-in/{token}", name="identity.link")
def link(request: Request, session: SessionDep, person: MaybePerson, token: str, onward: Onward) -> Response:
    """Show one button; whoever opens the link, a scanner too, has changed nothing."""
    found = queries.find_link(session, token_hash=hash_token(token))
    if found is None:
        return render.page(request, "identity/link_spent.html", status=410, onward=onward, person=person)
    known = service.is_from(found, browser_secret(request))
    return render.page(request, "identity/link.html", token=token, needs_code=not known, onward=onward)


@router.post("/sign-in/{token}", name="identity.redeem", dependencies=[Depends(limit_link_codes)])
def redeem(request: Request, session: SessionDep, form: Submitted, token: str, onward: Onward) -> Response:
    """Sign in by the link, once, in the browser that asked for it or with the code typed."""
    code = texts(form).get("code", "")
    secrets = {"token": token, "browser": browser_secret(request), "code": code}
    person = service.redeem_link(session, request.app.state.settings, **secrets)
    if person:
        return welcome(request, session, person=person, to=onward)
    if queries.find_link(session, token_hash=hash_token(token)) is None:
        return render.page(request, "identity/link_spent.html", status=410, onward=onward)
    context = {"token": token, "needs_code": True, "onward": onward, "errors": {"code": WrongCode()}}
    return render.page(request, "identity/link.html", status=422, values={"code": code}, **context)


@router.post("/sign-out", name="identity.sign_out")
def sign_out(request: Request, session: SessionDep) -> Response:
    """End this browser's session."""
    service.end_session(session, token=session_token(request))
    response = render.redirect(request.app.url_path_for("home.landing"))
    cookies.clear_session(response, request.app.state.settings)
    return response


@router.post("/language", name="identity.language")
def language(
    request: Request, session: SessionDep, person: MaybePerson, form: Submitted, onward: Onward
) -> Response:
    """Speak another language from here on."""
    chosen = parse(LanguageForm, form).language
    if person:
        service.choose_language(session, person=person, language=chosen)
    response = render.redirect(onward)
    cookies.set_language(response, request.app.state.settings, chosen)
    return response


@router.get("/profile", name="identity.profile")
def profile(request: Request, session: SessionDep, person: CurrentPerson, saved: str = "") -> Response:
    """Show how the person is called, spoken to and told the time, and where she is signed in."""
    values = {"name": person.name, "locale": person.locale or "", "timezone": person.timezone or ""}
    sessions = queries.sessions_of(session, request.app.state.settings, person=person)
    context = {"sessions": sessions, "here": request.state.session_row, "zones": zones_by_region()}
    return render.page(request, "identity/profile.html", values=values, saved=saved, **context)


@router.post("/profile", name="identity.save_profile")
def save_profile(request: Request, session: SessionDep, person: CurrentPerson, form: Submitted) -> Response:
    """Keep the name, the language and the time zone."""
    try:
        wishes = parse(ProfileForm, form)
    except Invalid as refused:
        sessions = queries.sessions_of(session, request.app.state.settings, person=person)
        context = {"sessions": sessions, "here": request.state.session_row, "zones": zones_by_region()}
        given = {"values": texts(form), "errors": refused.errors, "saved": ""}
        return render.page(request, "identity/profile.html", status=422, **context, **given)
    service.save_profile(session, person=person, **wishes.model_dump())
    response = render.redirect(f"{request.app.url_path_for('identity.profile')}?saved=yes")
    if wishes.locale:
        cookies.set_language(response, request.app.state.settings, wishes.locale)
    return response


@router.post("/profile/sessions", name="identity.end_other_sessions")
def end_other_sessions(request: Request, session: SessionDep, person: CurrentPerson) -> Response:
    """End the person's sessions in all other browsers."""
    service.end_other_sessions(session, person=person, keep=request.state.session_row)
    return render.redirect(request.app.url_path_for("identity.profile"))


def _with_next(request: Request, route: str, onward: str) -> str:
    return f"{request.app.url_path_for(route)}?{urlencode({'next': onward})}"
