"""`postmortem prompts`: which prompts there are, what they say, and what would be sent for an incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.config import Settings
    from pipeline.drafting.rehearsal import Planned
    from pipeline.llm.prices import Price
    from pipeline.prompting.prompt import Prompt

    Prices = Mapping[str, Price | None]  # by PROVIDER:NAME


def register(app: typer.Typer) -> None:
    app.callback()(prompts)
    app.command("list")(list_prompts)
    app.command("show")(show)
    app.command("render")(render)


def prompts() -> None:
    """Read the prompts, and see what would be sent. Sends nothing, needs no key."""


def list_prompts(format: options.Format = "text", no_color: options.NoColor = False) -> None:
    """List the prompts with their versions.

    Example: postmortem prompts list
    """
    from pipeline.prompting.collection import load_prompts
    from pipeline.tokens import count

    console = Console(no_color=no_color)
    found = load_prompts().prompts.values()
    if format == "json":
        console.result_json({"schema": "prompts/1", "prompts": [as_json(p) for p in found]})
        return
    width = max(len(p.id) for p in found)
    for p in sorted(found, key=lambda p: p.id):
        tokens = count(f"{p.system}\n{p.user}")
        head = f"{p.id:{width}}  version {p.version}  {tokens:5,} tokens  {p.sha256[:12]}"
        console.result(f"{console.paint(head, 'strong')}\n{'':{width}}  {p.purpose}")


def show(
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="Its id, for example author.")],
    format: options.Format = "text",
    no_color: options.NoColor = False,
) -> None:
    """Print one prompt as it is written, with its slots.

    Example: postmortem prompts show author
    """
    from pipeline.prompting.collection import load_prompts

    console = Console(no_color=no_color)
    found = load_prompts().prompts.get(prompt)
    if found is None:
        raise InputError(prompt, "there is no such prompt", "postmortem prompts list names them")
    if format == "json":
        console.result_json({"schema": "prompts/1", "prompts": [as_json(found)]})
        return
    parts = [f"# {name}\n{text}" for name, text in (("system", found.system), ("user", found.user)) if text]
    console.result("\n\n".join(parts))


def render(
    incident: Annotated[
        Path, typer.Argument(metavar="INCIDENT", help="A folder, .zip or .tar.gz with artifacts.")
    ],
    prompt: Annotated[
        str | None, typer.Option("--prompt", metavar="PROMPT", help="Only the requests of this prompt.")
    ] = None,
    model: options.Model = None,
    config: options.ConfigFile = None,
    today: options.Today = None,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Print exactly what a model would be sent for an incident, with token counts and cost. Sends nothing.

    The same as `postmortem draft --dry-run`. What the tracker and the judge are sent depends on the author's
    answer; the built-in engine's draft stands in for it.

    Example: postmortem prompts render incidents/checkout --model openai:gpt-5-mini
    """
    from pipeline.config import load_settings

    settings = load_settings(config, incident)
    console = Console(quiet=quiet, no_color=no_color)
    spec = options.choose_model(model, settings.model)
    tell_rehearsal(incident, spec, settings, today, format, console, prompt)


def tell_rehearsal(
    incident: Path,
    spec: str | None,
    settings: Settings,
    today: date | None,
    format: options.OutputFormat,
    console: Console,
    prompt: str | None = None,
) -> None:
    from pipeline.drafting.rehearsal import rehearse
    from pipeline.llm.prices import price_of

    planned = rehearse(incident, spec, settings, today or datetime.now(UTC).date())
    if prompt is not None:
        planned = tuple(p for p in planned if p.prompt == prompt)
        if not planned:
            raise InputError(prompt, "nothing is sent for it in a first pass", "postmortem prompts list")
    prices = {p.model: price_of(p.model, settings.prices) for p in planned} if spec else {}
    if format == "json":
        console.result_json(rehearsal_json(planned, spec, prices))
        return
    for at, request in enumerate(planned, 1):
        stands = "; the built-in engine's draft stands in for the author's" if request.stands_in else ""
        console.result(
            console.paint(f"=== request {at} of {len(planned)}: {request.prompt}{stands}", "strong")
        )
        for message in request.messages:
            console.result(console.paint(f"--- {message.role}", "strong") + f"\n{message.content}\n")
        console.result(console.paint("--- reply: JSON by schema ", "strong") + f"{request.reply}\n")
    console.result(summary(planned, spec, prices))


def summary(planned: Sequence[Planned], spec: str | None, prices: Prices) -> str:
    tokens = sum(p.tokens for p in planned)
    lines = [f"{len(planned)} requests, {tokens:,} prompt tokens; nothing was sent"]
    width = max(len(p.prompt) for p in planned)
    lines += [f"  {p.prompt:{width}}  {p.tokens:8,} prompt tokens" for p in planned]
    lines.append(f"  {cost_text(planned, spec, prices)}")
    return "\n".join(lines)


def cost_text(planned: Sequence[Planned], spec: str | None, prices: Prices) -> str:
    """What the prompts cost, and what the longest replies would; unknown where no price is known."""
    if spec is None:
        return "cost: unknown; name a model with --model"
    unknown = next((model for model, price in prices.items() if price is None), None)
    if unknown is not None:
        return f'cost: unknown; postmortem.toml can give it: [prices."{unknown}"] prompt = …, completion = …'
    sent, replies = costs(planned, prices)
    models = " and ".join(prices)
    return f"cost: ${sent:.4f} for the prompts of {models}, at most ${replies:.4f} for their replies; revisions come on top"


def costs(planned: Sequence[Planned], prices: Prices) -> tuple[float, float]:
    """US dollars of the prompts, none of them kept by the service yet, and of replies that use all their room."""
    priced = [(p, price) for p in planned if (price := prices[p.model])]
    sent = sum(p.tokens * price.prompt for p, price in priced) / 1e6
    return sent, sum((p.reply_tokens or 0) * price.completion for p, price in priced) / 1e6


def rehearsal_json(planned: Sequence[Planned], spec: str | None, prices: Prices) -> dict[str, object]:
    known = bool(prices) and all(prices.values())
    sent, replies = costs(planned, prices) if known else (None, None)
    return {
        "schema": "rehearsal/1",
        "model": spec,
        "prompt_tokens": sum(p.tokens for p in planned),
        "cost_usd": {"prompts": sent, "replies_at_most": replies},
        "requests": [
            {
                "prompt": p.prompt,
                "model": p.model if spec else None,
                "stands_in": p.stands_in,
                "prompt_tokens": p.tokens,
                "reply_tokens": p.reply_tokens,
                "messages": [{"role": m.role, "content": m.content} for m in p.messages],
                "schema": p.schema,
            }
            for p in planned
        ],
    }


def as_json(prompt: Prompt) -> dict[str, object]:
    return {
        "id": prompt.id,
        "version": prompt.version,
        "sha256": prompt.sha256,
        "purpose": prompt.purpose,
        "inputs": list(prompt.inputs),
        "output": prompt.output,
        "system": prompt.system,
        "user": prompt.user,
    }
