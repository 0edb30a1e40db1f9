"""What options and links write as one text: a component's filter, a param's level."""

from collections.abc import Sequence

from assay.errors import SelectionError
from assay.model.ablation.notes import AblationNote
from assay.model.ablation.question import Level

_FILTERED = ("params.", "metrics.", "tags.", "attributes.")
"""How a filter begins whose name was forgotten."""


def filters_given(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`pca=params.pca = 'off'` as name and filter; raises SelectionError for a text without either."""
    found = [(name.strip(), filter.strip()) for name, _, filter in (text.partition("=") for text in texts)]
    for text, (name, filter) in zip(texts, found, strict=True):
        if not (name and filter) or name.startswith(_FILTERED):
            raise SelectionError(AblationNote.NO_PAIR_GIVEN, given=text)
    return tuple(found)


def levels_given(texts: Sequence[str]) -> tuple[tuple[str, Level], ...]:
    """`model=large` as param and level, None for `model=`; raises SelectionError for a text without a `=`.

    Apart at the first one, which no name of a param holds.
    """
    for text in texts:
        if "=" not in text.lstrip("= "):
            raise SelectionError(AblationNote.NO_LEVEL_GIVEN, given=text)
    return tuple((param.strip(), level or None) for param, _, level in (text.partition("=") for text in texts))


def level_written(param: str, level: Level) -> str:
    """The text that `levels_given` reads."""
    return f"{param}={level or ''}"


def filter_written(name: str, filter: str) -> str:
    """The text that `filters_given` reads."""
    return f"{name}={filter}"
