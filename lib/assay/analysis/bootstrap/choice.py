"""Which law a sample's bootstrap gets: the fastest that is right for these data."""

from assay.analysis.bootstrap.convolution import gridded, lattice
from assay.analysis.bootstrap.cornish_fisher import expansion, lumpy
from assay.analysis.bootstrap.enumeration import listed
from assay.analysis.bootstrap.law import Law
from assay.analysis.sample import Groups, moments

_LATTICE_UP_TO = 50_000


def law(groups: Groups) -> Law:
    """The bootstrap law of the mean, or of mean(first) − mean(second); values that vary, nothing drawn.

    A list of all resamples up to n = 10 or of few distinct values; the exact convolution of lattices; four moments for
    samples so large that no value matters by itself; else convolution on a grid.
    """
    few = listed(groups)
    if few is not None:
        return few
    known = tuple(moments(group) for group in groups)
    short = expansion(known)
    if not short.reliable or max(m.n for m in known) <= _LATTICE_UP_TO:
        exact = lattice(groups)
        if exact is not None:
            return exact
    if short.reliable or (short.plausible and not any(map(lumpy, groups, known))):
        return short
    return gridded(groups, known)
