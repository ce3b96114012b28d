"""Make resources/geo/communes.tsv.gz again from the npm package @etalab/decoupage-administratif (INSEE, COG).

    npm pack @etalab/decoupage-administratif   (then unpack)
    python tools/communes.py package/data

One line per present-day commune: INSEE code, name, postcodes joined by a space, department, SIREN of the EPCI,
population. The archive holds no date, so that the same data gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "resources" / "geo" / "communes.tsv.gz"
HEAD = ("code", "name", "postcodes", "department", "epci", "population")


def main(data: Path) -> None:
    communes: list[dict[str, Any]] = json.loads((data / "communes.json").read_text(encoding="utf-8"))
    groups: list[dict[str, Any]] = json.loads((data / "epci.json").read_text(encoding="utf-8"))
    epci = {member["code"]: group["code"] for group in groups for member in group["membres"]}
    lines = ["\t".join(HEAD)]
    for commune in sorted(communes, key=lambda one: one["code"]):
        if commune["type"] != "commune-actuelle" or "codesPostaux" not in commune:
            continue
        lines.append("\t".join((
            commune["code"], commune["nom"], " ".join(commune["codesPostaux"]), commune.get("departement", ""),
            epci.get(commune["code"], ""), str(commune.get("population", "")),
        )))  # fmt: skip
    with OUT.open("wb") as raw, gzip.GzipFile("", "wb", compresslevel=9, fileobj=raw, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
