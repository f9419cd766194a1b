"""Published data with published results, small enough to type; larger ones are read where they lie."""

from math import nan
from pathlib import Path
from typing import Any

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

# R package agrmt 1.42.12, documentation of agreement(), after van der Eijk (2001).
AGRMT_A = {
    (30, 40, 210, 130, 530, 50, 10): 0.61133333,
    (5, 0, 0, 0, 5): -1.0,
    (0, 0, 10, 0, 0): 1.0,
}

# Ayre C. & Scally A., Meas. Eval. Couns. Dev. 47:79, 2014: exact critical CVR, one-tailed 5 per cent, for
# panels of 5 to 22.
AYRE_SCALLY_2014 = [
    1,
    1,
    1,
    0.75,
    0.778,
    0.8,
    0.636,
    0.667,
    0.538,
    0.571,
    0.6,
    0.5,
    0.529,
    0.444,
    0.474,
    0.5,
    0.429,
    0.455,
]

# Krippendorff K., Computing Krippendorff's alpha-reliability, 2011, sections D and E: four observers, twelve
# units. Printed .743, .815, .849 and .797; more digits by R irr.
KRIPPENDORFF_2011 = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, nan],
    [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
]
KRIPPENDORFF_2011_ALPHA = {
    "nominal": 0.74342105,
    "ordinal": 0.8153875,
    "interval": 0.84910714,
    "ratio": 0.79740277,
}

# Gwet K., Handbook of Inter-Rater Reliability, 4th ed. 2014; irrCAC's cac.raw4raters: four raters (rows),
# twelve units. Its tests print AC1 = .77544 and the two AC2 to three digits.
GWET_2014 = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, nan],
    [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
]
GWET_2014_COEFFICIENT = {"identity": 0.77544, "linear": 0.859, "quadratic": 0.914}

# Shrout P. & Fleiss J., Psychol. Bull. 86:420, 1979, tables 2 and 4: four judges (rows), six targets; the six
# coefficients to two digits in the paper, to eight by R psych 2.2.9, whose intervals these are as well.
SHROUT_FLEISS_1979 = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
SHROUT_FLEISS_1979_ICC = {
    "ICC1": (0.16574177, (-0.133, 0.723)),
    "ICCA1": (0.28976378, (0.019, 0.761)),
    "ICCC1": (0.71484071, (0.342, 0.946)),
    "ICC1k": (0.44279713, (-0.884, 0.912)),
    "ICCAk": (0.62005055, (0.071, 0.927)),
    "ICCCk": (0.90931554, (0.676, 0.986)),
}

# Wikipedia, "Kemeny-Young method", "Copeland's method" and others (CC BY-SA): where should Tennessee have its
# capital? Memphis, Nashville, Chattanooga, Knoxville; ballots as (how many, order from the best, from 1).
TENNESSEE = [(42, [1, 2, 3, 4]), (26, [2, 3, 4, 1]), (15, [3, 4, 2, 1]), (17, [4, 3, 2, 1])]

# Wikipedia, "Schulze method" (CC BY-SA), after Schulze (2011), example 1: 45 voters, A to E, in a cycle.
SCHULZE_45 = [
    (5, [1, 3, 2, 5, 4]),
    (5, [1, 4, 5, 3, 2]),
    (8, [2, 5, 4, 1, 3]),
    (3, [3, 1, 2, 5, 4]),
    (7, [3, 1, 5, 2, 4]),
    (2, [3, 2, 1, 4, 5]),
    (7, [4, 3, 5, 2, 1]),
    (8, [5, 2, 1, 4, 3]),
]
SCHULZE_45_PATHS = [
    [0, 28, 28, 30, 24],
    [25, 0, 28, 33, 24],
    [25, 29, 0, 29, 24],
    [25, 28, 28, 0, 24],
    [25, 28, 28, 31, 0],
]

# debian.org/vote/2002/vote_0001: the official beat matrix of the election of the Debian project leader:
# Branden Robinson, Raphael Hertzog, Bdale Garbee (who won), None Of The Above.
DEBIAN_2002 = [[0, 255, 178, 385], [199, 0, 134, 406], [291, 327, 0, 443], [68, 50, 18, 0]]

# Saaty T., Int. J. Services Sciences 1:83, 2008: how much more of one drink than of another is consumed in
# the USA; coffee, wine, tea, beer, soda, milk, water. Printed weights and CR = .022.
SAATY_2008: list[list[float]] = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]
SAATY_2008_WEIGHTS = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]

