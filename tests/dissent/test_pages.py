"""What each finds of dissent, and does there by plain forms: experts, facilitators, and all others."""

from datetime import timedelta

import pytest
from sqlmodel import select, update

from app import clock
from app.db import transaction
from app.models import Message, PreparedFile, Seminar, WebSession
from app.notifications import letters
from app.outcome import preparing
from app.policy import Role
from app.seminars import pseudonyms
from tests.dissent.collecting import AUTHOR, INSIDE, SECOND, TEXT, THIRD
from tests.outcome.judged import SETTINGS

NEW = "It would freeze trials."


@pytest.fixture
def as_(panel, as_person):
    """Browsers of the panel's experts by their places, and of the others by their roles."""

    def browser(who):
        if isinstance(who, int):
            return as_person(panel[who].person)
        if who is Role.FACILITATOR:
            return as_person(panel.facilitator)
        return as_person(panel.make.member(panel.seminar, who))

    return browser


def at(panel, statement, deed=""):
    return f"{panel.path}/{statement.reference}{deed and '/'}{deed}"


def test_from_writing_to_the_outcome_page_by_forms_alone(panel, as_):
    author, second, staff = as_(AUTHOR), as_(SECOND), as_(Role.FACILITATOR)
    page = author.get(panel.path).text
    assert "Your rating in round R0 was 2: outside the main view." in page
    assert "Write a statement on W01" in page
    written = author.post(f"{panel.path}/on/W01", data={"text": TEXT, "language": "en"})
    place = written.headers["location"].partition("?")[0]

    assert "Do you see it so too?" in second.get(place).text
    second.post(f"{place}/support", data={"seen": "1"})

    queue = staff.get(panel.path).text
    assert "One statement is being made" in queue
    staff.post(f"{place}/wording", data={"seen": "1", "text": NEW, "reason": "It is long."})
    for browser in (author, second):
        home = browser.get(f"/seminars/{panel.seminar.slug}").text
        assert "waits for your approval" in home
        assert "It is long." in browser.get(place).text
        browser.post(f"{place}/approve", data={"seen": "2"})
    assert "It can be released" in staff.get(place).text
    staff.post(f"{place}/release", data={"seen": "2"})

    observer = as_(Role.OBSERVER)
    for page in (panel.path, f"/seminars/{panel.seminar.slug}/outcome", _outcome(panel, "W01")):
        text = observer.get(page).text
        assert (NEW in text, TEXT in text, "some participants" in text) == (True, False, True), page
    data = as_(Role.ORGANISER).get(f"/seminars/{panel.seminar.slug}/outcome/export.json").json()
    assert data["minority"] == [
        {
            "option": "W01",
            "option_version": 1,
            "round": 0,
            "held_by": "some participants",
            "held_by_count": None,
            "language": "en",
            "wording": 2,
            "text": NEW,
        }
    ]


def _outcome(panel, code):
    return f"/seminars/{panel.seminar.slug}/outcome/{code}"


def test_what_was_typed_stands_in_the_form_again_whatever_is_refused(panel, as_):
    long = "Typed " * 300
    answer = as_(AUTHOR).post(f"{panel.path}/on/W01", data={"text": long, "language": "fr", "alone": "yes"})
    assert answer.status_code == 422
    assert long.strip() in answer.text
    assert '<option value="fr" selected>' in answer.text

    statement = panel[AUTHOR].write()
    panel.edit(statement, NEW)
    # another window still shows the first wording
    again = as_(AUTHOR).post(at(panel, statement), data={"seen": "1", "text": "My own words."})
    assert (again.status_code, "My own words." in again.text, NEW in again.text) == (409, True, True)
    staff = as_(Role.FACILITATOR)
    for deed, sent in (
        ("wording", {"seen": "2", "text": "Other words.", "reason": ""}),
        ("wording", {"seen": "1", "text": "Other words.", "reason": "Because."}),
    ):
        answer = staff.post(at(panel, statement, deed), data=sent)
        assert (answer.status_code in {409, 422}, "Other words." in answer.text) == (True, True), sent
    assert staff.post(at(panel, statement, "withhold"), data={"why": ""}).status_code == 422
    inside = as_(INSIDE).post(f"{panel.path}/on/W01", data={"text": "Typed in vain."})
    assert (inside.status_code, "Typed in vain." in inside.text) == (409, True)


