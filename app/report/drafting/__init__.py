"""A draft of every section, from the published data: it never invents, and says why it leaves one out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from app.i18n import _, gettext
from app.report.drafting import (
    annexes,
    dissent,
    effort,
    mandate,
    maps,
    method,
    next_steps,
    options,
    participation,
    summary,
)
from app.report.drafting.writing import LeftOut
from app.report.material import Material


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section that can be drafted; one that is not `included` stands ready to be put in."""

    key: str
    title: str
    write: Callable[[Material], str]
    annex: bool = False
    included: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A section as drafted; without a body, `reason` says why."""

    key: str
    title: str
    body: str
    annex: bool
    included: bool
    reason: str

    @property
    def digest(self) -> str:
        """By which it is seen whether a person has changed it since."""
        return digest(self.body)


SECTIONS = (
    Section(key="summary", title=_("Summary"), write=summary.draft),
    Section(key="mandate", title=_("Mandate"), write=mandate.draft),
    Section(key="method", title=_("Method"), write=method.draft),
    Section(key="participation", title=_("Participation"), write=participation.draft),
    Section(key="threats", title=_("Threats and risks"), write=maps.threats),
    Section(key="stakeholders", title=_("Stakeholders"), write=maps.stakeholders),
    Section(key="coverage", title=_("Frameworks: coverage, gaps and opportunities"), write=maps.coverage),
    Section(key="options", title=_("Ways forward"), write=options.draft),
    Section(key="dissent", title=_("Dissent"), write=dissent.draft),
    Section(key="effort", title=_("Where effort should go first"), write=effort.draft),
    Section(key="next", title=_("Next steps"), write=next_steps.draft),
    Section(key="results", title=_("Results in detail"), write=annexes.results, annex=True),
    Section(key="maps", title=_("Stakeholders and frameworks in detail"), write=annexes.maps, annex=True),
    Section(key="mergers", title=_("What became of proposals"), write=annexes.mergers, annex=True),
    Section(key="minorities", title=_("Minority statements"), write=annexes.minorities, annex=True),
    Section(
        key="texts",
        title=_("Full texts of the ways forward"),
        write=annexes.texts,
        annex=True,
        included=False,
    ),
    Section(key="questions", title=_("What was asked"), write=annexes.questionnaires, annex=True),
    Section(key="participants", title=_("Participants"), write=annexes.participants, annex=True),
    Section(key="checking", title=_("Checksums of the data"), write=annexes.checking, annex=True),
    Section(key="glossary", title=_("Glossary"), write=annexes.glossary, annex=True),
)
BY_KEY = {section.key: section for section in SECTIONS}


def digest(body: str) -> str:
    """Of the text of a section."""
    return hashlib.sha256(body.encode()).hexdigest()


def draft(material: Material, section: Section) -> Draft:
    """One section in the language that is spoken."""
    body, reason = "", ""
    try:
        body = section.write(material) + "\n"
    except LeftOut as left_out:
        reason = left_out.reason
    return Draft(
        key=section.key,
        title=gettext(section.title),
        body=body,
        annex=section.annex,
        included=section.included and not reason,
        reason=reason,
    )
