"""Samples made from plain numbers, and properties that are tried on the same examples every time."""

from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import settings

from assay.model.comparison import Sample, Score

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

Make = Callable[..., Sample]


@pytest.fixture
def sample() -> Make:
    """`sample("svc", [.9, .8], seeds=[1, 2])`; seeds None: none logged; absent: 0, 1, 2 …"""

    def make(label: str, values: Iterable[float], seeds: Sequence[object] | None = ()) -> Sample:
        numbers = list(values)
        known = range(len(numbers)) if seeds == () else seeds or [None] * len(numbers)
        scores = tuple(
            Score(f"{label}-{i}", value, None if seed is None else str(seed))
            for i, (value, seed) in enumerate(zip(numbers, known, strict=True))
        )
        return Sample(label, f"params.model = '{label}'", scores, tuple(s.run_id for s in scores), len(scores))

    return make
