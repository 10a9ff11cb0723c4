"""What `run` starts, what it shows and what it gives back."""

import asyncio
import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from shells import shell

from migrate.errors import MigrateError
from migrate.process import Finished, ProgramMissing, run


def test_both_outputs_and_the_exit_code_come_back(tmp_path: Path) -> None:
    assert shell("echo out; echo err >&2; exit 3", tmp_path) == Finished(3, "out\n", "err\n")


def test_a_silent_program_has_empty_outputs(tmp_path: Path) -> None:
    assert shell(":", tmp_path) == Finished(0, "", "")


def test_blanks_at_line_ends_and_a_missing_last_newline_are_normalised(tmp_path: Path) -> None:
    assert shell(r"printf 'a \t\n\n  b'", tmp_path).stdout == "a\n\n  b\n"


def test_arguments_reach_the_program_unchanged(tmp_path: Path) -> None:
    odd = ["", " ", "a b", "$HOME", "*", "';touch x'", "ä\n", "-c", "--", os.fsdecode(b"\xff")]
    echo = "import os, sys; print([os.fsencode(a) for a in sys.argv[1:]])"
    finished = run([sys.executable, "-c", echo, *odd], cwd=tmp_path)
    assert finished.stdout == f"{[os.fsencode(argument) for argument in odd]}\n"
    assert not list(tmp_path.iterdir())


def test_a_program_that_prints_other_encodings_is_read_to_its_end(tmp_path: Path) -> None:
    finished = shell(r"printf 'caf\351\nnext\n\303' ; printf '\377' >&2", tmp_path)
    assert finished == Finished(0, "caf\ufffd\nnext\n\ufffd\n", "\ufffd\n")


def test_a_character_that_arrives_in_two_parts_stays_one(tmp_path: Path) -> None:
    assert shell(r"printf '\303'; sleep 0.1; printf '\244\n'", tmp_path).stdout == "ä\n"


def test_much_output_on_both_streams_arrives_whole(tmp_path: Path) -> None:
    script = "import sys\nfor i in range(50000): print(i); print(i, file=sys.stderr)"
    finished = run([sys.executable, "-c", script], cwd=tmp_path)
    expected = "".join(f"{number}\n" for number in range(50000))
    assert (finished.stdout, finished.stderr) == (expected, expected)


def test_a_line_longer_than_the_librarys_own_limit_arrives_whole(tmp_path: Path) -> None:
    size = 2**23 + 10
    assert len(run([sys.executable, "-c", f"print('x' * {size})"], cwd=tmp_path).stdout) == size + 1


def test_the_program_runs_in_the_given_folder_without_input_terminal_or_our_descriptors(tmp_path: Path) -> None:
    finished = shell("pwd; cat; ls /proc/self/fd | wc -l; (: </dev/tty) 2>&1 >/dev/null | wc -l", tmp_path)
    assert finished.stdout.split() == [str(tmp_path), "4", "1"]  # 0, 1, 2 and the one that ls reads


def test_the_program_gets_the_systems_own_treatment_of_signals(tmp_path: Path) -> None:
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        status = shell("grep -E 'Sig(Blk|Ign)' /proc/self/status", tmp_path).stdout
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)
    blocked, ignored = (int(word, 16) for word in status.split()[1::2])
    assert blocked == 0
    assert not ignored & (1 << signal.SIGPIPE - 1 | 1 << signal.SIGXFSZ - 1)


def test_the_environment_is_the_given_one_or_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UVMIGRATE_TEST", "ours")
    given = {"PATH": os.environ["PATH"], "UVMIGRATE_TEST": "given"}
    assert shell('echo "$UVMIGRATE_TEST"', tmp_path).stdout == "ours\n"
    command = ["sh", "-c", 'echo "$UVMIGRATE_TEST $HOME"']
    assert run(command, cwd=tmp_path, environment=given).stdout == "given\n"


