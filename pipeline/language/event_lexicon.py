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
    not load, not work, cannot, invalid, wrong, duplicate, leak, throttled, throttle, dead in the water
""")
ALERT = _phrases(
    "alert, alarm, page, trigger, fire, firing, fired, pager, monitor, probe, watchdog, threshold"
)
RECOVER = _phrases("""
    recover, recovery, back to normal, back up, be back, come back, green, healthy, work again, restored, stable, stabilise, stabilize,
    mitigate, mitigated, catch up, caught up, clear, cleared, drop to, fall to, return to normal, all good, succeed, success, up again,
    looking good, look good, error free, streaming, in sync, normal error rate, clean, usual level, normal level, as usual, baseline, look normal, normal again, quiet again, back down, be live, work again, move again, a normal
""")
CLOSE = _phrases("""
    resolve, resolved, close the incident, closing, all clear, incident over, incident be over, stand down, call it, incident closed,
    close incident, fully recover, fully restore, close it, closed
""")
DECLARE = _phrases("""
    declare, sev1, sev2, sev3, sev0, sev4, sev-1, sev-2, sev-3, sev 1, sev 2, sev 3, p1 incident, p0 incident, major incident,
    open an incident, open incident, incident channel, raise an incident
""")
COMMAND = _phrases("""
    ic, incident commander, incident command, incident lead, incident manager, coordinate, coordinator, commander, take command, take lead,
    run the incident, in charge, ops lead, scribe, comms lead
""")
ESCALATE = _phrases("""
    page, escalate, escalation, call in, bring in, loop in, pull in, wake, fetch, call, assign, reassign, notify, hand over, handover,
    hand off, handoff, take over, bridge, war room, dispatch, summon, notified
""")
HAND_OVER = _phrases(
    "hand over, handover, hand off, handoff, take over, hand ic, hand command, i have it, relieve, shift change"
)
# The public, and where it is told something; with them, plain verbs of telling are communication.
PUBLIC = _phrases("""
    status page, statuspage, banner, customer, user, client, public, press, newsletter, instagram, insta, twitter, facebook, social media, website, text message,
    passenger, patient, merchant, seller, partner, tenant, subscriber, announcement, tweet, sms, radio, hotline, forum, blog, bulletin, notice, paper sign, poster,
    observer, mailing list, branch, letter
""")
TELL_PUBLIC = _phrases(
    "post, publish, tell, announce, inform, notify, update, say, set, move, email, mail, mailed, be up, be out, be on, show, write, reply, publish, put up, go out, broadcast"
)
COMMUNICATE = _phrases(
    "status page, statuspage, status update, tweet, announce, announcement, banner, press release, newsletter, maintenance page, public post, broadcast, posted on"
)
DIAGNOSE = _phrases("""
    find, found, cause, because, root cause, turn out, rule out, confirm, suspect, theory, hypothesis, look like, narrow down, bisect, reproduce,
    trace, log show, due to, culprit, explain, identify, discover, notice, investigate, check, compare, correlate, debug, see, diagnose,
    related to, point to, inspect, analyse, analyze, verify, measure, count, empty, mismatch, realise, realize, that be it, the problem be, the reason be, no trace
""")
SUSPECT = _phrases("""
    maybe, perhaps, suspect, possibly, probably, might, could be, theory, hypothesis, guess, wonder, look like, seem, i think, apparently,
    rumour, rumor, say it be, could it be, smell like, feel like, i bet, likely
""")
RULE_OUT = _phrases("""
    rule out, exclude, be fine, be ok, be okay, be healthy, be green, not the, unrelated, no sign of, disprove, refute, nothing wrong, dismiss, eliminate,
    not it, not related, not a cause, deny, look normal, be normal, unaffected, false alarm, not lose, not lost, red herring
""")
DECIDE = _phrases(
    "decision, decide, agree, agreed, we go with, go with, approve, approved, choose, vote, let us, go ahead, plan be, call be, settle on"
)
NO_EFFECT = _phrases("""
    no effect, no change, not help, no help, still the same, same as before, same error, no luck, not work, no improvement, give up, make it worse, bad idea, slower,
    unchanged, no difference, in vain, without effect, without success, abort, abandon, unsuccessful, not a way, stopping, be worse, get worse, change nothing
""")
TRIGGER = _phrases("""
    deploy, deployment, roll out, rollout, release, merge, migration, migrate, config change, change, upgrade, cutover, cron, maintenance, expire, run out, start,
    enable, import, batch, delete, remove, restart, campaign, traffic, increase, launch, flip, toggle, push, apply, job, spam, surge, go live, ship
""")
FOLLOW_UP = _phrases("""
    follow up, followup, follow-up, action item, postmortem, post mortem, post-mortem, retrospective, review on, ticket for, backlog, next step, next steps,
    lesson, debrief, review meeting, to do, todo, write up
""")
# Who tells of a symptom from outside, and how.
REPORTER = _phrases("""
    customer, user, client, passenger, patient, editor, seller, merchant, caller, people, ticket, support, twitter, insta, instagram, social media,
    nurse, guest, partner, visitor, farmer, player, student, somebody, someone, phone, phones, complaint, tenant, branch
""")
TELL = _phrases("say, report, complain, write, call, ring, tell, see, get, ask, tweet, mention, post, phone")
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
