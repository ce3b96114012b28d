"""A review of situations: prepared, held at the table and projected without a name, then closed."""

from __future__ import annotations

from dataclasses import replace

from spie_desk.app.tour.guide import Guide
from spie_desk.app.tour.hands import NeverCameError, shortcut, type_text, wait
from spie_desk.domain.errors import N_
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.review import Review
from spie_desk.domain.shown import Touched
from spie_desk.services import reviews
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed

QUESTION = "Que faire en premier pour qu’elle garde son logement cet hiver ?"  # not words
HER_WORDS = "« Je veux rester dans mon quartier, près de l’école. »"  # not words
SAID = "La demande d’aide est déposée ; réponse attendue sous trois semaines."  # not words
DECIDED = "Appeler le bailleur avec elle"  # not words
_SITUATIONS = 2


def prepare(guide: Guide) -> None:
    """The next review that is planned; if there is none, one with two situations."""
    found = guide.ask(_planned)
    if not found:
        guide.do(_plan)
        found = guide.ask(_planned)
    guide.review = found
    if guide.open("review", review=guide.review):
        guide.picture("revue-preparer")


def hold(guide: Guide) -> None:
    """At the table: what one structure says is typed, a decision made; then projected, no name in view."""
    review = guide.review
    if not guide.open("meeting", review=review):
        return
    field = guide.page.first_focus()
    if field is not None:
        field.setFocus()
        type_text(SAID, field)
        guide.settle()
    guide.do(lambda desk: _decide(desk, review))
    guide.picture("revue-tenir")
    shortcut(guide.window, "F5")
    guide.settle()
    guide.picture("revue-projetee")
    shortcut(guide.window, "F5")
    guide.settle()


def close(guide: Guide) -> None:
    """Each situation seen in turn, on the page; then the review is over."""
    review = guide.review
    meeting = guide.ask(lambda desk: reviews.meeting(desk, review))
    if meeting is None:
        raise NeverCameError(what=N_("la revue"))
    if guide.window.navigator.route() == "meeting":
        shortcut(guide.window, "Ctrl+Right")
        guide.settle()
        wait(lambda: guide.ask(lambda desk: _seen(desk, review)) > 0, N_("une situation vue"))
    guide.open("reviews")
    guide.do(lambda desk: _end(desk, review))
    guide.facts["review"] = {"situations": len(meeting.situations), "decisions": guide.ask(_decisions)}


def _planned(desk: Desk) -> bytes:
    """The first one to come that has situations; empty when there is none."""
    rows = [one for one in reviews.rows(desk) if one.shown.record.status != "held" and one.here]
    return min(rows, key=lambda one: str(one.shown.record.on)).shown.record.id if rows else b""


def _plan(desk: Desk) -> Touched:
    today = desk.clock.now().date()
    review = Review(id=desk.chance.id(), on=today, at="14:00", place="Salle du conseil",  # not words
                    structures=(desk.structure.id,))  # fmt: skip
    review.check()
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("review", review)
    for row in desk.store.lists.people(PersonFilter(), limit=_SITUATIONS):
        reviews.add_passage(desk, review.id, row.id, QUESTION)
    for one in desk.store.records.find("passage", {"review": review.id}):
        reviews.put(desk, one, replace(one.record, her_words=HER_WORDS, informed_on=today, informed_how="oral"))
    return desk.store.touched()


def _decide(desk: Desk, review: bytes) -> Touched:
    meeting = reviews.meeting(desk, review)
    if meeting is None:
        raise NeverCameError(what=N_("la revue"))
    return reviews.decide(desk, meeting.situations[0].passage, DECIDED, desk.me.id)


def _seen(desk: Desk, review: bytes) -> int:
    return desk.store.records.count("passage", {"review": review, "status": "done"})


def _end(desk: Desk, review: bytes) -> Touched | None:
    shown = desk.store.records.get("review", review)
    return reviews.close(desk, shown) if shown is not None and shown.record.status != "held" else None


def _decisions(desk: Desk) -> int:
    return desk.store.records.count("decision")
