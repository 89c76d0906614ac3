"""Preference certificates of the demo city in each state, from the application to the use and the revocation."""

from typing import Any

from openpes.demo.actions.staff import Desk, count_done, tried
from openpes.registration.actions import (
    CertificateFacts,
    UseFacts,
    answer_objection,
    apply_certificate,
    check_certificate,
    decide_certificate,
    note_objection,
    review_certificate,
    revoke_certificate,
    use_certificate,
)
from openpes.registration.models import PreferenceCertificate

ALWAYS = ("01", "02")
KINDS = (
    CertificateFacts(group="3", documents=(*ALWAYS, "07", "08"), former_unit="南宁旧机械厂"),
    CertificateFacts(group="4", documents=(*ALWAYS, "09")),
    CertificateFacts(group="1", documents=(*ALWAYS, "03"), former_unit="邕江纺织厂"),
    CertificateFacts(group="2", documents=(*ALWAYS, "05", "06"), former_unit="南宁旧糖业公司"),
)
# How far each goes, and how many days ago it was applied for.
STATES = (
    ("applied", 0), ("applied", 9), ("notice", 2), ("objected", 3), ("answered", 4), ("to decide", 12),
    ("issued", 40), ("used", 45), ("checked", 60), ("revoked", 50), ("refused", 30), ("due", 400),
)  # fmt: skip
ISSUED = ("issued", "used", "checked", "revoked", "due")
POLICIES = (("020", "青秀区人力资源和社会保障局", 120_000), ("080", "南宁示例银行", None))


def play_certificates(persons: list[int], desk: Desk) -> int:
    """Take applications of registered unemployed, and bring each as far as its state; how many there are."""
    done = [_one(person, number, *STATES[number % len(STATES)], desk) for number, person in enumerate(persons)]
    return count_done(done)


def _one(person: int, number: int, state: str, days: int, desk: Desk) -> object:
    asked = None
    for facts in (KINDS[number % len(KINDS)], *KINDS):  # the rules ask of each group another past
        asked = tried(apply_certificate, person=person, facts=facts, by=desk.county, at=desk.ago(days))
        if asked:
            break
    if not asked or state == "applied":
        return asked
    moment = desk.ago(max(days - 1, 0))
    tried(review_certificate, certificate=asked.pk, by=desk.county, at=moment)
    if state in ("objected", "answered"):
        _objected(asked, state, desk)
    elif state not in ("notice", "to decide"):
        _decided(asked, state, days, desk)
    return asked


def _objected(asked: PreferenceCertificate, state: str, desk: Desk) -> None:
    said = "该人员已在私营企业上班，请核实。"
    noted = tried(note_objection, certificate=asked.pk, said=said, by=desk.county, at=desk.ago(1))
    if noted and state == "answered":
        told: dict[str, Any] = {"certificate": asked.pk, "objection": noted.pk}
        tried(answer_objection, **told, answer="经核查，本人未就业，情况属实。", by=desk.city, at=desk.at)


def _decided(asked: PreferenceCertificate, state: str, days: int, desk: Desk) -> None:
    """By another officer, when the notice is over."""
    told: dict[str, Any] = {"certificate": asked.pk, "by": desk.city, "at": desk.ago(days - 16)}
    if state not in ISSUED:
        tried(decide_certificate, issues=False, note="公示期内核实本人已在单位就业，不符合条件。", **told)
        return
    if not tried(decide_certificate, issues=True, **told):
        return
    if state in ("used", "checked"):
        for policy, unit, amount in POLICIES:
            facts = UseFacts(policy=policy, unit=unit, from_on=desk.day(20), amount_fen=amount)
            tried(use_certificate, certificate=asked.pk, facts=facts, by=desk.county, at=desk.ago(20))
    if state == "checked":
        tried(check_certificate, certificate=asked.pk, passed=True, by=desk.county, at=desk.ago(5))
    if state == "revoked":
        reason = "本人已实现稳定就业，按规定收回。"
        tried(revoke_certificate, certificate=asked.pk, reason=reason, by=desk.city, at=desk.ago(2))
