"""The cards of this laptop, profiles and invitations: what the first screen shows before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from spie_desk.services.cards import InvitationCard, ProfileCard
from spie_desk.store import profiles
from spie_desk.store.durable import read_json
from spie_desk.store.profiles import Profile

INVITATIONS = "invitations"


def card(profile: Profile) -> ProfileCard:
    return ProfileCard(profile.id, profile.label, profile.colour, profile.training)


def profile_cards(root: Path) -> Sequence[ProfileCard]:
    return [card(one) for one in profiles.list_profiles(profiles.open_root(root))]


def invitation_cards(root: Path) -> Sequence[InvitationCard]:
    found = []
    for path in sorted((root / INVITATIONS).glob("*.json")):
        data = read_json(path) or {}
        if data.get("label") and path.with_suffix(".sealed").exists():
            found.append(InvitationCard(path.stem, str(data["label"]), datetime.fromisoformat(data["made_at"])))
    return found
