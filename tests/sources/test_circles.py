"""MLflow is imported on the first filter or request, which may come from several sessions at once."""

import subprocess
import sys

SCRIPT = """
import threading, time
from assay.sources import filters
failed = []

def ask(number):
    time.sleep(number * 0.05)
    try:
        filters.parse("params.model = 'svc'")
    except BaseException as error:
        failed.append(repr(error))

threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*failed)
"""


def test_several_sessions_may_ask_first() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == ""
