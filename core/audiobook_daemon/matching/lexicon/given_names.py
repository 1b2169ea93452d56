"""Common given names of many countries: general vocabulary that tells a name from a title, and its order."""

from __future__ import annotations

from audiobook_daemon.matching.text import words

_NAMES = """
aaron abigail abraham ada adam adele adrian adriana agatha agnes aidan aileen aimee akira alain alan alana alastair
albert alberto aldous alec alejandro aleksandr alessandro alex alexa alexander alexandra alexandre alexei alexey
alexis alfonso alfred ali alice alicia alina alison alistair allan allen allison alma alvaro alyssa amadeo amanda
amber amelia amelie amin amir amitav amy ana anastasia anders andre andrea andreas andrei andrew andrey andrzej andy
angel angela angelica angie angus anita anja ann anna annabel anne annelise annette annie anthony antoine anton
antonia antonio anya april arabella archer archibald ariana ariel arkady arne arnold art arthur arturo arundhati asa
ash ashley astrid aubrey audrey august augusto aurora austin ava avery axel ayaan ayn barbara barney barry bart
beatrice beatrix becky belinda bella ben benedict benjamin bernadette bernard bernardo bernd bernhard bernice bert
beth bethany betsy betty beverly bianca bill billy blake blanca bo bob bobby bonnie boris brad bradley bram brandon
brandy brenda brendan brent bret brian brianna bridget brigitte brittany bruce bruno bryan bryce byron caitlin caleb
callum calvin cameron camilla camille candace cara carl carla carlo carlos carmen carol carole carolina caroline
carolyn carrie carson carsten casey cassandra cassie catherine cathy cecelia cecil cecilia cedric celeste celia celine
cesar chad chaim charlaine charlene charles charlie charlotte chelsea cherie cheryl chester chimamanda china chloe
chris christa christian christiane christie christina christine christof christoph christophe christopher christy
cindy cixin claire clara clarence clarice clarissa claude claudia claudio claus clay clayton clemens clement cleo
cliff clifford clint clive cody colette colin colleen colson colum conn connie connor conor conrad constance cora
cordelia corey corinne cormac cornelia cornelius cory courtney craig cressida crystal curt curtis cynthia cyril daisy
dale dalton damian damien damon dan dana dani daniel daniela danielle danny daphne darcy daria dario darius darrell
darren dashiell dave david davide davis dawn dean deanna debbi debbie deborah debra declan deepak deirdre delia
delilah della denis denise dennis derek dermot desmond devon dexter diana diane dick diego dieter dietrich dilip
dimitri dina dirk dmitri dmitry dolores dominic dominik dominique don donald donna donovan dora doreen doris dorothea
dorothee dorothy doug douglas drew duncan dustin dwayne dwight dylan eamon earl eckhart eddie edgar edith edmond
edmund edna edouard eduardo edward edwidge edwin egon eileen elaine eleanor elena eleonora elfriede eli elias elie
elijah elin elisa elisabeth elise eliza elizabeth elke ella ellen ellie elliot elliott ellis elmore elsa elsie emanuel
emerson emil emile emilia emily emma emmanuel emmy enid enrico enrique eric erica erich erik erika erin ernest ernesto
ernst erwin esmeralda esther ethan ethel etienne eugene eugenia eva evan evangeline eve evelyn everett ezekiel ezra
fabian fabio faith fatima faye federico felicia felicity felipe felix ferdinand fergus fernando filip fiona flannery
flora florence florian floyd ford forrest frances francesca francesco francine francis francisco franck franco
francois francoise frank frankie franklin franz fred freda freddie frederic frederica frederick frederik freya frida
friedrich fritz fyodor gabriel gabriela gabriele gabriella gabrielle gail gareth garrett garrison garry garth gary
gavin geert gemma gena gene genevieve geoff geoffrey georg george georges georgette georgia georgina gerald geraldine
gerard gerd gerhard german gerry gertrude gesine gianni gideon gilbert giles gillian gina giorgio giovanni gisela
giselle giulia giuseppe gladys glen glenn gloria glynn gordon grace gracie graeme graham grant greg gregg gregor
gregory greta gretchen griffin guido guillaume guillermo gunter gunther gus gustav gustave gustavo guy gwen gwendolyn
hadley hal haley hamish hanna hannah hannelore hanno hans harlan harold harper harriet harris harrison harry haruki
harvey hazel heath heather hector heidi heike heinrich heinz helen helena helene helga helmut hendrik henning henri
henrietta henrik henry herbert herman hermann hilary hilda hildegard hiroshi hjalmar holger holly homer honore hope
horace horst howard hubert hugh hugo humphrey hunter ian ibrahim ida ignacio ignatius igor ike ilona ilse iman imogen
india ines inga inge ingeborg ingo ingrid ira irene irina iris irma irvin irving irwin isaac isabel isabella isabelle
isadora isaiah isla ismael italo ivan ivo ivy jace jack jackie jackson jaclyn jacob jacqueline jacques jada jaime jake
james jamie jan jana jane janet janice janina janine janis jared jasmine jason jasper javier jay jayne jean jeanette
jeanine jeanne jed jeff jeffery jeffrey jen jenna jennifer jenny jens jeremiah jeremy jerome jerry jesse jessica
jessie jesus jill jillian jim jimmy jo joachim joan joana joann joanna joanne joaquin jochen jodi jodie jody joe joel
joey johan johann johanna johannes john johnny jojo jon jonas jonathan joni jordan jorg jorge jose josef josefina
joseph josephine josh joshua josie joy joyce jozef juan juana juanita judas jude judith judy jules julia julian
juliana julie julien juliet juliette julio julius june jurgen justin justine kaitlyn kaja kamel kamila karen karin
karina karl karla karsten kasey katarina katarzyna kate katerina katharina katharine katherine kathleen kathryn kathy
katia katie katja katrin katrina katy kay kayla kazuo keith kelley kelly kelsey ken kendall kendra kenji kenneth kenny
kent kerry kerstin kevin khaled kiera kieran kim kimberly kiran kirk kirsten kirstin kirsty klaus knut konrad
konstantin kris krista kristen kristi kristin kristina kristine kristy kurt kyle kylie lana lance lara larissa larry
lars laszlo laura laurel lauren laurence laurent laurie lawrence lea leah leander leanne lee leif leigh leila lena leo
leon leona leonard leonardo leonid leonie leonora leroy lesley leslie lester leticia lev levi lewis li lia liam lila
lilian liliana lilith lillian lily lina lincoln linda lindsay lindsey lionel lisa lisbeth liv livia liz lizzie lloyd
lois lola loren lorena lorenzo loretta lori lorna lorraine lothar lottie lou louis louisa louise luc luca lucas lucia
lucian lucien lucille lucinda lucius lucy ludmilla ludwig luigi luis luisa lukas luke lutz lydia lyle lyman lynda
lyndon lynette lynn lynne lyudmila mabel mackenzie maddie madeleine madeline madison mae maeve magda magdalena maggie
magnus maja malala malcolm malin malte mandy manfred manuel manuela mara marc marcel marcella marcelo marcia marco
marcos marcus margaret margarete margarita margaux margery margit margo margot marguerite maria mariah mariam marian
mariana marianne marie mariella marietta marilyn marilynne marina mario marion marisa marissa marjorie mark marko
markus marlene marlon marsha marshall marta martha martin martina marty marvin mary maryanne mateo mathew mathias
mathilde matilda mats matt matteo matthew matthias matthieu maud maude maura maureen maurice mauricio max maxime
maximilian maxine maxwell may maya meg megan meghan mel melanie melinda melissa mercedes meredith merle mia micah
michael michaela michail michel michele michelle miguel mika mike mikhail mila milan mildred miles millie milo mina
mindy minna mira miranda miriam mirjam mitch mitchell mohammed mohsin moira mollie molly mona monica monika monique
morgan moritz morris moses muhammad muriel myra myrtle nadia nadine nadja nancy naomi napoleon natalia natalie natasha
nathalie nathan nathaniel neal ned neil nell nellie nelson nicci nicholas nick nicola nicolas nicole nicolette nigel
nika nikita nikki nikola nikolai nils nina noah noam noel noelle nora norah norbert noreen norma norman norton octavia
octavio odette olaf ole oleg olga olive oliver olivia olivier omar orhan orlando orson oscar oskar otto owen pablo
paige pam pamela paola paolo pascal pat patrice patricia patrick patsy patti patty paul paula paulette paulina pauline
paulo pearl pedro peggy penelope penny per percy perry pete peter petra phil philip philipp philippa philippe phillip
phoebe phyllis pia pier pierce pierre piers pilar piotr polly portia preston priscilla priya quentin quincy quinn
rachel rae rafael rainer raj ralf ralph ramon ramona randall randi randolph randy raphael raquel raul ravi ray raymond
rebecca regina reginald reinhard reinhold rene renee reuben rex reynolds rhea rhiannon rhoda rhonda rhys ricardo rich
richard richelle rick ricky riley rita rob robert roberta roberto robin robyn rocco roch rod roddy roderick rodney
rodrigo roger rohinton roland rolf romain roman ron ronald ronan ronja ronnie roosevelt rory rosa rosalie rosalind
rosamund rosamunde roseanne rosemary rosie ross roswitha rowan rowena roxana roxane roxanne roy ruby rudolf rudolph
rudy rudyard rufus rupert russ russell rusty ruth ruthie ryan ryu sabine sabrina sadie sally salman salvador salvatore
sam samantha samir samuel sandra sandy santiago sara sarah sascha saul savannah scarlett scott sean sebastian selma
serena serge sergei sergey sergio seth shane shannon sharon shaun shauna shawn sheila shelby sheldon shelley shelly
sheri sherri sherrilyn sherry sherwood shirley sibylle sidney siegfried sienna sierra sigmund sigrid silas silke
silvia simon simone sinclair siri sloane sofia sofie sonia sonja sophia sophie soren spencer stacey stacy stan
stanislaw stanley stefan stefanie stefano stella stephan stephanie stephen sterling steve steven stewart stieg stuart
sue summer susan susanna susannah susanne suse susie suzanne suzy sven svetlana sybil sydney sylvain sylvester sylvia
tabitha tad tahereh takashi tamara tamsin tamsyn tana tania tanya tara tasha tatiana taylor ted terence teresa teri
terrence terri terry tess tessa thaddeus thea thelma theo theodor theodora theodore theresa therese thomas thor
thorsten tia tiffany till tim timothy tina tobias toby todd tom tomas tommy toni tony torsten tove tracey traci tracy
travis trent trevor tricia trina trish tristan troy trudi trudy truman tyler tyrone udo ulf ulrich ulrike umberto una
upton ursula ute uwe val valentina valentine valeria valerie vanessa vaughn vera verena verity vernon veronica
veronika vicki vicky victor victoria vidiadhar viet vijay vikram viktor vince vincent vincenzo viola violet virgil
virginia vita vivian vivien vivienne vladimir volker wade walker wallace wally walt walter wanda ward warren wayne
wendell wendy werner wes wesley whitney wilbur wilfred wilhelm will willa willard willem william willie willy wilma
wim winifred winston witold wladimir wolf wolfgang woody wren xavier yaa yann yasmin yasmina yevgeny yoko yolanda
yoshiko yukio yuri yuval yves yvette yvonne zachary zadie zane zelda zena zoe zora zsuzsa γιαννης γιωργος δημητρης
ελενη κωστας μαρια νικος александр алексей алиса анастасия андрей анна антон аркадий борис вадим валентин валерий
василий вера виктор виталий владимир владислав галина георгий григорий дарья денис дмитрий евгений евгения екатерина
елена иван игорь илья ирина кирилл константин ксения лев леонид людмила максим марина мария михаил надежда наталья
николай оксана олег ольга павел петр роман светлана семен сергей станислав татьяна федор юлия юрий яна ярослав
"""

GIVEN_NAMES = frozenset(words(_NAMES))
"""Folded as by `words`."""
