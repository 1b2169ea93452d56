"""Words that English titles are made of and names hardly are."""

from __future__ import annotations

from audiobook_daemon.matching.text import words

_WORDS = """
abandoned above abyss academy accidental according across action actual adventure adventures affair affairs after
afternoon again against age agency agent agents ages air alchemist alchemy alien aliens alive alliance alone along
already also altar altered always amazing among anatomy ancient angels anger animal animals another answer anthology
antidote any anything apart apocalypse apprentice arcane arctic arena ark armada armor army arrival arrow arrows
artificial ascendant ascended ascending ascension ashes assassin assassin's assassins atlas atomic attack audacity
autumn avatar avenger awake awakened awakening away axe back bad ballad band banished bargain barrel basic bastard
battle battles bay beach bear beast beasts beat beautiful beauty became become becoming bedtime bee beekeeper before
began beginner beginning beginnings behind being believe beloved below beneath best better between beyond big billion
billionaire bird birds birth birthday bite bitter blade blades blaze bleak blessed blessing blind blink blood
bloodline bloody blooming blossom blue blues board boat bodies body bone bones book books border born borrowed bottle
bottom bound box boys brave bravery bread break breaker breaking breath breathe bride bridge bridges brief bright
brilliant bring broken brother brotherhood brothers buried burn burning business butterfly cabin cage calamity call
called calling came candle cannon captain captive captured cards career carnival case cases castle cat catalyst catch
cats cause cave cell century certain chain chains challenge chamber champion chance change changed changeling chaos
chapter charm chase chasing cheat chemistry chess chicken chief children children's choice choices chosen christmas
chronicles church cinder circle circus cities citizen city clan clash classic classics clean clear clever climate
clock clockwork close cloud clouds club coast cocktail code codex coffee cold collapse collateral collected collection
collector colony color colour come comes comfort coming command common communion companion company complete complex
complicated confession confessions conflict congress connection conqueror conquest conspiracy contact contract control
cookbook corner corpse cosmic cosmos council count countdown country courage court courting cousin coven covenant
cover cowboy cradle craft crazy creation creature creatures creed crew crime crimes criminal crimson crisis crossing
crossroads crow crown crowns cruel crypt culture curious curse cursed cut cycle damage damned dance dancer dancing
danger dangerous dark darker darkest darkness data daughter daughters day days dead deadly dealer dear death deaths
debt decay deceit deceiver december deception decision deep deeper defiance defiant definitive demon demons den
departed descent desert designs desire desolation despair destined destiny destroyer detective devil devil's devils
devotion diamond diaries diary die died difference different digital dinner dirty disappearance disappeared discovery
disease dish disorder distance divided divine division doctor dog dogs doll dolls dominion done doom door doors
doorway double doubt down dragon dragon's dragonfly dragons dream dreamer dreaming dreams dress drive drowned drowning
drums dry duel duke dungeon dungeons dusk dust duty dwarf dying dynasty each eagle early earth east easy eat echo
echoes eclipse edge education effect egg eight eighteen eighth eighty element elements elephant eleven eleventh elf
elfin elves embers emerald emergency emperor emperor's empire empires empress empty enchanted enchantress encounter
end ending endless ends enemies enemy engine engines england english enigma enough epic equation equinox escape essays
essential eternal eternity even evening event ever everlasting every everybody everyone everything evidence evil
evolution exile exiled exit exodus expanse expedition experiment explorer extinction extraordinary eye eyes fable
fables face faces fade fae fair fairies fairy fake falcon fall fallen falling falls false fame familiar family famous
fantastic fantasy far farewell farm fast fatal fate father fathers fault favor favorites favour fear feast feather
february feel fellowship female fever few fiction fiend fifteen fifth fifty fight fighter fighting final finale find
finding fine fire fires first fish five flame flames flash fleet flesh flight floating floor flower flowers fly flying
fog folk follow fool fools foot footsteps forbidden force forces foreign forest forever forge forged forget
forgiveness forgotten form fort fortress fortune fortunes forty forward foundation four fourteen fourth fractured
fragile fragments frame free freedom fresh friday friend friends friendship frontier frozen fugitive full fun funeral
further fury future galactic galaxy gallows gambit gamble game games garden gardens gate gates gather gathering
genesis genius gentle gentleman gentlemen geography getaway getting ghost ghosts giant giants gift gifts girl girls
give given gives glacier glory go goblin god goddess gods going gold gone good goodbye gospel government grand grave
graves gravity great greater greatest greed grim grimm grimoire ground growing guard guardian guardians guest guide
guild guilt guilty gun guns gunslinger habit habits half hallow hallows hammer hand handbook hands hanging happens
happiness happy harbor hard harvest hate haunted haunting have havoc hawk head heal healer healing heart heartbreak
hearts heat heaven heavens heir heirs heist hell hello help her here heretic heritage hero heroes hidden hide high
highland highway him his historical history hits hold hole holiday hollow holy home homecoming honor honour horde
horizon horizons horror horse horses hospital host hot hotel hour hours house houses how human humanity humans hundred
hunger hungry hunted hunting hurricane husband ice idea ideas identity idiot if illusion illustrated immortal
immortals imperial impossible incident incredible independence infernal inferno infinite infinity inheritance initiate
inner innocence innocent insane inside inspector instinct intelligence interview into introduction invasion invention
invincible invisible invitation iron island islands ivory jewel jewels job journal journals journey judge judgement
judgment jungle just justice keep keeper kept key keys kid kids kill killed killer killers killing kind kingdom
kingdoms kings kiss kissed kitchen knife knights know knowing knowledge known labyrinth lady lake land lands language
largest last late laughter law laws leader leaders league learn learning leave leaves leaving left legacy legend
legends legion lessons let letter letters level liar liars library license lie lies life light lighthouse lightning
lights like limited lines lion lions list listen live lives living local lock locked logic lonely look looking lord
lords lore lose loser losing loss lost lots love loved lovely lover lovers loves low luck lucky lunar lust machine
machines mad madness magic magical magician magicians mail make maker makes making male man manifesto manor manual
many map maps march marked market marriage married mars marshal mask masks masquerade massacre master masterpiece
masters match matter mayor maze me mean meaning measure mechanism medicine medieval meditations meet meets memoir
memoirs memories memory men menace mercy mermaid merry message messenger messiah metal meteor method midnight
midsummer might mile military million millionaire mind minds mine ministry minute minutes miracle miracles mirror
mirrors misadventures misery miss missing mission mist mistake mistress mob modern moment money monk monkey monster
monsters month months moonlight more morning mortal mortality most mother mothers motion mountain mountains mouse
mouth movement moving much murder murderer murders museum music must mutiny my mysteries mysterious mystery mystic
myth mythology myths nail naked name named names narrow nation nations native natural nature near necklace necromancer
need needle neighbor neighborhood neighbors nemesis nest net network neutral never new news next nice night nightfall
nightingale nightmare nightmares nights nine nineteen ninety ninth no nobody noise noon nothing novel novels november
now nowhere number oath oblivion obsession ocean oceans october odyssey of off office officer old on once one ones
only open opera operation opposite ops optimist option oracle orbit orc order ordinary origin original origins orphan
orphans other others our out outcast outlaw outlaws outpost outside outsider over own ox pack pages pain painted
painter palace paper papers parable paradise paradox parents part parted party passage passing passion past patch path
paths patient patriot pattern pawn peace people perfect peril perilous person personal phantom philosopher phoenix
photograph piano picture pictures pirate pirates place places plague plain plan planet planets plants play player
players playing please pleasure plot plus pocket poem poems poet poetry point poison poisoned police politics pool
poor portrait positive possession possible potion power powerful practical practice prayer prayers precious prediction
prejudice prelude presence present president pretty prey pride priest primal prime prince princess princesses
principle principles prison prisoner prisoners private prize problem proclamation prodigal prodigy profession
professor program project promise promised promises proof prophecies prophecy prophet protector protocol proud
psychology public punishment puppet pure purple purpose pursuit puzzle pyramid quantum queen queens quest question
questions quick quiet rabbit race radiance radiant rage rain rainbow rat raven ravens reach reader reading ready real
reality realm realms reaper reason rebel rebellion rebels rebirth reborn reckless reckoning recluse recovery red
redemption reflection reflections refuge regiment regret reign relentless relic relics reluctant remains remember
remembered renaissance renegade report republic rescue resistance resolution restaurant restless resurrection
retribution return returned returns revelation revelations revenant revenge review revolution revolutionary rhythm
riddle ride ridge rifles right ring rings riot rise rising risk ritual rival river rivers road roads roar rocket rogue
rogues rolling romance room rooms root roots rough round royal ruin ruins rule rules run runaway rune runes running
rush russian rust sacred sacrifice sad safe saga sail sailing sailor saint saints salt salvation same samurai
sanctuary sand sands sapphire satan saturday savage save saving say scandal scandalous scar scarred scars scattered
school science scientific scorched scoundrel scout scream screaming sea seal search searching seas season seasons
second secret secrets security see seed seeds seeing sense sentinel september serpent servant seven seventeen seventh
seventy several sex shadow shadows shaman shape shards shark shatter shattered she shield shift shifter shine ship
ships shock shoot shore short shot should show siege sight sign signal silence silent silver simple sin sing single
sinister sins siren sister sisters six sixteen sixth sixty skeleton skeletons skies skin skull sky slave slaves sleep
sleeping slow smoke snake snow so social society soldier soldiers solution some somebody someone something sometimes
somewhere son song songs sons soon sorcerer sorceress sorcery sorrow soul souls sound south space spaceship spare
spark speak special spectre speed spell spellbound spells sphere spider spiders spies spinning spiral spirit spirits
splendid splintered split spoils spring spy squad stairs stand star stardust starlight stars starship start state
states station steal stealing steam steps stolen stop store stories storm storms story straight strange stranger
strangers strategy stray stream street streets strength strike strings strong struck struggle study subtle success
sudden sugar suicide summoned summoner summoning sun sunday sundered sunlight sunrise sunset super supernatural
surrender survival survive surviving survivor survivors swamp swan sweet sweetest sword swords symphony system table
take taken taking tale tales talk talking talks tall tangled taste tea teacher teachers tears technology teeth tell
tempest temple temptation ten tenth terrible territory terror test testament that their them theory there these they
thief thieves thing things think thinking third thirst thirteen thirteenth thirty this thorn thorns those thousand
thread threads threat three throne thrones through throw thunder thursday tick tide tides tiger tigers time times tiny
titan titans to today together told tomb tomorrow tongue tonight too tools top torch torn touch toward tower towers
town toxic trace track trade tragedy trail train traitor traitors transformation trap trapped travel traveler
traveling traveller treason treasure treasures treatise treaty tree trees trial trials triangle tribe trick trickster
tricky trilogy trinity trip triumph trouble true trust truth try tuesday tunnel turn turning twelfth twelve twenty
twice twilight twin twins twist twisted two tyranny tyrant ugly ultimate unborn unbound unbroken uncanny unchained
uncle uncommon unconquered undead under underground underworld undone unexpected unfinished unhinged unicorn union
universal universe unknown unleashed unlikely unlocked unmasked unnatural unseen unspoken untamed until untold unusual
unwanted up upon uprising us useful valley value vampire vampires vampiric vanished vanishing vault veil vein vendetta
vengeance vengeful venom vicious victim victims victory view villa village villain villains violence violent virgin
virtue vision visions visit visitor voice voices void volcano volume vow voyage wait waiting wake waking walk walking
wall walls wanderer wanderers wandering want wanted war warden warlock warlord warrior warriors wars was watch watcher
watchers watching water wave waves way ways we wealth weapon weapons weather web wedding weight welcome were werewolf
whale what wheel when where which whisper whispering whispers whole whom whose why wicked widow widows wife wild
wilderness wildfire willing wind winding window winds wine wing winged wings winner wisdom wise wish wishes witch
witchcraft witches with within without witness wives wizard wizards wolves woman women wonder wonderful wonderland
wonders wooden word words work working works world worlds worm worst worth wound wounded wrath wreck writing written
wrong yard year years yellow yes yesterday yet yield you younger youngest your youth zero zodiac zombie zombies zone
"""

COMMON_WORDS = frozenset(words(_WORDS))
"""Folded as by `words`; none of them is a common name."""
