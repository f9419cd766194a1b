"""The tables of the outcome, drawn from the published dataset; their columns are explained in a codebook."""

from typing import Any

from app.questions.scales import heaped, stretches
from app.spreadsheet.tabular import Cell, Table

Dataset = dict[str, Any]

RANKING = {
    "rank": "Place by the weighted criteria; equal values share it; empty where a criterion has no rating.",
    "rank_low": "Lower end of the 95 % rank interval: it describes this panel and is no proof of an order.",
    "rank_high": "Upper end of the 95 % rank interval. What is above what, the rank sets tell.",
    "code": "The option's public code.",
    "title": "The option's title in the version that was rated.",
    "version": "Number of the version that was rated.",
    "label": "What the wording rules say of the option, from its ratings of overall support.",
    "evolving": "yes: views were still evolving since the round before; no; empty: no round before.",
    "label_if_stricter": "The label if the rules' thresholds on shares were five points stricter.",
    "label_if_looser": "The label if the rules' thresholds on shares were five points looser.",
    "value": "Sum of the mean ratings on the weighted criteria times their weights: what is ranked by.",
    "p_best": "Share of the resampled panels in which the option is ranked first.",
    "p_top3": "Share of the resampled panels in which it is among the first three.",
    "expected_rank": "Mean rank over the resampled panels.",
    "rank_equal_weights": "Rank if all weighted criteria counted alike.",
    "rank_overall": "Rank by the mean rating of overall support alone.",
    "set_low": "Lower end of the rank set: the best rank that cannot be excluded, all sets at once, 90 %.",
    "set_high": "Upper end of the rank set: the worst rank that cannot be excluded.",
    "tier": "Options of different tiers can be told apart; 1 is the best.",
    "surely_above": "The codes of the options that it is surely above, all such claims at once at 90 %.",
    "weights_low": "Lower end of the middle 95 % of its ranks if the weights were somewhat others.",
    "weights_high": "Upper end of these ranks; the experts are the same.",
    "rule_low": "Its best rank under any of the seven methods.",
    "rule_high": "Its worst rank under any of them.",
    "rank_median": "Rank by the weighted sum of the medians.",
    "rank_topsis": "Rank by TOPSIS on the means.",
    "rank_promethee_ii": "Rank by PROMETHEE II (usual preference) on the means.",
    "rank_borda": "Rank by Borda's points on each expert's own order, made of her own weighted sum.",
    "rank_copeland": "Rank by Copeland's rule on the same orders.",
    "rank_schulze": "Rank by Schulze's rule on the same orders.",
    "without_low": "Best rank whichever one sector is left out; as wide as leaving out groups drawn by lot"
    " makes it in most draws; empty where a sector moves the ranks farther, or where nothing may be told.",
    "without_high": "Worst rank of this kind.",
    "dissent": "polarised: two camps on overall support; spread: wide apart without camps; empty: neither.",
    "n": "Valid ratings of overall support.",
    "median": "Their median (type 7).",
    "q1": "Their lower quartile (type 7).",
    "q3": "Their upper quartile (type 7).",
    "share_high": "Share of them in the favourable third of the scale.",
    "share_low": "Share of them in the unfavourable third of the scale.",
    "abstentions": "Experts who abstained from rating overall support.",
    "median_before": "Median of overall support in the round before.",
    "moved_share": "Share of the experts in both rounds who moved by two points or more;"
    " on a scale of more than eleven points, by a fifth of it or more.",
    "sentence": "The label's sentence, for a report.",
}
UNRANKED: Dataset = dict.fromkeys(("rank", "rank_equal_weights", "rank_overall"))
OTHERS = {
    "Methods.tau": "Kendall's tau-b of the ranking and the method's: 1 the same, 0 nothing in common.",
    "Methods.same_first": "yes: the first three of the method are those of the ranking.",
    "Groups.size": "Experts in the group of opinion. No ballot says of which group it is.",
    "Groups.median": "The group's median of overall support, on the options that mark it most.",
    "Groups.median_others": "That of the experts of all other groups.",
    "Groups.z": "By how many standard errors more of the group favour the option; negative: fewer.",
    "Distributions.rated_5": "How many gave the rating 5; the other points alike.",
    "Distributions.rated_0_9": "On a scale of more than eleven points: how many gave 0 to 9; others alike.",
    "Distributions.abstained_…": "How many abstained for this reason. An abstention is no middle rating.",
    "Ratings.row": "Number of a ballot in the order of its content, anew in each round; tied to nobody.",
    "Options.reworded_since": "Since it was rated: no; minor: it means the same; major: it means another.",
    "Options.status": "Where it stands now: accepted, merged into another one, or withdrawn.",
    "Ratings.W01.OV": "The ballot's rating of this option on this criterion, or its reason to abstain.",
}
DISTRIBUTIONS = ["round", "code", "criterion", "n", "median", "q1", "q3", "mean", "share_high", "share_low"]


