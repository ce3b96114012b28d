"""Every kind of record there is: one list."""

from __future__ import annotations

from types import MappingProxyType

from spie_desk.domain.records.action import ACTION
from spie_desk.domain.records.appointment import APPOINTMENT
from spie_desk.domain.records.around import IDENTIFIER, INFORMED, OPPOSITION, PHONE, RELATIVE, RIGHT
from spie_desk.domain.records.attempt import ATTEMPT
from spie_desk.domain.records.concern import CONCERN
from spie_desk.domain.records.copy_of_data import COPY_ANSWER, COPY_REQUEST
from spie_desk.domain.records.diagnosis import FINDING, REQUEST
from spie_desk.domain.records.membership import MEMBERSHIP
from spie_desk.domain.records.note import NOTE
from spie_desk.domain.records.outreach import OUTREACH
from spie_desk.domain.records.paper import PAPER
from spie_desk.domain.records.person import PERSON
from spie_desk.domain.records.phrase import PHRASE
from spie_desk.domain.records.piece import PIECE
from spie_desk.domain.records.professional import PROFESSIONAL
from spie_desk.domain.records.relay import RELAY
from spie_desk.domain.records.review import ATTENDANCE, CONTRIBUTION, DECISION, EXTRACT, PASSAGE, REVIEW
from spie_desk.domain.records.same_as import SAME_AS
from spie_desk.domain.records.structure import STRUCTURE
from spie_desk.domain.records.template import TEMPLATE
from spie_desk.domain.records.view import VIEW
from spie_desk.domain.records.word import WORD

KINDS = (STRUCTURE, PROFESSIONAL, PERSON, SAME_AS, PHONE, IDENTIFIER, RELATIVE, INFORMED, OPPOSITION, RIGHT, MEMBERSHIP,
         REQUEST, FINDING, NOTE, ACTION, PIECE, APPOINTMENT, ATTEMPT, OUTREACH, RELAY, REVIEW, PASSAGE, CONTRIBUTION,
         DECISION, ATTENDANCE, EXTRACT, VIEW, CONCERN, PAPER, COPY_REQUEST, COPY_ANSWER,
         PHRASE, WORD, TEMPLATE)  # fmt: skip

KIND = MappingProxyType({kind.name: kind for kind in KINDS})
"""Kind by name."""
