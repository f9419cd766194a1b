"""A broken template is refused whole, with the file, the line and the reason of every fault."""

from typing import NamedTuple

import pytest
from sqlmodel import select

from app.founding import service, template
from app.founding.faults import BrokenTemplate
from app.models import AuditEntry, Item, Seminar
from tests.founding.breaking import faults_of


class Defect(NamedTuple):
    """One text of a file replaced by another; the fault stands in the line that then begins with `at`."""

    file: str
    old: str
    new: str
    at: str
    reason: str


DEFECTS = {
    "an id twice in one file": Defect(
        "glossary",
        "key: expert",
        "key: round",
        "  - key: round\n    kind: ui\n    ar: خ",
        "The id “round” stands here twice.",
    ),
    "an id that another file has": Defect(
        "options", "id: W26", "id: G01", "id: G01", "The id “G01” stands in findings.yaml already."
    ),
    "rounds that do not count on": Defect(
        "rounds", "id: R4", "id: R7", "id: R7", "The ids of rounds must be R0, R1, R2 and so on."
    ),
    "coverage that leaves an element out": Defect(
        "frameworks",
        "      E12: full\n",
        "",
        "    coverage:",
        "The coverage of “FW-2370” says nothing of element “E12”.",
    ),
    "coverage of an element that does not exist": Defect(
        "frameworks",
        "      E12: full\n",
        "      E12: full\n      E13: full\n",
        "E13: full",
        "“E13” is named here but stands nowhere in mandate.yaml.",
    ),
    "coverage in a word that is no grade": Defect(
        "frameworks",
        "E01: full",
        "E01: lots",
        "E01: lots",
        "“E01” must be one of these: 'none', 'partial' or 'full'.",
    ),
    "a legal nature that is not in the vocabulary": Defect(
        "frameworks",
        "legal_nature: binding",
        "legal_nature: sacred",
        "legal_nature: sacred",
        "“legal_nature” must be one of these: binding, politically_binding, guidance, programme, mixed.",
    ),
    "a sector that does not exist": Defect(
        "stakeholders",
        "sector: SEC-UNS",
        "sector: SEC-XXX",
        "sector: SEC-XXX",
        "“SEC-XXX” is named here but stands nowhere in sectors.yaml.",
    ),
    "an actor that does not exist": Defect(
        "options",
        "- STK-NATCOM",
        "- STK-NOBODY",
        "- STK-NOBODY",
        "“STK-NOBODY” is named here but stands nowhere in stakeholders.yaml.",
    ),
    "an actor that leads and supports": Defect(
        "options",
        "supporting_actors:\n      - STK-LICENCE",
        "supporting_actors:\n      - STK-NATCOM",
        "- STK-NATCOM\n      - STK-CUSTOMS",
        "“STK-NATCOM” cannot both lead and support.",
    ),
    "an id repeated in a list": Defect(
        "threats",
        "- E09\n      - E02",
        "- E09\n      - E09",
        "- E09\n    statement: Weapons",
        "The id “E09” stands here twice.",
    ),
    "an option that leads nowhere": Defect(
        "options",
        "    lead_actors:\n      - STK-NATCOM\n      - STK-NCT\n",
        "    lead_actors: []\n",
        "lead_actors: []",
        "“lead_actors” must not be empty.",
    ),
    "weights that do not add up": Defect(
        "criteria",
        "weight: 25",
        "weight: 30",
        "criteria:",
        "The weights add up to 105; they must add up to 100.",
    ),
    "anchors out of order": Defect(
        "criteria",
        "value: 3\n        label: Small",
        "value: 6\n        label: Small",
        "anchors:\n      - value: 1\n        label: No noticeable",
        "The points of the scale must stand in rising order.",
    ),
    "anchors that miss the end of the scale": Defect(
        "criteria",
        "value: 9\n        label: Major",
        "value: 8\n        label: Major",
        "anchors:\n      - value: 1\n        label: No noticeable",
        "The first point must be 1 and the last 9.",
    ),
    "bands with a gap": Defect(
        "criteria",
        "from: 4",
        "from: 5",
        "bands:",
        "The bands must cover the scale without gap or overlap.",
    ),
    "a round that opens before the last has closed": Defect(
        "rounds",
        "opens_week: 5",
        "opens_week: 2",
        "opens_week: 2",
        "The round opens before the one before it has closed.",
    ),
    "a plan that is longer than it says": Defect(
        "rounds", "total_weeks: 22", "total_weeks: 20", "total_weeks: 20", "The rounds take longer than this."
    ),
    "a criterion that does not exist": Defect(
        "rounds", "- C2", "- C9", "- C9", "“C9” is named here but stands nowhere in criteria.yaml."
    ),
    "a rating without the overall criterion": Defect(
        "rounds",
        "required_criteria:\n      - OV\n",
        "required_criteria:\n",
        "required_criteria:",
        "A rating must require the overall criterion “OV”.",
    ),
    "words that the paragraph does not have": Defect(
        "mandate",
        "words: civil society",
        "words: uncivil society",
        "words: uncivil society",
        "These words do not stand in the paragraph: “uncivil society”.",
    ),
    "a term in the wrong script": Defect(
        "glossary",
        "ar: جولة",
        "ar: jawla",
        "ar: jawla",
        "“round” is not written in the script of its language: “jawla”.",
    ),
    "a label out of its order": Defect(
        "report_rules", "order: 3", "order: 4", "order: 4", "The labels must be numbered 1, 2, 3 and so on."
    ),
    "a label that the glossary lacks": Defect(
        "report_rules",
        "id: mixed_views",
        "id: muddled_views",
        "id: muddled_views",
        "“muddled_views” is named here but stands nowhere in glossary.yaml.",
    ),
    "no label that always applies": Defect(
        "report_rules",
        "when: otherwise",
        "when: n >= 1",
        "when: n >= 1",
        "The last label, and it alone, must apply “otherwise”.",
    ),
    "a condition that is a program": Defect(
        "report_rules",
        "when: p_hi >= 0.65 and p_lo <= 0.15",
        "when: __import__('os').system('id') == 0",
        "when: __import__",
        "This cannot be read as a rule: \"__import__('os').system('id')\" may not stand in a condition.",
    ),
    "a sentence with a field that is none": Defect(
        "report_rules",
        "No common view emerged on {option}.",
        "No common view emerged on {name}.",
        "sentence: No common view",
        "This cannot be read as a rule: its sentence has the unknown field {name}.",
    ),
    "a label that can never apply": Defect(
        "report_rules",
        "when: p_hi >= 0.80 and p_lo <= 0.10 and iqr <= 2",
        "when: p_hi >= 0.80 and p_lo >= 0.30",
        "when: p_hi >= 0.80 and p_lo >= 0.30",
        "The label “broad_agreement” can never apply.",
    ),
    "a field that is missing": Defect("threats", "    scope: SALW\n", "", "- id: T01", "“scope” is missing."),
    "a field that nobody knows": Defect(
        "threats",
        "    scope: SALW",
        "    scope: SALW\n    colour: red",
        "colour: red",
        "“colour” is not known here.",
    ),
    "a number where a text should be": Defect(
        "threats", "label: Diversion from State stockpiles", "label: 7", "label: 7", "“label” must be a text."
    ),
    "a year in words": Defect(
        "frameworks", "year: 2017", "year: last year", "year: last year", "“year” must be a whole number."
    ),
    "a text that is too long": Defect(
        "threats",
        "label: Diversion from State stockpiles",
        f"label: {'x' * 301}",
        "label: xxx",
        "“label” must have at most 300 characters.",
    ),
    "a key twice in one entry": Defect(
        "threats",
        "    scope: SALW",
        "    scope: SALW\n    scope: IED",
        "scope: IED",
        "“scope” stands here twice.",
    ),
    "an anchor for aliases": Defect(
        "threats",
        "label: Diversion from State stockpiles",
        "label: &bomb Diversion",
        "label: &bomb",
        "Anchors and aliases (& and *) are not used in templates.",
    ),
    "a tag that would make an object": Defect(
        "threats",
        "label: Diversion from State stockpiles",
        "label: !!python/object/apply:os.system [id]",
        "label: !!python",
        "Tags (!) are not used in templates.",
    ),
    "a character that PostgreSQL cannot store": Defect(
        "threats",
        "label: Diversion from State stockpiles",
        'label: "Div\\0ersion"',
        "label: ",
        "The text holds characters that cannot be stored.",
    ),
    "a list as a key": Defect(
        "threats",
        "    scope: SALW",
        "    ? [scope]\n    : SALW",
        "? [scope]",
        "A list or mapping cannot be a key.",
    ),
    "a second document": Defect(
        "sectors", "sectors:", "a: b\n---\nsectors:", "---", "The file holds more than one document."
    ),
    "lists without end": Defect(
        "threats",
        "label: Diversion from State stockpiles",
        "label: " + "[" * 5000,
        "label: [",
        "The content is nested more than 12 deep.",
    ),
}


