"""Make resources/words/fr.txt again: 7,776 common French words that are easy to say, spell and type.

    pip install wordfreq ; npm pack dictionary-fr ; npm pack french-badwords-list   (then unpack both)
    python tools/passphrase_words.py dictionary-fr/index.dic french-badwords-list/list.txt

Words are the headwords of the spelling dictionary (MPL-2.0), 4 to 8 plain letters, the most frequent first
(wordfreq, CC BY-SA 4.0); left out: words that an accent would turn into another (cote, côte), offensive ones
(french-badwords-list, MIT) and those one would not read to someone in
difficulty (below: slurs, violence, weapons, illness, death, sex).
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

CRUEL = re.compile(
    # slurs, and words that set people apart
    r"^(sexis|sexto|unisex|bisex|homo$|lesbie|transex|trans$|trave|macho|misogyn|facho|xeno|barbar|sauvage$|primit|indigen"
    r"|coloni|colonis|metis|mulat|creol|orienta|asiat|kurde|turc$|roms$|rom$|serf$|servil|soumis|insoumis|larbin|plebe|gnome"
    # violence, weapons, war, crime and its places
    r"|agress|assaut|attaqu|assail|fouet|cravach|tabass|massac|massue|matraq|taser|sniper|obus|missile|muniti|torpil|sabre$"
    r"|dague|hache$|lancer?$|canon$|carabin|cartouch|grenade|mine$|miner$|mineur$|raid|commando|combat|bataill|conflit|invasi"
    r"|envahi|siege|assieg|milit|soldat|guerr|djihad|jihad|putsch|tyran|tyranni|despot|dictat|menac|harcel|punit|punir|bagne"
    r"|bagnar|taule|garrot|mafia|malfrat|gangst|truand|bandit|pirat|pillag|piller|voler$|voleur|braqu|brutal|cruel|cruaut"
    r"|fugiti|fraud|arnaqu|trahi|trahis|police$|juge$|juger$|jugemen|penal|delit|delinq|coupab|verrou|evad|menott|saccag|egorg"
    r"|etrang|lynch|martyr|suppli|empal|ecorch|mutil|ravag|hostil|sabot|rossee|gourdin|harpon|hargn|feroc|furie|fureur"
    # death and illness
    r"|agonie|agonis|deuil|fatal|funest|funeb|funer|lugub|macab|morgue|obseq|cimet|inhum|letal|poison|venin|venim|toxic|toxin"
    r"|toxique|typhus|virus|viral|microb|infect|asthm|autis|aveugl|amput|boiteu|bossu$|handic|invalid|muet$|sourd$|kyste|verrue"
    r"|ulcer|abces|lupus|grippe$|hantis|psycho|schizo|nevros|dement|delire|overdos|opium|crack|junkie|shoot|seringu|diabet"
    r"|allergi|tetan|herpe|eczem|migrain|nause|rectal|rot$|roter|prout|morve|glair|moisi|ranci|nocif|nefast|sinist|sequel|coma"
    # sex and the body laid bare
    r"|amant|baise|catin|escort|jouir|jouiss|libert[iy]|mamelon|mamel|nymph|orgie|phallus|sperm|tripot|pelot|glande|glander"
    r"|godem|gigolo|coquin|lascif|charnel|coit|nichon|tetin|string$|nudist|adulte|infidel|jaloux|jalous|aguich|bordel|lupanar"
    # drink, anger, insults, the devil
    r"|vodka|whisky|rhum$|pastis|rage$|rager|rageur|rageux|colere|drame|drama|babouin|cochon|porc$|porche?r$|truie|vache$|singe"
    r"|guenon|chien$|furieu|infern|malef|sorci|occult|maudi|damne|ingrat|lache$|crapul|canaill|gredin|vaurien|minus|debris"
    r"|tocard|tordu|crado|crasse|nigaud|benet|niais|ballot|balourd|bouseu|plouc|goujat|mufle|rustre|enfoir|foutr|foutu|foutai"
    r"|chier|chian|emmerd|branl|couill|bite$|zizi|zob|nique|pouff|radasse|morue|thon$|cagol|beauf|kebla|beurett?|rebeu|negro|bandant"
    r"|bitte$|lapid|injuri|tomahaw|scolio|acidose|delirium|lazaret|utero|extasi|sniff|craignos|diot$|arythm|fistule|grrr"
    r"|uppercut|usurier|veule|minijup|cetera|blob|mollah|taleb|molard|polonium|geindre|cloner|goinfre|ksar|transfo|tric$)"
)
"""Nothing that is painful to read aloud at an unlock, with someone in difficulty in the room."""


def folded(word: str) -> str:
    word = word.replace("œ", "oe").replace("æ", "ae")
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def main(dictionary: Path, offensive: Path) -> None:
    heads = {line.split("/")[0].strip() for line in dictionary.read_text(encoding="utf-8").splitlines()[1:]}
    accented = {folded(word.lower()) for word in heads if folded(word.lower()) != word.lower()}
    names = {word.lower() for word in heads if word[:1].isupper()}
    refused = {folded(word.strip().lower()) for word in offensive.read_text(encoding="utf-8").splitlines()}
    left_out = accented | names | refused
    kept = {
        word for word in heads
        if PLAIN.fullmatch(word) and word not in left_out and not HURTFUL.match(word) and not CRUEL.match(word)
    }  # fmt: skip
    # A plural beside its singular is one word more to mishear: the singular alone stays.
    kept = {word for word in kept if not (word.endswith(("s", "x")) and word[:-1] in kept)}
    ranked = sorted(kept, key=lambda word: (-zipf_frequency(word, "fr"), word))[:WANTED]
    if len(ranked) < WANTED:
        raise SystemExit(f"only {len(ranked)} words")
    OUT.write_text("\n".join(sorted(ranked)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
