"""How the body of a change is kept: its ids as bytes, the rest packed with a dictionary of what most bodies say."""

from __future__ import annotations

import re
import zlib

_IDS = b"\x01"
"""Begins a body packed as below; one that an older version kept begins as zlib does, and is read for ever."""

_ID, _LONG, _AGAIN = 1, 2, 3
"""In place of an id of 16 bytes, of a digest of 32, of one already told (its rank, from 32 on, follows): canonical
JSON holds no bare control character."""

_HEX = re.compile(rb'"([0-9a-f]{64}|[0-9a-f]{32})"')
_MARK = re.compile(rb"\x01|\x02|\x03[ -~]")
_FIRST, _RANKS = 32, 95
_OPENING = re.compile(rb'{"commitment":"([0-9a-f]{32})","person":"([0-9a-f]{32})","salt":"([0-9a-f]{32})"')
_OPENED = b'{"commitment":\x01,"person":\x01,"salt":\x01'
_LEVEL, _WINDOW, _MEMORY = 6, -13, 5

_FRENCH = """
suite à une absence, courrier reçu, dossier complet, attestation, justificatif de domicile, titre de séjour,
récépissé, carte vitale, complémentaire santé, médecin traitant, hôpital, addiction, ordonnance, impayé de loyer,
expulsion, bailleur, hébergement d’urgence, logement, surendettement, Banque de France, impôts, facture
d’électricité, tuteur, curatelle, mission locale, France Travail, formation, entretien d’embauche, contrat, chantier
d’insertion, stage, permis de conduire, mobilité, garde d’enfants, école, crèche, PMI, scolarité, parents, mère,
père, sœur, frère, fille, fils, conjoint, voisin, ami, famille, allocation, prime d’activité, RSA, CAF, CPAM, MDPH,
CCAS, département, mairie, assistante sociale, conseillère, éducateur, bénévole, travailleur, association, tribunal,
avocat, plainte, violences, semaine prochaine, matin, après-midi, lundi, mardi, mercredi, jeudi, vendredi, janvier,
février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre, prochain, dernier,
aujourd’hui, depuis plusieurs mois, toujours, encore, jamais, aussi, ensuite, enfin, alors, déjà, souvent, parfois,
beaucoup, très, trop, bien, mieux, moins, plus, Appel de Mme, Appel de M. Visite à domicile. Entretien avec Madame.
Monsieur a été reçu, Elle a été reçue, n’est pas venue, ne s’est pas présenté, a demandé de rappeler, doit fournir,
dit que le, dit que la, dit que les, explique que, pense que, Il faut, Il est, Elle est, Il a, Elle a, Il ne, Elle
ne, On a, Nous avons, Je lui ai, a appelé, a envoyé, a transmis, accompagner, ont été, était, serait, avait, sera,
peut, pourra, veut, voudrait, souhaite, attend, cherche, trouve, garde, prend, propose, refuse, accepte, demande
une, reçoit des, avec son, avec sa, avec ses, chez leur, dans une, dans le, dans la, pour une, pour le, pour la,
pour les, pour l’, par la, par le, sur une, sur le, sur la, sans, sous, entre, vers, mais aussi, parce que, ainsi
que, lorsque, avant de, avant le, après la, de la, de l’, du, des, un, une, et le, et la, et de, à la, au, aux, ce,
cette, qui est, qui a, quand, comme, si, en, Rendez-vous avec, le 12 à 14 h 30. La situation, L’assistante, La
famille, Le dossier, Les démarches. Son, Sa, Ses, Elle, Il
"""  # not words