def test_the_shipped_template_has_no_fault(folder):
    assert template.load(folder).name == "mine"


@pytest.mark.parametrize("name", DEFECTS)
def test_a_template_is_refused_for(name, folder):
    defect = DEFECTS[name]
    path = folder / f"{defect.file}.yaml"
    whole = path.read_text(encoding="utf-8")
    assert defect.old in whole
    broken = whole.replace(defect.old, defect.new, 1)
    path.write_text(broken, encoding="utf-8")

    line = broken[: broken.index(defect.at)].count("\n") + 1
    faults = faults_of(folder)
    assert (path.name, line, defect.reason) in faults
    assert len(faults) == 1


def test_every_fault_of_every_file_is_named_at_once(folder):
    for name in ("an actor that does not exist", "weights that do not add up", "a term in the wrong script"):
        defect = DEFECTS[name]
        path = folder / f"{defect.file}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(defect.old, defect.new, 1), encoding="utf-8")
    assert [file for file, _, _ in faults_of(folder)] == ["criteria.yaml", "glossary.yaml", "options.yaml"]


def test_what_nothing_answers_is_named_where_it_stands(folder):
    path = folder / "options.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- G14\n", "- G13\n"), encoding="utf-8")
    reasons = {(file, reason) for file, _, reason in faults_of(folder)}
    assert reasons == {("findings.yaml", "No option addresses “G14”.")}


