"""Who lives in her mail gets the form of a round with it: blank, made when it is sent, and kept nowhere."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import AuditEntry, Membership, Message, PaperForm, Person
from app.notifications import service as mails
from app.policy import Role
from app.rounds import notices
from tests.offline.filling import code_in, everything_in, in_word
from tests.offline.post import Post


@pytest.fixture
def other(post, make):
    """Another expert of the round, in Arabic."""
    person = make.expert(post.voter.seminar, name="Zaynab")
    with transaction(make.engine) as session:
        session.get_one(Person, person.id).locale = "ar"
    return person


def sent(post: Post, kind: str = notices.OPENED) -> dict[str, EmailMessage]:
    """The mails of this kind as they leave, by their address."""
    with transaction(post.voter.engine) as session:
        notices.announce(session, post.voter.round, kind, "x", to_experts(session, post))
    folder = post.voter.settings.mail_folder
    before = set(folder.glob("*.eml"))
    mails.deliver_due(post.voter.engine, post.voter.settings)
    new = [
        email.message_from_bytes(one.read_bytes(), policy=default)
        for one in folder.glob("*.eml")
        if one not in before
    ]
    return {str(one["To"]): one for one in new if isinstance(one, EmailMessage)}


def to_experts(session, post):
    here = (Membership.seminar_id == post.voter.seminar.id, Membership.role == Role.EXPERT)
    return session.exec(select(Membership).where(*here)).all()


def form_in(letter: EmailMessage) -> bytes:
    (attached,) = letter.iter_attachments()
    assert attached.get_content_type().endswith("wordprocessingml.document")
    content: bytes = attached.get_content()
    assert attached.get_filename() == f"R0-{code_in(content)}.docx"
    return content


@pytest.mark.parametrize("kind", [notices.OPENED, notices.REMINDER])
def test_it_is_blank_and_hers_and_comes_back_as_her_ballot(post, other, kind):
    page = f"{post.round_path}/form"
    assert "Send me forms by mail" in post.expert.get(page).text
    assert post.expert.post(f"{page}/by-mail", data={"wish": "yes"}).status_code == 303
    assert "Send me no forms by mail" in post.expert.get(page).text
    post.voter.save("W02", OV=9, rationale="Said on the web alone.")

    letters = sent(post, kind)

    form = form_in(letters[post.voter.person.email])
    body = letters[post.voter.person.email].get_body()
    assert body is not None
    assert "comes with this mail" in body.get_content()
    assert "Said on the web alone." not in everything_in(form)
    assert post.form_says(form, "Q1.W02.OV") == ""
    assert post.voter.person.name not in everything_in(form)
    assert list(letters[other.email].iter_attachments()) == []
    assert "comes with this mail" not in letters[other.email].as_string()
    with transaction(post.voter.engine, write=False) as session:
        assert len(session.exec(select(PaperForm)).all()) > 1, "a form is made for all, or for nobody"
        assert {(one.problem, one.occasion) for one in session.exec(select(Message))} == {("", "x")}

    post.enter(in_word(form, post.form(), {"Q1.W01.OV": "7"}))
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 7}, "W02": {"OV": 9}}


def test_an_organizer_says_who_works_by_form_and_what_holds_for_all_others(post, other, make, as_person):
    organiser = as_person(make.member(post.voter.seminar, Role.ORGANISER))
    page = f"/seminars/{post.voter.seminar.slug}/forms-by-mail"
    hers = f"of.{post.voter.membership.id}"
    assert hers in organiser.get(page).text
    assert organiser.post(page, data={"everybody": "yes", hers: "no"}).status_code == 303
    letters = sent(post)
    assert list(letters[post.voter.person.email].iter_attachments()) == []
    arabic = everything_in(form_in(letters[other.email]))
    assert "bidiVisual" in arabic
    with transaction(post.voter.engine, write=False) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "offline:mailing:set")).one()
    assert entry.details == {"count": 2}

    assert organiser.post(page, data={"everybody": "no", hers: "yes", "of.nobody": "yes"}).status_code == 303
    again = sent(post, notices.REMINDER)
    assert form_in(again[post.voter.person.email])
    assert list(again[other.email].iter_attachments()) == []
