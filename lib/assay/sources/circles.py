"""MLflow's modules import each other in circles, so that two threads at once would find each other's half done."""

from importlib import import_module
from threading import Lock
from typing import Any

_ONE_AT_A_TIME = Lock()


def mlflow_module(name: str) -> Any:
    """`mlflow.` with this `name`, which one thread at a time imports; MLflow annotates little of what is in it."""
    with _ONE_AT_A_TIME:
        return import_module(f"mlflow.{name}")