def test_a_sector_without_stakeholders_is_named_where_it_stands(folder):
    path = folder / "stakeholders.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("SEC-FIN", "SEC-CSO"), encoding="utf-8")
    assert {reason for _, _, reason in faults_of(folder)} == {"No stakeholder belongs to “SEC-FIN”."}


def test_an_option_is_described_in_sixty_to_a_hundred_and_twenty_words(folder):
    path = folder / "options.yaml"
    whole = path.read_text(encoding="utf-8")
    start = whole.index("    description:")
    end = whole.index("    lead_actors:")
    path.write_text(f"{whole[:start]}    description: {'word ' * 59}\n{whole[end:]}", encoding="utf-8")
    line = whole[:start].count("\n") + 1
    reason = "The description has 59 words; it must have from 60 to 120."
    assert faults_of(folder) == [("options.yaml", line, reason)]


def test_a_criterion_of_the_maps_cannot_be_one_of_the_template(folder):
    for name, old, new in (("criteria", "id: C6", "id: LIK"), ("rounds", "- C6", "- LIK")):
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    whole = (folder / "criteria.yaml").read_text(encoding="utf-8")
    line = whole[: whole.index("id: LIK")].count("\n") + 1
    assert faults_of(folder) == [("criteria.yaml", line, "The id “LIK” is taken by a criterion of the maps.")]


def test_the_refusal_reads_as_a_list(folder):
    (folder / "threats.yaml").unlink()
    with pytest.raises(BrokenTemplate) as refused:
        template.load(folder)
    assert str(refused.value).splitlines() == [
        "This template cannot be used. Faults found: 1.",
        "threats.yaml:1: The file is missing.",
    ]


def test_a_broken_template_leaves_nothing_in_the_database(session, settings, folder):
    (folder / "threats.yaml").unlink()
    with pytest.raises(BrokenTemplate):
        service.found(session, settings, slug="broken", by=None, template=template.load(folder))
    session.commit()
    assert session.exec(select(Seminar)).all() == []
    assert session.exec(select(Item)).all() == []
    assert session.exec(select(AuditEntry)).all() == []