# Rezaei J., Omega 53:49, 2015: modes of transport by load flexibility, accessibility, cost; cost is best,
# load flexibility worst. Printed for the nonlinear model: weights, xi = .26 and CR = .058.
REZAEI_2015: dict[str, Any] = {
    "best_to_others": [8, 2, 1],
    "others_to_worst": [1, 5, 8],
    "best": 2,
    "worst": 0,
}
REZAEI_2015_NONLINEAR = [0.0714, 0.3387, 0.5899]

# Tzeng G. & Huang J., Multiple Attribute Decision Making, CRC 2011, as in scikit-criteria's tests.
TZENG_HUANG_2011 = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
TZENG_HUANG_2011_WEIGHTS = [0.3, 0.4, 0.3]
TZENG_HUANG_2011_CLOSENESS = [0.5037, 0.6581, 0.7482, 0.3340]

# Brans J., Vincke P. & Mareschal B., Eur. J. Oper. Res. 24:228, 1986: six sites for hydroelectric power, six
# criteria, each with a preference function of another kind. A cell or threshold of what is handed down is
# wrong: the complete order and the leaving flows of the first four sites are those of the paper, the rest
# is not.
BRANS_1986 = [
    [80, 90, 600, 54, 8, 5],
    [65, 58, 200, 97, 1, 1],
    [83, 60, 400, 72, 4, 7],
    [40, 80, 1000, 75, 7, 10],
    [52, 72, 600, 20, 3, 8],
    [94, 96, 700, 36, 5, 6],
]
BRANS_1986_BENEFIT = [False, True, False, False, False, True]
BRANS_1986_PREFERENCES = ["u-shape", "v-shape", "linear", "level", "usual", "gaussian"]
BRANS_1986_THRESHOLDS = {"q": [10, 0, 50, 10, 0, 0], "p": [1, 30, 500, 60, 1, 1], "s": [1, 1, 1, 1, 1, 5]}

# Agresti A., Categorical Data Analysis, 2nd ed. 2002, table 10.11: American League East 1987, victories of
# the row over the column; Baltimore, Boston, Cleveland, Detroit, Milwaukee, New York, Toronto. Printed log
# strengths are relative to Baltimore.
AGRESTI_2002 = [
    [0, 1, 7, 4, 2, 3, 1],
    [12, 0, 7, 2, 6, 7, 6],
    [6, 6, 0, 4, 4, 6, 5],
    [9, 11, 9, 0, 6, 5, 7],
    [11, 7, 9, 7, 0, 7, 9],
    [10, 6, 7, 8, 6, 0, 6],
    [12, 7, 8, 6, 4, 7, 0],
]
AGRESTI_2002_STRENGTHS = [0, 1.11, 0.68, 1.44, 1.58, 1.25, 1.29]

# Davidson R., JASA 65:317, 1970, example 2: six brands of chocolate pudding; items, comparisons, victories of
# the first, of the second, ties. The worths are those of his model of ties, as R's PlackettLuce fits it.
DAVIDSON_1970 = [
    (1, 2, 57, 19, 22, 16),
    (1, 3, 47, 16, 19, 12),
    (2, 3, 48, 19, 19, 10),
    (1, 4, 54, 18, 23, 13),
    (2, 4, 51, 23, 19, 9),
    (3, 4, 54, 19, 20, 15),
    (1, 5, 50, 13, 19, 18),
    (2, 5, 48, 16, 20, 12),
    (3, 5, 48, 16, 15, 17),
    (4, 5, 47, 17, 14, 16),
    (1, 6, 51, 18, 21, 12),
    (2, 6, 54, 22, 20, 12),
    (3, 6, 41, 13, 18, 10),
    (4, 6, 51, 14, 19, 18),
    (5, 6, 44, 11, 21, 12),
]
DAVIDSON_1970_WORTH = [0.1388005, 0.1729985, 0.161742, 0.165393, 0.1586805, 0.2023855]

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


def ballots(counted: list[tuple[int, list[int]]], options: int) -> tuple[list[list[float]], list[int]]:
    """Ranks and weights of ballots that name options from the best, from 1; nan for those left out."""
    places = [{option: place for place, option in enumerate(order, 1)} for _, order in counted]
    ranks = [[place.get(option, nan) for option in range(1, options + 1)] for place in places]
    return ranks, [weight for weight, _ in counted]


def shared(name: str) -> Path:
    """A file of the shared reference data, which is never copied; its tests are skipped without it."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"NOT RUN: the published data {name} are missing, expected at {path}")
    return path
