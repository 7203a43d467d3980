"""What becomes a placeholder, and what must stay as it is. Every secret here is made up for this file."""

import time

import pytest

from pipeline.artifacts.redaction import Redactor, redact, without

KEY_LINE = "MC4CAQAwBQYDK2VwBCIEIG1hZGUtdXAta2V5LWZvci1hLXRlc3Qtb25seQ=="


@pytest.mark.parametrize(
    ("text", "secret", "kind"),
    [
        ("aws AKIA" + "Q2MADEUPKEY4TEST now", "AKIAQ2MADEUPKEY4TEST", "api key"),
        ("AWS_SECRET_ACCESS_KEY=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", "q8Vd2LqYtR0s", "api key"),
        ("the box has q8Vd2LqYtR0sWm4XzC7uKeJ1fHb6NgAo9iTQ3yEw in it", "q8Vd2LqYtR0s", "api key"),
        ('curl -H "Authorization: Bearer x" https://api.example', "Bearer x", "access token"),
        ("token ghp_" + "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8", "ghp_a1", "access token"),
        ("xoxb-" + "000000000000-madeupforthistest", "xoxb-0", "access token"),
        ("sk-ant-api03-" + "madeUp0123456789abcdef", "sk-ant", "api key"),
        ("eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl", "eyJhbGci", "access token"),
        ("postgres://repl:Win-ter-77@db-1:5432/app", "Win-ter-77", "password"),
        ("DB_PASSWORD=hunter2", "hunter2", "password"),
        ("curl https://api.example/v2/fc?q=1&key=wvk-0123456789abcdef gives []", "wvk-0123", "api key"),
        ("remote is vnc with `Blue-Heron!42`, right?", "Blue-Heron", "password"),
        ("the admin password is Sommer2031!", "Sommer2031", "password"),
        ('"client_secret": "7hG5kk2Jpp0Qrr1"', "7hG5kk2J", "api key"),
        ("the cdn key vndr_7Qm2_x81LrTzWv0NcE5 is old", "vndr_7Qm2", "api key"),
        ("mysql -u root -pS3cret! -h db", "S3cret!", "password"),
        ("from kim.doe+shop@mail.example today", "kim.doe", "email address"),
        ("call +47 400 00 018 before noon", "400 00", "phone number"),
        ("she is on 0491 570 156, thanks", "0491", "phone number"),
        ("ring (555) 010-4567", "010-4567", "phone number"),
        ("card 4111 1111 1111 1111 was charged", "1111 1111", "card number"),
        ("| api_key | abcd1234efgh5678ijkl |", "abcd1234", "api key"),
        ("| **DB password** | `Sommer2031!` |", "Sommer2031", "password"),
        ("| host | db-1 | auth token (old) | 9f8e7d6c5b4a3f2e |", "9f8e7d6c", "access token"),
        ("| login | password |\n|---|---|\n| root | hunter2-Zx9 |", "hunter2", "password"),
        ("login | password\n--|--\nroot | hunter2-Zx9", "hunter2", "password"),
        ("aws_secret_access_key =\n    q8Vd2LqYtR0sWm4XzC7u/eJ1fHb6NgAo9iTQ3yEw", "q8Vd2LqY", "api key"),
        ("**Authorization:** Bearer `abcdef0123456789abcdef`", "abcdef0123", "access token"),
    ],
)
def test_a_secret_becomes_a_placeholder_of_its_kind(text, secret, kind):
    done = redact(text)
    assert secret not in done.text
    assert f"[{kind}]" in done.text
    assert done.counts[kind] >= 1


