"""« import » : the dry run, then the import, of a file of people or of a flow of the CAF or MSA."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from spie_desk.app.commands.opening import opened, say, say_json
from spie_desk.domain.import_plan import ImportPlan
from spie_desk.services import benefit_flow, imports
from spie_desk.services.desk import Desk
from spie_desk.texts import _, n_


def run(options: argparse.Namespace) -> int:
    if options.file.suffix.casefold() == ".xml":
        return _flow(options)
    with opened(options) as found:
        plan = planned(found.desk, options)
        told = counts(plan)
        if not options.dry_run and plan.answered({}).acts:
            report = imports.apply(found.desk, plan)
            told |= {"created": report.created, "updated": report.updated, "deed": report.deed.hex()}
    if options.json:
        say_json(told | {"refusals": refusals(plan)})
        return 0
    say(_("À créer : {n}").format(n=told["to_create"]))
    say(_("À mettre à jour : {n}").format(n=told["to_update"]))
    say(_("En doute : {n}").format(n=told["in_doubt"]))
    say(_("Refusées : {n}").format(n=told["refused"]))
    for one in refusals(plan):
        say("  " + _("ligne {line}, {column} : {why} {mend}").format(**one))
    say(_("Rien n’est encore écrit.") if options.dry_run else _("Import fait : il peut être annulé en une fois."))
    return 0


def _flow(options: argparse.Namespace) -> int:
    """A flow of the CAF or MSA: the sure updates only; doubts wait for someone to look at them on screen."""
    with opened(options) as found:
        plan = benefit_flow.plan(found.desk, options.file)
        told: dict[str, Any] = {
            "on": plan.on.isoformat(), "to_update": len(plan.updates), "unchanged": plan.unchanged,
            "in_doubt": len(plan.doubts), "others": plan.others, "households": plan.households,
            "refused": plan.bad_count,
        }  # fmt: skip
        if not options.dry_run and plan.updates:
            told["deed"] = benefit_flow.apply(found.desk, plan).deed.hex()
    bad = [{"line": one.line, "field": one.field, "why": _(one.why)} for one in plan.bad]
    if options.json:
        say_json(told | {"refusals": bad})
        return 0
    say(n_("{n} personne accompagnée à mettre à jour", "{n} personnes accompagnées à mettre à jour", told["to_update"]))
    say(_("En doute\u00a0: {n}").format(n=told["in_doubt"]))
    say(n_("{n} autre non lue", "{n} autres non lues", told["others"]))
    for one in bad:
        say("  " + _("ligne {line}, champ {field}\u00a0: {why}").format(**one))
    done = _("Import fait\u00a0: il peut être annulé en une fois.")
    say(done if "deed" in told else _("Rien n’est encore écrit."))
    return 0


def planned(desk: Desk, options: argparse.Namespace) -> ImportPlan:
    table = desk.files.read_table(options.file)
    columns = imports.remembered(desk, table) or desk.files.proposed(table, desk.clock.now().date())
    return imports.plan(desk, table, columns, towns=desk.files.towns)


def counts(plan: ImportPlan) -> dict[str, Any]:
    return {
        "file": plan.name, "to_create": plan.to_create, "to_update": plan.to_update, "unchanged": plan.unchanged,
        "in_doubt": plan.in_doubt, "refused": plan.refused,
    }  # fmt: skip


def refusals(plan: ImportPlan) -> list[dict[str, Any]]:
    """Line, column, why and how to mend; the value itself stays in the file."""
    return [
        {
            "line": row.line,
            "column": _(one.column),
            "why": _words(one.why, one.parameters),
            "mend": _words(one.mend, one.parameters),
        }
        for row in plan.rows
        for one in row.refusals
    ]


def _words(msgid: str, parameters: Mapping[str, str]) -> str:
    return _(msgid).format(**{name: _(value) for name, value in parameters.items()})
