"""What options and links write as one text: a component's filter, a param's level."""

from collections.abc import Sequence

from assay.errors import SelectionError
from assay.model.ablation.notes import AblationNote
from assay.model.ablation.question import Level

WITHOUT, ON = "NAME=F", "PARAM=LEVEL"


def filters_given(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`pca=params.pca = 'off'` as name and filter; raises SelectionError for a text without either."""
    pairs = (_pair(text, WITHOUT, ()) for text in texts)
    return tuple((name.strip(), filter.strip()) for name, filter in pairs)


def levels_given(texts: Sequence[str], params: Sequence[str]) -> tuple[tuple[str, Level], ...]:
    """`model=large` as param and level, None for `model=`; raises SelectionError for a text that is none.

    `params`: those that may be meant, whose names may hold `=` themselves.
    """
    pairs = (_pair(text, ON, params) for text in texts)
    return tuple((name, level or None) for name, level in pairs)


def level_written(param: str, level: Level) -> str:
    """The text that `levels_given` reads."""
    return f"{param}={level or ''}"


def filter_written(name: str, filter: str) -> str:
    """The text that `filters_given` reads."""
    return f"{name}={filter}"


def _pair(text: str, form: str, names: Sequence[str]) -> tuple[str, str]:
    meant = max((name for name in names if text.startswith(f"{name}=")), key=len, default="")
    name, found, rest = (meant, "=", text[len(meant) + 1 :]) if meant else text.partition("=")
    if not (name.strip() and found and (rest.strip() or form == ON)):
        raise SelectionError(AblationNote.NO_PAIR_GIVEN, given=text, option=form)
    return name, rest
