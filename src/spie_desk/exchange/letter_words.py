"""The only language a letter's template may speak: fields of the list, and « if »; nothing runs, calls or repeats."""

from __future__ import annotations

from collections.abc import Mapping, Set

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from spie_desk.domain.errors import DeskError
from spie_desk.domain.letters import (
    BrokenTemplateError,
    ForbiddenTemplateError,
    UnknownFieldError,
)

_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or,
            nodes.Compare, nodes.Operand, nodes.Const)  # fmt: skip
_OPERATORS = {"eq", "ne"}


class LetterWords(ImmutableSandboxedEnvironment):
    """Sandboxed, and narrower: what is parsed is judged before anything of it is compiled.

    A sandbox alone lets a template count to ten thousand million; without loops, calls and attributes, there is
    nothing left to escape from or to wait for. ``used`` gathers the fields that were met, ``needed`` those that stand
    outside every « if ».
    """

    def __init__(self, known: Set[str]) -> None:
        super().__init__(autoescape=True, keep_trailing_newline=True)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._known, self.used, self.needed = known, set[str](), set[str]()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            found = super()._parse(source, name, filename)
        except (TemplateSyntaxError, RecursionError) as error:
            raise BrokenTemplateError from error
        self._judge(found)
        return found

    def _judge(self, node: nodes.Node) -> None:
        waiting = [(node, False)]
        while waiting:
            one, under_if = waiting.pop()
            if not isinstance(one, _ALLOWED) or (isinstance(one, nodes.Operand) and one.op not in _OPERATORS):
                raise ForbiddenTemplateError(what=type(one).__name__.casefold())
            if isinstance(one, nodes.Name):
                self._meet(one, under_if=under_if)
            waiting.extend((child, under_if or isinstance(one, nodes.If)) for child in one.iter_child_nodes())

    def _meet(self, one: nodes.Name, *, under_if: bool) -> None:
        if one.name not in self._known or one.ctx != "load":
            raise UnknownFieldError(field=one.name[:40])
        self.used.add(one.name)
        if not under_if:
            self.needed.add(one.name)


def filled(words: LetterWords, source: str, values: Mapping[str, str]) -> str:
    """The source with its fields filled in."""
    try:
        return words.from_string(source).render(values)
    except DeskError:
        raise
    except (TemplateError, SyntaxError, RecursionError, MemoryError) as error:
        # a hundred « if » inside each other are more than Python itself compiles
        raise BrokenTemplateError from error
