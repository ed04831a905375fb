"""Given names that are frequent in many countries, to tell people from products and companies.

Chosen from the lists of the most frequent given names that statistical offices publish, among them
those of the United States (SSA), the United Kingdom (ONS), France (INSEE), Spain (INE), Italy
(ISTAT), Brazil (IBGE) and Poland (MSWiA). A name that is a common noun, a place or a brand as well
(Rose, Chase, Mercedes) is left out.
"""

from __future__ import annotations

_NAMES = """
aaron adam adrian agnieszka ahmed aicha aisha alan albert alejandro aleksandr alessandro alessia
alexander alexandra alexandre alexey alice alicia amanda amelie amir amy ana anastasia andrea
andreas andrei andrew andrey angela angelika anita anja anna anne annette anton antonia antonio
arthur astrid barbara beatriz benjamin bernard bernd birgit brian bruno camila carla carlos carmen
carol caroline caterina catherine cecilia charlotte chiara chloe christian christina christine
christopher claire clara claudia cristina daniel daniela david deborah denise dennis diego dmitry
dominik donald dorothy eduardo edward ekaterina elena eleonora elif elisa elisabeth elizabeth
emanuele emily emma enrique eric erik ernst esther eva evelyn fabian fatima federica federico
felix fernanda fernando filip florian francesca francesco francisco franck francois frank franz
frederic gabriel gabriela gabriele gary georg george gerhard giorgio giovanni giulia giuseppe
grzegorz guillaume gustavo hannah hans harald hassan heike heinz helen helena helmut henrik henry
hiroshi hugo igor ines ingrid irene irina isabel isabella ivan jacek jacob jacques jakub james jan
jana janet jean jeffrey jennifer jessica joan joanna joao johan johann johanna johannes john jonas
jonathan jorge jose josef joseph juan julia julian julie julien jurgen justin karen karin karl
karolina katarzyna katharina katherine kathrin katrin kenji kenneth kevin klaus krzysztof lars
laura lauren laurent lea leila lena leon leonardo leonie linda lisa lorenzo louise luca lucas
lucia luis luisa lukas luke magdalena malgorzata manfred manuel manuela marc marcel marcin marco
marek margaret maria mariana marie marina mario marion mark markus marta martha martin martina
mary marzena mateo matthew matthias mattia maximilian mehmet melanie melissa mia michael michel
michelle miguel mikhail mohamed mohammed monica monika monique mustafa nadia nancy natalia natalie
natasha nathan nicholas nicolas nicole nikolai nina noah noel noor olaf oleg olga oliver olivia
olivier omar pablo pamela paola paolo patricia patrick paul paula paulo pavel pedro peter petra
philipp philippe pierre piotr priya rachel rafael ralf raquel rebecca renate ricardo riccardo
richard robert roberto roland ronald rosa ruth ryan sabine samantha samuel sandra sara sarah
sebastian sergei sergey sergio silke silvia simon simone sofia sophia sophie stefan stefania
stefanie stephan stephanie stephen steven susan susanne svetlana sylvie tanja tatiana teresa
thomas thorsten tim timothy tobias tomas tomasz ulrich ursula uwe valentina valeria vanessa vera
veronika victor victoria viktor vincent vladimir walter werner william wojciech wolfgang yasmin
yuki yusuf yvonne zoe
"""

FIRST_NAMES = frozenset(_NAMES.split())
