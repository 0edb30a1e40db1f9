"""What a search found, in sentences."""

import shlex
from dataclasses import replace

import numpy as np
import pytest

from assay.model.metric import Direction
from assay.view.text import search as text
from tried import made

UP, DOWN = Direction.MAXIMIZE, Direction.MINIMIZE


def test_the_answer_comes_first_whether_the_winner_is_clear() -> None:
    tie = made([0.90, 0.95, 0.949, 0.80], spread=0.004)
    assert text.headline(tie) == "The winner is not clear: 2 of 4 trials, the best among them, lie within the noise."
    clear = made([0.90, 0.95, 0.92, 0.80], spread=0.004)
    assert text.headline(clear).startswith("The winner stands clear: trial 2 is ahead of all others")
    assert (text.mark(tie), text.mark(clear)) == (text.UNCLEAR, text.CLEAR)


def test_without_noise_nothing_is_called_luck_or_skill() -> None:
    found = made([0.90, 0.95, 0.949])
    assert text.headline(found) == "Best of 3 trials is trial 2 with 95.0 %; whether that is luck can't be told here."
    assert "nobody knows how far chance moves one" in text.explanation(found)
    assert "fresh seeds" in text.luck(found)
    assert text.mark(found) == text.UNKNOWN


def test_ties_at_the_top_are_counted() -> None:
    found = made([0.9, 0.95, 0.95])
    assert text.headline(found).startswith("Best of 3 trials are 2 with 95.0 % each")
    assert "The first 2 are equal: trial 2 came first." in text.explanation(found)


def test_one_trial_is_no_choice() -> None:
    found = made([0.9], spread=0.01)
    assert "nothing to choose between" in text.headline(found)
    assert text.explanation(found) == ""


def test_the_param_that_decides_is_named_with_where_the_best_lie() -> None:
    rates = np.linspace(0.1, 1.0, 40)
    scores = 0.9 - (rates - 0.5) ** 2
    found = made(scores.tolist(), spread=0.001, rate=[f"{r:.4g}" for r in rates], other=list("ab" * 20))
    said = text.explanation(found)
    assert "`rate` decides most: alone it explains" in said
    assert "lie between" in said
    assert f"{int((~found.trials['close']).sum())} of 40 lie outside" in said
    assert any(step.startswith("Search `rate`") for step in text.next_steps(found, 5))
    nothing = made(np.random.default_rng(0).normal(0.5, 0.1, 40).tolist(), spread=0.1, other=list("ab" * 20))
    assert "decides" not in text.explanation(nothing)


@pytest.mark.parametrize(("direction", "word"), [(UP, "rose"), (DOWN, "fell")])
def test_what_the_later_half_gained_is_said(direction: Direction, word: str) -> None:
    scores = [0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.4, 0.5]
    assert f"Since trial 4 the best so far {word} by 10.0 points." in text.explanation(
        made(scores, direction=direction)
    )
    assert "did not move" in text.explanation(made([0.5] * 8))


def test_luck_and_noise_say_what_they_rest_on_and_assume() -> None:
    said = text.luck(made([0.9, 0.95], spread=0.004))
    assert "5 runs of 1 configuration with replicates; assumed alike for all" in said
    assert "equally good and the noise normal" in said


def test_an_assumed_direction_is_said() -> None:
    assert "higher is assumed" in text.assumed(made([0.1, 0.2], assumed=True))
    assert text.assumed(made([0.1, 0.2])) == ""


def test_configurations_with_replicates_have_the_names_that_they_have_everywhere() -> None:
    found = made([0.9, 0.95, 0.93, 0.92, 0.91, 0.9, 0.9, 0.9], n=[5] * 8, spread=0.004)
    assert text.headline(found).startswith("The winner stands clear: `t1` is ahead of all others")
    said = text.explanation(found)
    assert said.startswith("`t1` scored **95.0 %**, `t2` **93.0 %**.")
    assert said.endswith("Over the last 4 the best so far did not move.")


def test_everything_left_out_is_counted() -> None:
    said = text.account(made([0.1, 0.2]))
    assert (
        said
        == "2 trials. Without a finite `accuracy`: 2 configurations. Runs in no mean: 4 failed. Hidden by the filter: 3 runs."
    )


def test_runs_above_their_trials_are_counted() -> None:
    said = text.account(replace(made([0.1, 0.2]), above=1))
    assert "No trial because others are nested below: 1 configuration." in said


def test_the_command_holds_filters_with_any_quotes() -> None:
    filters = ("params.a = 'it'", 'params.a = "it\'s"')
    words = shlex.split(text.command(made([0.1, 0.2]), filters))
    assert words[:2] == ["assay", "compare"]
    assert words[words.index("--baseline") + 1] == filters[0]
    assert words[words.index("--candidate") + 1] == filters[1]


def test_the_command_ignores_and_turns_what_the_page_does() -> None:
    plain = made([0.1, 0.2])
    asked = replace(plain, question=replace(plain.question, ignore=("host", "gpu"), direction=DOWN))
    words = shlex.split(text.command(asked, ("a", "b")))
    assert words[-6:] == ["--ignore", "host", "--ignore", "gpu", "--direction", "minimize"]
    assert not {"--ignore", "--direction"} & {*shlex.split(text.command(plain, ("a", "b")))}
