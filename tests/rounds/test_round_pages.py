"""The plan and the page of a round, as each role reads them."""

import re
from datetime import UTC, datetime

import pytest

from app.policy import Role

PAGES = ("/rounds", "/rounds/0")
MOVES = ("/rounds/0/open", "/rounds/0/extend")


@pytest.fixture
def seminar(make):
    seminar = make.seminar(timezone="Europe/Zurich")
    make.expert(seminar)
    return seminar


def test_every_member_reads_the_plan_and_the_rounds(make, as_person, seminar):
    make.rating_round(seminar)
    members = [make.expert(seminar), *(make.member(seminar, role) for role in Role if role != Role.EXPERT)]

    for person in members:
        browser = as_person(person)
        for page in PAGES:
            assert browser.get(f"/seminars/{seminar.slug}{page}").status_code == 200


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ORGANISER, Role.OBSERVER])
def test_only_a_facilitator_moves_a_round(make, as_person, seminar, role):
    make.rating_round(seminar)
    person = make.expert(seminar) if role is Role.EXPERT else make.member(seminar, role)
    browser = as_person(person)

    for move in MOVES:
        assert browser.get(f"/seminars/{seminar.slug}{move}").status_code == 403
        assert browser.post(f"/seminars/{seminar.slug}{move}", data={}).status_code == 403
    for words in ("/open", "/extend", "/close", "/publish"):
        assert f"/rounds/0{words}" not in browser.get(f"/seminars/{seminar.slug}/rounds/0").text


def test_a_stranger_learns_of_nothing(make, as_person, seminar):
    make.rating_round(seminar)
    stranger = as_person(make.member(make.seminar(), Role.FACILITATOR))

    for path in (*PAGES, *MOVES):
        assert stranger.get(f"/seminars/{seminar.slug}{path}").status_code == 404
    for path in MOVES:
        assert stranger.post(f"/seminars/{seminar.slug}{path}", data={}).status_code == 404


@pytest.mark.parametrize("number", ["1", "7", "-1", "x", "1000", "1" * 30, "1.0", "%00", "²"])
def test_a_round_that_is_not_there_is_not_found(make, as_person, seminar, number):
    make.rating_round(seminar)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))

    for move in ("", "/open", "/extend"):
        answer = facilitator.get(f"/seminars/{seminar.slug}/rounds/{number}{move}")
        assert answer.status_code == (400 if number == "%00" else 404)


def test_the_round_of_another_seminar_is_not_found_through_this_one(make, as_person, seminar):
    other = make.seminar()
    make.round(other)
    make.rating_round(other)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))

    assert facilitator.get(f"/seminars/{seminar.slug}/rounds/1").status_code == 404


def test_the_plan_tells_of_every_round_with_its_product_and_note(make, as_person, seminar):
    make.round(
        seminar, kind="mapping", state="published", title="Mapping", note="Settled at the first session."
    )
    make.rating_round(seminar, title="First rating", product="Distributions by option")
    make.round(seminar, title="Ranking", closes_at=None)
    page = as_person(make.member(seminar, Role.OBSERVER)).get(f"/seminars/{seminar.slug}/rounds").text

    for words in ("Mapping", "Published", "Settled at the first session.", "Distributions by option"):
        assert words in page
    assert page.index("Mapping") < page.index("First rating") < page.index("Ranking")
    assert "dates to be set" in page


def asked(make, as_person, seminar, **fields):
    make.mapping_round(seminar, **fields)
    return words(
        as_person(make.member(seminar, Role.OBSERVER)).get(f"/seminars/{seminar.slug}/rounds/0").text
    )


