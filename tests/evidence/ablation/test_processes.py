import os
import subprocess
import sys

from assay.evidence.ablation.processes import is_dead, said, this_process


def _child() -> "subprocess.Popen[str]":
    code = "from assay.evidence.ablation.processes import this_process\nprint(this_process(), flush=True)\ninput()"
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_process_lives_until_it_is_killed_even_if_nobody_has_asked_how_it_ended() -> None:
    with _child() as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        assert str(process.pid) in said(name)
        assert not is_dead(name)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_dead(name)
        process.wait()
        assert is_dead(name)


def test_this_process_lives_and_a_later_one_of_its_number_is_another() -> None:
    host, pid, began = this_process().split(" ")
    assert not is_dead(this_process())
    assert is_dead(f"{host} {pid} {began}0")


def test_of_other_hosts_and_of_what_says_nothing_nobody_can_tell() -> None:
    _, pid, began = this_process().split(" ")
    assert not is_dead(f"elsewhere {pid} {began}0")
    assert not is_dead("")
    assert not is_dead("?")
    assert said("") == "process ? on ?"
