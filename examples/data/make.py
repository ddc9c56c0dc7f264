"""Writes the four data sets of this folder from the files that scikit-learn's package ships.

usage: python make.py [DIRECTORY]     by default beside this script
"""

import csv
import pathlib
import re
import sys

from sklearn import datasets

# file: (loader, label column, names of the classes in the loader's order)
SETS = {
    "iris": (datasets.load_iris, "species", ["setosa", "versicolor", "virginica"]),
    "wine": (datasets.load_wine, "cultivar", ["1", "2", "3"]),
    "breast-cancer": (datasets.load_breast_cancer, "diagnosis", ["malignant", "benign"]),
    "digits": (datasets.load_digits, "digit", [str(d) for d in range(10)]),
}


def snake_case(name):
    name = name.lower().replace("(cm)", "cm").replace("od280/od315", "od280_od315")
    return re.sub(r"[^a-z0-9]+", "_", name).strip("_")


def number(value):
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def main(directory):
    for name, (load, label, classes) in SETS.items():
        data = load()
        with open(pathlib.Path(directory) / f"{name}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([snake_case(f) for f in data.feature_names] + [label])
            for row, target in zip(data.data, data.target):
                writer.writerow([number(v) for v in row] + [classes[target]])


main(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent)
