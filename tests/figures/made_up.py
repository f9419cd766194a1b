"""A made-up panel's rows, for figures."""

from app.figures.allotment import AllotmentRow
from app.figures.look import Caption
from app.figures.overall_support import SupportGroup, SupportRow
from app.figures.places import PlacesRow
from app.figures.rank_intervals import Mark, RankRow

VERDICTS: list[tuple[str, Mark]] = [
    ("Broad agreement", "circle"),
    ("Support with reservations", "triangle"),
    ("Mixed views", "ring"),
    ("Divergent views", "diamond"),
    ("Not enough responses", "cross"),
]
LONG = "Explore an international instrument on IED components and precursors & <their> makers"


def caption(title: str = "The intervals of 3 ways forward reach the first rank: W01, W02 and W04") -> Caption:
    return Caption(
        title=title,
        subtitle="Rank by the weighted criteria (mark) and 95 % rank interval (bar)",
        note="Round 2, closed on 12 November 2026; 34 of 40 invited experts submitted. A bar describes "
        "this panel: ways forward whose bars overlap cannot be told apart.",
        description="A dot and a bar for each of 26 ways forward.",
    )


def rank_rows(count: int = 26) -> list[RankRow]:
    return [
        RankRow(
            code=f"W{place:02}",
            title=LONG if place % 3 == 0 else f"Way forward number {place}",
            rank=place,
            low=max(1, place - place % 5),
            high=min(count, place + place % 7),
            verdict=VERDICTS[place % 5][0],
            mark=VERDICTS[place % 5][1],
        )
        for place in range(1, count + 1)
    ]


def support_groups() -> list[SupportGroup]:
    shares = [(0.9, 0.08), (0.7, 0.2), (0.55, 0.25), (0.3, 0.1), (1.0, 0.0), (0.0, 0.0)]
    return [
        SupportGroup(
            verdict=verdict,
            rows=[
                SupportRow(
                    code=f"W{10 * group + place}",
                    title=LONG if place == 2 else "Small-grants window",
                    favourable=high,
                    undecided=middle,
                    unfavourable=1 - high - middle,
                    n=34,
                )
                for place, (high, middle) in enumerate(shares)
            ],
        )
        for group, (verdict, _) in enumerate(VERDICTS)
    ]


def places_rows(count: int = 12) -> list[PlacesRow]:
    return [
        PlacesRow(
            code=f"W{place:02}",
            title=LONG if place % 3 == 0 else f"Way forward number {place}",
            counts=[(place * other) % 7 for other in range(1, count + 1)],
            rank=place,
            low=max(1, place - place % 4) if place % 5 else None,
            high=min(count, place + place % 3) if place % 5 else None,
            said=f"first for {place % 7} of 34 \N{MIDDLE DOT} {place} left it out",
        )
        for place in range(1, count + 1)
    ]


def allotment_rows(count: int = 12) -> list[AllotmentRow]:
    return [
        AllotmentRow(
            code=f"W{place:02}",
            title=LONG if place % 3 == 0 else f"Way forward number {place}",
            mean=30 / place,
            written=f"{30 / place:.1f}",
            q1=20 / place,
            q3=45 / place,
            said=f"given by {100 - place}% \N{MIDDLE DOT} rank {place} to {place + 2}",
        )
        for place in range(1, count + 1)
    ]
