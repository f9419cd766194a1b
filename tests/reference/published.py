"""Published data with published results, small enough to type; larger ones are read where they lie."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference"

# Siegel S., Nonparametric Statistics for the Behavioral Sciences, McGraw-Hill 1956, chapter 9: three
# executives rank six applicants. Printed: s = 25.5, W = .16.
SIEGEL_1956 = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]

# R package irr 0.84.1, data(anxiety): three raters by twenty subjects, anxiety from 1 to 6.
# kendall(anxiety, correct = TRUE) prints W = 0.54, chi2 = 30.8, df = 19, p = 0.0429.
IRR_ANXIETY = [
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
]

# R package agrmt 1.42.12, documentation of consensus(), after Tastle & Wierman (2007).
AGRMT = {
    (30, 40, 210, 130, 530, 50, 10): 0.7256876,
    (5, 0, 0, 0, 5): 0.0,
    (0, 0, 10, 0, 0): 1.0,
}

# BMJ Open 2012;2:e001431, table 1, criterion 1 (CC BY-NC): fifteen panellists, five gave 7, five 8, two 9
# and three less. Which three lower points is not printed; no figure below depends on it.
BMJ_OPEN_2012 = [4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9]

# Cohen J., Weighted kappa, Psychol. Bull. 70:213, 1968, table 1, N = 200: diagnoses by two judges
# (rows B, columns A), the disagreement weights set for them, and the two coefficients printed.
COHEN_1968 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
COHEN_1968_WEIGHTS = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
COHEN_1968_WEIGHTED_KAPPA = 0.348

# Chaffin W. & Talley W., Technol. Forecast. Soc. Change 16:67, 1980, tables 2a and 3a, n = 122: answers
# of round 2 (rows) by those of round 3 (columns); the same marginals, 92.6 and 45.1 per cent unchanged.
CHAFFIN_TALLEY_2A = [[26, 0, 0], [7, 62, 2], [0, 0, 25]]
CHAFFIN_TALLEY_3A = [[8, 13, 5], [20, 38, 13], [5, 11, 9]]

# Darwin C., The effects of cross and self fertilisation, 1876: fifteen pairs of maize plants, heights in
# eighths of an inch, the example of Wilcoxon F., Biometrics Bull. 1:80, 1945.
DARWIN_1876 = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


def shared(name: str) -> Path:
    """A file of the shared reference data, which is never copied; its tests are skipped without it."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"NOT RUN: the published data {name} are missing, expected at {path}")
    return path
