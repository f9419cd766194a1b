"""From an expert's open ballot to the file that an organizer takes away, in one go, by plain forms."""

import json
import re

import numpy as np

from app.admin.integrity import first_fault
from app.aggregation import rank_acceptability, weighted_sum
from app.db import transaction

SEMINAR = "/seminars/unscr-2370-op12"
ROUND = f"{SEMINAR}/rounds/3"
BALLOT = f"{ROUND}/ballot"
CODES = [f"W{number:02}" for number in range(1, 27)]
REASON = "Nobody else has said it in quite these words."


def test_an_expert_answers_the_panel_is_counted_and_the_outcome_is_taken_away(visitor, demo_engine):
    expert, facilitator = visitor("expert"), visitor("facilitator")
    organiser, observer = visitor("organiser"), visitor("observer")

    # the expert finds what is asked of her, and answers all that is open
    home = expert.get(SEMINAR).text
    assert BALLOT in home
    for code in CODES:
        save(expert, code, overall=8, effectiveness=7, feasibility=6)
    save(expert, "W01", overall=9, effectiveness=7, feasibility=6, reason=REASON)

    # she keeps an answer of the round before in one click, and changes her mind on another
    assert expert.post(f"{BALLOT}/Q1/W02/keep").status_code == 303
    save(expert, "W03", overall=2, effectiveness="cannot_say", feasibility=3)

    # she looks at all of it, submits, and has a receipt
    assert "Submit ballot" in expert.get(f"{BALLOT}/review").text
    submitted = expert.post(f"{BALLOT}/submit")
    assert submitted.headers["location"] == f"{BALLOT}/receipt"
    receipt = expert.get(f"{BALLOT}/receipt").text
    assert re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", receipt)

    # the organizer sees that she has submitted and not what
    board = organiser.get(f"{SEMINAR}/panel").text
    assert "Synthetic expert 01" in board
    assert REASON not in board

    # until it is closed nobody sees a number of the open round, and before it is published hardly anybody
    for reader in (expert, facilitator, organiser, observer):
        assert REASON not in reader.get(f"{SEMINAR}/outcome/W01").text
    before = export(organiser)
    assert [round_["number"] for round_ in before["rounds"]] == [2]

    # the facilitator reads how many have answered, closes, and publishes
    assert "32" in facilitator.get(f"{ROUND}/close").text
    assert facilitator.post(f"{ROUND}/close").status_code == 303
    late = expert.post(f"{BALLOT}/Q1/W04", data={"W04.OV": "1", "W04.rationale": "Too late, and kept."})
    assert late.status_code == 409
    assert "Too late, and kept." in late.text
    assert REASON not in observer.get(f"{SEMINAR}/outcome/W01").text
    assert facilitator.post(f"{ROUND}/publish").status_code == 303
    assert facilitator.post(f"{ROUND}/publish").status_code == 409

    # everybody reads the outcome; the reason stands there without a name
    for reader in (expert, facilitator, organiser, observer):
        page = reader.get(f"{SEMINAR}/outcome/W01").text
        assert REASON in page
        assert "Synthetic expert" not in without_own_name(page)

    # the organizer takes it away, twice the same, and whoever recounts it finds the same ranks
    assert raw_export(organiser) == raw_export(organiser)
    after = export(organiser)
    assert [round_["number"] for round_ in after["rounds"]] == [2, 3]
    assert_recounted(after["rounds"][1])
    assert "Synthetic expert" not in json.dumps(after)
    assert expert.get(f"{SEMINAR}/outcome/export.json").status_code == 403

    # and nothing in the database contradicts any of it
    with transaction(demo_engine, write=False) as session:
        assert first_fault(session) is None


def save(expert, code, *, overall, effectiveness, feasibility, reason=""):
    """Fill in a card as a browser without script does: with what the page knows of former revisions."""
    card = expert.get(f"{BALLOT}/Q1/{code}").text
    (seen,) = re.findall(rf'name="{code}\.seen"[^>]* value="([^"]*)"', card)
    form = {"OV": overall, "C1": effectiveness, "C2": feasibility, "rationale": reason, "seen": seen}
    saved = expert.post(f"{BALLOT}/Q1/{code}", data={f"{code}.{name}": value for name, value in form.items()})
    assert saved.status_code == 303, code


def raw_export(reader):
    answer = reader.get(f"{SEMINAR}/outcome/export.json")
    assert answer.status_code == 200
    return answer.content


def export(reader):
    return json.loads(raw_export(reader))


def without_own_name(page):
    return re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)


def assert_recounted(round_):
    """The ranks of the result, counted again from the ratings in the file."""
    result = round_["result"]
    codes = [option["code"] for option in round_["options"]]
    columns = round_["ratings"]["columns"]
    weights = {scale["code"]: scale["weight"] for scale in result["scales"]}
    ratings = np.array(
        [
            [
                [
                    cell if isinstance(cell := row[columns.index(f"{code}.{criterion}")], int) else np.nan
                    for criterion in result["ranked_by"]
                ]
                for code in codes
            ]
            for row in round_["ratings"]["rows"]
        ],
        dtype=float,
    )
    by_weight = [weights[criterion] for criterion in result["ranked_by"]]
    ranking = weighted_sum(np.nanmean(ratings, axis=0), by_weight)
    sure = rank_acceptability(ratings, by_weight, replicates=result["replicates"], seed=result["seed"])
    shown = {option["code"]: option for option in result["options"]}
    assert len(round_["ratings"]["rows"]) == result["submitted"] == 32
    assert [shown[code]["rank"] for code in codes] == list(ranking.rank)
    assert [shown[code]["rank_low"] for code in codes] == list(sure.low)
    assert [shown[code]["rank_high"] for code in codes] == list(sure.high)
