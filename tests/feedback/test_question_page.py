"""An expert reads what the panel said beside what she said herself, what needs attention first."""

import pytest

from app.db import transaction
from app.models import Round
from app.models.rounds import RoundState
from app.policy import Role
from tests.feedback.panel import address, all_say, read, reasons, section, subjects, submits, words
from tests.results import mapping, voting


@pytest.fixture
def page(rated, as_person):
    """What the first expert reads, who rated W01 otherwise than all others."""
    return read(as_person(rated.experts[0]), address(rated.seminar, rated.round_, "Q1"))


def test_her_own_answer_is_marked_on_the_panels_scale_and_in_words(page):
    part = section(page, "W01")
    assert part.count('class="own"') == 2  # a column of the figure, and her own reason
    assert 'aria-label="10 ratings; median 8; middle half from 8 to 8. 2: 1. 8: 9. You gave 2."' in part
    assert "R0, 10 ratings: median 8, middle half 8 to 8. Your 2 is outside the middle half." in words(part)


def test_what_needs_attention_comes_first(rated, page, as_person):
    assert subjects(page) == ["W02", "W01", "W03"]  # outside on both, and the second is not settled
    other = read(as_person(rated.experts[5]), address(rated.seminar, rated.round_, "Q1"))
    assert subjects(other) == ["W02", "W01", "W03"]  # the second is not settled


def test_the_verdict_stands_in_words_and_so_does_the_rule(page):
    assert "The rule, fixed before the round:" in words(page)
    assert "lie at most 2 apart on the scale" in words(page)
    assert "It is settled." in words(section(page, "W01"))
    assert "It stays open." in words(section(page, "W02"))
    assert "The panel is divided" in words(section(page, "W02"))
    assert "Only 3 experts rated it: that says little of the panel." in words(section(page, "W03"))
    assert "Settled: 2 of 3. The panel is divided on 1." in words(page)


@pytest.mark.parametrize(
    ("show", "codes"),
    [
        ("all", ["W02", "W01", "W03"]),
        ("outside", ["W02", "W01"]),
        ("open", ["W02"]),
        ("reasons", ["W02", "W01"]),
    ],
)
def test_only_what_is_asked_for_is_shown(rated, as_person, show, codes):
    path = address(rated.seminar, rated.round_, "Q1", f"?show={show}")
    assert subjects(read(as_person(rated.experts[0]), path)) == codes


def test_a_filter_that_does_not_exist_is_refused(rated, as_person):
    path = address(rated.seminar, rated.round_, "Q1", "?show=everything")
    assert as_person(rated.experts[0]).get(path).status_code == 400


def test_reasons_stand_by_their_sides_where_enough_stand_there(page):
    first, second = section(page, "W01"), section(page, "W02")
    # one against on the first: to tell nine that they are for would tell that she is not
    assert ("For 9" in words(first), "Against" in words(first)) == (False, False)
    assert ("For 5" in words(second), "Against 5" in words(second)) == (True, True)
    assert sorted(reasons(first)) == sorted(f"Reason {place} on the first." for place in range(10))


def test_reasons_of_few_raters_are_not_there_and_it_is_said_why(page):
    assert "of few." not in page
    assert "their reasons are not shown" in words(section(page, "W03"))


def test_each_reader_has_an_order_of_her_own_and_keeps_it(rated, as_person):
    path = address(rated.seminar, rated.round_, "Q1")
    orders = {}
    for place, expert in enumerate(rated.experts):
        browser = as_person(expert)
        orders[place] = tuple(reasons(section(read(browser, path), "W01")))
        assert tuple(reasons(section(read(browser, path), "W01"))) == orders[place]
    assert len(set(orders.values())) > 1


def test_no_place_joins_what_one_author_said_of_two_subjects(rated, as_person):
    path = address(rated.seminar, rated.round_, "Q1")
    same = 0
    for expert in rated.experts:
        page = read(as_person(expert), path)
        first, second = (reasons(section(page, code)) for code in ("W01", "W02"))
        same += [text.split(" on ")[0] for text in first] == [text.split(" on ")[0] for text in second]
    assert same < len(rated.experts)


def test_her_own_reason_is_marked_as_hers_and_no_other(page):
    for code in ("W01", "W02"):
        (own,) = [one for one in section(page, code).split("<li") if "Your own reason" in one]
        assert "Reason 0 on" in own


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER, Role.CLERK])
def test_who_is_not_of_the_panel_reads_the_same_without_own(rated, make, as_person, role):
    person = make.member(rated.seminar, role)
    page = read(as_person(person), address(rated.seminar, rated.round_, "Q1"))
    for mine in ("You gave", "Your ", "Yours", "own answer", "Helpful", "<form method", 'class="own"'):
        assert mine not in page.split("<main")[1].split("</main>")[0]
    assert sorted(reasons(section(page, "W01"))) == sorted(f"Reason {one} on the first." for one in range(10))


