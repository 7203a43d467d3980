"""Which documents count as English: terse ones too, and none of another language full of English loans."""

from __future__ import annotations

import pytest

from pipeline.documents.parse import parse

TERSE = """# Importer stall

- 14:03 pager fired, importer lag 40 min
- 14:05 rolled back build 77
- 14:09 queue draining, errors down
- 14:20 all clear, customers told
- cause: missing index, full table scans
- fix: index added, migration test added
- next: cap batch size, page storage on lag, rerun failed jobs, review limits quarterly
"""
OTHERS = {
    "German": "Am Vormittag konnten sich die Kunden nicht anmelden, weil ein Zertifikat abgelaufen war. Das Team hat den "
    "Ausfall erst nach einer halben Stunde bemerkt. Danach wurde das Zertifikat erneuert und der Dienst neu gestartet, "
    "sodass alle Kunden sich wieder anmelden konnten.",
    "French": "Le matin du 4 juin, les clients n'ont pas pu se connecter parce qu'un certificat avait expiré. L'équipe n'a "
    "remarqué la panne qu'après une demi-heure. Ensuite le certificat a été renouvelé et le service redémarré, de sorte "
    "que tous les clients ont pu se connecter à nouveau.",
    "Spanish": "El certificado del servicio de acceso caducó por la mañana y los clientes no pudieron entrar durante una hora. "
    "El equipo no se dio cuenta hasta que los clientes llamaron. Después se renovó el certificado y se reinició el servicio, "
    "de modo que todos pudieron entrar de nuevo.",
    "Dutch with loans": "- Deploy van build 77 op cluster eu-west\n- Alert importer lag ging af, team gepaged\n- Rollback naar "
    "build 76, service weer online\n- Oorzaak: timeout in load balancer, connection pool te klein\n- Monitoring dashboard laat "
    "error rate onder 1 % zien\n- Ticket aangemaakt, owner is platform team, review op vrijdag\n",
    "German with loans": "- Deploy von Build 77 auf Cluster eu-west-1\n- Alert ImporterLag hat das On-Call-Team gepagt\n"
    "- Rollback auf Build 76, Service wieder online\n- Root Cause: Timeout im Load Balancer, Connection Pool zu klein\n"
    "- Monitoring Dashboard zeigt Error Rate unter 1 %\n- Ticket erstellt, Owner ist Platform Team, Review am Freitag im Channel\n",
}


def test_terse_bullets_are_english() -> None:
    assert parse(TERSE).english
    assert parse("".join(f"Jonas carelessly restarted pool {n}.\n\n" for n in range(30))).english


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_languages_are_not(text: str) -> None:
    assert not parse(text).english


def test_a_report_that_quotes_another_language_is_english() -> None:
    english = "The certificate of the login service expired, and nobody could log in for an hour. " * 4
    assert parse(f"{english}\n\n> {OTHERS['German']}\n").english
