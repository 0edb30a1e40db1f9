"""What a configuration is called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """The params that tell a configuration from its neighbours in the experiment, with their values, shortened.

    `bare`: the first value stands without its param, which says what is trained. `more`: in how many other params it
    is unlike most of those that share its name but for the last part. `otherwise`: the name where no param tells it.
    """

    parts: tuple[tuple[str, str], ...] = ()
    bare: bool = False
    more: int = 0
    otherwise: str = ""

    @property
    def params(self) -> tuple[str, ...]:
        """The params that it names."""
        return tuple(param for param, _ in self.parts)

    @property
    def text(self) -> str:
        """`svc-rbf, C=5`."""
        said = [
            value if self.bare and not place and value else f"{param}={value}"
            for place, (param, value) in enumerate(self.parts)
        ]
        return ", ".join(said) or self.otherwise
