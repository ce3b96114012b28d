"""Hostile, damaged and foreign CAF/MSA flows: one sentence each, with the line, never a value, never the network."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from spie_desk.domain.benefit_flow import BadHousehold, FlowFoot, FlowHead, FlowPart, Household
from spie_desk.exchange import benefit_flow as flows
from spie_desk.texts import sentence
from tests.made_flows import AMINA, PAUL, SECRET, STRANGER, Foyer, Who, flow, foot, head

GOOD = flow(Foyer([AMINA]), Foyer([PAUL]).closed("2026-09-30"))
ROOT = GOOD[GOOD.index(b"<Racine") :]


def quiet(_done: int, _size: int) -> None:
    """Progress that nobody watches."""


def read(tmp_path: Path, data: bytes, told: Callable[[int, int], None] = quiet) -> list[FlowPart]:
    path = tmp_path / "flux.xml"
    path.write_bytes(data)
    return list(flows.read_flow(path, told))


def dtd(subset: str) -> bytes:
    return f'<?xml version="1.0"?>\n<!DOCTYPE Racine {subset}>\n'.encode() + ROOT.replace(b"BELKACEM", b"&a;", 1)


LOLS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE: dict[str, tuple[bytes, type[flows.FlowError]]] = {
    "billion laughs": (dtd(f'[<!ENTITY l0 "lol">{LOLS}<!ENTITY a "&l11;">]'), flows.EntitiesError),
    "external entity": (dtd('[<!ENTITY a SYSTEM "file:///etc/passwd">]'), flows.EntitiesError),
    "remote entity": (dtd('[<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]'), flows.EntitiesError),
    "external subset": (dtd('SYSTEM "http://127.0.0.1:9/a.dtd"'), flows.EntitiesError),
    "after a comment": (b"<!-- x --><?y z?>" + dtd("[]").partition(b"?>")[2], flows.EntitiesError),
    "undeclared entity": (GOOD.replace(b"BELKACEM", b"&lol;", 1), flows.BrokenFlowError),
    "deep": (GOOD.replace(b"<NOM>", b"<a>" * 5000 + b"<NOM>", 1), flows.DeepFlowError),
    "endless household": (GOOD.replace(b"<Personne>", b"<Personne>" + b"<x></x>" * 800_000, 1),
                          flows.BigHouseholdError),
    "endless text": (GOOD.replace(b"BELKACEM", b"B" * 12_000_000, 1), flows.BigHouseholdError),
    "endless prolog": (b"<!--" + b"a" * 100_000 + b"-->" + ROOT, flows.NotFlowError),
    "empty": (b"", flows.EmptyFlowError),
    "blanks": (b"\xef\xbb\xbf \r\n", flows.EmptyFlowError),
    "utf-16": (GOOD.decode("cp1252").replace("windows-1252", "utf-16").encode("utf-16"), flows.EncodingError),
    "not its encoding": (GOOD.replace(b"windows-1252", b"utf-8").replace(b"AMINA", b"AM\xcfNA"), flows.EncodingError),
    "unknown encoding": (GOOD.replace(b"windows-1252", b"ebcdic-fr"), flows.EncodingError),
    "zero byte": (GOOD.replace(b"AMINA", b"AM\x00NA", 1), flows.EncodingError),
    "cut": (GOOD[: len(GOOD) // 2], flows.CutFlowError),
    "cut in a tag": (GOOD[: GOOD.index(b"<PRENOM>") + 4], flows.CutFlowError),
    "cut before the end": (GOOD[:-5], flows.CutFlowError),
    "tags crossed": (GOOD.replace(b"</NOM>", b"</MON>", 1), flows.BrokenFlowError),
    "more after the end": (GOOD + b"<x/>", flows.BrokenFlowError),
    "a page": (b"<html><body>Erreur 403</body></html>", flows.NotFlowError),
    "a list": (b"Nom;Prenom\nDiop;Awa\n", flows.NotFlowError),
    "an archive": (b"PK\x03\x04" + b"x" * 60, flows.NotFlowError),
    "nothing in it": (b"<Racine/>", flows.NotFlowError),
    "another namespace": (GOOD.replace(b"<Racine ", b'<Racine xmlns="urn:autre" ', 1), flows.NotFlowError),
    "another head": (GOOD.replace(b"DTREF>", b"DATEREF>"), flows.OtherVersionError),
    "another household": (GOOD.replace(b"PRENOM>", b"PRENOMS>"), flows.OtherVersionError),
    "something between": (GOOD.replace(b"<InfosFoyerRSA>", b"<Autre/><InfosFoyerRSA>", 1), flows.OtherVersionError),
    "two heads": (GOOD.replace(b"<InfosFoyerRSA>", GOOD[GOOD.index(b"<Ident") : GOOD.index(b"<InfosFoyer")]
                               + b"<InfosFoyerRSA>", 1), flows.OtherVersionError),
    "no foot": (head("2026-11-30").encode() + Foyer([AMINA]).xml().encode() + b"</Racine>", flows.OtherVersionError),
    "a household in another": (GOOD.replace(b"<Personne>", b"<InfosFoyerRSA/><Personne>", 1), flows.OtherVersionError),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_flow_gets_its_own_sentence(tmp_path: Path, name: str) -> None:
    data, expected = HOSTILE[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(flows.FlowError) as caught:
        read(tmp_path, data)
    assert type(caught.value) is expected
    said = sentence(caught.value)
    assert "flux.xml" in said
    assert "…" not in said
    assert "BELKACEM" not in said + repr(caught.value.__cause__)
    assert caught.value.__cause__ is None
    # kilobytes: none of them is worth eighty megabytes of anyone's memory
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80_000


def test_every_sort_of_refusal_has_a_sentence_of_its_own() -> None:
    sorts = {expected for _, expected in HOSTILE.values()}
    assert len({one.says for one in sorts}) == len(sorts) >= 9


def test_a_file_that_is_not_there_or_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(flows.NoSuchFlowError):
        list(flows.read_flow(tmp_path / "absent.xml", quiet))
    with pytest.raises(flows.NoSuchFlowError):
        list(flows.read_flow(tmp_path, quiet))
    monkeypatch.setattr(flows, "MOST_BYTES", 100)
    with pytest.raises(flows.BigFlowError):
        read(tmp_path, GOOD)


def test_a_real_flow_is_read_without_following_where_its_schema_is_said_to_be(tmp_path: Path) -> None:
    data = GOOD.replace(b"../../ailleurs/vrsb0801.xsd", b"http://127.0.0.1:9/piege.xsd")
    said, one, two, last = read(tmp_path, data)
    assert isinstance(said, FlowHead)
    assert isinstance(one, Household)
    assert isinstance(two, Household)
    assert (one.people[0].last_name, two.state, two.closed_for) == ("BELKACEM", "5", "ECH")
    assert last == FlowFoot(2)


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "iso-8859-15", "utf-8"])
def test_accents_come_in_the_encoding_that_it_says(tmp_path: Path, encoding: str) -> None:
    data = flow(Foyer([Who("LEFÈVRE", "ZOÉ", "1988-03-04")]), encoding=encoding)
    data = data.replace(b"windows-1252", encoding.encode(), 1)
    (household,) = (one for one in read(tmp_path, data) if isinstance(one, Household))
    assert (household.people[0].last_name, household.people[0].first_name) == ("LEFÈVRE", "ZOÉ")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [(b"<NOM>ZQXVINCONNU", b"<NOM>" + b"Z" * 29, "NOM"), (b"1971-01-02", b"02/01/1971", "DTNAI"),
     (b"<PRENOM>ODILONWZ</PRENOM>", b"", "NOMCOMNAI"), (b"<ETATDOSRSA>3", b"<ETATDOSRSA>9", "ETATDOSRSA"),
     (b"<TOPSANSDOMFIXE>0", b"<TOPSANSDOMFIXE>peut-etre", "TOPSANSDOMFIXE")],
)  # fmt: skip
def test_one_bad_household_is_named_by_its_line_and_field(tmp_path: Path, old: bytes, new: bytes, field: str) -> None:
    bad = Foyer([STRANGER], state="3").xml().encode()
    assert old in bad
    data = head("2026-11-30").encode() + Foyer([AMINA]).xml().encode() + bad.replace(old, new, 1) + \
        Foyer([PAUL]).xml().encode() + foot(3).encode()  # fmt: skip
    found = read(tmp_path, data)
    assert [type(one) for one in found] == [FlowHead, Household, BadHousehold, Household, FlowFoot]
    wrong = found[2]
    assert isinstance(wrong, BadHousehold)
    assert wrong.field == field
    assert f"<{field}>".encode() in data.splitlines()[wrong.line - 1]
    assert "ODILONWZ" not in repr(wrong)


def test_a_household_beyond_line_65535_is_still_named_where_it_stands(tmp_path: Path) -> None:
    far = b"\n" * 70_000 + b"<InfosFoyerRSA>"
    data = flow(Foyer([AMINA]), Foyer([STRANGER], state="9")).replace(b"<InfosFoyerRSA>", far, 1)
    (bad,) = (one for one in read(tmp_path, data) if isinstance(one, BadHousehold))
    assert b"<ETATDOSRSA>9" in data.splitlines()[bad.line - 1]


def test_social_security_numbers_are_not_read_at_all(tmp_path: Path) -> None:
    assert SECRET[:13].encode() in GOOD
    assert SECRET[:13] not in repr(read(tmp_path, GOOD))


def test_progress_is_told_and_may_stop_it(tmp_path: Path) -> None:
    data = flow(*(Foyer([AMINA]) for _ in range(300)))
    heard: list[tuple[int, int]] = []
    read(tmp_path, data, lambda done, size: heard.append((done, size)))
    assert heard[-1] == (len(data), len(data))
    assert len(heard) > 3

    def stop(done: int, _size: int) -> None:
        if done > len(data) // 2:
            raise KeyError

    with pytest.raises(KeyError):
        read(tmp_path, data, stop)


def test_memory_does_not_grow_with_the_flow(tmp_path: Path) -> None:
    def peak(households: int) -> int:
        path = tmp_path / f"{households}.xml"
        path.write_bytes(flow(*(Foyer([AMINA]) for _ in range(households))))
        for _ in flows.read_flow(path, quiet):
            pass
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    flow(*(Foyer([AMINA]) for _ in range(3000)))
    small = peak(500)
    assert peak(3000) - small < 12_000
