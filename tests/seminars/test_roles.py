"""Who may be what: experts are no staff, staff may be both, and the last organiser stays."""

import pytest
from sqlmodel import select

from app.models import AuditEntry, Membership, Message, Person, Seminar
from app.models.seminars import MembershipState, SeminarStatus
from app.policy import Role
from app.seminars import clerks, pseudonyms, service


@pytest.fixture
def seminar(make, session, settings):
    seminar = make.seminar()
    pseudonyms.make_key(session, settings, seminar)
    session.commit()
    return seminar


@pytest.fixture
def invite(session, settings, seminar):
    def invited(role: Role, address: str = "ada@example.org", *, joins: bool = False) -> Membership:
        membership = service.invite(
            session, settings, seminar=seminar, email=address, name="", role=role, by=None
        )
        if joins:
            service.join(session, settings, membership=membership)
        return membership

    return invited


@pytest.mark.parametrize("staff", [Role.FACILITATOR, Role.ORGANISER])
@pytest.mark.parametrize("joins", [False, True])
def test_an_expert_holds_no_staff_role_nor_staff_the_experts(invite, staff, joins):
    invite(Role.EXPERT, joins=joins)
    with pytest.raises(service.StaffOrExpert):
        invite(staff)

    invite(staff, "grace@example.org", joins=joins)
    with pytest.raises(service.StaffOrExpert):
        invite(Role.EXPERT, "grace@example.org")


def test_one_person_may_hold_both_staff_roles_and_the_panel_is_told(
    invite, make, seminar, as_person, session
):
    expert = make.expert(seminar)
    browser = as_person(expert)
    facilitator = invite(Role.FACILITATOR, joins=True)
    invite(Role.ORGANISER, "grace@example.org", joins=True)
    session.commit()
    page = f"/seminars/{seminar.slug}/privacy"
    assert "one person is both organizer and facilitator" not in browser.get(page).text

    invite(Role.ORGANISER, joins=True)
    session.commit()

    assert "one person is both organizer and facilitator" in browser.get(page).text
    assert facilitator.state == MembershipState.JOINED


def test_nobody_is_invited_twice_in_one_role(invite):
    invite(Role.EXPERT)
    with pytest.raises(service.AlreadyInvited):
        invite(Role.EXPERT, " ADA@example.org")


def test_somebody_who_left_can_be_invited_again_and_is_the_same_expert(invite, session, settings):
    membership = invite(Role.EXPERT, joins=True)
    before = pseudonyms.panellist_of(session, settings, membership).id
    service.withdraw(session, membership=membership, by=None)

    again = invite(Role.EXPERT, joins=True)

    assert again.id == membership.id
    assert pseudonyms.panellist_of(session, settings, again).id == before


def test_an_expert_who_left_may_become_staff(invite, session):
    service.withdraw(session, membership=invite(Role.EXPERT, joins=True), by=None)
    assert invite(Role.FACILITATOR).state == MembershipState.INVITED


def test_roles_change_freely_before_joining_and_never_into_or_out_of_the_panel_after(invite, session):
    waiting = invite(Role.EXPERT)
    service.change_role(session, membership=waiting, role=Role.OBSERVER, by=None)
    assert waiting.role == Role.OBSERVER

    expert = invite(Role.EXPERT, "grace@example.org", joins=True)
    observer = invite(Role.OBSERVER, "olga@example.org", joins=True)
    for member, role in ((expert, Role.FACILITATOR), (expert, Role.OBSERVER), (observer, Role.EXPERT)):
        with pytest.raises(service.AlreadyAnswering):
            service.change_role(session, membership=member, role=role, by=None)
    service.change_role(session, membership=observer, role=Role.FACILITATOR, by=None)
    assert observer.role == Role.FACILITATOR


