"""Every page of an encrypted store in the clear, free ones and the log's included: where erased words would hide."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def plain_pages(database: Path, key: bytes) -> bytes:
    """The file and its write-ahead log, decrypted page by page with the raw key; the HMACs are left out."""
    raw = database.read_bytes()
    assert len(raw) % PAGE == 0
    pages = [raw[at : at + PAGE] for at in range(0, len(raw), PAGE)]
    clear = [_clear(page, key, skip=SALT if at == 0 else 0) for at, page in enumerate(pages)]
    log = database.with_name(f"{database.name}-wal")
    framed = log.read_bytes()[LOG_HEADER:] if log.exists() else b""
    step = FRAME_HEADER + PAGE
    for at in range(0, len(framed) - step + 1, step):
        number = int.from_bytes(framed[at : at + 4], "big")
        page = framed[at + FRAME_HEADER : at + step]
        clear.append(_clear(page, key, skip=SALT if number == 1 else 0))
    return b"".join(clear)


def _clear(page: bytes, key: bytes, *, skip: int) -> bytes:
    body, tail = page[skip : PAGE - RESERVED], page[PAGE - RESERVED :]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(tail[:IV])).decryptor()
    return decryptor.update(body) + decryptor.finalize()
