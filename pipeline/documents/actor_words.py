"""The classes of words by which an entry's subject is told from what was done to it."""

from __future__ import annotations

from pipeline.language.lexicon import word_set

# Names of acts: what somebody does, not somebody who does it. An act that is the subject hides its actor.
ACTS = word_set(
    "rollback roll-back revert deploy deployment redeployment redeploy rollout roll-out fix hotfix patch "
    "restart reboot investigation analysis debugging troubleshooting diagnosis triage escalation decision "
    "approval agreement workaround mitigation remediation communication announcement notification message "
    "mail e-mail email call meeting handover hand-over failover fail-over maintenance migration upgrade "
    "downgrade change release response work incident outage issue problem page ticket bridge war-room "
    "postmortem post-mortem cleanup clean-up recovery resolution solution monitoring room clear channel "
    "check test testing verification validation confirmation action measure step status report query "
    "question discussion coordination declaration disruption downtime cause root-cause update window "
    "drill review backfill restore restoration impact all-clear replacement rollover roll-over completion suggestion idea "
    "attempt execution installation configuration deletion removal evaluation assessment reconfiguration start end "
    "beginning closure reboot bump switch switchover cutover provisioning scaling "
    "cancellation swap purge go-ahead permission consensus choice consent authorisation authorization sign-off"
)
# Names of states: they belong to a component, and say nothing until the component is named.
STATES = word_set(
    "error failure fault latency rate traffic load usage success symptom throughput volume timeout time "
    "count number level response availability performance degradation spike increase decrease drop peak "
    "percentage ratio things thing situation everything something nothing service system site normal "
    "request condition"
)
GENERIC = STATES | word_set(
    "error http first initial final new old more last second third next other several many some all full "
    "partial elevated high low increased further 5xx 4xx 500s 500 503 502 504 p99 p95 p50 major minor "
    "whole overall average"
)
# What things do by themselves. Behind a thing and without an object, any other past form is a passive cut short.
BY_ITSELF = word_set(
    "recover crash fail rise fall drop increase decrease grow shrink climb spike peak jump double halve "
    "surge pass exceed reach return expire stop start begin commence end finish complete run stall hang "
    "respond restart reboot die exit terminate lag drain fill fire alert trigger clear resolve appear "
    "disappear emerge surface go come become remain stay keep stabilise stabilize normalise normalize "
    "degrade worsen improve saturate leak flap loop continue resume cease switch break burst overflow "
    "back catch converge propagate arrive occur happen lapse lapse overload freeze block lock deadlock "
    "time timeout page post log emit answer reply reject refuse accept elect rejoin join leave miss lose "
    "grow settle slow accumulate backlog queue pile build load scale tip trip burn heat overheat "
    "reconnect disconnect succeed pile flatten exhaust starve swap sync resync misbehave work report show "
    "refer detect notice note see warn announce escalate acknowledge confirm close open ask say tell "
    "write state respond"
)
BY_PEOPLE_TOO = word_set(
    "announce escalate acknowledge confirm close open say state detect notice report start stop"
)
MISREAD = word_set(
    "start starts stop stops begin begins end ends drop drops rise rises crash crashes fall falls"
)
# States that look like passives: nobody does them.
STATIVE = word_set(
    "degrade affect exhaust overload saturate expect stick lock corrupt disconnect block unaffect impair "
    "overwhelm starve full fill flood throttle limit lose break wedge"
)
SIGNALS = word_set("alert alarm monitor probe check healthcheck canary pager page watchdog dashboard graph")
SIGNALLED = word_set("fire trigger raise clear go")
PEOPLE = word_set(
    "customer user client stakeholder team engineer developer lead commander manager support on-call "
    "oncall responder operator admin administrator vendor provider owner staff everyone management "
    "officer desk member colleague bot crew squad"
)
TOLD = word_set("inform notify contact page alert tell email call involve engage assign wake")
EMPTY_SUBJECTS = word_set(
    "it this that there these those which what someone somebody nobody nothing something"
)
EMPTY_ALONE = word_set("everything everyone one both all none some others more")
BY_NOT_AGENT = word_set(
    "mistake accident hand default chance design then now end time date means way virtue far itself mail "
    "email phone restart rollback noon midnight morning"
)

# What people do with what they perceive: its object is what was seen, and who saw it is left out.
OBSERVES = word_set(
    "note find notice see observe discover confirm verify realise realize identify conclude suspect establish determine "
    "learn"
)
# What people do with one another: a thing in its reasons did none of it.
DEALINGS = word_set(
    "decide agree inform notify escalate approve announce declare communicate ask tell post assign invite engage update "
    "decision agreement escalation approval announcement declaration communication"
)
REPORTS = word_set("page call report mail message complaint alert notification warning hear")
# Ways on which people talk: they carry a message and act in nothing.
MEDIA = word_set(
    "mail email e-mail phone chat slack teams channel thread call meeting hotline irc gitter discord zoom sms text message "
    "newsletter twitter tweet post bridge ticket conference video room statuspage statuspage.io status-page status page"
)