def test_a_change_of_role_meets_the_same_rules_as_an_invitation(invite, session):
    invite(Role.EXPERT)
    second = invite(Role.OBSERVER)

    with pytest.raises(service.StaffOrExpert):
        service.change_role(session, membership=second, role=Role.ORGANISER, by=None)
    with pytest.raises(service.AlreadyInvited):
        service.change_role(session, membership=second, role=Role.EXPERT, by=None)


@pytest.mark.parametrize("known", [Role.ORGANISER, Role.FACILITATOR, Role.EXPERT])
def test_who_reads_forms_by_code_is_and_was_nobody_who_sees_names_and_never_becomes_one(
    invite, session, known
):
    clerk = invite(Role.CLERK, joins=True)
    for once_more in (lambda: invite(known), lambda: change(session, clerk, known)):
        with pytest.raises((clerks.ClerkOrMore, service.AlreadyAnswering)):
            once_more()
    change(session, clerk, Role.OBSERVER)
    with pytest.raises((clerks.ClerkOrMore, service.AlreadyAnswering)):
        change(session, clerk, known)
    service.withdraw(session, membership=clerk, by=None)
    with pytest.raises(clerks.ClerkOrMore):
        invite(known)

    invite(Role.ORGANISER, "olga@example.org", joins=True)
    other = invite(known, "grace@example.org", joins=True)
    service.withdraw(session, membership=other, by=None)
    with pytest.raises(clerks.ClerkOrMore):
        invite(Role.CLERK, "grace@example.org")


def test_who_was_only_asked_to_be_a_form_clerk_may_become_another(invite, session, settings):
    asked = invite(Role.CLERK)
    change(session, asked, Role.ORGANISER)
    assert asked.role == Role.ORGANISER
    service.join(session, settings, membership=asked)
    invite(Role.ORGANISER, "olga@example.org", joins=True)
    with pytest.raises(clerks.ClerkOrMore):
        change(session, asked, Role.CLERK)


def change(session, membership, role):
    service.change_role(session, membership=membership, role=role, by=None)


def test_the_last_organiser_stays(invite, session):
    first = invite(Role.ORGANISER, joins=True)
    with pytest.raises(service.LastOrganiser):
        service.withdraw(session, membership=first, by=None)
    with pytest.raises(service.LastOrganiser):
        service.change_role(session, membership=first, role=Role.OBSERVER, by=None)

    invite(Role.ORGANISER, "grace@example.org", joins=True)
    service.withdraw(session, membership=first, by=None)
    assert first.state == MembershipState.WITHDRAWN


def test_nobody_is_invited_to_a_seminar_that_has_ended(invite, session, seminar):
    stored = session.get_one(Seminar, seminar.id)
    stored.status = SeminarStatus.ARCHIVED
    session.add(stored)
    session.flush()
    seminar.status = SeminarStatus.ARCHIVED

    with pytest.raises(service.SeminarIsOver):
        invite(Role.EXPERT)


def test_joining_twice_is_joining_once(invite, session, settings):
    membership = invite(Role.EXPERT, joins=True)
    service.join(session, settings, membership=membership)

    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("seminar:member:join") == 1


def test_an_invitation_and_its_mail_are_written_together(invite, session):
    membership = invite(Role.EXPERT)

    message = session.exec(select(Message)).one()
    assert (message.kind, message.membership_id) == ("invitation", membership.id)


def test_the_log_holds_no_name_and_no_address(invite, session):
    membership = invite(Role.EXPERT, "canary@example.org", joins=True)
    service.withdraw(session, membership=membership, by=session.exec(select(Person)).one())

    entries = session.exec(select(AuditEntry)).all()
    assert len(entries) == 3
    assert "canary" not in str([entry.model_dump() for entry in entries])


def test_locking_the_wording_happens_once(session, make):
    seminar = session.get_one(Seminar, make.seminar().id)
    service.lock_wording(session, seminar=seminar, by=None)
    first = seminar.wording_locked_at
    service.lock_wording(session, seminar=seminar, by=None)

    assert seminar.wording_locked_at == first
    assert session.exec(select(AuditEntry.action)).all() == ["seminar:wording:lock"]