def test_who_stands_within_the_main_view_is_offered_no_form(panel, as_):
    page = as_(INSIDE).get(f"{panel.path}/on/W01").text
    assert "within the main view" in page
    assert "<textarea" not in page
    assert as_(INSIDE).get(f"{panel.path}/on/W99").status_code == 404


@pytest.mark.parametrize("state", ["written", "edited", "withheld", "withdrawn", "released"])
def test_who_reads_it_in_each_state(panel, as_, state):
    statement = panel.released() if state == "released" else panel[AUTHOR].write()
    if state == "edited":
        panel.edit(statement, NEW)
    elif state == "withheld":
        panel.withhold(statement)
    elif state == "withdrawn":
        panel[AUTHOR].withdraw(statement)
    words = NEW if state == "edited" else TEXT

    readers = {
        who: words in as_(who).get(at(panel, statement)).text
        for who in (AUTHOR, THIRD, Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER)
    }

    panel_reads, staff_reads = state in {"written", "edited", "released"}, state != "withdrawn"
    assert readers == {
        AUTHOR: True,
        THIRD: panel_reads,
        Role.FACILITATOR: staff_reads,
        Role.ORGANISER: state == "released",
        Role.OBSERVER: state == "released",
    }


def test_the_mail_to_all_experts_tells_of_nobody_and_is_sent_while_something_waits(panel):
    statement = panel[AUTHOR].write()
    panel.edit(statement, NEW)
    settings = panel.make.settings
    with transaction(panel.engine, write=False) as session:
        (message, *_) = session.exec(select(Message).where(Message.kind == "minority_wording")).all()
        mail = letters.write(session, settings, message).get_content()
    assert "every expert of the seminar gets it" in mail
    assert f"{panel.path}" in mail
    assert "W01" not in mail
    assert statement.reference not in mail

    panel[AUTHOR].withdraw(statement)
    with transaction(panel.engine, write=False) as session, pytest.raises(letters.NotNeeded):
        letters.write(session, settings, session.get_one(Message, message.id))


def test_feedback_and_receipt_lead_there(panel, as_):
    base, browser = f"/seminars/{panel.seminar.slug}/rounds", as_(AUTHOR)
    assert f'href="{panel.path}"' in browser.get(f"{base}/0/feedback/Q1").text
    browser.post(f"{base}/1/ballot/Q1", data={"W01.OV": "2"})
    browser.post(f"{base}/1/ballot/submit", data={"blanks": "meant"})
    assert f'href="{panel.path}"' in browser.get(f"{base}/1/ballot/receipt").text


def test_once_nobody_can_tell_who_is_who_statements_are_read_and_no_more(panel, as_):
    statement = panel[AUTHOR].write()
    with transaction(panel.engine) as session:
        pseudonyms.destroy_key(session, session.get_one(Seminar, panel.seminar.id))
    author = as_(AUTHOR)
    page = author.get(at(panel, statement))
    assert (page.status_code, TEXT in page.text, "Only you see this" in page.text) == (200, True, False)
    assert author.get(panel.path).status_code == 200
    assert author.post(at(panel, statement, "withdraw")).status_code == 409


def test_a_file_that_was_made_before_it_was_taken_back_prints_it_no_more(panel, as_):
    statement = panel.released()
    staff, second = as_(Role.FACILITATOR), as_(SECOND)
    files = f"/seminars/{panel.seminar.slug}/outcome/files/bundle"
    staff.post(files)
    with transaction(panel.engine, write=False) as session:
        (key,) = session.exec(select(PreparedFile.id)).all()
    assert preparing.make(panel.engine, SETTINGS, key) == "ready"
    assert TEXT in staff.get(files).content.decode(errors="replace")
    second.post(at(panel, statement, "withdraw"))
    assert panel.printed() == []
    assert staff.get(files).status_code == 404


def test_what_is_known_of_a_session_does_not_say_that_somebody_was_there(panel, as_):
    browser = as_(AUTHOR)
    long_ago = clock.now() - timedelta(hours=1)
    with transaction(panel.engine) as session:
        session.exec(update(WebSession).values(last_seen_at=long_ago))
    for answer in (
        browser.get(panel.path),
        browser.post(f"{panel.path}/on/W01", data={"text": TEXT, "language": "en"}),
    ):
        assert answer.status_code in {200, 303}
    with transaction(panel.engine, write=False) as session:
        assert set(session.exec(select(WebSession.last_seen_at)).all()) == {long_ago}
