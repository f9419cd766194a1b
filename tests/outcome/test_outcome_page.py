"""The ranked ways forward: whoever may see them, sees them with their uncertainty and in measured words."""

import re

import pytest

from app.policy import Role
from tests.outcome import judged
from tests.outcome.judged import path
from tests.results import voting

AVOIDED = re.compile(
    r"\b(consensus|winner|winning|best|scores?|agreed|decided|recommended|votes?)\b", re.IGNORECASE
)
TAG = re.compile(r"<[^>]+>")


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def words_of(html):
    """The words of the main part, with the dashes and crosses of a typewriter."""
    html = html.translate({0x2013: "-", 0xD7: "x"})
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", TAG.sub(" ", main))


@pytest.fixture
def published(make, engine):
    return judged.published(make, engine)


@pytest.mark.parametrize("role", list(Role))
def test_every_member_reads_a_published_outcome(make, as_person, published, role):
    seminar, _ = published
    said = words_of(read(as_person(make.member(seminar, role)), path(seminar)))
    assert "Broad agreement on 1 of 4 ways forward; views diverge on 1" in said
    assert "20 of 20 invited experts submitted" in said
    assert "Not yet published" not in said


def test_the_finding_the_ranks_and_what_they_do_not_mean(make, as_person, published):
    seminar, _ = published
    html = read(as_person(make.member(seminar, Role.OBSERVER)), path(seminar))
    said = words_of(html)
    order = re.findall(r'<tr role="row" id="(W\d\d)">', html)
    assert order == ["W01", "W02", "W03", "W04"]
    assert html.count('class="rank-strip"') == 4
    assert said.count("first three:") == 4
    assert "no proof that one way forward stands above another" in said
    assert "other ranks are excluded, for all ways forward at once" in said
    assert "equal weights: 1, support alone: 1" in said
    assert "There was broad agreement among participants that W01 should be taken forward." in said
    assert "Views diverged on W03: 50 per cent were favourable and 50 per cent unfavourable." in said


def test_words_that_promise_too_much_are_not_used(make, as_person, published):
    seminar, _ = published
    browser = as_person(make.member(seminar, Role.ORGANISER))
    for address in (path(seminar), path(seminar, "/W01"), path(seminar, "/W03")):
        assert not AVOIDED.findall(words_of(read(browser, address)))


def test_the_filter_leaves_one_label_and_the_counts_stay(make, as_person, published):
    seminar, _ = published
    browser = as_person(make.member(seminar, Role.EXPERT))
    html = read(browser, path(seminar, "?label=divergent_views"))
    assert re.findall(r'<tr role="row" id="(W\d\d)">', html) == ["W03"]
    assert 'aria-current="true">Divergent views' in html
    unknown = read(browser, path(seminar, "?label=%22%3E%3Cscript%3E"))
    assert re.findall(r'<tr role="row" id="(W\d\d)">', unknown) == ["W01", "W02", "W03", "W04"]
    assert "<script>" not in unknown


def test_the_sensitivity_line_names_the_labels_that_would_change(make, as_person, engine):
    seminar, round_ = judged.seminar(make)
    ballots = judged.opinions()
    for ballot in ballots[:13]:
        ballot["W02"]["OV"] = 7
    for ballot in ballots[13:]:
        ballot["W02"]["OV"] = 6
    judged.close(engine, round_, ballots)
    said = words_of(read(as_person(make.member(seminar, Role.EXPERT)), path(seminar)))
    assert "One label changes if the thresholds move by five points: W02" in said
    assert "(stricter: Support with reservations)." in said


def test_each_criterion_has_its_medians_and_quartiles(make, as_person, published):
    seminar, _ = published
    html = read(as_person(make.member(seminar, Role.EXPERT)), path(seminar))
    table = html[html.index('<table class="medians">') :]
    assert "weight 60%" in table
    assert "weight 40%" in table
    said = words_of(f"<main>{table[: table.index('</table>')]}</main>")
    assert "W02 Option 2 7 6-8 n = 20 6.5 6-7 n = 20 6 6-6 n = 16" in said


