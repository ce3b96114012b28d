"""« import » : the dry run, then the import, of a file of people."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from spie_desk.app.commands.opening import opened, say, say_json
from spie_desk.domain.import_plan import ImportPlan
from spie_desk.services import imports
from spie_desk.services.desk import Desk
from spie_desk.texts import _


def run(options: argparse.Namespace) -> int:
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
