"""Words of incident response by what they do in a sentence; every entry is a lemma or a phrase of lemmas."""

from __future__ import annotations


def _phrases(text: str) -> frozenset[str]:
    return frozenset(p.strip() for p in text.replace("\n", ",").split(",") if p.strip())


# Verbs by which somebody changes a running system. Used with a frame (who, when), never alone.
INTERVENE = _phrases("""
    roll back, rollback, revert, restart, reboot, bounce, redeploy, deploy, purge, flush, clear, fail over,
    failover, switch, scale, resize, increase, raise, lower, reduce, decrease, bump, disable, enable, block, ban, unblock,
    kill, stop, start, drain, cordon, evict, upload, restore, copy, import, export, rebuild, reindex, rotate, revoke,
    renew, reissue, patch, apply, hotfix, mitigate, throttle, limit, isolate, disconnect, reconnect, replace,
    swap, remount, unmount, mount, empty, merge, pause, unpause, resume, rerun, replay, resync, reseed,
    promote, demote, bring up, bring down, spin up, spin down, take down, turn off, turn on, switch off, switch on, shut down,
    cut over, reroute, divert, undelete, image, recover, repair, reset, refund, recreate, delete, remove, wipe,
    truncate, move, migrate, upgrade, downgrade, push, ship, release, shed, quarantine, blacklist, whitelist, unplug,
    power cycle, reinstall, reload, sync, refresh, provision, allocate, add, change, set, update, pull, run, open, close
""")
# Those among them that also mean small talk or paperwork; they count only with a technical object.
WEAK_INTERVENE = _phrases(
    "add, change, set, update, pull, run, open, close, move, push, clear, start, stop, copy, delete, remove, merge, release, image, empty, apply, recover, ship, limit, raise"
)
SYMPTOM = _phrases("""
    error, errors, timeout, time out, fail, failure, down, outage, unavailable, unreachable, slow, latency, lag,
    stuck, hang, hung, crash, oom, oomkilled, broken, break, degrade, spike, saturate, full, exhaust, refuse, reject,
    drop, lose, loss, missing, blank, freeze, frozen, stall, corrupt, mismatch, overload, backlog, unhealthy,
    red, on fire, 500, 502, 503, 504, 5xx, 4xx, 429, complain, complaint, dead, panic, exception, flap, unable, expire, run out,
    not load, not work, not right, not as expected, weird, odd, strange, cannot, invalid, wrong, duplicate, leak, throttled, throttle, dead in the water
""")
ALERT = _phrases(
    "alert, alarm, page, trigger, fire, firing, fired, ack, acked, acknowledge, pager, monitor, probe, watchdog, threshold"
)
# Nouns before which "page" is a page that people read.
READ_PAGES = frozenset("status maintenance web error landing home login product wiki front".split())
# Set phrases of recovery; states and verbs of recovering are read by their frame.
RECOVER = _phrases("""
    back to normal, return to normal, all good, up again, looking good, look good, error free, in sync, normal error rate, usual level, normal level,
    as usual, baseline, normal again, quiet again, back down, work again, move again, a normal, caught up, looks normal, be back, come back, drop to, fall to
""")
# What a system is when it is well again; counted after a copula only.
WELL = frozenset(
    "back up green healthy normal stable live clean zero available reachable open streaming sync quiet mitigated restored recovered "
    "fixed seeded drained usual complete completed done finished reopened signed".split()
)
# What a system does when it is well again.
MENDS = _phrases(
    "recover, work, resume, succeed, drain, stabilise, stabilize, come back, catch up, clear, complete, move, flow, stream"
)
CLOSE = _phrases("resolve, resolved, all clear, stand down, fully recover, fully restore")
DECLARE = _phrases("""
    declare, sev1, sev2, sev3, sev0, sev4, sev-1, sev-2, sev-3, sev 1, sev 2, sev 3, p1 incident, p0 incident, major incident,
    open an incident, open incident, incident channel, raise an incident
""")
COMMAND = _phrases("""
    ic, incident commander, incident command, incident lead, incident manager, coordinator, commander, take command, take lead, in charge, ops lead,
    run the incident
""")
ESCALATE = _phrases("escalation, reassign, bridge, war room, dispatch, summon")
# Verbs by which somebody is fetched; what they fetch must be a name.
CONTACT = _phrases(
    "page, call, phone, ring, wake, wake up, fetch, summon, notify, ping, call in, bring in, pull in, loop in, get"
)
HAND_OVER = _phrases(
    "hand over, handover, hand-over, handoff, take over, hand ic, hand command, relieve, shift change"
)
# Those affected, and the media by which they are told.
PUBLIC = _phrases("""
    status page, statuspage, banner, customer, user, client, public, press, newsletter, instagram, insta, twitter, facebook, social media, website,
    passenger, patient, merchant, seller, partner, tenant, subscriber, announcement, tweet, sms, hotline, forum, blog, bulletin, notice, poster,
    observer, mailing list, branch, letter, bank, member, reader, traveller, player, student, farmer, discord, mastodon
""")
PUBLISH = _phrases("post, publish, announce, tweet, broadcast, email, mail, write, update")
INFORMS = _phrases("tell, inform, notify, write, mail, email")
DIAGNOSE = _phrases("""
    find, found, cause, because, root cause, turn out, rule out, confirm, suspect, theory, hypothesis, look like, narrow down, bisect, reproduce,
    trace, log show, due to, culprit, explain, identify, discover, notice, correlate, diagnose,
    related to, point to, analyse, analyze, empty, mismatch, realise, realize, that be it, the problem be, the reason be, no trace
""")
SUSPECT = _phrases("""
    maybe, perhaps, suspect, possibly, probably, might, could be, theory, hypothesis, guess, wonder, look like, seem, i think, apparently,
    rumour, rumor, say it be, could it be, smell like, feel like, i bet, likely
""")
RULE_OUT = _phrases("""
    rule out, exclude, unrelated, no sign of, disprove, refute, nothing wrong, dismiss, eliminate,
    not it, not related, not a cause, deny, look normal, be normal, unaffected, false alarm, not lose, not lost, red herring
""")
DECIDE = _phrases(
    "decision, decide, agree, agreed, we go with, go with, approve, approved, choose, vote, let us, go ahead, plan be, call be, settle on"
)
NO_EFFECT = _phrases("""
    no effect, no change, no help, still the same, same as before, same error, no luck, no improvement, give up, make it worse, bad idea, slower,
    unchanged, no difference, in vain, without effect, without success, abort, abandon, unsuccessful, not a way, stopping, be worse, get worse, change nothing
""")
TRIGGER = _phrases("""
    deploy, deployment, roll out, rollout, release, merge, migration, migrate, config change, change, upgrade, cutover, cron, maintenance, expire, run out, start,
    enable, import, batch, delete, remove, restart, campaign, traffic, increase, launch, flip, toggle, push, apply, job, spam, surge, go live, ship
""")
FOLLOW_UP = _phrases("""
    follow up, followup, follow-up, action item, postmortem, post mortem, post-mortem, retrospective, review on, ticket for, next step, next steps,
    lesson, debrief, review meeting, to do, todo, write up
""")
# Who tells of a symptom from outside, and how.
REPORTER = _phrases("""
    customer, user, client, passenger, patient, editor, seller, merchant, caller, people, ticket, support, twitter, insta, instagram, social media,
    nurse, guest, partner, editor, author, reader, journalist, press, visitor, farmer, player, student, somebody, someone, phone, phones, complaint, tenant, branch
""")
TELL = _phrases("say, report, complain, write, call, ring, tell, tweet, mention, post, phone")
HEARSAY = _phrases(
    "hear, rumour, rumor, gossip, allegedly, supposedly, telegram, insider, twitter say, tweet say, reddit"
)
# Where anybody says anything; what is told from there is hearsay until somebody here sees it.
GRAPEVINES = _phrases(
    "twitter, facebook, forum, insta, instagram, reddit, telegram, mastodon, tiktok, social media, whatsapp"
)
COMPLETE = _phrases(
    "all of them, 100 %, 100%, everywhere, the rest, fully, all hosts, all pods, all nodes, all region, all edge, all site"
)
DONE = _phrases(
    "do, done, complete, completed, finish, finished, over, succeed, applied, deployed, live, up, started, start, run, running"
)
CHATTER = _phrases("""
    lol, lmao, haha, hahaha, thanks, thank you, thx, ty, good morning, morning, good night, night, hello, hi, hey, bye, lunch, coffee, dinner, weekend, holiday, birthday,
    congrats, congratulation, welcome, standup, meme, gif, game, football, pizza, beer, brb, afk, np, no problem, nice, great, awesome, cool,
    sorry for, good luck, happy, enjoy, breakfast, train, traffic jam, kids, dog, cat, weather, cake
""")
# Verbs of saying, looking and being that open a message without changing anything.
LOOKING = frozenset(
    "look check read think wait investigate watch try see dig search debug verify test wonder listen follow compare ask measure count inspect".split()
)
NO_CHANGE = LOOKING | frozenset(
    "post find tell hear notice agree approve forget get say confirm announce tweet know expect mean decide talk write note report suspect "
    "learn guess hope go come sit feel be have joke leave sleep eat join miss make wake call phone ring page ping mail email reply answer "
    "speak stand take hold keep need want like love thank greet escalate request".split()
)
# Verbs that govern another: one that carries it out, one that leaves it undone.
CARRIES_OUT = frozenset("have manage start begin keep finish be go".split())
FALLS_SHORT = frozenset(
    "fail refuse need want try forget decline hesitate consider suggest propose plan avoid".split()
)
# Verbs whose past looks like their present: "set the clock" tells what was done.
SAME_IN_PAST = frozenset("set put cut shut reset".split())
# Verbs that also tell what begins or ends by itself; an author's own act has an object.
INCHOATIVE = frozenset(
    "start stop run open close begin end finish change move drop grow rise fall increase decrease clear mitigate recover restore".split()
)
