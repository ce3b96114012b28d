"""Make resources/words/fr.txt again: 7,776 common French words that are easy to say, spell and type.

    pip install wordfreq ; npm pack dictionary-fr ; npm pack french-badwords-list   (then unpack both)
    python tools/passphrase_words.py dictionary-fr/index.dic french-badwords-list/list.txt

Words are the headwords of the spelling dictionary (MPL-2.0), 4 to 8 plain letters, the most frequent first
(wordfreq, CC BY-SA 4.0); left out: words that an accent would turn into another (cote, côte), offensive ones
(french-badwords-list, MIT) and those one would not read to someone in difficulty (below).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

from wordfreq import zipf_frequency

WANTED = 7776
OUT = Path(__file__).parent.parent / "resources" / "words" / "fr.txt"
PLAIN = re.compile(r"[a-z]{4,8}")
HURTFUL = re.compile(
    r"^(viol|suicid|nazi|race|raci|esclav|negr|noir|blanc|juif|juiv|arabe|gitan|tsigane|tzigane|catho|chretien|musul|islam"
    r"|bible|coran|satan|enfer$|diabl|demon|mort|mour|deced|crime|crimi|meurtr|assass|tuer|tueu|tueri|cadavr|cercueil|tombe"
    r"|sang|saign|saignan|bless|plaie|tortur|violen|batt|frapp|gifl|cogn|coup$|couper|crever|crevai|pendre|pendu|noyer|noyad"
    r"|arme|armes|fusil|balle|pistol|couteau|poignard|guerre|bomb|attentat|terror|otage|rapt|enlev|expuls|prison|detenu|captif"
    r"|drogu|cocain|heroin|cannab|dealer|alcool|ivre|ivress|ivrogn|saoul|soulard|sida|cancer|tumeur|lepre|malad|infirm|debil"
    r"|idiot|imbecil|cretin|stupid|bete|betis|abruti|taré|folle|fous$|folie|dingue|grosse|obese|moche|laid|laide|nain|nabot"
    r"|sexe|sexu|sexy|nudi|nues|porno|eroti|orgas|penis|vagin|sein|seins|fesse|cul|cuni|clito|testic|putain|pute|prostit"
    r"|merde|pisse|urine|caca|crotte|vomi|pourri|ordure|salaud|salope|batard|connar|connas|clochard|mendi|pauvre|misere"
    r"|gueux|paria|voleur|voyou|escroc|racail|ripou|chomage|chomeur|dette|expier|ruine|faillite|divorc|veuf|veuve|orphel"
    r"|avort|inceste|pedo|raté|perdant|minable|miseri|maudit|haine|hair|haineu|peur|effroi|horreur|horrib|terreur|angoiss"
    r"|ethnie|ethniq|migrant|clandes|apatrid|banni|exil|otage|victime|gibet|bourreau|guillo|pogrom|genocid|shoah|fascis"
    r"|nazism|sadique|sadism|maso|fetich|pervers|vicieu|obscen|lubriq|puceau|pucell|vierge|impur|souill|crasse|puant|puer$"
    r"|macchab|fosse$|charnier|abattre|abattoir|euthan|tumeurs|hemorr|fievre|peste|cholera|gale$|poux$|parasit|vermine|cafard"
    r"|prostat|uterus|regles|cocu|aryen|vulve|mammair|nuisett|engeance|fuyard|gueul|socialo|suppl$|circ$|able$|flac$|hominem|clausus|sima$"
    r"|fonts$|buccal|aber$|actu$|compo$|admin$|addict|afghan|africain|tamil|tamoul|quechua|bosnien|andalou|vaseline|scorbut"
    r"|enivr|accro|abject|spectral|garce|gouine|tapette|pede|travelo|bouffon|boche|bougnou|youpin|chinetoq)"
)


def folded(word: str) -> str:
    word = word.replace("œ", "oe").replace("æ", "ae")
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def main(dictionary: Path, offensive: Path) -> None:
    heads = {line.split("/")[0].strip() for line in dictionary.read_text(encoding="utf-8").splitlines()[1:]}
    accented = {folded(word.lower()) for word in heads if folded(word.lower()) != word.lower()}
    names = {word.lower() for word in heads if word[:1].isupper()}
    refused = {folded(word.strip().lower()) for word in offensive.read_text(encoding="utf-8").splitlines()}
    kept = {
        word for word in heads
        if PLAIN.fullmatch(word) and word not in accented | names | refused and not HURTFUL.match(word)
    }  # fmt: skip
    # A plural beside its singular is one word more to mishear: the singular alone stays.
    kept = {word for word in kept if not (word.endswith(("s", "x")) and word[:-1] in kept)}
    ranked = sorted(kept, key=lambda word: (-zipf_frequency(word, "fr"), word))[:WANTED]
    if len(ranked) < WANTED:
        raise SystemExit(f"only {len(ranked)} words")
    OUT.write_text("\n".join(sorted(ranked)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
