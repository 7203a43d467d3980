"""Words of planned work by what they do in a sentence; every entry is a lemma."""

from __future__ import annotations

from pipeline.language.lexicon import word_set

# Things that are made by whoever takes them on: to take on "a dashboard for X" is to add one.
MADE = word_set("""
    alert alarm monitor dashboard panel check test probe template runbook playbook checklist snapshot backup limit quota guard gate
    validation validator lint linter hook policy rule rotation schedule script metric log logging canary breaker retry timeout index
    constraint flag lock confirmation banner form report documentation doc guide faq macro answer procedure drill exercise
    process step cache replica redundancy throttle fallback warning notification label inventory list healthcheck slo monitoring alerting
    threshold message heartbeat watchdog assertion safeguard prompt dialog approval switch budget spec page
""")
MASS = word_set("documentation monitoring logging alerting redundancy validation")
WORK = word_set("change fix work task ticket follow-up migration upgrade cleanup")

# Verbs of work at the head of a list entry, though the dictionary has many of them as nouns too.
COMMANDS = word_set("""
    add make write create put set get move fix cap alert page rotate revoke remove delete drop replace rename split merge turn switch
    enable disable raise lower reduce increase limit block allow deny require enforce reject refuse fail stop start run rerun schedule
    document describe publish update upgrade pin patch migrate port rewrite refactor build deploy roll revert restore rebuild restart
    backfill check verify validate test compare measure log record track report notify warn tell ask mail email call send post
    contact inform review audit list find look investigate determine decide define agree assign own appoint name give take hand bring
    order buy renew reissue extend shorten encrypt mask scrub clean purge flush drain rehearse practise exercise drill train automate
    script wire hook plug connect expose hide show display print colour color mark tag label introduce implement ship finish close
    open mount store keep copy back archive expire retire decommission shut separate isolate shard scale size resize tune adjust
    change correct convert bump import export load reload sync seed reseed re-seed swap failover bind point route reroute sign teach explain
    lock unlock guard protect cover confirm improve ensure consider monitor watch communicate clarify
""")
# Those that begin a compound as often as a command: "restore test", "rate limit", "release notes".
NOUN_TOO = word_set(
    "restore rate release test change back size seed record review call start stop order load store report"
)

# What a person is, knows or feels; in the bare present no promise.
STATIVE = word_set("""
    think see know guess believe hope agree suspect mean remember have want need like love feel wonder understand get be do say wish care find
    hear notice realise realize doubt assume expect appreciate recall seem look was am is miss worry bet vote thank
""")
# Acts of the moment, which end with the incident.
PASSING = word_set("""
    look check watch see ask let keep stay go come sleep call ping try wait start finish post send share join read talk think listen follow
    monitor dig stop leave eat grab drop head jump hop hand pull poke reboot restart roll rollback revert purge flush kill retry push prepare
    page escalate loop verify confirm test report update tell bring stand drink run rerun deploy
""")
AGREE = word_set("""
    ok okay yes yep yeah sure fine will do done deal on it good works for me agreed agree got it ack roger k great thanks thx np no problem
    can that this i we it them the my mine and plan by for at latest due then so well right alright perfect add noted make be ready take
""")

# How it stands.
OPEN = word_set("""
    pending deferred defer scheduled schedule blocked block planned plan open tbd tba tbc todo owed owe outstanding postponed postpone
    queued queue upcoming proposed propose missing waiting wait
""")
DONE = word_set(
    "done complete completed finished fixed closed shipped merged deployed released resolved delivered ok live"
)

# Words of headings.
CLEANUP = word_set("cleanup clean-up clean tidy tidy-up undo housekeeping leftover leftovers")
INTERIM = word_set("temporary emergency interim stopgap workaround mitigation")
LEFT = word_set("owed owe remove removal revert remain remaining outstanding status leave")
SAME = word_set("class same similar sibling other further elsewhere wider")
PLACES = word_set(
    "search defect fault bug problem issue cause place surface system service elsewhere audit sweep"
)
TESTS = word_set("test testing coverage check")
MISSING = word_set("missing owed add added write new")
ACTIONS = word_set("""
    improvement measure recommendation remediation to-do todo todos owed outstanding hardening prevention corrective ai ais next follow-up followup
    follow-ups commitment
""")
NOT_OWED = word_set("timeline chronology history taken log happened summary detection impact question ruled")
