"""Common surnames of many countries: general vocabulary that tells a name from a title, and its order."""

from __future__ import annotations

from audiobook_daemon.matching.lexicon.english import COMMON_WORDS
from audiobook_daemon.matching.text import words

_NAMES = """
abbott abrams ackerman adams adler aguilar aiken aldrin alexander allen allende alvarez amis anders andersen anderson
andrews angelou armstrong arnold asher asimov atkinson atwood austen auster austin avery bacon bailey baker baldwin
ball ballard banks barker barnes barnett barrett barron barry barton bauer bauman baxter beaton beck becker bell
bellow bender bennett benson berg berger bergman bernard berry bishop black blackwell blake bloom blume bond booth
borges bowen bowman boyd boyle bradbury bradford bradley brandt braun brennan brewer briggs brooks brown browne bruce
bryan bryant bryson buchanan burgess burke burns burton butcher butler byrne cabot cain caldwell calvino cameron
campbell camus capote card carlson carpenter carr carroll carson carter carver casey castillo castro cervantes chabon
chandler chaney chang chapman chavez chekhov chen cherryh chiang child christie chu clancy clark clarke clavell clegg
clinton coben coelho cohen cole coleman collins connelly conrad conway cook cooper corey cornwell cortez costa coulter
cox craig crane crawford crichton cruz cunningham curtis cussler dahl daniels davidson davies davis dawkins dawson
deaver delgado diaz dick dickens dickinson dickson didion dixon donaldson donovan dostoevsky douglas doyle drake
dubois duffy dumas duncan dunn duran durant eco eddings edwards elliott ellis ellison emerson endo engel erdrich
erikson evanovich evans farrell faulkner feist ferguson fernandez ferrante ferrari field fields finch fischer fisher
fitzgerald fleming fletcher flores flynn follett fontaine forbes ford forster forsyth foster fowler fox francis frank
franklin franzen fraser freeman french freud friedman frost fry fuller gabaldon gaiman gallagher garcia gardner garner
garrett gibbs gibson gilbert gill gillespie gladwell glass goldberg golden goldman goldstein gomez gonzales gonzalez
goodman goodwin gordon gorman grant grass gray green greene greer gregory grey griffin griffith grisham gross gruber
guerrero gupta guthrie gutierrez haas hale haley hall hamilton hammett hammond hancock hansen hanson harari hardy
harper harrington harris harrison hart hartmann harvey hawking hawkins hawthorne hayes heinlein heller hemingway
henderson henry herbert hernandez herrera herriot hesse hiaasen hicks higgins highsmith hill hobb hodges hoffman
hoffmann holland holmes hood hooper hopkins horn horowitz houellebecq howard howe howell hubbard huber hudson huff
hughes hugo hunt hunter hurston hurwitz huxley ibsen irving isaacson ishiguro jackson jacobs jacobson james jansen
jemisin jenkins jensen jimenez johansson johnson johnston jones jordan joyce jung kafka kahneman kane kaufman kay
keats keller kelley kelly kemp kennedy kerr kim king kingsolver kipling klein knight koch koontz krakauer kramer
krause kress kumar kundera lackey lagerlof lahiri lamb lambert lang lange larsen larson larsson lawrence lawson
leblanc leckie lee lehmann leigh leon leonard lessing lethem levin levine levy lewis li lin lindgren lindsay link
little liu lloyd lockwood logan london long lopez lorenz lovecraft lowe lowell lowry lucas ludlum luther lynch lyons
maas macdonald mack mackenzie maclean macleod mahfouz mailer malone mandel mankell mann mantel marquez marsh marshall
martel martin martinez mason matheson matthews maugham maxwell may mayer mcbride mccaffrey mccammon mccarthy
mccullough mcdonald mcewan mckenzie mckinley mclaughlin mcmurtry medina meier melville mendez mendoza meyer meyers
mieville milan miller mills milne mitchell miyazaki monroe montgomery moon moore morales moran moreno morgan morrell
morris morrison morrow morton mosley mueller muir muller munro murakami murdoch murphy murray myers nabokov nash
naylor neal nelson neruda nesbo neumann newman newton nguyen nichols nielsen niven nixon nolan norman norris north
norton novak novik oates obama obrien oconnor odonnell oliver olsen olson oneill ortega ortiz orwell osborne ott owen
owens page palahniuk palmer pamuk park parker parks parsons pasternak patel paterson patterson paulsen payne pearce
pearson penny perez perkins perry peters petersen peterson phillips pierce pike pinker pinter plath poe pohl pollan
pope porter potter pound powell powers pratchett preston price proust pullman pushkin pynchon quinn rafferty ramirez
ramos rand randall rankin ray reed reeves reich reid reilly reyes reynolds rice rich richards richardson richter riley
rios rivera robbins roberts robertson robinson robson rodriguez rogers roman romero rosen rosenberg ross rossi roth
rothfuss rowe rowland rowling roy ruiz rushdie russell russo ryan sacks sagan salinger salvatore sanchez sanders
sanderson sandford santiago santos saramago sartre saunders sawyer sayers scalzi schmid schmidt schmitt schneider
schroeder schultz schulz schumacher schwab schwartz schwarz scott sebald sedaris seifert serrano shakespeare shapiro
sharma sharp shaw sheldon shelley shepherd sheridan sherman silva silverberg simenon simmons simon simpson sinclair
singer singh skinner slater sloan small smith snyder soto sparks spencer stanley steel stein steinbeck stendhal
stephenson sterling stevens stevenson stewart stoker stone stout stowe strauss stravinsky stross sturgeon suarez
sullivan summers sutton suzuki swanson swift tan tanaka tartt taylor tchaikovsky terry theroux thomas thompson thomson
thoreau thornton thurman todd tolkien tolle tolstoy torres townsend tran travers trollope tucker turgenev turner twain
tyler underwood updike vance vargas vasquez vaughan vazquez verne vinge vogel voltaire vonnegut wagner walker wallace
walsh walter walters walton wang ward warner warren washington waters watkins watson watts weaver weber webster weeks
weir weiss welch wells welsh werner west westlake wharton wheeler whitaker white whitehead whitman wiesel wight wilde
wilder wilkins wilkinson williams williamson willis wilson winter winters wodehouse wolf wolfe wong wood woods
woodward woolf wright wu wyndham yang yates yeats yoder york young yu zafon zelazny zhang zhao ziegler zimmerman zola
zweig акунин булгаков глуховский гоголь достоевский иванов лукьяненко пелевин петров пушкин сидоров стругацкий толстой
тургенев чехов
"""