def test_nothing_of_the_folder_is_imported_by_the_supervisor(tmp_path: Path) -> None:
    for name in ("codecs.py", "select.py", "sitecustomize.py", "usercustomize.py", "signal.py"):
        (tmp_path / name).write_text("open('marker', 'w')")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path), "PYTHONSTARTUP": "signal.py"}
    assert run(["true"], cwd=tmp_path, environment=environment).returncode == 0
    assert not (tmp_path / "marker").exists()


def test_show_prints_lines_of_both_outputs_while_the_program_runs(tmp_path: Path) -> None:
    class Gate(io.StringIO):
        """Opens a gate for the program as soon as its first line is shown."""

        def write(self, text: str) -> int:
            (tmp_path / "gate").touch()
            return super().write(text)

    screen = Gate()
    script = "echo first >&2; until test -e gate; do sleep 0.02; done; echo second"
    assert run(["sh", "-c", script], cwd=tmp_path, show=screen, timeout=20).returncode == 0
    assert screen.getvalue() == "first\nsecond\n"


def test_without_show_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shell("echo out; echo err >&2", tmp_path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_a_screen_that_fails_loses_no_output(tmp_path: Path, encoding: str, capfd: pytest.CaptureFixture[str]) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    if encoding == "utf-8":
        screen.close()
    finished = run(["sh", "-c", "echo ä; echo b"], cwd=tmp_path, show=screen)
    assert finished.stdout == "ä\nb\n"
    assert capfd.readouterr() == ("", "")


def test_a_missing_program_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgramMissing, match=r"^no-such-program is not installed or not on PATH$"):
        run(["no-such-program", "--version"], cwd=tmp_path)


@pytest.mark.parametrize("path", ["", ".", ":/nowhere:", "bin"])
def test_a_program_of_the_repository_is_never_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        (folder / "git").write_text("#!/bin/sh\necho evil\n")
        (folder / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProgramMissing):
        run(["git"], cwd=tmp_path, environment={"PATH": path})


def test_a_relative_program_is_relative_to_us_not_to_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tool").write_text(f"#!/bin/sh\necho {name}\n")
        (tmp_path / name / "tool").chmod(0o755)
    monkeypatch.chdir(tmp_path / "ours")
    assert run(["./tool"], cwd=tmp_path / "theirs").stdout == "ours\n"


def test_a_program_that_the_system_cannot_run_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "tool").write_text("#!/no/such/interpreter\n")
    (tmp_path / "tool").chmod(0o755)
    with pytest.raises(MigrateError, match=r"^tool cannot be started: No such file or directory$"):
        run([str(tmp_path / "tool")], cwd=tmp_path)


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(MigrateError, match=r"^true cannot be started in .*/gone: No such file or directory$"):
        run(["true"], cwd=tmp_path / "gone")


def test_exit_code_127_of_the_program_is_its_own(tmp_path: Path) -> None:
    assert shell("exit 127", tmp_path).returncode == 127


def test_an_end_by_a_signal_is_128_and_its_number(tmp_path: Path) -> None:
    assert shell("kill -9 $$", tmp_path).returncode == 128 + 9


def test_it_works_in_threads_at_the_same_time(tmp_path: Path) -> None:
    answers: dict[int, str] = {}
    threads = [
        threading.Thread(target=lambda n=n: answers.update({n: shell(f"sleep 0.1; echo {n}", tmp_path).stdout}))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: f"{n}\n" for n in range(4)}


def test_it_works_inside_a_running_event_loop(tmp_path: Path) -> None:
    async def main() -> Finished:
        return shell("echo inside", tmp_path)

    assert asyncio.run(main()).stdout == "inside\n"


def test_importing_the_module_is_cheap() -> None:
    script = "import sys, migrate.process; print({'asyncio', 'subprocess_tee', 'subprocess'} & set(sys.modules))"
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert finished.stdout == "set()\n"