@pytest.mark.parametrize(
    "text",
    [
        "commit 5b1e0f7c9a3d4428b6e1f0a7d2c5e8b9a4f3d611",
        "image app@sha256:4bcf9e0d1a7c3b5e8f6a2d4c9b1e7f3a5d8c6b2e4f1a9d7c3b5e8f6a2d4c9b1e",
        "trace 7b0a9f04-3f2e-5d17-9c2a-000000000001 host 203.0.113.17:8443 2001:db8::17",
        "2026-03-18T06:20:15.123456Z ts 1773815321.123456 ms 1773815321123",
        "order 4111111111111111, ticket #0423 118820, INC-2026-018",
        "pool-116f5d3e-bl6h v1.20.3-rc1 2026-03-18 06:47-07:01 +0200 UTC+11 0/1 0 29m",
        "password expired; token: expired; the secret is rotated; auth=ok; session: closed",
        "the token bucket is empty, tokens=5000, cache_key=user:12, monkey: business",
        "ops@db-2:~$ ls; git@git.example:org/repo.git; getty@tty1.service",
        "LatencyAbove90PercentFor5Minutes in checkout-api-7f9c44d5b8-x2x9p",
        "passing all 12 checks, bypass: 3, compass=north",
        "| password | expired |\n| token | 5,000 a minute |\n| secret | rotated | session | 12 |",
        "| password policy | 14 characters |\n| after that we gave out a token | ok2-done9-and-gone-there |",
        "| Session | Auth |\n|---|---|\n| web-3 | OAuth2 |\n\ntoken:\n  the one of the importer",
        "password=${DB_PASSWORD} token: <redacted> secret: null",
    ],
)
def test_what_only_looks_like_a_secret_stays(text):
    assert redact(text).text == text


def test_a_private_key_vanishes_and_every_line_keeps_its_number():
    text = f"before\n-----BEGIN PRIVATE KEY-----\n{KEY_LINE}\n-----END PRIVATE KEY-----\nafter"
    assert redact(text).text == "before\n[private key]\n\n\nafter"


def test_a_key_that_other_people_interrupt_is_followed_to_its_end():
    lines = [
        "06:28 < ann> -----BEGIN RSA PRIVATE KEY-----",
        f"06:28 < ann> {KEY_LINE}",
        "06:29 < ben> delete that please",
        f"06:29 < ann> {KEY_LINE}",
        "06:29 < ann> -----END RSA PRIVATE KEY-----",
        "06:30 < ben> thanks",
    ]
    text = redact("\n".join(lines)).text
    assert "MC4CAQ" not in text
    assert "PRIVATE KEY-----" not in text
    assert "ben> delete that please" in text
    assert text.endswith("ben> thanks")


def test_a_key_spread_over_several_messages_is_one_key():
    redactor = Redactor()
    texts = [
        redactor.redact(t)
        for t in ("here\n-----BEGIN PRIVATE KEY-----", KEY_LINE, "oops", "-----END PRIVATE KEY-----")
    ]
    assert texts == ["here\n[private key]", "[private key]", "oops", "[private key]"]


def test_what_was_found_is_found_again_without_the_words_that_told_it():
    found = redact(
        "| api_key | abcd1234efgh5678 |\nthe admin password is Sommer2031!\nmail a.b@mail.example"
    ).found
    assert found == {
        "abcd1234efgh5678": "[api key]",
        "Sommer2031!": "[password]",
        "a.b@mail.example": "[email address]",
    }
    assert without(found, "abcd1234efgh5678, xabcd1234efgh5678") == "[api key], xabcd1234efgh5678"


def test_a_cell_is_known_by_its_heading_or_by_the_cell_before_it():
    row = (("user", "root"), ("password", "hunter2-Zx9"), ("note", "api_key"), ("value", "abcd1234efgh5678"))
    redacted, found = Redactor().redact_row(row)
    assert [cell for _, cell in redacted] == ["root", "[password]", "api_key", "[api key]"]
    assert without(found, "root, hunter2-Zx9") == "root, [password]"


def test_redacting_twice_changes_nothing_more():
    once = redact("mail kim@mail.example, DB_PASSWORD=hunter2, call +47 400 00 018").text
    assert redact(once).text == once
    assert redact(once).counts == {}


def test_a_long_hostile_text_takes_no_long_time():
    began = time.perf_counter()
    for piece in (
        "a@" * 50_000,
        "password" * 20_000,
        "0491 " * 30_000,
        "x" * 300_000,
        "://" * 50_000,
        "-" * 200_000,
        "|-" * 100_000,
        "token (" * 30_000 + "|x1-y2-z3|",
        "| token " * 30_000,
        "token=\n" * 30_000,
    ):
        redact(piece)
    assert time.perf_counter() - began < 20
