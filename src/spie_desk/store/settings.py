"""Settings, import mappings and reports: a key and a value, in the store and in every backup."""

from __future__ import annotations

import json
from typing import cast

from sqlalchemy import Connection, bindparam, delete, insert, select

from spie_desk.store.prepared import Prepared
from spie_desk.store.tables import setting
from spie_desk.store.transactions import Transactions
from spie_sync.change import Value, canonical


class StoredSettings:
    """Reads and writes settings, inside the open unit if there is one."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, key: str) -> Value:
        with self._transactions.reading() as connection:
            return read_setting(connection, key)

    def set(self, key: str, value: Value) -> None:
        """None removes the setting."""
        with self._transactions.joining("settings") as connection:
            write_setting(connection, key, value)


def read_setting(connection: Connection, key: str) -> Value:
    found = _READ.value(connection, key=key)
    return None if found is None else cast("Value", json.loads(found))


def write_setting(connection: Connection, key: str, value: Value) -> None:
    if value is None:
        _REMOVE.run(connection, key=key)
    else:
        _WRITE.run(connection, key=key, value=canonical(value))


_READ = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key")))
_WRITE = Prepared(insert(setting).prefix_with("OR REPLACE"))
_REMOVE = Prepared(delete(setting).where(setting.c.key == bindparam("key")))
