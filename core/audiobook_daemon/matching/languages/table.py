"""The languages of ISO 639-1: code, three-letter codes, English names, own names."""

from __future__ import annotations

from audiobook_daemon.matching.text import words

_ROWS = """
aa aar|Afar|Afaraf
ab abk|Abkhaz,Abkhazian|аԥсуа
ae ave|Avestan
af afr|Afrikaans
ak aka|Akan
am amh|Amharic|አማርኛ
an arg|Aragonese|aragonés
ar ara arb|Arabic|العربية,عربي
as asm|Assamese|অসমীয়া
av ava|Avaric|авар мацӀ
ay aym|Aymara
az aze|Azerbaijani,Azeri|azərbaycan,azərbaycan dili
ba bak|Bashkir|башҡорт теле
be bel|Belarusian,Byelorussian|беларуская,беларуская мова
bg bul|Bulgarian|български,български език
bi bis|Bislama
bm bam|Bambara|bamanankan
bn ben|Bengali,Bangla|বাংলা
bo bod tib|Tibetan|བོད་ཡིག
br bre|Breton|brezhoneg
bs bos|Bosnian|bosanski
ca cat|Catalan,Valencian|català
ce che|Chechen|нохчийн
ch cha|Chamorro
co cos|Corsican|corsu
cr cre|Cree
cs ces cze|Czech|čeština,český,česky
cu chu|Church Slavonic,Old Church Slavonic
cv chv|Chuvash|чӑваш
cy cym wel|Welsh|Cymraeg
da dan|Danish|dansk
de deu ger|German|Deutsch
dv div|Divehi,Dhivehi,Maldivian
dz dzo|Dzongkha
ee ewe|Ewe|Eʋegbe
el ell gre|Greek,Modern Greek|ελληνικά
en eng|English,American English,British English
eo epo|Esperanto
es spa|Spanish,Castilian|español,castellano
et est ekk|Estonian|eesti,eesti keel
eu eus baq|Basque|euskara
fa fas per pes|Persian,Farsi|فارسی
ff ful|Fula,Fulah|Fulfulde
fi fin|Finnish|suomi,suomen kieli
fj fij|Fijian
fo fao|Faroese|føroyskt
fr fra fre|French|français
fy fry|Western Frisian,Frisian|Frysk
ga gle|Irish,Irish Gaelic|Gaeilge
gd gla|Scottish Gaelic,Scots Gaelic|Gàidhlig
gl glg|Galician|galego
gn grn|Guarani|Avañe'ẽ
gu guj|Gujarati|ગુજરાતી
gv glv|Manx|Gaelg
ha hau|Hausa
he heb iw|Hebrew,Modern Hebrew|עברית
hi hin|Hindi|हिन्दी,हिंदी
ho hmo|Hiri Motu
hr hrv scr|Croatian|hrvatski
ht hat|Haitian,Haitian Creole|Kreyòl ayisyen
hu hun|Hungarian|magyar,magyar nyelv
hy hye arm|Armenian|հայերեն
hz her|Herero
ia ina|Interlingua
id ind in|Indonesian|Bahasa Indonesia
ie ile|Interlingue,Occidental
ig ibo|Igbo
ii iii|Nuosu,Sichuan Yi
ik ipk|Inupiaq
io ido|Ido
is isl ice|Icelandic|íslenska
it ita|Italian|italiano
iu iku|Inuktitut|ᐃᓄᒃᑎᑐᑦ
ja jpn|Japanese|日本語
jv jav|Javanese|basa Jawa
ka kat geo|Georgian|ქართული
kg kon|Kongo
ki kik|Kikuyu,Gikuyu
kj kua|Kuanyama,Kwanyama
kk kaz|Kazakh|қазақ тілі,қазақша
kl kal|Kalaallisut,Greenlandic
km khm|Khmer,Cambodian|ភាសាខ្មែរ,ខ្មែរ
kn kan|Kannada|ಕನ್ನಡ
ko kor|Korean|한국어
kr kau|Kanuri
ks kas|Kashmiri
ku kur|Kurdish|kurdî
kv kom|Komi
kw cor|Cornish|Kernewek
ky kir|Kyrgyz,Kirghiz|кыргызча
la lat|Latin|latine,lingua latina
lb ltz|Luxembourgish|Lëtzebuergesch
lg lug|Ganda,Luganda
li lim|Limburgish
ln lin|Lingala
lo lao|Lao|ພາສາລາວ
lt lit|Lithuanian|lietuvių,lietuvių kalba
lu lub|Luba-Katanga
lv lav|Latvian|latviešu,latviešu valoda
mg mlg|Malagasy
mh mah|Marshallese
mi mri mao|Maori,Māori|te reo Māori
mk mkd mac|Macedonian|македонски
ml mal|Malayalam|മലയാളം
mn mon|Mongolian|монгол,монгол хэл
mr mar|Marathi|मराठी
ms msa may zsm|Malay|Bahasa Melayu
mt mlt|Maltese|Malti
my mya bur|Burmese,Myanmar|မြန်မာ,ဗမာစာ
na nau|Nauruan
nb nob|Norwegian Bokmål,Bokmål|norsk bokmål
nd nde|Northern Ndebele
ne nep|Nepali|नेपाली
ng ndo|Ndonga
nl nld dut|Dutch,Flemish|Nederlands,Vlaams
nn nno|Norwegian Nynorsk,Nynorsk|norsk nynorsk
no nor|Norwegian|norsk
nr nbl|Southern Ndebele
nv nav|Navajo,Navaho
ny nya|Chichewa,Nyanja
oc oci|Occitan
oj oji|Ojibwe,Ojibwa
om orm|Oromo|Afaan Oromoo
or ori|Odia,Oriya|ଓଡ଼ିଆ
os oss|Ossetian
pa pan|Punjabi,Panjabi|ਪੰਜਾਬੀ
pi pli|Pali
pl pol|Polish|polski,język polski
ps pus|Pashto,Pushto|پښتو
pt por|Portuguese,Brazilian Portuguese|português
qu que|Quechua
rm roh|Romansh|rumantsch
rn run|Kirundi,Rundi
ro ron rum mol|Romanian,Moldovan|română
ru rus|Russian|русский,русский язык,на русском
rw kin|Kinyarwanda
sa san|Sanskrit|संस्कृतम्
sc srd|Sardinian|sardu
sd snd|Sindhi
se sme|Northern Sami
sg sag|Sango
si sin|Sinhala,Sinhalese|සිංහල
sk slk slo|Slovak|slovenčina,slovenský,slovensky
sl slv|Slovene,Slovenian|slovenščina,slovenski
sm smo|Samoan|gagana Samoa
sn sna|Shona
so som|Somali|Soomaali
sq sqi alb|Albanian|shqip
sr srp scc|Serbian|српски,srpski
ss ssw|Swati,Swazi
st sot|Southern Sotho,Sesotho
su sun|Sundanese|basa Sunda
sv swe|Swedish|svenska
sw swa swh|Swahili|Kiswahili
ta tam|Tamil|தமிழ்
te tel|Telugu|తెలుగు
tg tgk|Tajik|тоҷикӣ
th tha|Thai|ไทย,ภาษาไทย
ti tir|Tigrinya|ትግርኛ
tk tuk|Turkmen
tl tgl fil|Tagalog,Filipino|Wikang Tagalog
tn tsn|Tswana|Setswana
to ton|Tongan
tr tur|Turkish|Türkçe
ts tso|Tsonga
tt tat|Tatar|татар теле
tw twi|Twi
ty tah|Tahitian
ug uig|Uyghur,Uighur|ئۇيغۇرچە
uk ukr|Ukrainian|українська,українська мова
ur urd|Urdu|اردو
uz uzb|Uzbek|oʻzbek,o'zbekcha
ve ven|Venda
vi vie|Vietnamese|tiếng Việt
vo vol|Volapük
wa wln|Walloon
wo wol|Wolof
xh xho|Xhosa|isiXhosa
yi yid ji|Yiddish|ייִדיש
yo yor|Yoruba|Yorùbá
za zha|Zhuang
zh zho chi cmn|Chinese,Mandarin,Mandarin Chinese,Simplified Chinese,Traditional Chinese|中文,汉语,漢語,普通话,国语,國語
zu zul|Zulu|isiZulu
"""


def _read() -> tuple[dict[str, str], dict[str, str]]:
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in _ROWS.strip().splitlines():
        head, *lists = row.split("|")
        code, *longer = head.split()
        codes.update(dict.fromkeys((code, *longer), code))
        for name in ",".join(lists).split(","):
            names[" ".join(words(name))] = code
    return codes, names


CODES, NAMES = _read()
"""Codes of two and three letters, and folded names, to ISO 639-1."""
