"""Train the model: ``python train.py data/training.csv model/land-cover.json``."""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.naive_bayes import GaussianNB


def train(table):
    with Path(table).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    bands = rows[0][1:]
    labels = [row[0] for row in rows[1:]]
    values = np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])
    model = GaussianNB().fit(values, labels)
    return {
        "bands": bands,
        "classes": model.classes_.tolist(),
        "prior": model.class_prior_.round(9).tolist(),
        "mean": model.theta_.round(6).tolist(),
        "variance": model.var_.round(6).tolist(),
    }


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(train(sys.argv[1]), indent=1) + "\n", encoding="utf-8")
