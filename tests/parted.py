"""A store with the runs of some ablations."""

from pathlib import Path

from ablated import DEMO
from assay.model.ablation.tags import HYPOTHESIS_TAG, QUESTION_TAG
from stores import SEEDS, Store

HOSTILE, OFF = ":red: www.evil.example _x_", "[click](http://evil.example) <b>"
KOREAN = "데이터 증강"
PARTS = ("scaling", "pca", "augmentation")


def filled(folder: Path) -> Store:
    """`parts`: the demo's accuracies, by plan, and a failure; `sizes`: levels that say nothing; `odd`: names that want to act;
    `bare`: one configuration; `silent`: no metric; `once`: one seed, and one arm beside it.
    """
    store = Store.sqlite(folder / "mlflow.db")
    for off, scores in DEMO.items():
        tags = {HYPOTHESIS_TAG: "Scaling carries it *all*."}
        if off == ("pca",):
            tags[QUESTION_TAG] = "Is pca needed?"
        for seed, score in zip(SEEDS, scores, strict=True):
            store.run("parts", params={**switched(off), "seed": seed}, metrics={"accuracy": score}, tags=tags)
    store.run("parts", params={**switched(()), "seed": 7}, metrics={"accuracy": 0.1}, status="FAILED")
    for size, base in (("large", 0.9), ("small", 0.8)):
        store.configuration("sizes", {"model": size, "depth": 3}, "accuracy", noisy(base))
    for first in ("on", OFF):
        for second in ("on", "off"):
            base = 0.7 + 0.1 * (first == "on") + 0.1 * (second == "on")
            given = {HOSTILE: first, KOREAN: second}
            store.configuration("odd", given, "accuracy", noisy(base))
    store.configuration("bare", {"model": "tree"}, "accuracy", [0.8, 0.81, 0.82])
    store.run("silent", params={"pca": "on"})
    for level in ("on", "off"):
        store.run("once", params={"pca": level, "seed": 1}, metrics={"accuracy": 0.9 if level == "on" else 0.8})
    return store


def noisy(mean: float) -> list[float]:
    """Five scores about a mean, other ones about another."""
    return [mean + 0.001 * ((i + 1) * round(mean * 10) % 7 - 3) for i in range(5)]


def switched(off: tuple[str, ...]) -> dict[str, str]:
    return {name: "off" if name in off else "on" for name in PARTS}
