"""Whether the files of a template agree with each other and with the rules of their content."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.founding import report_checks, shapes
from app.founding.documents import Document
from app.founding.faults import REPEATED, UNKNOWN, Place
from app.i18n import LANGUAGES, _
from app.rounds import planes

OPTION_WORDS = (60, 120)
WHOLE = 100
DAYS = 7
LEFT_OUT = re.compile(r"\s*\[\.\.\.\]\s*")
SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "en": re.compile("[A-Za-z]"),
    "fr": re.compile("[A-Za-z]"),
    "es": re.compile("[A-Za-z]"),
}


def check(documents: Mapping[str, Document], sound: Mapping[str, Any]) -> None:
    """Note in the documents every fault that shows only when files are read together.

    A check runs when all the files that it reads are sound by themselves.
    """
    _ids_are_unique(documents, sound)
    for checked, needs in CHECKS:
        if all(name in sound for name in needs):
            checked(documents, *(sound[name] for name in needs))


Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Pool:
    """Ids that may be named, and the file in which they stand."""

    ids: frozenset[str]
    where: str


def _pool(entries: Iterable[Any], where: str) -> Pool:
    return Pool(frozenset(entry.id for entry in entries), f"{where}.yaml")


def _named(document: Document, path: Place, ids: Iterable[str], pool: Pool, *, required: bool = True) -> None:
    """Every id of the list is known and stands there once."""
    listed = list(ids)
    if required and not listed:
        document.fault(path, _("“%(name)s” must not be empty."), name=path[-1])
    for place, id_ in enumerate(listed):
        if id_ not in pool.ids:
            document.fault((*path, place), UNKNOWN, id=id_, where=pool.where)
        if id_ in listed[:place]:
            document.fault((*path, place), REPEATED, id=id_)


def _one_of(document: Document, path: Place, value: str, words: Iterable[shapes.Word]) -> None:
    allowed = [word.value for word in words]
    if value not in allowed:
        document.fault(
            path,
            _("“%(name)s” must be one of these: %(expected)s."),
            name=path[-1],
            expected=", ".join(allowed),
        )


def _ids_are_unique(documents: Documents, sound: Mapping[str, Any]) -> None:
    """Every id stands once in all the files, so that an item's code names one thing."""
    seen: dict[str, str] = {}
    for file, path, entries in _entries(sound):
        for place, entry in enumerate(entries):
            where = (*path, place, "id")
            if entry.id in seen:
                message = _("The id “%(id)s” stands in %(where)s already.")
                documents[file].fault(where, message, id=entry.id, where=seen[entry.id])
            seen.setdefault(entry.id, f"{file}.yaml")


def _entries(sound: Mapping[str, Any]) -> Iterable[tuple[str, Place, Iterable[Any]]]:
    places = [
        ("mandate", "elements"),
        ("mandate", "seminar_aims"),
        *((file, file) for file in ("sectors", "stakeholders", "frameworks", "threats", "findings")),
        *((file, file) for file in ("options", "criteria", "rounds")),
    ]
    for file, name in places:
        if file in sound:
            yield file, (name,), getattr(sound[file], name)


def _mandate(documents: Documents, mandate: shapes.Mandate, frameworks: shapes.Frameworks) -> None:
    document = documents["mandate"]
    for place, element in enumerate(mandate.elements):
        for piece in LEFT_OUT.split(element.words):
            if piece not in mandate.paragraph.text:
                message = _("These words do not stand in the paragraph: “%(words)s”.")
                document.fault(("elements", place, "words"), message, words=piece)
    if mandate.resolution.id not in {framework.id for framework in frameworks.frameworks}:
        document.fault(("resolution", "id"), UNKNOWN, id=mandate.resolution.id, where="frameworks.yaml")
    if len({grade.value for grade in mandate.coverage_scale}) != len(mandate.coverage_scale):
        document.fault(("coverage_scale",), _("Each grade must stand here once."))


def _stakeholders(documents: Documents, stakeholders: shapes.Stakeholders, sectors: shapes.Sectors) -> None:
    pool = _pool(sectors.sectors, "sectors")
    for place, one in enumerate(stakeholders.stakeholders):
        path = ("stakeholders", place, "sector")
        if one.sector not in pool.ids:
            documents["stakeholders"].fault(path, UNKNOWN, id=one.sector, where=pool.where)
    used = {one.sector for one in stakeholders.stakeholders}
    for place, sector in enumerate(sectors.sectors):
        if sector.id not in used:
            documents["sectors"].fault(
                ("sectors", place), _("No stakeholder belongs to “%(id)s”."), id=sector.id
            )