def all_of(content: Dataset) -> list[Table]:
    """The sheets of the workbook in their order."""
    return [
        ranking(content),
        *_robustness(content),
        _criteria(content),
        _distributions(content),
        *_ratings(content),
        _rationales(content),
        _options(content),
        _method(content),
    ]


def day(content: Dataset) -> str:
    """The day on which the latest of the rounds was published."""
    return str(_latest(content)["published_on"] or "1980-01-01")


def ranking(content: Dataset) -> Table:
    """The latest published ranking, one option a row, each with its uncertainty."""
    result = _latest(content)["result"]
    overall = next((scale["code"] for scale in result["scales"] if scale["overall"]), None)
    rows = [_ranking_row(option, overall, result["labels"]) for option in result["options"]]
    if not result["replicates"]:  # a rank is not told without its interval, nor by the order of the rows
        rows = sorted((row | UNRANKED for row in rows), key=lambda row: str(row["code"]))
    return Table("Ranking", list(RANKING), [[row[column] for column in RANKING] for row in rows])


def _ranking_row(option: Dataset, overall: str | None, labels: dict[str, str]) -> Dataset:
    d = option["by_criterion"].get(overall, {})
    movement = option["movement"] or {}
    row: Dataset = dict.fromkeys(RANKING) | {key: option[key] for key in RANKING if key in option}
    row |= {key: d[key] for key in ("n", "median", "q1", "q3", "share_high", "share_low") if key in d}
    row |= {key: movement.get(key) for key in ("median_before", "moved_share")}
    row |= {key: labels.get(option[key], "") for key in ("label", "label_if_stricter", "label_if_looser")}
    row |= _hanging(option.get("robust") or {})
    row["value"] = option["score"]
    row["abstentions"] = sum(d.get("abstained", {}).values())
    row["evolving"] = None if not movement else "no" if movement["stable"] else "yes"
    return row


def _hanging(robust: Dataset) -> Dataset:
    """What the place hangs on; earlier methods did not say."""
    ranks = {f"rank_{method}": rank for method, rank in robust.get("by_method", {}).items()}
    above = " ".join(robust.get("surely_above", []))
    found = robust | ranks | {"surely_above": above, "dissent": robust.get("dissent")}
    return {key: None if one == "" else one for key, one in found.items() if key in RANKING}


def _latest(content: Dataset) -> Dataset:
    latest: Dataset = content["rounds"][-1]
    return latest


def _robustness(content: Dataset) -> list[Table]:
    """How far the methods agree, and what marks the groups of opinion, where these are told."""
    robust = _latest(content)["result"].get("robust")
    if not robust:
        return []
    methods: list[list[Cell]] = [
        [one["code"], one["tau"], _plain(one["same_first"])] for one in robust["methods"]
    ]
    groups = (robust["opinion"] or {}).get("groups", [])
    marks: list[list[Cell]] = [
        [number, group["size"], mark["code"], mark["median"], mark["median_others"], mark["z"]]
        for number, group in enumerate(groups, 1)
        for mark in group["marks"]
    ]
    found = [Table("Methods", ["method", "tau", "same_first"], methods)]
    columns = ["group", "size", "code", "median", "median_others", "z"]
    return [*found, Table("Groups", columns, marks)] if marks else found


