"""What a screen reader would say, one JSON line each: runs on the system's Python, where pyatspi lives.

Everything is said as it happens: a focus gained, an announcement. It ends with its input.
"""

import json
import sys

import pyatspi
from gi.repository import GLib


def say(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def described(one):
    told = {"role": one.getRoleName(), "name": one.name, "description": one.description}
    try:
        text = one.queryText()
        told["text"] = text.getText(0, text.characterCount)
    except NotImplementedError:
        told["text"] = ""
    return told


def focused(event):
    if not event.detail1:
        return
    try:
        told = described(event.source)
    except (RuntimeError, GLib.Error):
        return  # gone before it could be read: a real reader says nothing either
    say(heard="focus", **told)


def announced(event):
    say(heard="announcement", name=str(event.any_data))


def ended(_source, _condition):
    pyatspi.Registry.stop()
    return False


pyatspi.Registry.registerEventListener(focused, "object:state-changed:focused")
pyatspi.Registry.registerEventListener(focused, "object:active-descendant-changed")
pyatspi.Registry.registerEventListener(announced, "object:announcement")
GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_HUP, ended)
say(heard="ready", name="")
pyatspi.Registry.start()
