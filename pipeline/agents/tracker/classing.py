"""The type and the category of an action, each with the reason in words."""

from __future__ import annotations

from pipeline.language.lemmas import lemma
from pipeline.language.lexicon import word_set
from pipeline.language.measures import is_systemic
from pipeline.language.words import tokens
from pipeline.models.actions import Category, ItemType

_DETECT = word_set("""
    alert alarm page monitor monitoring alerting probe dashboard notify warn warning detect detection metric healthcheck watchdog heartbeat
    check canary log logging slo threshold panel trace visibility
""")
_PROCESS = word_set("""
    runbook playbook document documentation doc template training drill exercise rehearse onboarding review process procedure checklist
    owner own ownership decide define agree mail email call contact answer macro faq status communicate inform publish write teach
    rotation escalation calendar schedule guide mailbox
""")
_MITIGATE = word_set("""
    rollback revert restore backup snapshot failover fallback recover recovery undo kill switch drain dump replica standby
    throttle shed degrade banner
""")


def type_of(title: str) -> tuple[ItemType, str]:
    """Systemic where the class test holds: it helps elsewhere next month without anybody remembering."""
    if is_systemic(title):
        return (
            "systemic",
            "it changes a mechanism, default or guard, so the class is covered without being remembered",
        )
    return "quick win", "it changes one place, document or setting"


def category_of(title: str) -> Category:
    """By the first word that decides: what the action makes or does, before what it is about."""
    for token in tokens(title):
        word = lemma(token.lower)
        if word in _DETECT:
            return "detect"
        if word in _PROCESS:
            return "process"
        if word in _MITIGATE:
            return "mitigate"
    return "prevent"
