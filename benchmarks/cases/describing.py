"""Descriptions, agreement and stability: pandas, scipy, pingouin, krippendorff, scikit-learn."""

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from scipy.stats import friedmanchisquare, wilcoxon
from sklearn.metrics import cohen_kappa_score

from app import aggregation as ours
from cases.case import EXPERTS, OPTIONS, Case, Floats, close, panel

FORMS = ("ICC1", "ICCA1", "ICCC1", "ICC1k", "ICCAk", "ICCCk")


def cases() -> list[Case]:
    return [description(), *order(), *agreement(), change()]


def description() -> Case:
    r = panel().reshape(EXPERTS, -1)
    frame = pd.DataFrame(r)
    rows = {"n": "count", "mean": "mean", "sd": "std", "q1": "25%", "median": "50%", "q3": "75%"}

    def same() -> bool:
        told, peer = ours.summarise(r, 1, 9), frame.describe()
        return all(close(getattr(told, name), peer.loc[row]) for name, row in rows.items())

    return Case(
        "summarise, 300 cells", "pandas describe", lambda: ours.summarise(r, 1, 9), frame.describe, same
    )


def long(full: Floats) -> pd.DataFrame:
    return pd.DataFrame(
        [(i, e, full[e, i]) for e in range(EXPERTS) for i in range(OPTIONS)], columns=["t", "e", "x"]
    )


def order() -> list[Case]:
    full = panel(missing=0)[:, :, 0]
    frame = long(full)

    def by_scipy() -> float:
        return float(friedmanchisquare(*full.T).statistic)

    def by_pingouin() -> float:
        return float(pingouin.friedman(frame, dv="x", within="t", subject="e")["W"].iloc[0])

    return [
        Case("kendall_w", "scipy friedman", lambda: ours.kendall_w(full), by_scipy,
             lambda: close(ours.kendall_w(full).chi2, by_scipy())),
        Case("kendall_w", "pingouin", lambda: ours.kendall_w(full), by_pingouin,
             lambda: close(ours.kendall_w(full).w, by_pingouin())),
    ]  # fmt: skip


def agreement() -> list[Case]:
    full, gaps = panel(missing=0)[:, :, 0], panel()[:, :, 0]
    frame = long(full)

    def alpha() -> float:
        return float(krippendorff.alpha(reliability_data=gaps, level_of_measurement="ordinal"))

    def correlation() -> pd.DataFrame:
        return pingouin.intraclass_corr(frame, "t", "e", "x")

    return [
        Case("krippendorff_alpha", "krippendorff", lambda: ours.krippendorff_alpha(gaps), alpha,
             lambda: close(ours.krippendorff_alpha(gaps), alpha())),
        Case("icc, six forms", "pingouin", lambda: ours.icc(full), correlation,
             lambda: close([ours.icc(full)[form].value for form in FORMS], correlation()["ICC"])),
    ]  # fmt: skip


def change() -> Case:
    """Of each item the shift and the coefficient, in a loop over the items."""
    before = panel(missing=0)[:, :, 0]
    after = np.clip(before + np.random.default_rng(6).integers(-1, 2, before.shape), 1, 9)

    def peer() -> tuple[Floats, list[float]]:
        pairs = list(zip(before.T, after.T, strict=True))
        p = [wilcoxon(y - x, zero_method="pratt", method="approx").pvalue for x, y in pairs]
        kappa = [cohen_kappa_score(x, y, weights="quadratic") for x, y in pairs]
        return pingouin.multicomp(p, method="holm")[1], kappa

    def same() -> bool:
        told, (p, kappa) = ours.stability(before, after), peer()
        return close(told.wilcoxon_p, p) and close(told.weighted_kappa, kappa)

    return Case("stability", "scipy, scikit-learn, loop", lambda: ours.stability(before, after), peer, same)
