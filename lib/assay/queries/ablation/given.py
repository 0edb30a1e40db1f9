"""What options and links write as one text: a component's filter, a param's level."""

from collections.abc import Sequence

from assay.errors import SelectionError
from assay.model.ablation.notes import AblationNote
from assay.model.ablation.question import Level

WITHOUT, ON = "NAME=F", "PARAM=LEVEL"


def filters_given(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`pca=params.pca = 'off'` as name and filter; raises SelectionError for a text without either."""
    return tuple((name, filter.strip()) for name, filter in (_pair(text, WITHOUT) for text in texts))


def levels_given(texts: Sequence[str]) -> tuple[tuple[str, Level], ...]:
    """`model=large` as param and level, None for `model=`; raises SelectionError for a text without a `=`."""
    return tuple((param, level or None) for param, level in (_pair(text, ON) for text in texts))


def level_written(param: str, level: Level) -> str:
    """The text that `levels_given` reads."""
    return f"{param}={level or ''}"


def filter_written(name: str, filter: str) -> str:
    """The text that `filters_given` reads."""
    return f"{name}={filter}"


def _pair(text: str, form: str) -> tuple[str, str]:
    """Apart at the first `=`, which no name of a param holds."""
    name, found, rest = text.partition("=")
    if not (name.strip() and found and (rest.strip() or form == ON)):
        raise SelectionError(AblationNote.NO_PAIR_GIVEN, given=text, option=form)
    return name.strip(), rest
