"""Preprocessing: fitted step by step, with the rows that each of them has seen and those that it should not have."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from assay.demo.data import Data
from assay.demo.images import Array, moved
from assay.demo.recipes import Recipe


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows as a step takes them."""

    features: Array
    target: Array

    def after(self, step: Any) -> "Part":
        """As the step leaves them."""
        return Part(step.transform(self.features), self.target)

    def augmented(self, side: int) -> "Part":
        """With the images moved in four directions as well."""
        features = moved(self.features, side)
        return Part(features, np.tile(self.target, len(features) // len(self.target)))


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One step by name; `others`: rows that the run neither trains on nor is scored on, None where there are none."""

    name: str
    step: Any
    train: Part
    held_out: Part
    others: Part | None
    supervised: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """All steps in their order; `train`: what the model learns from, `chosen`: the columns that it sees under their
    own names, None where it sees none."""

    steps: tuple[DemoStep, ...]
    train: Part
    chosen: Array | None

    @property
    def transformers(self) -> list[Any]:
        """As a pipeline takes them."""
        return [one.step for one in self.steps]


def fitted(recipe: Recipe, data: Data, seed: int, train: Array, held: Array) -> Fitted:
    """Fitted on the training rows, save a selection that is told to look at all rows, which is the leak that one
    experiment shows."""
    from sklearn.decomposition import PCA
    from sklearn.feature_selection import SelectKBest
    from sklearn.preprocessing import StandardScaler

    rest = np.setdiff1d(np.arange(len(data.target)), np.concatenate([train, held]))
    parts = [Part(data.features[rows], data.target[rows]) for rows in (train, held, rest)]
    chosen: Array | None = np.arange(data.features.shape[1])
    steps: list[DemoStep] = []

    def add(name: str, step: Any, supervised: bool = False) -> None:
        steps.append(DemoStep(name, step, parts[0], parts[1], parts[2] if len(rest) else None, supervised))
        parts[:] = [part.after(step) if len(part.target) else part for part in parts]

    if recipe.selection:
        k, fit_on = recipe.selection
        seen = Part(data.features, data.target) if fit_on == "all_rows" else parts[0]
        selection = SelectKBest(k=k).fit(seen.features, seen.target)
        chosen = selection.get_support(indices=True)
        add("selection", selection, supervised=True)
    if recipe.augmentation and not recipe.leaks_copies:
        parts[0] = parts[0].augmented(data.side or 1)
    if recipe.scaling:
        add("scaling", StandardScaler().fit(parts[0].features))
    if recipe.pca:
        add("pca", PCA(recipe.pca, random_state=seed).fit(parts[0].features))
        chosen = None
    return Fitted(tuple(steps), parts[0], chosen)