def _criteria(content: Dataset) -> Table:
    columns = ["code", "label", "question", "overall", "weight", "benefit", "low", "high"]
    rows = [[_plain(one[column]) for column in columns] for one in content["criteria"]]
    return Table("Criteria", columns, rows, frozenset({"question"}))


def _plain(value: Any) -> Cell:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _distributions(content: Dataset) -> Table:
    points = sorted({one for scale in _scales(content) for one in stretches(scale["low"], scale["high"])})
    reasons = _reasons(content)
    rows: list[list[Cell]] = []
    for one in content["rounds"]:
        for option in one["result"]["options"]:
            for scale in one["result"]["scales"]:
                d = option["by_criterion"][scale["code"]]
                heaps = heaped(d["counts"], scale["low"], scale["high"])
                counts = {(low, high): count for low, high, count in heaps}
                numbers = [d[column] for column in DISTRIBUTIONS[3:]]
                abstained = [d["abstained"].get(reason, 0) for reason in reasons]
                place = [one["number"], option["code"], scale["code"]]
                rows.append([*place, *numbers, *(counts.get(point) for point in points), *abstained])
    columns = [
        *DISTRIBUTIONS,
        *(f"rated_{low}" if low == high else f"rated_{low}_{high}" for low, high in points),
        *(f"abstained_{reason}" for reason in reasons),
    ]
    return Table("Distributions", columns, rows)


def _scales(content: Dataset) -> list[Dataset]:
    return [scale for one in content["rounds"] for scale in one["result"]["scales"]]


def _reasons(content: Dataset) -> list[str]:
    return sorted(
        {
            reason
            for one in content["rounds"]
            for option in one["result"]["options"]
            for d in option["by_criterion"].values()
            for reason in d["abstained"]
        }
    )


def _ratings(content: Dataset) -> list[Table]:
    """One sheet a round: rows are numbered anew in each, and say nothing of who is who."""
    several = len(content["rounds"]) > 1
    return [
        Table(f"Ratings R{one['number']}" if several else "Ratings", **one["ratings"])
        for one in content["rounds"]
    ]


def _rationales(content: Dataset) -> Table:
    rows: list[list[Cell]] = [
        [one["number"], code, text]
        for one in content["rounds"]
        for code, texts in one["rationales"].items()
        for text in texts
    ]
    return Table("Rationales", ["round", "code", "rationale"], rows)


def _options(content: Dataset) -> Table:
    links = {item["code"]: item["links"] for item in content["items"]}
    kinds = sorted(
        {link["kind"] for one in _latest(content)["options"] for link in links.get(one["code"], [])}
    )
    rows: list[list[Cell]] = []
    for one in _latest(content)["options"]:
        ends: dict[str, list[str]] = {kind: [] for kind in kinds}
        for link in links.get(one["code"], []):
            ends[link["kind"]].append(link["to"])
        words: list[Cell] = [one["code"], one["title"], one["version"], one["text"]]
        rows.append([*words, one["reworded_since"], one["status"], *map(", ".join, ends.values())])
    columns = ["code", "title", "version", "text", "reworded_since", "status"]
    return Table("Options", [*columns, *kinds], rows)


def _method(content: Dataset) -> Table:
    latest = _latest(content)
    result = latest["result"]
    facts: dict[str, Cell] = {
        "seminar": content["seminar"]["title"],
        "synthetic": "yes: no view of any expert, State or organization" if content["synthetic"] else "no",
        "round": f"R{latest['number']} {latest['title']}",
        "closed_on": latest["closed_on"],
        "invited": result["invited"],
        "submitted": result["submitted"],
        "method": result["method"],
        "seed": result["seed"],
        "replicates": result["replicates"],
        "input_digest": result["input_digest"],
        "recount": content["method"],
    }
    facts |= {f"Ranking.{column}": meaning for column, meaning in RANKING.items()}
    facts |= OTHERS
    facts |= {
        f"label.{rule['id']}": f"{rule['label']}: {rule['when']}"
        for rule in content["wording"].get("labels", [])
    }
    rows: list[list[Cell]] = [[name, meaning] for name, meaning in facts.items()]
    return Table("Method", ["name", "meaning"], rows)
