"""Drafts are of published data alone, show on what each sentence rests, and overwrite nobody."""

import re

import pytest
from sqlmodel import Session, select

from app import i18n
from app.db import make_engine, transaction
from app.demo import service as demo
from app.models import Criterion, Seminar
from app.outcome.dataset import dataset
from app.report import document, drafting, markup, queries, service, tracing
from app.report.blocks import Bound, Footnote, Paragraph, TableBlock, Text
from app.report.cautions import cautions
from app.report.resolving import resolve
from app.report.sources import Sources
from tests.maps import mapped
from tests.outcome import judged
from tests.results import voting

WORD = "consensus"


class Nobody:
    """Finds nothing, since nothing may be looked for."""

    def inline(self, place):
        raise AssertionError(place)

    blocks = inline


@pytest.fixture(scope="module")
def drafted(demo_sqlite):
    """The demonstration's sources and a draft of every section, read and never written."""
    engine = make_engine(f"sqlite:///{demo_sqlite}")
    with Session(engine) as session:
        seminar = demo.find(session)
        assert seminar is not None
        sources = Sources(session, seminar)
        report = document.new_report(seminar)
        yield seminar, sources, document.new_sections(report, sources)
    engine.dispose()


def section_of(session, report, key):
    found = queries.section(session, report, key)
    assert found is not None
    return found


def numbers_in(sources, section):
    """The names of all numbers of a section, those in its footnotes too."""
    for place in markup.places(section.body):
        if place.kind == "number":
            yield place.name
        elif place.kind == "rests":
            runs = sources.footnote(place.name).runs
            yield from (run.name.partition(":")[2] for run in runs if isinstance(run, Bound))


def test_every_number_of_the_report_is_in_the_data_set(drafted):
    seminar, sources, sections = drafted
    content = dataset(sources.material.session, seminar)
    names = {name for section in sections for name in numbers_in(sources, section)}

    assert len(names) > 250
    assert [name for name in names if not tracing.agrees(content, sources.numbers[name])] == []


def test_a_number_that_is_not_the_data_sets_is_found(drafted):
    seminar, sources, _ = drafted
    content = dataset(sources.material.session, seminar)
    content["rounds"][-1]["result"]["options"][0]["by_criterion"]["OV"]["median"] += 1
    found = [number.name for number in sources.numbers.values() if not tracing.agrees(content, number)]

    assert found == [f"{content['rounds'][-1]['result']['options'][0]['code']}.median"]


def test_everything_that_a_draft_places_is_there(drafted):
    _, sources, sections = drafted

    assert [place for section in sections for place in resolve(section, sources).lost] == []


def test_what_is_said_of_a_way_forward_says_on_what_it_rests(drafted):
    _, _, sections = drafted
    for section in sections:
        for block in re.split(r"\n\n|\n- ", section.body):
            codes = set(re.findall(r"\[\[number:(W\d+)\.", block))
            noted = set(re.findall(r"\[\[rests:(W\d+)", block))
            assert codes <= noted, block


def test_the_methods_own_term_stands_in_the_method_alone(drafted):
    _, sources, sections = drafted
    for section in sections:
        printed = repr(resolve(section, sources).blocks).lower()
        assert (WORD in printed) is (section.key == "method"), section.key


def test_a_label_is_said_in_the_words_of_the_rules_and_the_numbers_of_the_result(drafted):
    _, sources, _ = drafted
    tally = sources.material.outcome.tally
    numbers = {f"[[number:{name}]]": number.text for name, number in sources.numbers.items()}
    for option in tally.options:
        said = drafting.writing.label_sentence(sources.material, option)
        for place, text in numbers.items():
            said = said.replace(place, text)
        # the result was frozen without themes
        assert option.sentence == re.sub(r", notably on “.*(?=\.)", "", said)


def test_what_the_rules_avoid_is_not_drafted(drafted):
    seminar, _, sections = drafted
    found = {c.found for one in sections if one.key != "method" for c in cautions(one.body, seminar.wording)}

    assert found == set()
    assert [c.found for c in cautions("The Seminar recommended W01.", seminar.wording)] == [
        "The Seminar recommended"
    ]


def test_what_has_changed_since_it_was_confirmed_is_marked(drafted):
    _, sources, sections = drafted
    section = next(one for one in sections if one.key == "options").model_copy()
    section.body = "Of W01 [[number:W01.n]] ratings.[[rests:W01]]\n\n[[table:overview]]\n\n[[number:W99.n]]"
    section.bound = {"number:W01.n": "12", "table:overview": "another"}
    resolved = resolve(section, sources)
    first, table, _ = resolved.blocks

    assert [place.key for place in resolved.changed] == ["number:W01.n", "table:overview"]
    assert [place.key for place in resolved.lost] == ["number:W99.n"]
    assert isinstance(first, Paragraph)
    bound = next(run for run in first.runs if isinstance(run, Bound))
    assert (bound.changed, bound.was, bound.text) == (True, "12", "37")
    assert any(isinstance(run, Footnote) for run in first.runs)
    assert isinstance(table, TableBlock)
    assert table.changed


