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


def test_a_winner_is_not_clear_while_contenders_are_hidden() -> None:
    found = replace(made([0.90, 0.95, 0.92], spread=0.004), rivals=2, total=81)
    assert (
        text.headline(found)
        == "The winner is not clear: trial 2 is ahead of what is shown, but not of 2 trials that the filter hides."
    )
    assert text.mark(found) == text.UNCLEAR
    assert "Best of 81 by luck alone" in text.luck(found)


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


def test_no_other_param_is_said_to_explain_more_than_those_do_that_are_not_shown() -> None:
    rates = np.linspace(0.1, 1.0, 40)
    found = made((0.9 - (rates - 0.5) ** 2).tolist(), rate=[f"{r:.4g}" for r in rates], other=list("ab" * 20))
    assert "no other more than 35 %" in text.explanation(replace(found, axes=found.axes[:1], following=0.35))


@pytest.mark.parametrize(
    ("best", "where"),
    [
        (0.5, "from 0.34 to 0.66: where the 3 within the noise lie, and as far again as they are apart."),
        (1.0, "from 0.72 up: where the 2 within"),
        (0.1, "up to 0.34: where the 2 within"),
    ],
)
def test_a_search_goes_on_wider_than_the_best_lie_and_is_not_cut_at_the_edge(best: float, where: str) -> None:
    rates = np.array([0.1, 0.21, 0.3, 0.34, 0.45, 0.5, 0.55, 0.66, 0.72, 0.9, 1.0])
    scores = 0.9 - 0.1 * np.abs(rates - best)
    found = made(scores.tolist(), spread=0.004, rate=[f"{r:.2f}" for r in rates])
    found = replace(found, deciding=found.axes[0])
    assert text.next_steps(found, 5)[-1].startswith(f"Search `rate` {where}")


@pytest.mark.parametrize(("direction", "word"), [(UP, "rose"), (DOWN, "fell")])
def test_what_the_later_half_gained_is_said(direction: Direction, word: str) -> None:
    scores = [0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.4, 0.5]
    assert f"Since trial 4 the best so far {word} by 10.0 points." in text.explanation(
        made(scores, direction=direction)
    )
    assert "was last raised by trial 1 of 8" in text.explanation(made([0.5] * 8))


def test_luck_and_noise_say_what_they_rest_on_and_assume() -> None:
    said = text.luck(made([0.9, 0.95], spread=0.004))
    assert "5 runs of 1 configuration with replicates; assumed alike for all" in said
    assert "equally good and the noise normal" in said


def test_an_assumed_direction_is_said() -> None:
    assert "higher is assumed" in text.assumed(made([0.1, 0.2], assumed=True))
    assert text.assumed(made([0.1, 0.2])) == ""


def test_no_winner_is_clear_where_nobody_said_which_way_is_better() -> None:
    found = made([0.90, 0.95, 0.92], spread=0.004, assumed=True)
    assert text.headline(found).startswith("If higher is better, the winner stands clear: trial 2")
    assert text.mark(found) == text.UNJUDGED != text.CLEAR
    assert text.verdict(found).startswith(":violet-badge[≠ more than the noise]")
    assert text.headline(made([0.9], assumed=True)).startswith("One trial alone")


@pytest.mark.parametrize(("direction", "where"), [(UP, "above"), (DOWN, "below")])
def test_luck_is_on_the_better_side_of_the_mean(direction: Direction, where: str) -> None:
    said = text.luck(made([0.9, 0.95], spread=0.004, direction=direction))
    assert said.endswith(f"{where} their mean.")


def test_configurations_with_replicates_have_the_names_that_they_have_everywhere() -> None:
    found = made([0.9, 0.95, 0.93, 0.92, 0.91, 0.9, 0.9, 0.9], n=[5] * 8, spread=0.004)
    assert text.headline(found).startswith("The winner stands clear: `t1` is ahead of all others")
    said = text.explanation(found)
    assert said.startswith("`t1` scored **95.0 %**, `t2` **93.0 %**.")
    assert said.endswith("The best so far was last raised by configuration 2 of 8.")


def test_everything_left_out_is_counted() -> None:
    said = text.account(made([0.1, 0.2]))
    assert (
        said
        == "2 trials. Without a finite `accuracy`: 2 configurations. Runs in no mean: 4 failed. Hidden by the filter: 3 runs."
    )


def test_a_list_of_all_says_that_it_holds_more_than_the_trials() -> None:
    found = made([0.1, 0.2, 0.3])
    assert text.way_to_list(found, 3) == "List the 3 trials and 2 others"
    assert text.way_to_list(found, 2) == "List the 2 trials"
    assert text.way_to_list(replace(found, unscored=0), 3) == "List the 3 trials"


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
