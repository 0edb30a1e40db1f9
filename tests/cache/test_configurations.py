"""The newest run of each configuration: the one that all runs, read one by one, begin with."""

from assay.cache import configurations, reads
from assay.model.runs.selection import Selection

from .conftest import Publish, a_run, store


def test_each_configuration_is_led_by_its_newest_run(publish: Publish) -> None:
    runs = [
        *(
            a_run(f"{letter}{k}", experiment=experiment, start=start)
            for letter, experiment in (("a", "1"), ("b", "1"), ("c", "2"))
            for k, start in enumerate((5, 9, 9, None))
        ),
        a_run("alone", experiment="2"),
    ]
    params = [(run[0], "model", run[0][0]) for run in runs]
    params += [(run[0], "seed", str(at)) for at, run in enumerate(runs)]
    both = [("1", "one", "active", ""), ("2", "two", "active", "")]
    snapshot = publish(store(experiments=both, runs=runs, params=params, metrics=[], tags=[])).snapshot
    every = reads.runs(snapshot, Selection(), seeds=("seed",), ignored=())
    sizes = every["configuration"].value_counts()
    wanted = every.drop_duplicates("configuration").assign(runs=lambda own: own["configuration"].map(sizes))
    found = configurations.firsts(snapshot, Selection(), seeds=("seed",), ignored=())
    columns = ["configuration", "run_id", "experiment_id", "name", "runs"]
    assert {*found[columns].itertuples(index=False, name=None)} == {*wanted[columns].itertuples(index=False, name=None)}
    assert {*found["run_id"]} == {"a1", "b1", "c1", "alone"}
    [one] = configurations.firsts(snapshot, Selection(("2",)), seeds=("seed",), ignored=("model",))["run_id"]
    assert one == "alone"