SURNAMES = frozenset(words(_NAMES))
"""Folded as by `words`."""

_ENDINGS = (
    *("son", "sen", "sson", "man", "mann", "stein", "berg", "burg", "feld", "field", "ford", "worth", "wood", "ton"),
    *("ham", "ley", "well", "ell", "strom", "quist", "ski", "sky", "skij", "ska", "wicz", "czyk", "enko", "chuk", "ov"),
    *(
        "ova",
        "ev",
        "eva",
        "vich",
        "vic",
        "escu",
        "oglu",
        "yan",
        "ian",
        "dze",
        "shvili",
        "opoulos",
        "akis",
        "ini",
        "elli",
    ),
    *("etti", "ucci", "ez", "es", "eau", "ault", "ette", "sma", "stra", "huis", "ova", "aite", "nen", "smith", "ов"),
    *("ова", "ев", "ева", "ин", "ина", "ский", "ская", "енко", "ук"),
)
_BEGINNINGS = ("mc", "fitz", "vander", "vanden")


def is_surname_like(word: str) -> bool:
    """Whether a folded word is a known surname or has the form of one."""
    return word in SURNAMES or (
        len(word) > 4 and word not in COMMON_WORDS and (word.endswith(_ENDINGS) or word.startswith(_BEGINNINGS))
    )
