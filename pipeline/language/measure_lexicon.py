"""Verbs, nouns and turns of measures by what they do to a hazard; every entry of a set is a lemma."""

from __future__ import annotations

import re

from pipeline.language.lexicon import word_set

# Verbs by what they do to a hazard. A guard refuses, bounds or isolates; it needs nobody to remember it.
GUARD = word_set(
    "block refuse reject require enforce validate limit cap bound throttle isolate prevent restrict gate guard verify pin"
    " forbid deny disallow protect quarantine fence constrain lock sandbox shed debounce retry decouple separate partition"
    " replicate fail-over cordon confirm abort stop halt pause mandate authenticate sanitise sanitize deduplicate escape lint"
    " queue buffer backpressure roll-back rollback shard spread autoscale"
)
ELIMINATE = word_set(
    "remove eliminate delete drop retire decommission abolish disable deprecate forbid strip revoke sunset"
)
SUBSTITUTE = word_set(
    "replace substitute migrate switch move convert redesign rearchitect rewrite automate compute derive generate swap"
    " consolidate unify standardise standardize centralise centralize rebuild refactor restructure adopt introduce provision"
)
DETECT = word_set(
    "alert page monitor detect notify warn measure observe trace probe track surface flag alarm watch compare show"
)
ADMINISTRATIVE = word_set(
    "document remind train retrain educate communicate announce discuss share agree inform tell coach brief clarify publish"
    " describe note mention remember refresh rehearse practise practice teach explain encourage recommend consider review"
    " investigate look explore evaluate write meet"
)
INSTANCE = word_set(
    "restart fix correct revert rotate raise increase decrease reduce lower bump set tune adjust clean restore rerun re-run"
    " reboot resize upgrade patch renew reindex repair recreate redeploy purge flush extend expand resolve merge update change"
    " edit configure scale backfill"
)
DETECT_NOUNS = word_set(
    "alert alarm monitor monitoring dashboard metric probe slo sli pager healthcheck telemetry instrumentation tracing canary"
    " detector panel graph logging"
)
GUARD_NOUNS = word_set(
    "limit cap quota guard guardrail validation validator check gate approval timeout breaker bulkhead retry backoff lock"
    " confirmation safeguard fallback failover redundancy isolation ratelimit rate-limit test lint linter policy constraint"
    " budget allowlist allow-list denylist permission sandbox dry-run rollback autoscaler pooler pgbouncer proxy queue"
    " back-pressure backpressure idempotency checksum schema contract admission webhook"
)
PAPER = word_set(
    "runbook documentation doc docs document wiki page paragraph guide guideline checklist training reminder playbook policy"
    " procedure template note memo presentation session workshop meeting onboarding faq readme handbook awareness culture"
    " communication email announcement section link calendar talk drill exercise"
)
WIDE = word_set(
    "every all any each default defaults shared common library libraries template templates pipeline pipelines ci framework"
    " platform-wide organisation-wide organization-wide fleet fleet-wide global globally universally automatically automatic"
    " centrally always whole entire base admission build builds merge merges company-wide repository-wide everywhere"
)
SHARED = word_set(
    "default defaults library template templates shared base every all"
)  # one place, many users
NARROW = word_set("missing stale stuck exact affected wrong offending broken faulty leaked misconfigured")
POINTING = word_set("this that these those")
SAME_KIND = word_set("issue problem incident kind class type sort failure situation outage case")
INSTANCE_NAME = re.compile(
    r"(?<![\w.])[a-z]+(?:-[a-z]+)*-\d+(?![\w%])|\b(?:the|this|that) (?:host|node|pod|instance|server|replica|machine|vm)\b(?!\s+\w+\s?(?:usage|use|load|count|limits?|memory|cpu)\b| (?:memory|cpu|disk|usage|load)\b)",
    re.IGNORECASE,
)
# What every system has and can run out of, or is measured by: to watch it is to watch for a class of failures.
RESOURCE = word_set(
    "capacity memory cpu disk storage space inode descriptor handle thread connection pool queue backlog lag quota bandwidth"
    " throughput latency rate usage utilisation utilization saturation load traffic address certificate expiry expiration"
    " error failure restart target health healthcheck endpoint count number share depth size age volume duration availability"
    " downtime uptime response request timeout resource limit heap partition replica"
)
# Who may do what, and what comes first: settings that hold for all who call.
ACCESS = word_set(
    "privilege least-privilege permission role rbac acl entitlement scope priority-class priorityclass podprioritie quota"
    " service-account credential token two-person mfa admission default"
)
FROM_OUTSIDE = re.compile(
    r"\b(?:external(?:ly)?|synthetic|black-?box|end-to-end|e2e|smoke|from (?:the )?outside|outside-in)\b",
    re.I,
)
ENFORCED_POLICY = re.compile(
    r"\b(?:opa|kyverno|gatekeeper|network|admission|iam|bucket|lifecycle|retention|security|branch|resource|quota|scp)\s+polic(?:y|ies)\b"
    r"|\bpolic(?:y|ies)\b[^.;]{0,20}\b(?:that|to|which)\s+(?:not\s+allow|den\w+|reject\w*|block\w*|limit\w*|refus\w+|enforc\w+|requir\w+|prevent\w*)",
    re.IGNORECASE,
)
AT_A_GATE = re.compile(
    r"\b(?:before|on|at|in) (?:(?:every|each|the) )?(?:merge|commit|deploy(?:ment)?|release|build|admission|ci|review time)\b"
    r"|\b(?:build|merge|deploy(?:ment)?|pipeline|ci|rollout|release)\b[^.;]{0,40}\b(?:fails?|stops?|refuses?|aborts?|halts?)\b",
    re.IGNORECASE,
)
BRINGING = word_set(
    "add create introduce build implement put install deploy write have give provide set setup set-up make develop enable apply"
)
UNMISTAKABLE = word_set(
    "refuse reject require enforce forbid disallow deny isolate throttle validate prevent restrict"
)
# To ask is no measure yet: whatever the question is about, nothing has changed when it is answered.
INQUIRY = re.compile(
    r"\W*(?:(?:check|see|ask|clarify|try to (?:find|understand))\b[^.;:]{0,30}\b(?:why|whether|if|how|what)\b"
    r"|(?:we |the team |team )?(?:should |will |need to |to )?(?:find(?:ing)? out|figur(?:e|ing) out|investigat\w+|look(?:ing|ed)? into|assess\w*|consider\w*"
    r"|evaluat\w+|explor\w+|analy[sz]\w+|discuss\w*|determin\w+|research\w*|think(?:ing)? about|revisit\w*|prioriti[sz]\w+)\b"
    r"|(?:(?:is|are|can|could|do|does)\b(?! not\b|n't)|(?:why|how|what|any other)\b)"
    r"|[^.;]{0,40}\b(?:be|being) (?:\w+ )?(?:careful|rigorous|vigilant|mindful|aware|diligent|cautious|strict|attentive)\b)",
    re.IGNORECASE,
)
LARGE = re.compile(
    r"\b(?:redesign|re-?architect|rewrite|re-?platform|overhaul|migrate (?:all|every|the entire)|rebuild)\b"
    r"|\b(?:two|three|four|several|multiple|\d+) (?:quarters|months|years|teams)\b|\bover (?:a|the) (?:year|quarter)\b",
    re.IGNORECASE,
)
CONDITIONAL = re.compile(
    r"\b(?:when(?:ever)?|if|unless|until|above|below|exceed\w*|without|beyond|before|after \d+)\b", re.I
)
NO_LONGER = re.compile(
    r"\b(?:no longer|any ?more|cannot|can ?not|can't|has no|have no|impossible|never again|by design)\b", re.I
)
# What a system is told to do no longer: a guard, as if it said "refuse".
FORBIDS = re.compile(
    r"\W*(?:do not|don't|never|no longer|stop)\s+(?:allow|permit|accept|let|serv|load|show|render|expos|execut|send|start|creat)\w*\b",
    re.IGNORECASE,
)
# Nouns that open a measure for the deed that they name: "Removal of the auto-refresh".
DEEDS = dict(
    pair.split(":")
    for pair in (
        "removal:remove deletion:delete replacement:replace migration:migrate introduction:introduce restriction:restrict"
        " isolation:isolate separation:separate validation:validate automation:automate enforcement:enforce limitation:limit"
        " creation:create addition:add implementation:implement elimination:eliminate verification:verify"
    ).split()
)
