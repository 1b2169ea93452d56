"""Given names that are forms of one another: short forms and spellings, which may or may not mean one person."""

from __future__ import annotations

from audiobook_daemon.matching.text import words

_ROWS = """
abigail abby abbie gail; albert al bert albie; alexander alex alec sandy sasha xander alexandra alex sandra sasha;
alfred alf fred alfie; alice ali; allan allen alan; amanda mandy; andrew andy drew andreas andre; ann anne anna annie
hannah; anthony tony antony; arthur art artie; barbara barb babs; benjamin ben benny benji; bernard bernie; bradley
brad; brian bryan; bridget biddy; bruce brucie; carl karl charles charlie chuck chas; carolyn carol caroline carrie
caro; catherine katherine kathryn katharine kathleen cathy kathy kate katie kat kit katy kitty kay; cecilia cece
cecily; charlotte lottie charlie; christina christine kristina kristine chris tina christy kristin kirsten;
christopher chris kit topher kristoffer christoph; clifford cliff; clive clyde; cynthia cindy; daniel dan danny; david
dave davey; deborah debra debbie deb; dennis denis; diana diane di; donald don donnie; dorothy dot dottie dorothea;
douglas doug; edgar ed eddie; edmund ed eddie ned; edward ed eddie eddy ned ted teddy eduard; edwin ed eddie; eleanor
ellie nell nora elinor; elizabeth liz lizzie beth betty betsy eliza elisabeth libby lisa elsie bess; emily em emmy;
eric erik erich; ernest ernie; eugene gene; evelyn evie; florence flo; frances fran fanny francie; francis frank
frankie francisco; franklin frank; frederick fred freddie fredric friedrich frederic; gabriel gabe; geoffrey jeffrey
jeff geoff; gerald gerry jerry; gilbert gil bert; graham graeme; gregory greg gregor; harold harry hal; helen ellen
helena elena; henry harry hank hal ; herbert herb bert; hugh hughie hugo; ian iain; isaac ike; isabel isabelle isobel
bella izzy; jacob jake jack jakob; jacqueline jackie; james jim jimmy jamie; jane janie; jason jay; jennifer jen jenny
jenna; jeremy jerry; jessica jess jessie; joan joanie joanna; joanne joanna jo joann; john jon johnny jack; jonathan
jon john johnathan jonny; joseph joe joey jo josef jose; joshua josh; judith judy; julia julie juliet; kenneth ken
kenny; kevin kev; lawrence laurence larry lorenzo laurie; leonard len lenny leo; leslie les lesley; lewis louis lou
luis; lillian lily lil; linda lynda lindy; louise lou; lucas luke lukas; lucille lucy; lynn lynne; madeleine madeline
maddie; marc mark marcus marco; margaret maggie meg peg peggy marge margie margot rita greta daisy; maria mary marie;
marjorie marge margery; martha marty patty; martin marty; matthew matt mathew matthias; maximilian max maxwell; megan
meg; melanie mel; melissa mel lissa; michael mike mick mickey; mildred millie; miriam mimi; mitchell mitch; mohammed
muhammad mohamed; nancy nan; natalie nat nathalie; nathaniel nathan nate nat; nicholas nick nicolas nikolas nicky
nikolai; nicole nikki; oliver ollie; pamela pam; patricia pat patty tricia trish; patrick pat paddy; peter pete;
philip phil phillip philippe; priscilla cilla; rachel rachael rae; ralph rafe; randall randy; raymond ray; rebecca
becky becca; reginald reg reggie; richard rick dick rich ricky ricardo; robert rob bob bobby robbie bert roberto;
roderick rod; rodney rod; roger rodger; ronald ron ronnie; rosemary rose rosie; russell russ; ruth ruthie; samantha
sam; samuel sam sammy; sarah sara sally sadie; sean shaun shawn; sergei sergey sergio; sidney sydney sid; sophia
sophie sofia sofie; stanley stan; stephanie steph stefanie; stephen steven steve stefan stephan stevie; stuart stewart
stu; susan sue susie suzanne susanna susannah suzan; sylvia silvia; teresa theresa terry tess tessa; terence terry
terrence; theodore ted teddy theo theodor; thomas tom tommy tomas; timothy tim timmy; tobias toby; valerie val; victor
vic viktor; victoria vicky vic tori; vincent vince vin; virginia ginny; walter walt wally; wendell del; wilfred wilf
fred; william will bill billy willie liam; winifred winnie freda; zachary zach zack zac
"""


def _read() -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(_ROWS.split(";")):
        for name in words(row):
            rows.setdefault(name, set()).add(number)
    return {name: frozenset(known) for name, known in rows.items()}


_ROWS_OF = _read()
_NONE: frozenset[int] = frozenset()


def are_forms_of_one(one: str, other: str) -> bool:
    """Whether two folded given names may be the same name (`Bob` and `Robert`, `Steven` and `Stephen`)."""
    return not _ROWS_OF.get(one, _NONE).isdisjoint(_ROWS_OF.get(other, _NONE))
