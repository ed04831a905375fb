"""Words that have an order: sizes, amounts, frequencies, agreement, education, and their like.

A paragraph is a scale from low to high; a line is a step with all the words for it, in several
languages, parted by bars; a bar at its end goes on in the next line. Levels are compared in lower
case, without points, dashes, underscores and numbering. The labels of answers follow the usual
Likert scales; education follows the stages of ISCED 2011 with the names that the United States'
census and common data sets use.
"""

from __future__ import annotations

from functools import cache

from upshot.tables.month_names import month_words, weekday_numbers

_SCALES = """\
# Sizes
3xs|xxxs
2xs|xxs
xs|extra small|x small|xsmall
s|sm|small|klein|kleine|petit|petite|pequeño|pequeña|pequeno|pequena|piccolo|piccola|маленький|
  mały|liten|lille
m|md|med|medium|mittel|moyen|moyenne|mediano|mediana|médio|média|medio|media|средний|średni|
  middel
l|lg|large|big|groß|gross|große|grand|grande|groot|большой|duży|stor
xl|extra large|x large|xlarge|very large|sehr groß|très grand
xxl|2xl|2x large
xxxl|3xl|3x large
4xl|xxxxl
5xl

# How much
none|no|zero|kein|keine|aucun|aucune|ninguno|nenhum|nessuno|нет
very low|lowest|minimal|sehr niedrig|très faible|muy bajo|muito baixo|molto basso|очень низкий
low|minor|low fat|niedrig|gering|faible|bas|basse|bajo|baja|baixo|baixa|basso|bassa|laag|низкий|
  niski|låg|lav
below average
medium|moderate|mid|middle|average|normal|regular|mittel|moyen|moyenne|medio|media|médio|média|
  gemiddeld|средний|średni|medel
above average
high|major|hoch|élevé|élevée|haut|alto|alta|hoog|высокий|wysoki|hög|høj
very high|highest|sehr hoch|très élevé|muy alto|muito alto|molto alto|очень высокий
critical|urgent|extreme|kritisch|dringend|critique|crítico|critico

# How often, in words
never|nie|niemals|jamais|nunca|mai|nooit|никогда|nigdy|aldrig
very rarely|hardly ever|almost never|fast nie|presque jamais|casi nunca|quase nunca
rarely|seldom|selten|rarement|raramente|rara vez|zelden|редко|rzadko|sällan|sjældent
sometimes|occasionally|manchmal|gelegentlich|parfois|a veces|às vezes|a volte|qualche volta|
  soms|иногда|czasami|ibland|nogle gange
often|frequently|regularly|oft|häufig|souvent|a menudo|frequentemente|frecuentemente|spesso|
  vaak|часто|często|ofta|ofte
very often|usually|mostly|almost always|meistens|presque toujours|casi siempre|quase sempre|
  quasi sempre|обычно
always|constantly|immer|toujours|siempre|sempre|altijd|всегда|zawsze|alltid|altid

# How often, by the calendar
never|nie|jamais|nunca
once|one time|einmalig
yearly|annually|annual|once a year|jährlich|annuel|anual|annuale
semi annually|semiannual|half yearly|twice a year|halbjährlich|semestriel|semestral
quarterly|every 3 months|vierteljährlich|trimestriel|trimestral|trimestrale
bimonthly|every two months
monthly|once a month|monatlich|mensuel|mensual|mensal|mensile
fortnightly|biweekly|every two weeks|fortnightly purchases|zweiwöchentlich|quincenal
weekly|once a week|wöchentlich|hebdomadaire|semanal|settimanale
several times a week|multiple times a week|mehrmals pro woche
daily|every day|once a day|täglich|quotidien|diario|diária|giornaliero
several times a day|multiple times a day|hourly|mehrmals täglich

# Agreement
strongly disagree|completely disagree|stimme überhaupt nicht zu|pas du tout d accord|
  totalmente en desacuerdo|discordo totalmente
disagree|stimme nicht zu|pas d accord|en desacuerdo|discordo|disaccordo
somewhat disagree|slightly disagree|stimme eher nicht zu|plutôt pas d accord
neutral|neither agree nor disagree|neither|undecided|teils teils|ni d accord ni pas d accord|
  neutro|neutrale
somewhat agree|slightly agree|stimme eher zu|plutôt d accord
agree|stimme zu|d accord|de acuerdo|concordo|d accordo
strongly agree|completely agree|stimme voll zu|tout à fait d accord|totalmente de acuerdo|
  concordo totalmente

# Satisfaction
very dissatisfied|very unsatisfied|extremely dissatisfied|sehr unzufrieden|très insatisfait|
  muy insatisfecho|muito insatisfeito
dissatisfied|unsatisfied|unzufrieden|insatisfait|insatisfecho|insatisfeito
neutral|neither|neither satisfied nor dissatisfied|neutro
satisfied|zufrieden|satisfait|satisfecho|satisfeito
very satisfied|extremely satisfied|sehr zufrieden|très satisfait|muy satisfecho|muito satisfeito

# Likelihood
very unlikely|extremely unlikely|sehr unwahrscheinlich
unlikely|unwahrscheinlich
neutral|possible|maybe|vielleicht|unsure
likely|probable|wahrscheinlich
very likely|extremely likely|certain|definitely|sehr wahrscheinlich

# Quality
very poor|very bad|terrible|awful|sehr schlecht|très mauvais|muy malo|péssimo|pessimo
poor|bad|schlecht|mauvais|malo|ruim|cattivo|плохо
fair|average|ok|okay|acceptable|mittelmäßig|moyen|regular|satisfactory|нормально
good|gut|bon|bueno|bom|buono|хорошо|goed
very good|sehr gut|très bon|muy bueno|muito bom|molto buono|очень хорошо
excellent|outstanding|ausgezeichnet|excelente|eccellente|отлично|uitstekend

# Warmth of a lead, or the weather
freezing|frozen|ice cold|snowy
cold|kalt|froid|frío|frio|freddo|koud|холодный|zimny
cool|kühl|frais|fresco
lukewarm|mild|tiède|tibio
warm|chaud|tiède|templado|morno|tiepido|тёплый|теплый|ciepły
hot|heiß|heiss|brûlant|très chaud|caliente|quente|caldo|heet|горячий|gorący
very hot|on fire

# Education
none|no education|illiterate|no schooling
preschool|kindergarten
1st 4th|basic 4y|some primary
5th 6th|basic|basic 6y|primary|primary school|elementary|elementary school|grundschule|primaria|
  primária|primaire
7th 8th|basic 9y|middle school
9th
10th
11th
12th|some high school|some secondary|lower secondary|high school or below
hs grad|high school|high school graduate|highschool|secondary|secondary school|upper secondary|
  abitur|ged|bachillerato|baccalauréat|ensino médio|secundaria
some college|some college no degree|college no degree
assoc voc|vocational|trade school|professional course|associate|associates|associates degree|
  associate degree|assoc acdm|college|ausbildung
bachelors|bachelor|bachelor degree|bachelors degree|bachelor s degree|undergraduate|graduation|
  graduate|university|university degree|tertiary|licence|licenciatura|higher education
2n cycle|second cycle|masters|master|master degree|masters degree|master s degree|
  postgraduate|post graduate|graduate degree masters or doctorate|graduate degree|maestría|
  mestrado|mba
prof school|professional|professional degree
doctorate|phd|ph d|doctor|doctoral|doctorate degree|doctoral degree|doctorado|doutorado

# Tiers
iron
bronze
silver|silber|argent|plata|prata|argento
gold|or|oro|ouro
platinum|platin|platine|platino|platina
diamond|diamant|diamante
vip|elite|black

# Plans
free|trial|freemium|kostenlos|gratuit|gratis
basic|starter|lite|essential|essentials|basis
standard|plus|regular|growth
pro|premium|professional|advanced
business|team
enterprise|ultimate|unlimited

# Skill
beginner|novice|newbie|anfänger|débutant|principiante|iniciante
intermediate|fortgeschritten|intermédiaire|intermedio|intermediário
advanced|avancé|avanzado|avançado|avanzato
expert|experte|experto|especialista|esperto

# Seniority
intern|trainee|student|praktikant
junior|entry|entry level|associate
mid|mid level|intermediate
senior|sr
lead|staff|principal
manager
director|head
vp|vice president
c level|executive|cxo|ceo

# Ages of life
child|kid|children|baby|infant
teen|teenager|adolescent|youth
young adult|young
adult|middle aged
senior|elderly|old|older adult

# How long a contract runs
day to day|daily pass
week to week
month to month|monthly contract|no contract|1 month|one month|monatlich kündbar
three months|3 months|quarterly
six months|6 months
one year|1 year|12 months|annual|ein jahr|1 jahr|un an|un año|um ano|un anno
two year|two years|2 year|2 years|24 months|zwei jahre|2 jahre|deux ans|dos años|dois anos
three year|three years|3 year|3 years|36 months|drei jahre|3 jahre|trois ans|tres años
five year|five years|5 year|5 years
"""


@cache
def scales() -> tuple[dict[str, int], ...]:
    """Each scale as word → step, with the months and weekdays of many languages."""
    paragraphs = _SCALES.replace("|\n  ", "|").split("\n\n")
    worded = (
        {word: step for step, words in enumerate(_steps(text)) for word in words.split("|")}
        for text in paragraphs
    )
    return (*worded, month_words(), weekday_numbers())


def _steps(paragraph: str) -> list[str]:
    return [line for line in paragraph.splitlines() if line and not line.startswith("#")]
