"""Google Analytics 4: acquisition, landing page and page reports."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

GA4 = Export(
    code="ga4",
    title=say("a Google Analytics 4 report"),
    row=say("one channel, source, campaign or page over the dates of the report, or per day"),
    headers=(
        "Session primary channel group (Default channel group)", "Session source / medium",
        "Session campaign", "Landing page + query string", "Page path and screen class",
        "Sessions", "Engaged sessions", "Engagement rate", "Average engagement time per session",
        "Events per session", "Event count", "Key events", "Session key event rate",
        "Total revenue", "Active users", "New users",
    ),
    keys=(
        "Session primary channel group (Default channel group)", "Session source / medium",
        "Session campaign", "Landing page + query string", "Page path and screen class",
    ),
    clock=("Date", "Week", "Month"),
    after_outcome=("Key events", "Session key event rate", "Total revenue"),
    aliases=(
        ("Session default channel group", "Session primary channel group (Default channel group)"),
        ("Session primary channel group", "Session primary channel group (Default channel group)"),
        ("Landing page", "Landing page + query string"),
        ("Page path + query string and screen class", "Page path and screen class"),
        ("Page title and screen class", "Page path and screen class"),
        ("User key event rate", "Session key event rate"),
        ("Session conversion rate", "Session key event rate"),
        ("Sitzungen", "Sessions"), ("Sitzungen mit Interaktionen", "Engaged sessions"),
        ("Interaktionsrate", "Engagement rate"),
        ("Durchschnittliche Interaktionsdauer pro Sitzung", "Average engagement time per session"),
        ("Durchschn. Interaktionsdauer pro Sitzung", "Average engagement time per session"),
        ("Ereignisse pro Sitzung", "Events per session"), ("Ereignisanzahl", "Event count"),
        ("Schlüsselereignisse", "Key events"), ("Gesamtumsatz", "Total revenue"),
        ("Aktive Nutzer", "Active users"), ("Neue Nutzer", "New users"),
        ("Sessions avec engagement", "Engaged sessions"),
        ("Taux d'engagement", "Engagement rate"), ("Événements par session", "Events per session"),
        ("Durée d'engagement moyenne par session", "Average engagement time per session"),
        ("Nombre d'événements", "Event count"), ("Événements clés", "Key events"),
        ("Revenu total", "Total revenue"), ("Utilisateurs actifs", "Active users"),
        ("Nouveaux utilisateurs", "New users"),
        ("Sesiones", "Sessions"), ("Sesiones con interacción", "Engaged sessions"),
        ("Porcentaje de interacciones", "Engagement rate"),
        ("Tiempo de interacción medio por sesión", "Average engagement time per session"),
        ("Eventos por sesión", "Events per session"), ("Número de eventos", "Event count"),
        ("Eventos clave", "Key events"), ("Ingresos totales", "Total revenue"),
        ("Usuarios activos", "Active users"), ("Usuarios nuevos", "New users"),
        ("Sessões", "Sessions"), ("Sessões engajadas", "Engaged sessions"),
        ("Taxa de engajamento", "Engagement rate"), ("Eventos por sessão", "Events per session"),
        ("Tempo médio de engajamento por sessão", "Average engagement time per session"),
        ("Contagem de eventos", "Event count"), ("Eventos principais", "Key events"),
        ("Receita total", "Total revenue"), ("Usuários ativos", "Active users"),
        ("Novos usuários", "New users"),
    ),
    caution=say("The file may hold a row of grand totals and several tables."),
    asks=(
        Ask("how_much", "Key events", say("How many key events will a channel or page bring?")),
        Ask("how_much", "Total revenue", say("How much revenue will a channel or page bring?")),
    ),
)  # fmt: skip
