"""The page of who sees what says what the service does, no more and no less."""

import re
from html import unescape

import pytest

from app.models.seminars import Anonymity
from app.policy import Permission, Role, allows
from app.seminars import pseudonyms


@pytest.fixture
def read(make, as_person, session, settings):
    def page(anonymity: Anonymity = Anonymity.PSEUDONYMOUS, *, destroyed: bool = False) -> str:
        seminar = make.seminar(anonymity=anonymity)
        pseudonyms.make_key(session, settings, seminar)
        session.commit()
        browser = as_person(make.expert(seminar))
        if destroyed:
            pseudonyms.destroy_key(session, seminar)
            session.commit()
        response = browser.get(f"/seminars/{seminar.slug}/privacy")
        assert response.status_code == 200
        return " ".join(unescape(response.text).split())

    return page


def test_the_table_of_rights_is_the_one_by_which_routes_decide(read):
    page = read()

    for permission in Permission:
        row = page.split(f">{permission.value.capitalize()}</th>")[1].partition("</tr>")[0]
        assert re.findall(r">(Yes|No)<", row) == [
            "Yes" if allows(role, permission) else "No" for role in Role
        ]


def test_it_says_plainly_that_the_server_holds_the_link(read):
    assert (
        "holds the link between persons and pseudonyms, and the key to it, until they are destroyed" in read()
    )


def test_a_sealed_seminar_promises_the_destruction_and_says_when_it_is_done(read):
    sealed, destroyed = read(Anonymity.SEALED), read(Anonymity.SEALED, destroyed=True)

    assert "the link between persons and pseudonyms is destroyed. Nobody can restore it" in sealed
    assert "<td>Until the final round is published</td>" in sealed
    assert "The link between persons and pseudonyms has been destroyed." in destroyed
    assert "<td>Destroyed</td>" in destroyed
    assert "Copies of its data that were made before then may still hold it" in destroyed


def test_a_seminar_that_is_not_sealed_promises_no_destruction(read):
    page = read()
    assert "is destroyed. Nobody can restore it" not in page
    assert "kept under a pseudonym drawn by chance" in page


def test_a_named_seminar_says_so(read):
    page = read(Anonymity.NAMED)
    assert "the panel sees who gave which answer" in page
    assert "kept under a pseudonym drawn by chance" not in page


def test_the_minimum_group_is_the_seminars_own(make, as_person):
    seminar = make.seminar(min_group=7)
    page = as_person(make.expert(seminar)).get(f"/seminars/{seminar.slug}/privacy").text
    assert "broken down by sector or region for fewer than 7 people" in page


def test_it_says_who_reads_a_proposal_and_what_of_it_is_ever_shown(read):
    page = read()
    assert "What you propose is yours alone until you submit it." in page
    assert "the facilitators as well, with neither name nor pseudonym" in page
    assert "of what was declined only that it was, and why" in page
    assert "what was not accepted is in no register and no file" in page


def test_it_says_that_texts_can_be_held_back_and_that_their_author_is_told(read):
    page = read()
    assert "The facilitators; and you, if the text is yours" in page
    assert "The facilitators can hold back a text before the panel reads it, and you are told why" in page


def test_it_says_how_a_map_by_sector_comes_about_and_of_how_many(make, as_person):
    seminar = make.seminar(min_group=7)
    response = as_person(make.expert(seminar)).get(f"/seminars/{seminar.slug}/privacy")
    page = " ".join(unescape(response.text).split())
    assert "to which sector each pseudonym belongs; it keeps the counts alone" in page
    assert "shows none of fewer than 7 experts, nor any from which such a one could be worked out" in page
