"""Numbers in words: English as far as the thousands, other languages as far as titles and volumes need them."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.matching.text import words

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_OTHER_UNITS = (
    "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici",
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf",
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth",
    "erster zweiter dritter vierter funfter sechster siebter achter neunter zehnter elfter zwolfter",
    "erste zweite dritte vierte funfte sechste siebte achte neunte zehnte elfte zwolfte",
    "erstes zweites drittes viertes funftes sechstes siebtes achtes neuntes zehntes elftes zwolftes",
    "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme",
    "primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo",
    "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
)
_EXTRA = {"funfe": 5, "une": 1, "una": 1, "ein": 1, "eine": 1}
_EXTRA_ORDINALS = {"premiere": 1, "seconde": 2, "primera": 1, "segunda": 2, "tercera": 3, "prima": 1, "seconda": 2}

CARDINALS: dict[str, int] = {word: value for value, word in enumerate(_UNITS.split())}
"""English cardinals below twenty."""
TENS: dict[str, int] = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
"""English tens."""
_FOREIGN = {word: value for row in _OTHER_UNITS for value, word in enumerate(row.split())} | _EXTRA
_ORDINAL_VALUES = {
    word: value for row in reversed(_ORDINALS) for value, word in enumerate(row.split(), start=1)
} | _EXTRA_ORDINALS


def number_word(text: str, *, ordinals: bool = True) -> int | None:
    """The number that a whole text spells (`twenty-one`, `One Hundred and Five`, `drei`, `First`), or None."""
    found = words(text)
    if not found:
        return None
    begun = leading_number(found)
    if begun and begun[1] == len(found):
        return begun[0]
    if len(found) == 1:
        value = _FOREIGN.get(found[0])
        if value is None and ordinals:
            value = _ORDINAL_VALUES.get(found[0])
        return value
    if ordinals and len(found) == 2 and found[0] in TENS and _ORDINAL_VALUES.get(found[1], 10) < 10:
        return TENS[found[0]] + _ORDINAL_VALUES[found[1]]
    return None


def leading_number(spelled: Sequence[str]) -> tuple[int, int] | None:
    """The English cardinal at the beginning of folded words, and how many words it takes; None when there is none."""
    total, group, taken = 0, 0, 0
    ceiling = 1_000_000  # of the next addend, so that "one two" is not three
    index = 0
    if tuple(spelled[:2]) in {("a", "hundred"), ("a", "thousand")}:
        group, index = 1, 1
    while index < len(spelled):
        word = spelled[index]
        if word == "and" and taken == index and group % 100 == 0 and group and index + 1 < len(spelled):
            nxt = spelled[index + 1]
            if nxt not in CARDINALS and nxt not in TENS:
                break
            index += 1
            continue
        if word in CARDINALS and CARDINALS[word] < ceiling and (CARDINALS[word] or not taken):
            group += CARDINALS[word]
            ceiling = 1
        elif word in TENS and ceiling > 99:
            group += TENS[word]
            ceiling = 10
        elif word == "hundred" and 0 < group < 100:
            group *= 100
            ceiling = 100
        elif word == "thousand" and 0 < group < 1000 and not total:
            total, group, ceiling = group * 1000, 0, 1000
        else:
            break
        index += 1
        taken = index
    return (total + group, taken) if taken else None
