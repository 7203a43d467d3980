"""The one door to the vendors' libraries: LangChain's chat models behind the program's own port."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.llm.port import FinishReason, Reply, Request, Usage
from pipeline.llm.schema import json_schema
from pipeline.llm.surrogates import without_lone
from pipeline.llm.vendor_errors import failure, first_line

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

# How long a service may be silent. The SDK's own default is ten minutes, retried.
TIMEOUT = 300.0
_EXTRAS = {
    "anthropic": "anthropic",
    "bedrock_converse": "aws",
    "google_genai": "google",
    "groq": "groq",
    "mistralai": "mistral",
    "ollama": "ollama",
}
_WITHHELD = {
    "content_filter",
    "content_filtered",
    "guardrail_intervened",
    "refusal",
    "safety",
    "prohibited_content",
    "blocklist",
    "recitation",
    "spii",
}
# What each vendor calls the limit of a reply's tokens.
_ROOM = ("max_tokens", "max_output_tokens", "num_predict")


class LangChainModel:
    """One client, safe to use from several threads. Nothing is retried here, and nothing traced unless
    `trace` lets the environment decide. `context` is the model's, in tokens: a server that is not told
    may cut prompts in silence."""

    def __init__(
        self,
        spec: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = TIMEOUT,
        context: int | None = None,
        trace: bool = False,
    ) -> None:
        self._spec = spec
        self._trace = trace
        self._model = _open(spec, base_url, api_key, timeout, context)

    @property
    def name(self) -> str:
        return self._spec

    def complete(self, request: Request) -> Reply:
        from langsmith import tracing_context

        messages = [(m.role, without_lone(m.content)) for m in request.messages]
        # LANGCHAIN_TRACING_V2 in somebody's environment would post every prompt to a third party, and
        # outranks LANGSMITH_TRACING=false. A context holds for this thread whatever the environment says.
        with nullcontext() if self._trace else tracing_context(enabled=False):
            try:
                message = self._bound(request).invoke(messages)
            except Exception as error:  # whatever a vendor raises becomes an error of ours
                cut = _cut_reply(error)
                if cut is not None:
                    return replace(cut, asked=self._spec)
                raise failure(self._spec, error) from error
        return _reply(message, self._spec)

    def _bound(self, request: Request) -> Any:
        schema, name = json_schema(request.into), request.into.__name__
        if not _speaks_openai(self._model):
            # Each of the others has its own way to ask for a schema, and this method hides which.
            titled = {"title": name, **schema}
            model = _with_room(self._model, request.max_output_tokens)
            structured = model.with_structured_output(titled, method="json_schema", include_raw=True)
            return structured | (lambda found: found["raw"])
        # Bound by hand: with_structured_output parses in the SDK, and loses text and usage on a fault.
        wanted = {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}
        given = {
            "max_tokens": request.max_output_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
        }
        sent = {key: value for key, value in given.items() if value is not None}
        return self._model.bind(response_format=wanted, **sent)


def _open(
    spec: str, base_url: str | None, api_key: str | None, timeout: float, context: int | None
) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    provider = spec.partition(":")[0]
    options: dict[str, Any] = {"max_retries": 0, "timeout": timeout}
    if provider == "ollama":
        # It takes `timeout` too, and ignores it.
        options = {"client_kwargs": {"timeout": timeout}, "num_ctx": context}
    if base_url:
        # Compatible servers speak chat completions; few have the Responses API.
        options |= {"base_url": base_url, "use_responses_api": False}
    if api_key:
        options["api_key"] = api_key
    try:
        model: BaseChatModel = init_chat_model(spec, **options)
    except ImportError as error:
        extra = _EXTRAS.get(provider)
        package = f"postmortem-pipeline[{extra}]" if extra else f"langchain-{provider.replace('_', '-')}"
        raise InputError(
            f"--model {spec}", f"{provider} is not installed", f"pip install '{package}'"
        ) from error
    except Exception as error:  # a missing key, an unknown provider: each vendor raises its own
        problem = error.errors()[0]["msg"] if isinstance(error, ValidationError) else first_line(error)
        raise InputError(
            f"--model {spec}",
            problem.removeprefix("Value error, ").splitlines()[0][:200].rstrip("."),
            "see the provider's page of LangChain",
        ) from error
    return model


def _with_room(model: BaseChatModel, tokens: int | None) -> BaseChatModel:
    fields = getattr(type(model), "model_fields", {})
    named = next((name for name in _ROOM if name in fields), None)
    return model.model_copy(update={named: tokens}) if tokens and named else model


def _speaks_openai(model: BaseChatModel) -> bool:
    from langchain_openai.chat_models.base import BaseChatOpenAI

    return isinstance(model, BaseChatOpenAI)


def _reply(message: BaseMessage, spec: str) -> Reply:
    told = message.response_metadata
    usage: Mapping[str, Any] = getattr(message, "usage_metadata", None) or {}
    details: Mapping[str, Any] = usage.get("input_token_details") or {}
    blocks = message.content if isinstance(message.content, list) else []
    refused = [b["refusal"] for b in blocks if isinstance(b, dict) and b.get("type") == "refusal"]
    return Reply(
        text=str(message.text),
        model=str(told.get("model_name") or told.get("model") or spec),
        usage=Usage(
            usage.get("input_tokens") or 0, usage.get("output_tokens") or 0, details.get("cache_read") or 0
        ),
        refusal=message.additional_kwargs.get("refusal") or next(iter(refused), None),
        finish_reason=_finish(told),
        asked=spec,
    )


def _finish(told: Mapping[str, Any]) -> FinishReason:
    incomplete = (told.get("incomplete_details") or {}).get("reason")  # the Responses API's word
    named = (told.get(key) for key in ("finish_reason", "stop_reason", "done_reason", "stopReason"))
    reason = str(next((reason for reason in named if reason), incomplete))
    if reason.lower() in {"length", "max_tokens", "max_output_tokens"}:
        return "length"
    if reason.lower() in _WITHHELD:
        return "content_filter"
    return "stop"


def _cut_reply(error: Exception) -> Reply | None:
    """The reply inside the two errors that the SDK raises where it parses by itself."""
    import openai

    if isinstance(error, openai.LengthFinishReasonError):
        made = error.completion
        counted = made.usage
        usage = Usage(counted.prompt_tokens, counted.completion_tokens) if counted else Usage()
        return Reply(made.choices[0].message.content or "", made.model, usage, finish_reason="length")
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return Reply("", "", finish_reason="content_filter")
    return None
