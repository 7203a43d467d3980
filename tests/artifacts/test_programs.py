"""What programs write: logs, tables, JSON, git, mail and transcripts."""

from folders import holding, read, times


def test_runs_of_alike_lines_are_one_record_and_what_is_new_stands_alone(tmp_path):
    lines = [
        f'203.0.113.{i % 9} - - [03/Feb/2031:21:{i // 6:02}:{i % 6 * 10:02} +0000] "GET /lamp/{i} HTTP/2.0" 200 {i}'
        for i in range(60)
    ]
    lines[30] = '203.0.113.7 - - [03/Feb/2031:21:05:00 +0000] "GET /lamp/30 HTTP/2.0" 502 0'
    artifacts = read(tmp_path, {"access.log": "\n".join(lines)})
    assert [(r.locator, r.kind) for r in artifacts.records] == [
        ("lines 1-60 (59 alike lines)", "log"),
        ("line 31", "log"),
    ]
    assert artifacts.records[0].until.strftime("%H:%M:%S") == "21:09:50"


def test_lines_without_a_time_go_on_with_the_line_before(tmp_path):
    log = "# bastion recorder, clock UTC\n[2031-02-03 21:18:02] ada@lamp-1:~$ fwctl push 9\nerror: 9 of 10 refused\n[2031-02-03 21:19:00] ada@lamp-1:~$ fwctl back\n"
    artifacts = read(tmp_path, {"session.txt": log})
    record = holding(artifacts, "fwctl push")
    assert (record.locator, record.text.split("\n")[1]) == ("lines 2-3", "error: 9 of 10 refused")
    assert (record.actor, record.zone_basis) == ("ada", 'the file says "clock UTC"')


def test_times_of_programs_are_read_in_their_own_forms(tmp_path):
    log = "1927692120 epoch\n2031/02/01 06:03:00 [error] 31#31: slash\nFeb  1 06:04:00 host app[1]: syslog\n2031-02-01T06:05:00.123Z iso\n"
    artifacts = read(tmp_path, {"x.log": log, "incident.yaml": "timezone: UTC\n"})
    assert [t[-5:] for t in times(artifacts.records)] == ["06:02", "06:03", "06:04", "06:05"]


def test_json_of_an_unknown_kind_gives_its_timed_objects(tmp_path):
    data = {
        "page": {"name": "Lamps"},
        "incidents": [
            {
                "name": "Lamps dark",
                "incident_updates": [
                    {
                        "status": "investigating",
                        "body": "We are looking.",
                        "created_at": "2031-02-03T14:05:00-07:00",
                    },
                    {
                        "status": "resolved",
                        "body": "Lamps are on.",
                        "created_at": "2031-02-03T15:05:00-07:00",
                        "author": {"displayName": "Ada"},
                    },
                ],
            }
        ],
    }
    artifacts = read(tmp_path, {"status.json": data})
    posts = tuple(r for r in artifacts.records if r.kind == "status")
    assert [(r.text, r.actor) for r in posts] == [
        ("investigating: We are looking.", None),
        ("resolved: Lamps are on.", "Ada"),
    ]
    assert times(posts) == ["02-03 21:05", "02-03 22:05"]
    assert posts[0].locator == "/incidents/0/incident_updates/0"


def test_a_table_keeps_its_columns_and_its_formulas_are_text(tmp_path):
    csv = '\ufefftime;who;event\n2031-02-03T21:05:00Z;Ada;"=2*480; all dark"\n2031-02-03T21:06:00Z;Ben;ok\n'
    record = read(tmp_path, {"t.csv": csv}).records[0]
    assert record.columns == (("time", "2031-02-03T21:05:00Z"), ("who", "Ada"), ("event", "=2*480; all dark"))
    assert (record.text, record.actor, record.kind) == ("=2*480; all dark", "Ada", "row")


def test_git_mail_and_transcripts_are_told_by_who_made_them(tmp_path):
    artifacts = read(
        tmp_path,
        {
            "log.txt": "commit 5b1e0f7c9a3d\nAuthor: Ada Moreau <ada@mail.example>\nDate:   Mon Feb 3 14:05:00 2031 -0700\n\n    firmware: table for lamp 17\n",
            "m.eml": "From: Ben Ito <ben@mail.example>\nTo: ops@mail.example\nSubject: numbers\nDate: Mon, 03 Feb 2031 22:05:00 +0100\n\n412 lamps.\n\n> quoted\n",
            "GMT20310203-210000_Recording.vtt": "WEBVTT\n\n1\n00:05:00.000 --> 00:05:02.000\nCleo Vance: I have the bridge.\n",
        },
    )
    told = {r.source: (r.actor, r.text, r.kind) for r in artifacts.records}
    assert told == {
        "GMT20310203-210000_Recording.vtt": ("Cleo Vance", "I have the bridge.", "message"),
        "log.txt": ("Ada Moreau", "firmware: table for lamp 17", "change"),
        "m.eml": ("Ben Ito", "412 lamps.", "message"),
    }
    assert set(times(artifacts.records)) == {"02-03 21:05"}
