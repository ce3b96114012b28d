"""What the command is taken to mean before anything opens."""

from __future__ import annotations

from spie_desk.app.main import COMMANDS, _plainly, parser


def test_without_a_command_the_window_opens() -> None:
    assert parser().parse_args([]).command == "open"
    assert parser().parse_args(["--profile", "/nowhere"]).command == "open"


def test_a_named_command_is_not_taken_for_the_window() -> None:
    assert parser().parse_args(["doctor"]).command == "doctor"
    assert set(COMMANDS) >= {"open", "doctor"}


def test_the_short_way_to_the_window_means_what_the_long_one_means() -> None:
    for given in ([], ["--profile", "/nowhere"]):
        short = _plainly(given)
        assert short is not None
        assert vars(short) == vars(parser().parse_args(given))
    for given in (["doctor"], ["--profile", "--json"], ["--profile"], ["--help"], ["--profile", "/nowhere", "status"]):
        assert _plainly(given) is None