def _frameworks(documents: Documents, frameworks: shapes.Frameworks, mandate: shapes.Mandate) -> None:
    document = documents["frameworks"]
    elements = [element.id for element in mandate.elements]
    for place, framework in enumerate(frameworks.frameworks):
        path = ("frameworks", place)
        _one_of(document, (*path, "legal_nature"), framework.legal_nature, frameworks.legal_natures)
        _one_of(document, (*path, "scope"), framework.scope, frameworks.scopes)
        for missing in [x for x in elements if x not in framework.coverage]:
            message = _("The coverage of “%(framework)s” says nothing of element “%(id)s”.")
            document.fault((*path, "coverage"), message, framework=framework.id, id=missing)
        for unknown in [x for x in framework.coverage if x not in elements]:
            document.fault((*path, "coverage", unknown), UNKNOWN, id=unknown, where="mandate.yaml")


def _threats(
    documents: Documents,
    threats: shapes.Threats,
    mandate: shapes.Mandate,
    frameworks: shapes.Frameworks,
) -> None:
    elements = _pool(mandate.elements, "mandate")
    for place, threat in enumerate(threats.threats):
        _one_of(documents["threats"], ("threats", place, "scope"), threat.scope, frameworks.scopes)
        _named(documents["threats"], ("threats", place, "elements"), threat.elements, elements)


def _findings(
    documents: Documents,
    findings: shapes.Findings,
    mandate: shapes.Mandate,
    frameworks: shapes.Frameworks,
    stakeholders: shapes.Stakeholders,
    threats: shapes.Threats,
) -> None:
    document = documents["findings"]
    for place, finding in enumerate(findings.findings):
        path = ("findings", place)
        _named(document, (*path, "elements"), finding.elements, _pool(mandate.elements, "mandate"))
        _named(
            document, (*path, "frameworks"), finding.frameworks, _pool(frameworks.frameworks, "frameworks")
        )
        who = _pool(stakeholders.stakeholders, "stakeholders")
        _named(document, (*path, "stakeholders"), finding.stakeholders, who)
        what = _pool(threats.threats, "threats")
        _named(document, (*path, "threats"), finding.threats, what, required=False)
    _each_used(
        documents["mandate"],
        "elements",
        mandate.elements,
        {id_ for finding in findings.findings for id_ in finding.elements},
        _("No gap or opportunity names the element “%(id)s”."),
    )


def _each_used(document: Document, name: str, entries: Iterable[Any], used: set[str], message: str) -> None:
    for place, entry in enumerate(entries):
        if entry.id not in used:
            document.fault((name, place), message, id=entry.id)


def _options(
    documents: Documents,
    options: shapes.Options,
    mandate: shapes.Mandate,
    findings: shapes.Findings,
    stakeholders: shapes.Stakeholders,
) -> None:
    document = documents["options"]
    who = _pool(stakeholders.stakeholders, "stakeholders")
    for place, option in enumerate(options.options):
        path = ("options", place)
        _named(document, (*path, "lead_actors"), option.lead_actors, who)
        _named(document, (*path, "supporting_actors"), option.supporting_actors, who, required=False)
        _named(document, (*path, "addresses"), option.addresses, _pool(findings.findings, "findings"))
        _named(document, (*path, "elements"), option.elements, _pool(mandate.elements, "mandate"))
        _one_of(document, (*path, "time_horizon"), option.time_horizon, options.time_horizons)
        _one_of(document, (*path, "cost_class"), option.cost_class, options.cost_classes)
        _wording(document, path, option)
    addressed = {id_ for option in options.options for id_ in option.addresses}
    served = {id_ for option in options.options for id_ in option.elements}
    unaddressed = _("No option addresses “%(id)s”.")
    unserved = _("No option serves the element “%(id)s”.")
    _each_used(documents["findings"], "findings", findings.findings, addressed, unaddressed)
    _each_used(documents["mandate"], "elements", mandate.elements, served, unserved)


def _wording(document: Document, path: Place, option: shapes.Option) -> None:
    least, most = OPTION_WORDS
    words = len(option.description.split())
    if not least <= words <= most:
        message = _("The description has %(words)s words; it must have from %(least)s to %(most)s.")
        document.fault((*path, "description"), message, words=words, least=least, most=most)
    for place, actor in enumerate(option.supporting_actors):
        if actor in option.lead_actors:
            message = _("“%(id)s” cannot both lead and support.")
            document.fault((*path, "supporting_actors", place), message, id=actor)


def _criteria(documents: Documents, criteria: shapes.Criteria) -> None:
    document = documents["criteria"]
    weight = sum(criterion.weight for criterion in criteria.criteria)
    if criteria.criteria and weight != WHOLE:
        message = _("The weights add up to %(sum)s; they must add up to 100.")
        document.fault(("criteria",), message, sum=f"{weight:g}")
    for place, criterion in enumerate(criteria.criteria):
        _anchors(document, ("criteria", place, "anchors"), criterion.anchors, criteria.scale)
        if criterion.id == criteria.overall.id:
            document.fault(("criteria", place, "id"), REPEATED, id=criterion.id)
        _free(document, ("criteria", place, "id"), criterion.id)
    _anchors(document, ("overall", "anchors"), criteria.overall.anchors, criteria.scale)
    _free(document, ("overall", "id"), criteria.overall.id)
    _scale(document, criteria.scale)


