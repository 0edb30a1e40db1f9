"""What a server holds after many clicks, and how long they take: `python -m benchmarks.memory [--minutes 30] [--gc]`.

A server as `assay serve` starts it, on 2,000 runs; sessions over websockets, as browsers have them, open Runs with
another filter, Compare with other sides, or another run, and are left after twenty clicks. The server's memory is
sampled every ten seconds. `--gc`: with the full collection after every script that the configuration turns off.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from urllib.parse import quote

import numpy as np
from benchmarks.stores import EXPERIMENTS, SEEDS, run_id, sqlite_store
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from assay.settings import ROOT

RUNS, CLICKS, PORT = 2_000, 20, 8599
SERVER = """
import gc, json, runpy, signal, sys
place = sys.argv.pop()
def told(*_):
    with open(place, "w") as file:
        json.dump([generation["collections"] for generation in gc.get_stats()], file)
signal.signal(signal.SIGUSR1, told)
runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
"""


@contextmanager
def serving(uri: str, folder: Path, *, collecting: bool) -> Iterator["subprocess.Popen[bytes]"]:
    """The server's process, once it has its first snapshot."""
    own = {"MLFLOW_TRACKING_URI": uri, "ASSAY_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT / "lib")}
    options = [f"--server.port={PORT}", f"--runner.postScriptGC={str(collecting).lower()}"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, "run", "app.py", *options, str(folder / "collections")],
            cwd=ROOT, env=os.environ | own, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        for _ in range(600):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api/health") as answer:
                if json.load(answer).get("runs") == RUNS:
                    break
            time.sleep(0.1)
        else:
            raise SystemExit((folder / "server.log").read_text())
        yield process
    finally:
        process.terminate()
        process.wait()


def question(choose: random.Random, click: int) -> tuple[str, str]:
    """A page and what its address asks, out of thousands; every other is Compare, so that inputs are new."""
    kind, experiment = choose.randrange(3) if click % 2 else 3, choose.randrange(1, EXPERIMENTS)
    if kind == 0:
        return "", f"in=experiment%20{experiment}&where=metrics.accuracy%20%3E%200.{choose.randrange(600, 900)}"
    if kind == 1:
        return "", f"rows=runs&in=experiment%20{experiment}&find={choose.randrange(RUNS)}"
    if kind == 2:
        return "", f"run={run_id(choose.randrange(RUNS))}"
    places = [configuration * EXPERIMENTS + experiment for configuration in choose.sample(range(40), 2)]
    sides = [f"run_id IN ({', '.join(repr(run_id(at * len(SEEDS) + k)) for k in range(len(SEEDS)))})" for at in places]
    return "compare", "&".join(
        [f"experiment=experiment%20{experiment}&metric=accuracy",
         *(f"{side}={quote(text)}" for side, text in zip(("baseline", "candidate"), sides, strict=True))]
    )  # fmt: skip


def clicked(connection: ClientConnection, page: str, query: str) -> float:
    """Seconds from a click to the end of its script."""
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page, query
    began = time.perf_counter()
    connection.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(connection.recv(timeout=120, decode=False))
        if answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"/{page}?{query}: {answer.delta.new_element.exception.message}")
        if answer.WhichOneof("type") == "script_finished":
            return time.perf_counter() - began


def reviewing(number: int, stop: Event, pause: float) -> list[float]:
    """One person after the other at the same place, until told to stop; the seconds of each click."""
    choose, took = random.Random(number), list[float]()
    while not stop.is_set():
        address = f"ws://127.0.0.1:{PORT}/_stcore/stream"
        with connect(address, max_size=None, subprotocols=[Subprotocol("streamlit")]) as connection:
            for click in range(CLICKS):
                took.append(clicked(connection, *question(choose, click)))
                if stop.wait(choose.expovariate(1 / pause)):
                    break
    return took


def resident(process: "subprocess.Popen[bytes]") -> float:
    """Megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--sessions", type=int, default=8)
    parser.add_argument("--pause", type=float, default=6, help="mean seconds between a person's clicks")
    parser.add_argument("--gc", action="store_true")
    told = parser.parse_args()
    stop, samples = Event(), list[float]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        uri = sqlite_store(folder / "mlflow.db", RUNS)
        with serving(uri, folder, collecting=told.gc) as process, ThreadPoolExecutor(told.sessions) as people:
            work = [people.submit(reviewing, number, stop, told.pause) for number in range(told.sessions)]
            end = time.monotonic() + 60 * told.minutes
            while time.monotonic() < end and process.poll() is None:
                stop.wait(min(10.0, max(0.1, end - time.monotonic())))
                samples.append(resident(process))
                sys.stderr.write(f"{len(samples) * 10:6} s {samples[-1]:8.0f} MB\n")
            process.send_signal(signal.SIGUSR1)
            stop.set()
            sys.stderr.write((folder / "server.log").read_text()[-4000:] if any(one.done() for one in work) else "")
            took = np.array([seconds for one in work for seconds in one.result()])
            collections = json.loads((folder / "collections").read_text())
    parts = [float(np.median(part)) for part in np.array_split(samples, min(6, len(samples)))]
    sys.stdout.write(
        f"{len(took):,} clicks by {told.sessions} sessions in {told.minutes:g} minutes\n"
        f"MB, the medians of equal parts of the time: {', '.join(f'{part:.0f}' for part in parts)}\n"
        f"seconds a click: median {np.median(took):.2f}, 95 % within {np.quantile(took, 0.95):.2f}\n"
        f"collections of the generations: {', '.join(map(str, collections))}\n"
    )


if __name__ == "__main__":
    main()
