"""Scalers, splits and generators of scikit-learn, on inputs given by formulas.

writes sklearn_datasets.json: `scaling` with the rows fitted, the rows transformed, and what
StandardScaler and MinMaxScaler (to 0...pi) make of them; `splits` with the classes of the samples and
the number of each class that train_test_split puts into the test part; `folds` likewise for each fold
of StratifiedKFold; `moons` and `circles` with points and classes in scikit-learn's own order.
"""

import json
import math
import pathlib
import sys

import numpy as np
from sklearn.datasets import make_circles, make_moons
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler


def table(rows, phase):
    """Columns of ordinary numbers, large offsets, tiny spread, a constant, and a rounded constant."""
    k = np.arange(rows)
    return np.stack(
        [
            np.sin(1.7 * k + phase),
            1e6 + 3.0 * np.cos(0.9 * k + phase),
            1e-9 * (k - 4.0),
            np.full(rows, 0.1),
            np.where(k % 2 == 0, 1.0, -1.0) * k * k,
            np.full(rows, 1e8) + 1e-9 * k,
        ],
        axis=1,
    )


def scaling():
    fitted, others = table(23, 0.3), table(7, 1.1)
    standard = StandardScaler().fit(fitted)
    minmax = MinMaxScaler(feature_range=(0, math.pi)).fit(fitted)
    return {
        "fitted": fitted.tolist(),
        "others": others.tolist(),
        "mean": standard.mean_.tolist(),
        "scale": standard.scale_.tolist(),
        "standardized": standard.transform(others).T.tolist(),
        "minimum": minmax.data_min_.tolist(),
        "maximum": minmax.data_max_.tolist(),
        "ranged": minmax.transform(others).T.tolist(),
    }


def classes(counts):
    """Classes in a mixed, fixed order."""
    y = np.repeat(np.arange(len(counts)), counts)
    return y[np.argsort((np.arange(len(y)) * 7919) % 10007, kind="stable")]


def splits():
    result = []
    for counts in [[59, 71, 48], [212, 357], [50, 50, 50], [10, 3, 2], [5, 97]]:
        for share in [0.1, 0.25, 0.3, 0.5]:
            y = classes(counts)
            if math.ceil(share * len(y)) < len(counts):
                continue
            _, test = train_test_split(y, test_size=share, stratify=y, random_state=0)
            found = np.bincount(test, minlength=len(counts)).tolist()
            result.append({"classes": y.tolist(), "share": share, "test": found})
    return result


def folds():
    result = []
    for counts, k in [([59, 71, 48], 5), ([212, 357], 10), ([11, 7, 5], 3)]:
        y = classes(counts)
        parts = StratifiedKFold(n_splits=k, shuffle=True, random_state=0).split(y, y)
        tests = [np.bincount(y[test], minlength=len(counts)).tolist() for _, test in parts]
        result.append({"classes": y.tolist(), "folds": k, "tests": tests})
    return result


def points(made):
    x, y = made
    return {"points": x.tolist(), "classes": y.tolist()}


def main(directory):
    result = {
        "scaling": scaling(),
        "splits": splits(),
        "folds": folds(),
        "moons": [points(make_moons(n, shuffle=False)) for n in [2, 3, 10, 25]],
        "circles": [
            points(make_circles(n, shuffle=False, factor=f)) for n, f in [(2, 0.8), (11, 0.5), (24, 0.0)]
        ],
    }
    path = pathlib.Path(directory) / "sklearn_datasets.json"
    path.write_text(json.dumps(result) + "\n")


main(sys.argv[1])