def test_a_closed_round_is_for_staff_alone_and_says_so(make, as_person, engine):
    seminar, round_ = judged.seminar(make)
    judged.close(engine, round_, judged.opinions(), publish=False)
    for role in (Role.FACILITATOR, Role.ORGANISER):
        said = words_of(read(as_person(make.member(seminar, role)), path(seminar)))
        assert "Not yet published: only facilitators and organizers see this." in said
        assert "Broad agreement on 1 of 4" in said
        assert "Files are offered once the round is published." in said
    for role in (Role.EXPERT, Role.OBSERVER):
        browser = as_person(make.member(seminar, role))
        said = words_of(read(browser, path(seminar)))
        assert "Nothing has been published yet" in said
        assert "W01" not in said
        assert browser.get(path(seminar, "/W01")).status_code == 409
        assert browser.get(path(seminar, "/figures/rank-intervals.svg")).status_code == 409


def test_movement_since_the_round_before_is_told_in_words(make, as_person, engine):
    seminar, first = judged.published(make, engine)
    second = make.rating_round(seminar, 4, previous=first)
    judged.close(engine, second, judged.opinions(kinder=12))
    browser = as_person(make.member(seminar, Role.EXPERT))
    html = read(browser, path(seminar))
    said = words_of(html)
    assert "median up from 2.5 to 6" in said
    assert "median unchanged at 8.5" in said
    assert html.count("views were still evolving") == 1
    option = words_of(read(browser, path(seminar, "/W04")))
    assert "Since round R0" in option
    assert "Of 16 experts who rated it in both rounds" in option
    assert "Views were still evolving." in option


def test_a_later_round_is_announced_as_not_the_last_word(make, as_person, engine):
    seminar, first = judged.published(make, engine)
    make.rating_round(seminar, 4, previous=first, state="draft", title="Second rating")
    said = words_of(read(as_person(make.member(seminar, Role.EXPERT)), path(seminar)))
    assert "the panel takes up the ways forward again in round R1, Second rating." in said


def test_an_option_that_nobody_rated_on_a_criterion_has_no_rank_and_says_why(make, as_person, engine):
    seminar, round_ = judged.seminar(make)
    ballots = judged.opinions()
    for ballot in ballots:
        ballot["W04"]["C2"] = "cannot_say"
    judged.close(engine, round_, ballots)
    browser = as_person(make.member(seminar, Role.EXPERT))
    said = words_of(read(browser, path(seminar)))
    assert "not ranked: a criterion has no rating" in said
    assert "W04" in words_of(read(browser, path(seminar, "/W04")))


def test_without_wording_rules_the_ways_forward_are_ranked_without_labels(make, as_person, engine):
    seminar, round_ = voting.running(make, options=4)
    judged.close(engine, round_, judged.opinions())
    browser = as_person(make.member(seminar, Role.EXPERT))
    said = words_of(read(browser, path(seminar)))
    assert "4 ways forward, as the panel ranks them" in said
    assert "first three:" in said
    assert "W01" in words_of(read(browser, path(seminar, "/W01")))
    assert browser.get(path(seminar, "/figures/rank-intervals.svg")).status_code == 200
    assert browser.get(path(seminar, "/figures/overall-support.svg")).status_code == 200


def test_ranks_without_their_uncertainty_are_not_told(make, as_person, engine):
    seminar, round_ = judged.seminar(make, experts=4, min_group=3)
    ballots = judged.opinions(experts=4)
    for ballot in ballots:
        ballot["W01"], ballot["W02"] = ballot["W02"], ballot["W01"]
    judged.close(engine, round_, ballots)
    browser = as_person(make.member(seminar, Role.ORGANISER))
    html = read(browser, path(seminar))
    assert "the ranks cannot be given with their uncertainty" in words_of(html)
    assert re.findall(r'<tr role="row" id="(W\d\d)">', html) == ["W01", "W02", "W03", "W04"]
    assert "rank-strip" not in html
    assert "figures/rank-intervals" not in html
    assert browser.get(path(seminar, "/figures/rank-intervals.svg")).status_code == 404
    assert "rank" not in words_of(read(browser, path(seminar, "/W01"))).lower()
    rows = browser.get(path(seminar, "/export.csv")).content.decode("utf-8-sig").splitlines()[1:]
    assert [row[:6] for row in rows] == [",,,W01", ",,,W02", ",,,W03", ",,,W04"]


def test_a_stranger_learns_nothing(make, as_person, published):
    seminar, _ = published
    assert as_person(make.person()).get(path(seminar)).status_code == 404