def test_figures_of_a_round_are_numbered_through_and_paragraphs_too(drafted):
    seminar, sources, sections = drafted
    report = document.new_report(seminar)
    found = document.assemble(seminar, document.Written(report=report, sections=sections), sources)
    blocks = [block for part in found.parts for block in part.blocks]
    numbers = [block.number for block in blocks if isinstance(block, Paragraph) and block.number]

    assert numbers == list(range(1, len(numbers) + 1))
    assert [part.mark for part in found.parts][:3] == ["1", "2", "3"]
    assert found.is_draft


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_draft_is_in_the_reports_language_and_falls_back_to_the_readers(drafted, language):
    seminar, sources, _ = drafted
    report = document.new_report(seminar)
    report.language = language
    again = Sources(sources.material.session, seminar)
    titles = [section.title for section in document.new_sections(report, again)]

    assert i18n.language() == "en"
    assert len(titles) == len(drafting.SECTIONS)


def test_a_seminar_without_results_gets_reasons_and_no_inventions(engine, make):
    seminar = make.seminar()
    with transaction(engine, write=False) as session:
        seminar = session.get_one(Seminar, seminar.id)
        sources = Sources(session, seminar)
        sections = document.new_sections(document.new_report(seminar), sources)

    without = {section.key for section in sections if not section.included}
    assert {"summary", "method", "participation", "options", "dissent", "effort", "results"} <= without
    assert all(section.reason for section in sections if not section.body)


def mapped_alone(make, engine):
    del engine
    return mapped.closed(make)[0]


def rated_without_rules(make, engine):
    seminar, round_ = voting.running(make, options=4)
    judged.close(engine, round_, judged.opinions())
    return seminar


def rated_without_overall_support(make, engine):
    seminar, round_ = judged.seminar(make, experts=0)
    with transaction(engine) as session:
        overall = session.exec(select(Criterion).where(Criterion.code == "OV")).one()
        overall.overall, overall.weight = False, 0
    judged.close(engine, round_, judged.opinions())
    return seminar


def rated_by_nobody(make, engine):
    seminar, round_ = judged.seminar(make, experts=0)
    said = {f"W{place:02}": dict.fromkeys(("OV", "C1", "C2"), "cannot_say") for place in range(1, 5)}
    judged.close(engine, round_, [said] * judged.EXPERTS)
    return seminar


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "held", [mapped_alone, rated_without_rules, rated_without_overall_support, rated_by_nobody]
)
def test_a_draft_of_little_places_nothing_that_is_not_there(engine, make, held):
    seminar = held(make, engine)
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, seminar.id)
        report = service.begin(session, seminar=seminar, by=None)
        sources = Sources(session, seminar)
        lost = [resolve(one, sources).lost for one in queries.sections(session, report)]

        assert [place for places in lost for place in places] == []
        assert section_of(session, report, "method").included


def test_drafting_anew_offers_and_never_overwrites_what_a_person_wrote(engine, make):
    seminar, _ = judged.published(make, engine)
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, seminar.id)
        report = service.begin(session, seminar=seminar, by=None)
        section = section_of(session, report, "summary")
        service.save(
            session,
            seminar=seminar,
            report=report,
            section=section,
            title="Ours",
            body="Our own words.",
            included=True,
            version=section.version,
            by=None,
        )
        assert not section_of(session, report, "mandate").included
        seminar.mandate = {"paragraph": {"text": "Encourages all to talk."}}
        session.add(seminar)
        session.flush()

        offered = service.renew(session, seminar=seminar, report=report, by=None)

        assert offered == ["summary"]
        assert section_of(session, report, "summary").body == "Our own words."
        mandate = section_of(session, report, "mandate")
        assert mandate.included
        assert not service.is_edited(mandate)


def test_hostile_titles_are_words_and_nothing_else():
    hostile = "[[number:W01.n]] *bold* <b>x</b> [link](javascript:alert(1)) # head"

    assert markup.places(markup.plain(hostile)) == []

    (paragraph,) = markup.parse(markup.plain(hostile), Nobody())
    assert isinstance(paragraph, Paragraph)
    assert "".join(run.text for run in paragraph.runs if isinstance(run, Text)) == hostile


def test_a_link_that_leads_nowhere_is_words():
    (paragraph,) = markup.parse("[words]()", Nobody())
    assert paragraph == Paragraph((Text("words"),))
