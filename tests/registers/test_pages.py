"""What a member reads of the mandate, the registers, the items and the glossary."""

import re
from html import unescape

import pytest
from sqlmodel import Session

from app.db import transaction
from app.models import Item, ItemVersion, Seminar
from app.models.registers import ItemStatus, Kind, LinkKind
from app.policy import Role
from app.registers import kinds, words

PAGES = [
    "mandate",
    "glossary",
    "items/W1",
    "items/E2",
    "items/F-OLD",
    *(f"registers/{kind}" for kind in Kind),
    "registers/framework?view=list",
]


@pytest.fixture
def reader(registers, make, as_person):
    return as_person(make.member(registers.seminar, Role.EXPERT))


def text_of(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_everything(registers, make, as_person, role):
    member = as_person(make.member(registers.seminar, role))
    assert {path: member.get(f"/seminars/open/{path}").status_code for path in PAGES} == dict.fromkeys(
        PAGES, 200
    )


@pytest.mark.parametrize("path", [*PAGES, "registers/nothing", "items/nothing"])
def test_a_stranger_learns_nothing(registers, make, as_person, path):
    stranger = as_person(make.member(make.seminar(), Role.ORGANISER))
    answer = stranger.get(f"/seminars/open/{path}")
    assert answer.status_code == 404
    assert "Police" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_asked_to_sign_in(registers, browser, path):
    assert browser.get(f"/seminars/open/{path}").status_code == 303


@pytest.mark.parametrize(
    "path",
    ["registers/nothing", "registers/OPTION", "items/W99", "items/w1", f"items/{'x' * 2000}", "items/%00"],
)
def test_what_does_not_exist_is_not_found(reader, path):
    assert reader.get(f"/seminars/open/{path}").status_code in {400, 404}


def test_an_item_says_its_fields_in_words_and_its_links_in_sentences(reader):
    text = text_of(reader.get("/seminars/open/items/W1"))
    for sentence in (
        "Way forward W1 A long road",
        "Time horizon In years",
        "Cost Cheap",
        "Trade-off Slow.",
        "Addresses these gaps G1 No entry point",
        "Builds on these opportunities O1 A living reference",
        "Would be led by POL Police",
        "Would be supported by NGO Réseau d'experts",
        "Serves these elements of the mandate E2 Trafficking E1 Civil society",
    ):
        assert sentence in text


def test_links_are_read_from_the_other_end_too(reader):
    assert "Addressed by these ways forward W1 A long road" in text_of(reader.get("/seminars/open/items/G1"))
    police = text_of(reader.get("/seminars/open/items/POL"))
    assert "Would lead these ways forward W1 A long road" in police
    assert "Named in these gaps G1 No entry point" in police
    assert "Sector Law enforcement" in police
    assert "Level National" in police
    element = text_of(reader.get("/seminars/open/items/E2"))
    assert "Covered directly and substantially by 1 F-OLD Old treaty" in element
    assert "Covered in part or indirectly by 1 F-NEW New code" in element
    assert "Starting hypothesis" in element


def test_every_link_that_may_be_made_has_a_sentence_from_both_ends():
    said = {(meaning.direction, meaning.kind, meaning.other) for meaning in words.LINKS}
    for kind, ends in kinds.LINKS.items():
        for source, target in ends:
            assert ("to", kind, target) in said
            assert ("from", kind, source) in said


def test_the_coverage_map_says_each_cell_in_words(reader):
    page = reader.get("/seminars/open/registers/framework")
    rows = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", page.text, re.DOTALL)
    cells = {
        re.search(r"items/([^\"]+)\"", row)[1]: re.findall(r"visually-hidden\">([^<]+)<", row)  # type: ignore[index]
        for row in rows
        if "items/" in row
    }
    assert cells == {
        "F-OLD": ["Not covered", "Covered directly and substantially"],
        "F-NEW": ["Covered in part or indirectly", "Covered in part or indirectly"],
    }
    text = text_of(page)
    assert "Starting hypothesis" in text
    assert "Covered directly and substantially 0 1" in text
    assert "Covered in part or indirectly 1 1" in text


def test_a_framework_that_says_nothing_of_an_element_has_an_empty_cell(registers, reader):
    registers.add(Kind.ELEMENT, "E3", "Later", part="action", words="to")
    page = reader.get("/seminars/open/registers/framework").text
    assert page.count("Not assessed") == 2


def test_stakeholders_stand_under_their_sectors(reader):
    text = text_of(reader.get("/seminars/open/registers/stakeholder"))
    assert text.index("Law enforcement", text.index("2 entries")) < text.index("They investigate.")
    assert text.index("They investigate.") < text.rindex("Civil society groups") < text.index("They watch.")


def test_the_mandate_counts_what_is_tied_to_each_element(reader):
    page = reader.get("/seminars/open/mandate")
    text = text_of(page)
    assert "12. Encourages all." in text
    assert "its facts are as of 2026-11 and are to be verified" in text
    assert "Against what Trafficking E2 trafficking in Arms on the move. 2 ways forward 1 opportunity" in text
    assert "1 threat or risk Frameworks: 1 directly, 1 in part" in text
    assert "/seminars/open/registers/option?element=E2" in page.text
    assert "2 August 2017" in text


def test_a_blank_seminar_says_so(make, as_person):
    member = as_person(make.member(make.seminar(slug="blank"), Role.EXPERT))
    assert "was started blank" in member.get("/seminars/blank/mandate").text
    assert "This register is still empty." in member.get("/seminars/blank/registers/framework").text
    assert "has no glossary yet" in member.get("/seminars/blank/glossary").text


def test_each_term_says_its_language_and_direction_the_readers_own_first(reader):
    page = reader.get("/seminars/open/glossary").text
    assert re.search(r'<th scope="row" lang="en" dir="ltr">Round</th>', page)
    assert '<td lang="ar" dir="rtl" data-language="العربية">جولة</td>' in page
    reader.cookies.set("language", "ar")
    assert '<th scope="row" lang="ar" dir="rtl">جولة</th>' in reader.get("/seminars/open/glossary").text


def test_the_glossary_is_searched_in_all_languages(reader):
    assert "Round" in reader.get("/seminars/open/glossary", params={"q": "TOUR"}).text
    assert "جولة" in reader.get("/seminars/open/glossary", params={"q": "جولة"}).text
    assert "No term in any" in reader.get("/seminars/open/glossary", params={"q": "zzz"}).text


def test_hostile_text_stays_text(registers, reader):
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    registers.add(Kind.GAP, "G-EVIL", evil, evil)
    registers.add(Kind.OPTION, "W-EVIL", evil, evil, time_horizon="short", cost_class="low", trade_off=evil)
    registers.tie("W-EVIL", LinkKind.ADDRESSES, "G-EVIL")
    for path in ("registers/gap", "registers/option", "items/G-EVIL", "items/W-EVIL"):
        page = reader.get(f"/seminars/open/{path}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    page = reader.get("/seminars/open/registers/gap", params={"q": evil, "sort": evil, "element": evil}).text
    assert "<script>alert" not in page
    assert "<script>alert" not in reader.get("/seminars/open/glossary", params={"q": evil}).text


@pytest.mark.parametrize(
    ("status", "shown", "says"),
    [
        (ItemStatus.MERGED, 200, "was merged into another one"),
        (ItemStatus.WITHDRAWN, 200, "was withdrawn"),
    ],
)
def test_an_item_that_is_not_accepted(registers, reader, engine, status, shown, says):
    with transaction(engine) as session:
        session.get_one(Item, registers.items["G1"].id).status = status
    answer = reader.get("/seminars/open/items/G1")
    assert answer.status_code == shown
    assert says in answer.text


def test_a_later_wording_says_its_number(registers, reader, engine):
    with transaction(engine) as session:
        option = session.get_one(Item, registers.items["W2"].id)
        option.version = 2
        session.add(
            ItemVersion(
                item_id=option.id,
                number=2,
                title="A quicker step",
                fields={"time_horizon": "short", "cost_class": "low", "trade_off": ""},
            )
        )
    text = text_of(reader.get("/seminars/open/items/W2"))
    assert "A quicker step" in text
    assert "Wording Version 2" in text


def test_reading_changes_nothing(reader, engine):
    with Session(engine) as session:
        before = session.connection().exec_driver_sql("SELECT count(*) FROM audit_entry").scalar()
    for path in PAGES:
        reader.get(f"/seminars/open/{path}")
        assert reader.post(f"/seminars/open/{path}").status_code == 405
    with Session(engine) as session:
        after = session.connection().exec_driver_sql("SELECT count(*) FROM audit_entry").scalar()
    assert before == after


def test_what_may_be_proposed_at_any_time_is_proposed_from_its_register(registers, make, as_person, engine):
    with transaction(engine) as session:
        session.get_one(Seminar, registers.seminar.id).proposing = ["gap"]
    expert = as_person(make.member(registers.seminar, Role.EXPERT))
    assert "/seminars/open/proposals/new/gap" in expert.get("/seminars/open/registers/gap").text
    assert "/proposals/new/" not in expert.get("/seminars/open/registers/threat").text
    observer = as_person(make.member(registers.seminar, Role.OBSERVER))
    assert "/proposals/new/" not in observer.get("/seminars/open/registers/gap").text
