"""Everything that a model service or its model may do wrong, at each place of a draft: each has a named outcome."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from honest_model import INCIDENT, TODAY, HonestModel
from scripted_service import Answer, Body, Drop, Hang, Service, Status, Step, service

from pipeline.config import Settings
from pipeline.drafting import story
from pipeline.drafting.folder import OWN_FILES
from pipeline.errors import ModelError
from pipeline.llm import open as open_module
from pipeline.llm.open import wire
from pipeline.rubric.engine import rejects

__all__ = ["service"]

Place = Literal[
    "ExtractReply", "AuthorReply", "TrackerReply", "JudgeReply", "RevisionReply", "ItemRevisionReply"
]
PLACES: tuple[Place, ...] = (
    "ExtractReply",
    "AuthorReply",
    "TrackerReply",
    "JudgeReply",
    "RevisionReply",
    "ItemRevisionReply",
)
BLAMEFUL = "Omar Haddad carelessly rolled label-service back to 5.1."
VAGUE = "Make the renderer return an error when a label holds no glyphs"

WIRE: dict[str, Callable[[str], Step]] = {
    "429 with Retry-After": lambda text: Status(429, headers={"Retry-After": "7"}),
    "429": lambda text: Status(429),
    "500": lambda text: Status(500),
    "503": lambda text: Status(503),
    "dropped connection": lambda text: Drop(),
    "no answer": lambda text: Hang(),
    "JSON cut in half": lambda text: Answer(text[: len(text) // 2]),
    "prose": lambda text: Answer("Sure! Here is your postmortem: it went badly."),
    "empty choices": lambda text: Body(b'{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[]}'),
    "wrong schema": lambda text: Answer('{"verdict": "fine"}'),
    "refusal": lambda text: Answer(None, refusal="I can't help with that."),
    "content filter": lambda text: Answer("", finish="content_filter"),
}  # fmt: skip
# What asking again cannot mend: the model has answered, and its answer is no.
FINAL = {"refusal", "content filter"}
# A service that does not work ends the run; a judge that was reached and says nothing readable rejects.
SERVICE = {"429 with Retry-After", "429", "500", "503", "dropped connection", "no answer"}


@cache
def crowded() -> Path:
    """The incident among talk that fits no small context."""
    folder = Path(tempfile.mkdtemp()) / INCIDENT.name
    atexit.register(shutil.rmtree, folder.parent)
    shutil.copytree(INCIDENT, folder)
    talk = "Omar Haddad\n  8:{:02} AM\nsoup today, the green one, and somebody parked before gate {} again\n"
    day, rest = (INCIDENT / "chat.txt").read_text("utf-8").split("\n", 1)
    crowd = "".join(talk.format(n // 6, n) for n in range(330))
    (folder / "chat.txt").write_text(f"{day}\n{crowd}{rest}", "utf-8")
    return folder


@dataclass
class Flow:
    """An honest model behind a service, whose replies at one place are spoilt the first `times` times."""

    place: Place
    fault: Callable[[str], Step]
    times: int
    spoilt: int = 0
    incident: Path = field(init=False)
    model: HonestModel = field(init=False)

    def __post_init__(self) -> None:
        self.incident = crowded() if self.place == "ExtractReply" else INCIDENT
        self.model = HonestModel.of(self.incident)
        if self.place == "RevisionReply":
            blamed = {"text": BLAMEFUL, "evidence": ["E6"], "basis": "stated"}
            self.model.replies["AuthorReply"]["summary"].append(blamed)
            told = {**blamed, "text": "Omar Haddad rolled label-service back to 5.1 at 09:21 UTC."}
            whole = {"target": "R1", "action": "reword", "kind": None, "rank": None, "addresses": [], **told}
            self.model.replies["RevisionReply"] = {"revisions": [whole]}
        if self.place == "ItemRevisionReply":
            self.model.nagged = VAGUE
            better = "Make the label renderer return an error when a label holds no glyphs"
            self.model.replies["ItemRevisionReply"] = {
                "revisions": [{"target": "R1", "title": better, "evidence": ["E13"]}]
            }

    @property
    def context(self) -> int:
        """So few tokens that the crowd must be read in parts, where that is the place."""
        return 10_000 if self.place == "ExtractReply" else 128_000

    def __call__(self, body: dict[str, Any]) -> Step:
        text = self.model.script(body)
        if body["response_format"]["json_schema"]["name"] == self.place and self.spoilt < self.times:
            self.spoilt += 1
            return self.fault(text)
        return Answer(text)


class Clock:
    """Time passes only while somebody waits."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def drafted(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Drafts against the flow; waits are not waited for."""
    monkeypatch.setenv("OPENAI_BASE_URL", service.base_url)
    monkeypatch.setenv("POSTMORTEM_CACHE", str(tmp_path / "cache"))
    clock = Clock()
    told = {"sleep": clock.sleep, "clock": clock}
    monkeypatch.setattr(open_module, "wire", lambda *a, **k: replace(wire(*a, **k), **told))

    def draft(flow: Flow, **settings: Any) -> story.DraftResult:
        service.script = flow
        return story.draft(
            flow.incident,
            out=tmp_path / "out",
            model="openai:scripted",
            settings=Settings(timeout=0.4, context_tokens=flow.context, **settings),
            today=TODAY,
            rounds=2,
        )

    return draft