def test_an_expert_who_submitted_nothing_reads_it_all_and_is_told_so(rated, make, as_person):
    late = make.expert(rated.seminar)
    page = read(as_person(late), address(rated.seminar, rated.round_, "Q1"))
    assert "You submitted no answer to it." in words(page)
    assert len(subjects(page)) == 3


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (RoundState.OPEN, "Say why in round R1"),
        (RoundState.DRAFT, "There will be another round, R1"),
        (None, None),
    ],
)
def test_who_stands_outside_is_asked_why_where_she_can_say_it(rated, make, as_person, state, said):
    if state:
        make.rating_round(rated.seminar, 3, state=state, previous=rated.round_)
    part = section(read(as_person(rated.experts[0]), address(rated.seminar, rated.round_, "Q1")), "W01")
    assert ("Would you say why?" in words(part)) is (said is not None)
    assert (said or "Your 2 is outside") in words(part)
    if state is RoundState.OPEN:
        link = f"/seminars/{rated.seminar.slug}/rounds/1/ballot/Q1/W01"
        assert link in part
        assert as_person(rated.experts[0]).get(link).status_code == 200


def test_movement_since_the_round_before_is_told(engine, make, as_person):
    seminar = make.seminar()
    experts = [make.expert(seminar) for _ in range(6)]
    before = make.rating_round(seminar, 1)
    for expert, sheet in zip(experts, all_say(2, 3, 4, 5, 6, 7), strict=True):
        submits(make, seminar, before, expert, Q1=sheet)
    voting.close(engine, before, publish=True)
    after = make.rating_round(seminar, 1, previous=before)
    for expert, sheet in zip(experts, all_say(7, 7, 7, 7, 7, 7), strict=True):
        submits(make, seminar, after, expert, Q1=sheet)
    voting.close(engine, after, publish=True)
    said = words(section(read(as_person(experts[0]), address(seminar, after, "Q1")), "W01"))
    assert "median up from 4.5 to 7" in said
    assert "Of 6 experts who rated it in both" in said


def test_a_reason_that_is_held_back_is_nowhere(engine, rated, as_person):
    with transaction(engine) as session:
        round_ = session.get_one(Round, rated.round_.id)
        mapping.hold_back(session, round_, "Q1", "W01", "Reason 3 on the first.", "Reason three.")
        mapping.hold_back(session, round_, "Q1", "W02", "Reason 4 on the second.")
    page = read(as_person(rated.experts[3]), address(rated.seminar, rated.round_, "Q1"))
    assert "Reason 3 on the first." not in page
    assert "Reason 4 on the second." not in page
    assert "Reason three." in section(page, "W01")


def test_a_mapping_is_read_question_by_question(engine, make, as_person):
    seminar, round_ = mapping.held(make)
    experts = [make.expert(seminar) for _ in range(6)]
    for place, expert in enumerate(experts):
        point = {"LIK": 5 if place else 1, "IMP": 3, "why": f"Threat {place}."}
        submits(
            make,
            seminar,
            round_,
            expert,
            Q1={"T01": point},
            Q3={"FW-01": {"E01": 2 if place else 0, "why": f"Framework {place}."}},
            Q4={"G01": {"for": f"For {place}."}, "O01": {"against": f"Against {place}."}},
        )
    voting.close(engine, round_, publish=True, settings=make.settings)
    browser = as_person(experts[0])
    plane = read(browser, address(seminar, round_, "Q1"))
    assert "Your 1 is outside the middle half." in words(section(plane, "T01"))
    assert len(reasons(section(plane, "T01"))) == 6
    cover = words(section(read(browser, address(seminar, round_, "Q3")), "FW-01"))
    assert "On one element your grade is outside the middle half." in cover
    assert "Of one element graded, it covers 1 in full and 0 in part." in cover
    comments = read(browser, address(seminar, round_, "Q4"))
    assert "For 6" in words(section(comments, "G01"))
    assert "Against 6" in words(section(comments, "O01"))
    assert "Your own reason" in section(comments, "G01")
    assert "Nobody has said anything" in words(section(comments, "G02"))
    assert "0 items were proposed." in words(read(browser, address(seminar, round_, "Q5")))


def test_the_round_lists_its_questions_with_what_was_found_and_how_she_stands(rated, as_person):
    page = words(read(as_person(rated.experts[0]), address(rated.seminar, rated.round_)))
    assert "Settled: 2 of 3. The panel is divided on 1." in page
    assert "You answered 3 of 3." in page
    assert "On 2 you are outside the middle half." in page


def test_a_round_that_asks_nothing_has_no_feedback(make, as_person):
    seminar = make.seminar()
    round_ = make.round(seminar, state=RoundState.PUBLISHED)
    browser = as_person(make.expert(seminar))
    assert browser.get(address(seminar, round_)).status_code == 404
    assert browser.get(address(seminar, round_, "Q1")).status_code == 404


def test_pages_lead_to_it_once_it_is_published(rated, make, as_person):
    browser = as_person(rated.experts[0])
    here = f"/seminars/{rated.seminar.slug}"
    there = f"{here}/rounds/0/feedback"
    for path in ("", "/rounds/0", "/rounds/0/ballot", "/outcome/W01"):
        assert there in read(browser, here + path), path
