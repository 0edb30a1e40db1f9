import numpy as np

from assay.demo import recipes, search
from assay.settings import SHIPPED


def test_draws_stay_in_their_ranges_and_are_the_same_for_the_same_seed() -> None:
    (mlp,) = recipes.read_file(SHIPPED / "recipes" / "4-digits-random-search.yaml").recipes
    first, second = (
        [search.draw(mlp, generator) for _ in range(50)] for generator in map(np.random.default_rng, (3, 3))
    )
    assert first == second
    for drawn in first:
        assert drawn.keys() == {"learning_rate_init", "alpha", "batch_size"}
        assert 0.0001 <= drawn["learning_rate_init"] <= 0.1
        assert isinstance(drawn["batch_size"], int)
        assert 16 <= drawn["batch_size"] <= 256