def printed(result: story.DraftResult) -> str:
    assert result.folder is not None
    return (result.folder / "postmortem.md").read_text("utf-8")


def nothing_is_spoilt(text: str) -> Step:
    return Answer(text)


@pytest.mark.parametrize("place", PLACES)
def test_an_honest_model_is_accepted_and_is_asked_at_each_place(drafted, service, place):
    result = drafted(Flow(place, nothing_is_spoilt, 0))
    assert result.verdict == "accepted"
    names = {body["response_format"]["json_schema"]["name"] for body in service.requests}
    assert names >= {"AuthorReply", "TrackerReply", "JudgeReply", place}
    assert BLAMEFUL not in printed(result)


@pytest.mark.parametrize(
    ("fault", "place"),
    [(fault, PLACES[n % len(PLACES)]) for n, fault in enumerate(WIRE) if fault not in FINAL],
)
def test_a_fault_that_passes_leaves_no_trace(drafted, fault, place):
    flow = Flow(place, WIRE[fault], times=1)
    result = drafted(flow)
    assert flow.spoilt == 1
    assert result.verdict == "accepted"
    assert BLAMEFUL not in printed(result)


@pytest.mark.parametrize(
    ("fault", "place"), [(fault, PLACES[(n + 2) % len(PLACES)]) for n, fault in enumerate(WIRE)]
)
def test_a_fault_that_stays_ends_the_run_with_its_reason_or_rejects(drafted, tmp_path, fault, place):
    flow = Flow(place, WIRE[fault], times=10**6)
    if place == "JudgeReply" and fault not in SERVICE:
        result = drafted(flow)
        assert result.verdict == "rejected"
        assert all("judge" in f.message for f in result.evaluation.findings if rejects(f, "draft"))
        assert {f.name for f in result.folder.iterdir()} == OWN_FILES
    else:
        with pytest.raises(ModelError, match=r"^openai:scripted: \S.* "):
            drafted(flow)
        assert not (tmp_path / "out" / "blank-labels").exists()
    assert flow.spoilt > (fault not in FINAL)


def test_what_was_answered_before_a_failure_is_not_asked_again(drafted, service):
    with pytest.raises(ModelError):
        drafted(Flow("TrackerReply", WIRE["500"], times=10**6))
    seen = len(service.requests)
    result = drafted(Flow("TrackerReply", nothing_is_spoilt, 0))
    assert result.verdict == "accepted"
    again = [b["response_format"]["json_schema"]["name"] for b in service.requests[seen:]]
    assert "AuthorReply" not in again
    assert result.run.replies_kept > 0


