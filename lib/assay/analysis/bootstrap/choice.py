"""Which law a sample's bootstrap gets: the fastest that is right for these data."""

from assay.analysis.bootstrap import convolution
from assay.analysis.bootstrap.cornish_fisher import SMALLEST, expansion
from assay.analysis.bootstrap.enumeration import LIMIT, enumerated, feasible
from assay.analysis.bootstrap.law import Atoms, Law, atoms
from assay.analysis.bootstrap.saddlepoint import saddlepoint
from assay.analysis.sample import Array, Groups, Moments, moments

_SADDLEPOINT_UP_TO = 50_000
_LATTICE_UP_TO = 50_000
_DOMINATED = 0.3


def law(groups: Groups) -> Law:
    """The bootstrap law of the mean, or of mean(first) − mean(second); values that vary, nothing drawn.

    Enumeration up to n = 8; convolution where few values repeat, and where one value holds much of the spread;
    four moments for large samples; else the saddlepoint.
    """
    if feasible(groups):
        return enumerated(groups)
    known = tuple(moments(group) for group in groups)
    rough = [_rough(group, m) for group, m in zip(groups, known, strict=True)]
    if not any(rough):
        return _smooth(groups, known)
    laws = [found or _atoms(group, m) for found, group, m in zip(rough, groups, known, strict=True)]
    return laws[0] if len(laws) == 1 else convolution.difference(laws[0], laws[1])


def _smooth(groups: Groups, known: tuple[Moments, ...]) -> Law:
    short = expansion(known)
    return short if short.reliable else saddlepoint(groups, known)


def _rough(values: Array, known: Moments) -> Atoms | None:
    """The law of a group that no smooth approximation fits: small, of few values, or hanging on one value."""
    if not known.variance > 0.0:
        return None
    if known.n <= LIMIT:
        return enumerated((values,))
    found = convolution.lattice(values) if known.n <= _LATTICE_UP_TO or _heavy(known) else None
    if found is None and (known.n < SMALLEST or _dominated(values, known)):
        return convolution.quantised(values)
    return found


def _heavy(known: Moments) -> bool:
    """Whether one value may hold much of Σe²: kurtosis bounds its share from above."""
    return (known.excess + 3.0) / known.n >= _DOMINATED**2


def _dominated(values: Array, known: Moments) -> bool:
    """Whether one value holds much of Σe²; so large a sample that a saddlepoint is slow counts as such if heavy."""
    if not _heavy(known):
        return False
    farthest = float(abs(values - known.mean).max())
    return known.n > _SADDLEPOINT_UP_TO or farthest * farthest > _DOMINATED * known.variance * known.n


def _atoms(values: Array, known: Moments) -> Atoms:
    return convolution.quantised(values) if known.variance > 0.0 else atoms(values[:1], None, "exact")