def words(page):
    """What a reader sees, without marks and doubled spaces."""
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_a_mapping_says_of_each_part_what_it_asks_and_of_what(make, as_person, seminar):
    page = asked(make, as_person, seminar, each=3)

    parts = re.split(r"Part [1-5] ", page[page.index("What the panel is asked") :])[1:]
    threats, stakeholders, frameworks, findings, proposals = parts
    assert "3 threats" in threats
    assert "Each gets its place on a plane by two judgements" in threats
    assert "LIK Likelihood 1 to 5 Point 1 \N{EN DASH} Point 5 those with a view IMP Impact" in threats
    assert "3 stakeholders" in stakeholders
    assert "INF Influence 1 to 5 Point 1 \N{EN DASH} Point 5 those with a view INT Interest" in stakeholders
    assert "3 frameworks" in frameworks
    assert "how far it covers each of the 3 elements of the mandate" in frameworks
    assert "E03 Element 3" in frameworks
    assert "3 gaps · 3 opportunities" in findings
    assert "what speaks for it and what speaks against it" in findings
    assert "threats, stakeholders, frameworks, good practices, gaps and opportunities" in proposals
    assert "At most" not in proposals
    assert "are rated" not in page


def test_the_criteria_of_each_part_are_named_by_the_part_too(make, as_person, seminar):
    make.mapping_round(seminar)
    page = as_person(make.member(seminar, Role.OBSERVER)).get(f"/seminars/{seminar.slug}/rounds/0").text

    assert re.findall(r'role="region" aria-labelledby="([^"]*)"', page) == [
        "part-Q1 criteria-Q1",
        "part-Q2 criteria-Q2",
    ]
    assert all(f'<h3 id="part-{code}">' in page for code in ("Q1", "Q2"))


def test_a_round_of_proposals_says_how_many_and_how_long(make, as_person, seminar):
    round_ = make.round(seminar, state="open", kind="proposals")
    make.asks(round_, "Q1", "comment", {}, make.options(seminar, 1))
    make.asks(round_, "Q2", "propose", {"kinds": ["option"], "limit": 3, "words": [60, 120]})
    page = words(
        as_person(make.member(seminar, Role.OBSERVER)).get(f"/seminars/{seminar.slug}/rounds/0").text
    )

    assert "About one way forward" in page
    assert "What can be proposed ways forward" in page
    assert "At most 3 by each expert" in page
    assert "From 60 to 120 words" in page


def test_a_rating_speaks_of_cards_and_criteria(make, as_person, seminar):
    make.rating_round(seminar, options=2)
    page = words(
        as_person(make.member(seminar, Role.OBSERVER)).get(f"/seminars/{seminar.slug}/rounds/0").text
    )

    assert "2 ways forward" in page
    assert "Each is rated by itself on the criteria below" in page
    assert "Part 1" not in page


# ---- times ----


@pytest.mark.parametrize(
    ("closing", "shown", "utc"),
    [
        # Zurich's clocks go forward on 30 March 2098, at one o'clock UTC
        (datetime(2098, 3, 30, 0, 30, tzinfo=UTC), "30 Mar 2098, 01:30 Zurich (UTC+01:00)", "= 00:30 UTC"),
        (datetime(2098, 3, 30, 1, 30, tzinfo=UTC), "30 Mar 2098, 03:30 Zurich (UTC+02:00)", "= 01:30 UTC"),
        # after midnight there, the day before in UTC
        (
            datetime(2098, 3, 30, 22, 30, tzinfo=UTC),
            "31 Mar 2098, 00:30 Zurich (UTC+02:00)",
            "= 30 Mar 2098, 22:30 UTC",
        ),
    ],
)
def test_a_deadline_bears_the_zone_and_utc_across_the_change_of_clocks(
    make, as_person, seminar, closing, shown, utc
):
    make.rating_round(seminar, closes_at=closing)

    for person in (make.expert(seminar), make.member(seminar, Role.FACILITATOR)):
        for page in (*PAGES, ""):
            text = as_person(person).get(f"/seminars/{seminar.slug}{page}").text
            assert shown in text
            assert utc in text


def test_a_reader_with_a_zone_of_her_own_reads_it_there(make, as_person, seminar):
    make.rating_round(seminar, closes_at=datetime(2098, 7, 1, 16, 0, tzinfo=UTC))
    person = make.member(seminar, Role.OBSERVER, make.person(timezone="Asia/Kathmandu"))

    page = as_person(person).get(f"/seminars/{seminar.slug}/rounds/0").text

    assert "1 Jul 2098, 21:45 Kathmandu (UTC+05:45)" in page