@pytest.mark.parametrize("place", ["AuthorReply", "TrackerReply", "JudgeReply"])
def test_the_built_in_engine_goes_on_only_where_it_is_asked_to_and_is_named(drafted, place):
    result = drafted(Flow(place, WIRE["503"], times=10**6), fallback="extractive")
    assert result.verdict == "accepted"
    by_model = ("sentences",) if place == "TrackerReply" else ()
    for part in ("sentences", "items"):
        writers = getattr(result.run.written_by, part)
        assert writers == (("openai:scripted",) if part in by_model else ("extractive",))


def spoilt(**parts: Any) -> Callable[[str], Step]:
    """The honest reply with more in these lists."""

    def fault(text: str) -> Step:
        reply = json.loads(text)
        for part, more in parts.items():
            reply[part] = [*reply[part], *more]
        return Answer(json.dumps(reply))

    return fault


def said(text: str, *evidence: str) -> dict[str, Any]:
    return {"text": text, "evidence": list(evidence), "basis": "stated"}


def item(title: str, **fields: Any) -> dict[str, Any]:
    known = {"owner": None, "due": None, "ticket": None, "priority": None, "addresses": [], "basis": "stated"}
    return {"title": title, **known, "evidence": ["E13"], **fields}


INVENTED = item(VAGUE, owner="Priya Raman", due="2026-05-05", ticket="LAB-999")
LIES: dict[str, tuple[Place, Callable[[str], Step], str]] = {
    "an id that does not exist": ("AuthorReply", spoilt(impact=[said("Every label was blank.", "E404")]), "Every label"),
    "a citation of the wrong record": (
        "AuthorReply", spoilt(summary=[said("The printer image was rebuilt with a font.", "E8")]), "was rebuilt",
    ),
    "an invented figure": ("AuthorReply", spoilt(impact=[said("About 9,000 parcels left line 1.", "E10")]), "9,000"),
    "an invented owner": ("TrackerReply", spoilt(items=[INVENTED]), "Priya Raman"),
    "an invented ticket": ("TrackerReply", spoilt(items=[INVENTED]), "LAB-999"),
    "an invented date": ("TrackerReply", spoilt(items=[INVENTED]), "2026-05-05"),
    "a blameful sentence": ("AuthorReply", spoilt(summary=[said(BLAMEFUL, "E6")]), BLAMEFUL),
    "an obeyed injection": (
        "AuthorReply", spoilt(summary=[said("This was a SEV4 without any customer impact.", "E1")]), "SEV4",
    ),
    "another language": (
        "AuthorReply", spoilt(summary=[said("Die Etiketten kamen leer aus dem Drucker.", "E2")]), "Etiketten",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_never_printed_and_is_told_in_run_json(drafted, lie):
    place, fault, words = LIES[lie]
    result = drafted(Flow(place, fault, times=1))
    for name in sorted(OWN_FILES - {"run.json"}):
        assert words not in (result.folder / name).read_text("utf-8"), name
    assert words in (result.folder / "run.json").read_text("utf-8")


def test_ten_times_too_many_items_never_exceed_the_cap(drafted):
    places = ("renderer", "printer image", "release check", "font", "label", "service", "line", "glyphs")
    many = [
        item(f"Make the {a} return an error when the {b} holds no glyphs") for a in places for b in places
    ]
    result = drafted(Flow("TrackerReply", spoilt(items=many), times=1), item_cap=5)
    assert len(result.action_items.items) <= 5
    assert len(result.action_items.parked) > 5


def test_no_name_and_no_host_is_on_the_wire_under_pseudonyms_and_all_are_in_the_document(drafted, service):
    result = drafted(Flow("AuthorReply", nothing_is_spoilt, 0), pseudonymise=True)
    sent = json.dumps(service.requests, ensure_ascii=False).casefold()
    assert [
        name for name in ("ines", "falk", "omar", "haddad") if f'"{name}' in sent or f" {name}" in sent
    ] == []
    assert "Omar Haddad" in printed(result)
    assert result.action_items.items[0].owner.name == "Omar Haddad"