_RECORDS = (
    '{"structure":\x01,"name":{"first_name":"","last_name":""},"contact":{"email":"@example.org","phone":""}}}'
    '{"title":"","body":"","place":"","status":"coming","with_whom":"","sort":"rdv","at":"09:00","remark":"","said":""'
    '{"education":"","person":\x01,"request":{"said_on":"2026-","words":""},"search":{"project":"","radius_km":null},'
    '"work":""}}{"function":"referent","period":{"since":"2026-","until":null},"person":\x01,"professional":\x01,'
    '"stand_in":false}}{"person":\x01,"remark":"","remind_on":null,"scheme":"rsa","state":{"ends_on":null,'
    '"starts_on":null,"status":"open"}}}{"information":{"by":\x01,"given_on":"2026-","how":"entretien",'
    '"interpreter":false,"notice":"2026-1"},"person":\x01}}{"owner":{"owner":\x01,"owner_name":""},"passage":"",'
    '"person":\x01,"progress":{"done_on":null,"due_on":"2026-","status":"planned"},"theme":"","what":""}}'
    '{"address":{"postcode":"","street":"","street_more":"","town":"","town_code":"","undisclosed":false},'
    '"birth":{"birth_place":"","birth_year":null,"born_on":"19"},"contact_rules":{"call_from":"","contact_note":"",'
    '"no_message":false},"domiciliation":{"domiciled_at":"","domiciled_until":null},"email":"",'
    '"end":{"end_reason":"","ended_on":null},"entered_on":"2026-","guardian":{"guardian_kind":"","guardian_name":"",'
    '"guardian_phone":""},"language":{"interpreter":false,"language":"","reads":""},"name":{"birth_name":"",'
    '"civility":"m","civility":"mme","first_name":"","last_name":""},"nickname":"","number":"P0-",'
    '"referent":{"referent":\x01,"referent_since":"2026-"}}}{"identifier":{"scheme":"caf","value":""},"person":\x01}}'
    '{"person":\x01,"phone":{"number":"06 39 98 ","whose":""},"wrong_since":null}}'
    '"commitment":\x01,"origin":{"deed":\x01,"person":\x01,"salt":\x01,"values":{"deleted":true}}'
    '"base":{"content":[[\x01,1]],"progress":[[\x01,1]]},"seen":{'
    '{"commitment":\x01,"person":\x01,"salt":\x01,"values":{"content":{"at":"15:30","authors":[\x03!],'
    '"compartment":"situation","compartment":"ma-structure","copy_of":"","corrects":"","digest":\x02,"minutes":30,'
    '"on":"2026-","passage":"","person":\x01,"place":"","readers":[],"sort":"appel","sort":"visite",'
    '"sort":"entretien","text":"","theme":""}}}'
)

DICTIONARY = (" ".join(_FRENCH.split()) + _RECORDS).encode()
"""Part of the format: a body packed with it is read with it. Never change a byte; a better one would be a new number
beside ``_IDS``."""

_DEFLATER = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
_INFLATER = zlib.decompressobj(_WINDOW, DICTIONARY)


_CUT = ValueError("a body that is cut short")


def packed(body: bytes) -> bytes:
    """A change's body as it is kept."""
    ids: dict[bytes, int] = {}
    told: list[bytes] = []
    start = b""
    if opening := _OPENING.match(body):
        # Nearly all the ids of a short body: taken in one go, as « mark » would one by one.
        told = list(opening.groups())
        ids = {one: rank for rank, one in enumerate(told)}
        if len(ids) == len(told):
            start, body = _OPENED, body[opening.end():]
        else:
            told, ids = [], {}

    def mark(found: re.Match[bytes]) -> bytes:
        one = found[1]
        rank = ids.setdefault(one, len(told))
        if rank < len(told):
            return bytes((_AGAIN, _FIRST + rank))
        if len(told) >= _RANKS:
            del ids[one]
        told.append(one)
        return b"\x01" if len(one) == 32 else b"\x02"

    text = start + _HEX.sub(mark, body)
    deflater = _DEFLATER.copy()
    return b"".join((_IDS, deflater.compress(text), deflater.flush(), bytes.fromhex(b"".join(told).decode())))


def unpacked(kept: bytes) -> bytes:
    """The body, to the byte, whichever version kept it; ValueError or zlib.error for bytes that are none."""
    if kept[:1] != _IDS:
        return zlib.decompress(kept)
    inflater = _INFLATER.copy()
    text = inflater.decompress(kept[1:])
    if not inflater.eof:
        raise _CUT
    ids = inflater.unused_data.hex().encode()
    told: list[bytes] = []
    at = 0

    def spelled(found: re.Match[bytes]) -> bytes:
        nonlocal at
        mark = found[0]
        if mark[0] == _AGAIN:
            return told[mark[1] - _FIRST] if mark[1] - _FIRST < len(told) else b""
        end = at + (32 if mark[0] == _ID else 64)
        one = b'"%b"' % ids[at:end]
        at = end
        told.append(one)
        return one

    body = _MARK.sub(spelled, text)
    if at != len(ids):
        raise _CUT
    return body