def _free(document: Document, path: Place, id_: str) -> None:
    if id_ in planes.CODES:
        document.fault(path, _("The id “%(id)s” is taken by a criterion of the maps."), id=id_)


def _anchors(document: Document, path: Place, anchors: list[shapes.Anchor], scale: shapes.Scale) -> None:
    values = [anchor.value for anchor in anchors]
    if any(later <= earlier for earlier, later in pairwise(values)):
        document.fault(path, _("The points of the scale must stand in rising order."))
    if values[0] != scale.min or values[-1] != scale.max:
        message = _("The first point must be %(low)s and the last %(high)s.")
        document.fault(path, message, low=scale.min, high=scale.max)


def _scale(document: Document, scale: shapes.Scale) -> None:
    path = ("scale", "bands")
    if scale.min >= scale.max:
        document.fault(("scale", "max"), _("The scale must end above where it begins."))
    if scale.bands:
        ends = [(scale.min - 1), *(band.to for band in scale.bands)]
        gapless = all(band.from_ == end + 1 for band, end in zip(scale.bands, ends, strict=False))
        if not gapless or ends[-1] != scale.max or any(band.to < band.from_ for band in scale.bands):
            document.fault(path, _("The bands must cover the scale without gap or overlap."))
    repeated = Counter(reason.value for reason in scale.abstain)
    for place, reason in enumerate(scale.abstain):
        if repeated[reason.value] > 1:
            document.fault(("scale", "abstain", place), REPEATED, id=reason.value)


def _rounds(
    documents: Documents, rounds: shapes.Rounds, mandate: shapes.Mandate, criteria: shapes.Criteria
) -> None:
    document = documents["rounds"]
    aims = _pool(mandate.seminar_aims, "mandate")
    known = frozenset({criterion.id for criterion in criteria.criteria} | {criteria.overall.id})
    files = Pool(frozenset(shapes.FILES), "the template")
    end = 0.0
    for place, round_ in enumerate(rounds.rounds):
        path = ("rounds", place)
        if round_.id != f"R{place}":
            document.fault((*path, "id"), _("The ids of rounds must be R0, R1, R2 and so on."))
        _named(document, (*path, "aims"), round_.aims, aims)
        _named(document, (*path, "material"), round_.material, files, required=False)
        for name in ("required_criteria", "optional_criteria"):
            pool = Pool(known, "criteria.yaml")
            _named(document, (*path, name), getattr(round_, name), pool, required=False)
        if round_.opens_week < end:
            document.fault((*path, "opens_week"), _("The round opens before the one before it has closed."))
        end = round_.opens_week + round_.open_days / DAYS
        _rating(document, path, rounds.rounds[:place], round_, criteria)
    if end > rounds.plan.total_weeks:
        document.fault(("plan", "total_weeks"), _("The rounds take longer than this."))


def _rating(
    document: Document,
    path: Place,
    before: list[shapes.Round],
    round_: shapes.Round,
    criteria: shapes.Criteria,
) -> None:
    if round_.kind in {"rating", "rerating"} and criteria.overall.id not in round_.required_criteria:
        message = _("A rating must require the overall criterion “%(id)s”.")
        document.fault((*path, "required_criteria"), message, id=criteria.overall.id)
    if round_.kind == "rerating" and all(other.kind != "rating" for other in before):
        document.fault((*path, "kind"), _("A second rating needs a rating before it."))
    for id_ in set(round_.required_criteria) & set(round_.optional_criteria):
        message = _("“%(id)s” cannot be both required and optional.")
        document.fault((*path, "optional_criteria"), message, id=id_)


def _glossary(documents: Documents, glossary: shapes.Glossary) -> None:
    document = documents["glossary"]
    if sorted(language.code for language in glossary.languages) != sorted(LANGUAGES):
        message = _("The glossary must have these languages, each once: %(languages)s.")
        document.fault(("languages",), message, languages=", ".join(LANGUAGES))
    seen: set[str] = set()
    for place, term in enumerate(glossary.terms):
        if term.key in seen:
            document.fault(("terms", place, "key"), REPEATED, id=term.key)
        seen.add(term.key)
        for code, word in term.words.items():
            if not SCRIPTS[code].search(word):
                message = _("“%(key)s” is not written in the script of its language: “%(word)s”.")
                document.fault(("terms", place, code), message, key=term.key, word=word)


CHECKS: tuple[tuple[Callable[..., None], tuple[str, ...]], ...] = (
    (_mandate, ("mandate", "frameworks")),
    (_stakeholders, ("stakeholders", "sectors")),
    (_frameworks, ("frameworks", "mandate")),
    (_threats, ("threats", "mandate", "frameworks")),
    (_findings, ("findings", "mandate", "frameworks", "stakeholders", "threats")),
    (_options, ("options", "mandate", "findings", "stakeholders")),
    (_criteria, ("criteria",)),
    (_rounds, ("rounds", "mandate", "criteria")),
    (_glossary, ("glossary",)),
    (report_checks.report_rules, ("report_rules", "glossary", "rounds", "criteria")),
)
