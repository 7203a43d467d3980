"""A batch: resumed, kept apart, stopped, killed; and one bad incident never stops the rest."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from pipeline.batch.ledger import open_ledger
from pipeline.batch.run import Ended, Plan, Step, run_batch
from pipeline.errors import InputError, ModelError, RefusedError
from tests.batch.fakes import FakeDraft, archive_of


def run(
    archive: Path, draft: FakeDraft, *, options: str = "o", retry_failed: bool = False, workers: int = 2
) -> Ended:
    plan = Plan(archive, draft.out, draft, options, workers=workers, retry_failed=retry_failed)
    return run_batch(plan, observe=lambda step: None, stop=threading.Event())


def test_every_incident_is_told_by_name_and_counted(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "checkout", "bad-search", "mail")
    ended = run(archive, FakeDraft(tmp_path / "out", errors={"mail": InputError("mail/x.json:3", "broken")}))
    written = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert written["counts"] == {"accepted": 1, "rejected": 1, "failed": 1, "waiting": 0}
    assert [(i["name"], i["id"], i["state"], i["blocking"]) for i in written["incidents"]] == [
        ("bad-search", "id-bad-search", "rejected", {"PRV": 1}),
        ("checkout", "id-checkout", "accepted", {}),
        ("mail", "mail", "failed", {}),
    ]
    assert [i.get("error") for i in written["incidents"]] == [None, None, "mail/x.json:3: broken"]
    assert written["tokens"] == {"prompt": 1400, "completion": 100}
    assert written["cost_usd"] is None
    assert ended.failures == {"input"}


def test_the_same_command_again_drafts_nothing_that_is_finished(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "checkout", "bad-search")
    first, second = FakeDraft(tmp_path / "out"), FakeDraft(tmp_path / "out")
    before = run(archive, first)
    assert run(archive, second) == before
    assert second.drafted == []


@pytest.mark.parametrize("change", ["artifact", "options", "folder"])
def test_an_incident_is_drafted_again_when_what_it_was_made_from_changed(tmp_path: Path, change: str) -> None:
    archive = archive_of(tmp_path / "in", "checkout", "mail")
    run(archive, FakeDraft(tmp_path / "out"))
    if change == "artifact":
        (archive / "mail" / "brief.md").write_text("mail was down twice\n")
    if change == "folder":
        (tmp_path / "out" / "mail" / "postmortem.md").unlink()
    again = FakeDraft(tmp_path / "out")
    run(archive, again, options="others" if change == "options" else "o")
    assert sorted(again.drafted) == (["checkout", "mail"] if change == "options" else ["mail"])


def test_a_failure_of_the_model_is_tried_again_and_one_of_the_input_only_when_asked(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "checkout", "mail", "search")
    errors = {"mail": InputError("mail", "broken"), "search": ModelError("no answer")}
    run(archive, FakeDraft(tmp_path / "out", errors=errors))
    same, asked = FakeDraft(tmp_path / "out", errors=errors), FakeDraft(tmp_path / "out")
    assert run(archive, same).failures == {"input", "model"}
    assert same.drafted == ["search"]
    assert run(archive, asked, retry_failed=True).failures == frozenset()
    assert sorted(asked.drafted) == ["mail", "search"]


def test_a_fault_of_the_program_fails_one_incident_and_is_kept_with_its_trace(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "checkout", "mail")
    ended = run(
        archive, FakeDraft(tmp_path / "out", errors={"checkout": ZeroDivisionError("division by zero")})
    )
    assert [i.state for i in ended.summary.incidents] == ["failed", "accepted"]
    with open_ledger(tmp_path / "out") as ledger:
        assert "ZeroDivisionError" in (ledger.get("checkout").trace or "")


def test_a_second_batch_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "checkout")
    (tmp_path / "out").mkdir()
    with open_ledger(tmp_path / "out"), pytest.raises(RefusedError, match="another batch"):
        run(archive, FakeDraft(tmp_path / "out"))
    assert run(archive, FakeDraft(tmp_path / "out")).summary.counts.accepted == 1


def test_a_ledger_that_is_none_is_an_input_error(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "checkout")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ledger.sqlite").write_text("a letter of some length, but not a database at all" * 40)
    with pytest.raises(InputError, match=r"ledger\.sqlite"):
        run(archive, FakeDraft(tmp_path / "out"))


def test_after_a_stop_the_rest_waits_and_the_next_run_goes_on(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "a", "b", "c", "d")
    stop = threading.Event()

    def stop_at_once(step: Step) -> None:
        stop.set()

    first = FakeDraft(tmp_path / "out")
    plan = Plan(archive, tmp_path / "out", first, "o", workers=1)
    ended = run_batch(plan, observe=stop_at_once, stop=stop)
    assert (ended.summary.counts.accepted, ended.summary.counts.waiting) == (1, 3)
    second = FakeDraft(tmp_path / "out")
    assert run(archive, second).summary.counts.accepted == 4
    assert sorted(first.drafted + second.drafted) == ["a", "b", "c", "d"]


def test_a_batch_never_has_more_in_flight_than_workers(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", *(f"i{n}" for n in range(9)))
    flying, most, lock = 0, 0, threading.Lock()
    both = threading.Barrier(3)

    class Counting(FakeDraft):
        def __call__(self, incident: Path) -> object:
            nonlocal flying, most
            with lock:
                flying += 1
                most = max(most, flying)
            both.wait(timeout=20)
            with lock:
                flying -= 1
            return super().__call__(incident)

    run(archive, Counting(tmp_path / "out"), workers=3)
    assert most == 3


def test_kill_9_in_the_middle_loses_nothing_that_had_finished(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "a", "b", "c", "d")
    victim = textwrap.dedent(
        f"""
        import threading
        from pathlib import Path
        from pipeline.batch.run import Plan, run_batch
        from tests.batch.fakes import FakeDraft

        class Stuck(FakeDraft):
            def __call__(self, incident):
                if incident.name == "c":
                    print("stuck", flush=True)
                    threading.Event().wait()
                return super().__call__(incident)

        out = Path({str(tmp_path / "out")!r})
        plan = Plan(Path({str(archive)!r}), out, Stuck(out), "o", workers=1)
        run_batch(plan, observe=lambda step: None, stop=threading.Event())
        """
    )
    process = subprocess.Popen([sys.executable, "-c", victim], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "stuck\n"
    process.kill()
    process.wait()
    process.stdout.close()
    with sqlite3.connect(tmp_path / "out" / "ledger.sqlite") as ledger:
        states = ledger.execute("SELECT name, state FROM incident ORDER BY name").fetchall()
    ledger.close()
    assert states == [("a", "accepted"), ("b", "accepted"), ("c", "waiting"), ("d", "waiting")]
    again = FakeDraft(tmp_path / "out")
    assert run(archive, again).summary.counts.accepted == 4
    assert sorted(again.drafted) == ["c", "d"]