# ---- the middle states ----


def test_between_the_closing_time_and_the_closing_everybody_is_told(make, as_person, seminar):
    past = datetime(2024, 5, 1, 12, tzinfo=UTC)
    make.rating_round(seminar, opens_at=None, opened_at=datetime(2024, 4, 1, tzinfo=UTC), closes_at=past)
    expert = as_person(make.expert(seminar))
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    told = "The closing time has passed; answers are no longer taken."

    for browser in (expert, facilitator):
        page = browser.get(f"/seminars/{seminar.slug}/rounds/0").text
        assert told in page
        assert "Closed, not counted yet" in page
    assert "/rounds/0/ballot" not in expert.get(f"/seminars/{seminar.slug}/rounds/0").text
    assert "/rounds/0/close" in facilitator.get(f"/seminars/{seminar.slug}/rounds/0").text


def test_a_draft_tells_its_facilitator_what_is_missing_and_its_expert_that_it_may_change(
    make, as_person, seminar
):
    make.round(seminar)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    page = facilitator.get(f"/seminars/{seminar.slug}/rounds/0").text

    assert "Before it can open" in page
    assert page.count('class="missing"') == 2
    assert page.count('class="done"') == 6
    expert = as_person(make.expert(seminar)).get(f"/seminars/{seminar.slug}/rounds/0").text
    assert "What it asks can still change." in expert
    assert "Before it can open" not in expert


@pytest.mark.parametrize(
    ("state", "action"), [("draft", "open"), ("open", "close"), ("open", "extend"), ("closed", "publish")]
)
def test_each_state_offers_its_moves(make, as_person, seminar, state, action):
    make.rating_round(seminar, state=state)
    page = as_person(make.member(seminar, Role.FACILITATOR)).get(f"/seminars/{seminar.slug}/rounds/0").text

    assert f'href="/seminars/{seminar.slug}/rounds/0/{action}"' in page
    assert f'href="/seminars/{seminar.slug}/rounds/0/preview"' in page


def test_an_expert_finds_the_ballot_of_an_open_round_and_the_outcome_of_a_published_one(
    make, as_person, seminar
):
    make.rating_round(seminar, state="published")
    make.rating_round(seminar)
    expert = as_person(make.expert(seminar))

    assert f"/seminars/{seminar.slug}/outcome" in expert.get(f"/seminars/{seminar.slug}/rounds/0").text
    assert (
        f"/seminars/{seminar.slug}/rounds/1/ballot" in expert.get(f"/seminars/{seminar.slug}/rounds/1").text
    )


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.FACILITATOR])
def test_a_published_mapping_leads_to_the_maps_and_what_became_of_proposals(make, as_person, seminar, role):
    make.mapping_round(seminar, state="published")
    page = as_person(make.member(seminar, role)).get(f"/seminars/{seminar.slug}/rounds/0").text
    main = page[page.index("<main") :]

    for address in (
        "maps/threats",
        "maps/stakeholders",
        "maps/coverage",
        "registers/gap",
        "registers/opportunity",
        "moderation/table",
    ):
        assert f'href="/seminars/{seminar.slug}/{address}"' in main
    assert f'href="/seminars/{seminar.slug}/outcome"' not in main


def test_before_its_publication_only_staff_is_led_to_a_mapping_and_its_facilitator_to_its_texts(
    make, as_person, seminar
):
    make.mapping_round(seminar, state="closed")
    at = f"/seminars/{seminar.slug}/rounds/0"
    mains = {
        role: as_person(make.member(seminar, role)).get(at).text.split("<main")[1]
        for role in (Role.OBSERVER, Role.ORGANISER, Role.FACILITATOR)
    }

    assert "maps/threats" not in mains[Role.OBSERVER]
    assert "maps/threats" in mains[Role.ORGANISER]
    texts = f'href="/seminars/{seminar.slug}/moderation"'
    assert [texts in main for main in mains.values()] == [False, False, True]
