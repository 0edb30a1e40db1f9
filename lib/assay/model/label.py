"""What labels of configurations have in common, and what is left of them without it."""

from collections.abc import Sequence


def without_common_key(labels: Sequence[str]) -> list[str]:
    """`key=value` labels without a key that all have in common, unless a value alone would say nothing."""
    parts = [label.partition("=") for label in labels]
    same = len({key for key, _, _ in parts}) == 1 and len(labels) > 1
    telling = all(
        any(character.isalpha() for character in value) and ", " not in label
        for label, (_, _, value) in zip(labels, parts, strict=True)
    )
    return [value for _, _, value in parts] if same and telling else list(labels)
