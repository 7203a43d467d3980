"""What a reader answered who saw nothing but the requests, kept so that it still fits when ids or prompts change.

    .venv/bin/python tests/answers.py INCIDENT QUEUE FILE

turns a folder of `NNNN.request.json` and `NNNN.response.txt` into a file of answers. Records are kept by their
file and place, events by the record that leads them, revisions and a judge's answers by the words that they are about.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from pipeline.artifacts.load import load_incident
from pipeline.config import Settings
from pipeline.drafting.story import people_of
from pipeline.evidence.arrange import arrange
from pipeline.llm.port import Reply, Request
from pipeline.models.case import Case

_ID = re.compile(r"^[EV][0-9]+$")
_TARGET = re.compile(r"^(R[0-9]+) \| (.*) \| [^|]* \| [^|]*$", re.MULTILINE)  # … | records | what was found
_REVISIONS = ("RevisionReply", "ItemRevisionReply")
_UNIT = re.compile(r"^(U[0-9]+)(?: \[[^\]]*\])? \| (.*)$", re.MULTILINE)


def case_of(incident: Path) -> Case:
    artifacts = load_incident(incident, settings=Settings())
    return arrange(artifacts, people_of(artifacts))


def places(case: Case) -> dict[str, str]:
    """Id → what it stands for, whatever its number: a record's place (numbered where several share one), an
    event's leading record."""
    found: dict[str, str] = {}
    seen: dict[str, int] = defaultdict(int)
    for record in case.records:
        place = f"{record.source}|{record.locator}"
        seen[place] += 1
        found[record.id] = f"{place}|{seen[place]}"
    return found | {event.id: f"event|{found[event.evidence[0]]}" for event in case.events}


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same with each id under its other name; an id that has none becomes one that does not exist."""
    if isinstance(value, dict):
        return {key: renamed(child, names) for key, child in value.items()}
    if isinstance(value, list):
        return [renamed(child, names) for child in value]
    if isinstance(value, str) and (_ID.match(value) or value in names):
        return names.get(value, "E999999")
    return value


class Recorded:
    """A model that answers as the reader did: by the type of the reply, the first time the first answer."""

    name = "openai:reader"

    def __init__(self, file: Path, case: Case) -> None:
        told = json.loads(file.read_text("utf-8"))
        names = {place: name for name, place in places(case).items()}
        self.replies: dict[str, list[Any]] = {
            name: [renamed(reply, names) for reply in replies] for name, replies in told["replies"].items()
        }
        self.revised: dict[str, Any] = {
            about: renamed(answers, names) for about, answers in told["revised"].items()
        }
        self.judged: dict[str, Any] = told["judged"]
        self.asked: list[str] = []

    def complete(self, request: Request) -> Reply:
        name = request.into.__name__
        self.asked.append(name)
        if name == "JudgeReply":
            return Reply(json.dumps(self._judgements(request.messages[1].content)), "reader")
        if name in _REVISIONS:
            return Reply(json.dumps(self._revisions(request.messages[1].content)), "reader")
        return Reply(json.dumps(self.replies[name].pop(0)), "reader")

    def _revisions(self, prompt: str) -> dict[str, Any]:
        """A target in other words than those that the reader saw gets no answer."""
        told = [
            {**answer, "target": target[1]}
            for target in _TARGET.finditer(prompt)
            for answer in self.revised.get(target[2], ())
        ]
        return {"revisions": told}

    def _judgements(self, prompt: str) -> dict[str, Any]:
        question = prompt.split("\n", 1)[0]
        told = []
        for unit in _UNIT.finditer(prompt):
            known = self.judged.get(
                f"{question}|{unit[2]}", {"defect": False, "span": "", "kinds": [], "reason": ""}
            )
            told.append({**known, "unit": unit[1]})
        return {"judgements": told}


def record(incident: Path, queue: Path, file: Path) -> None:
    names = places(case_of(incident))
    replies: dict[str, list[Any]] = defaultdict(list)
    judged: dict[str, Any] = {}
    revised: dict[str, list[Any]] = defaultdict(list)
    for request in sorted(queue.glob("*.request.json")):
        body = json.loads(request.read_text("utf-8"))
        answer = json.loads(
            request.with_name(request.name.replace("request.json", "response.txt")).read_text("utf-8")
        )
        name = body["response_format"]["json_schema"]["name"]
        prompt = body["messages"][1]["content"]
        if name in _REVISIONS:
            about = {target[1]: target[2] for target in _TARGET.finditer(prompt)}
            for told in answer["revisions"]:
                revised[about[told["target"]]].append(renamed(told, names))
            continue
        if name != "JudgeReply":
            replies[name].append(renamed(answer, names))
            continue
        question = prompt.split("\n", 1)[0]
        words = {unit[1]: unit[2] for unit in _UNIT.finditer(prompt)}
        for told in answer["judgements"]:
            if told["defect"] and told["unit"] in words:
                judged[f"{question}|{words[told['unit']]}"] = {k: v for k, v in told.items() if k != "unit"}
    kept = {"replies": replies, "revised": revised, "judged": judged}
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    record(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
