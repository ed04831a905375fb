"""Google Ads: campaign, ad group and keyword reports."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

GOOGLE_ADS = Export(
    code="google-ads",
    title=say("a Google Ads report"),
    row=say("one campaign, ad group or keyword, per day where there is a day"),
    headers=(
        "Campaign", "Campaign status", "Campaign type", "Ad group", "Currency code", "Cost",
        "Impr.", "Clicks", "CTR", "Avg. CPC", "Conversions", "Conv. value", "Conv. rate",
        "Cost / conv.", "Search keyword", "Match type",
    ),
    keys=("Campaign", "Campaign ID", "Ad group", "Search keyword"),
    clock=("Day", "Week", "Month"),
    after_outcome=("Conv. rate", "Cost / conv.", "Conv. value", "Conv. value / cost"),
    aliases=(
        ("Impressions", "Impr."),
        # German
        ("Kampagne", "Campaign"), ("Kampagnenstatus", "Campaign status"),
        ("Kampagnentyp", "Campaign type"), ("Anzeigengruppe", "Ad group"), ("Kosten", "Cost"),
        ("Klicks", "Clicks"), ("Währungscode", "Currency code"), ("Impressionen", "Impr."),
        ("Durchschn. CPC", "Avg. CPC"), ("Conv.-Wert", "Conv. value"),
        ("Conversion-Rate", "Conv. rate"), ("Kosten/Conv.", "Cost / conv."),
        ("Übereinstimmungstyp", "Match type"), ("Keyword-Übereinstimmungstyp", "Match type"),
        # Portuguese
        ("Campanha", "Campaign"), ("Status da campanha", "Campaign status"),
        ("Tipo de campanha", "Campaign type"), ("Grupo de anúncios", "Ad group"),
        ("Código da moeda", "Currency code"), ("Custo", "Cost"), ("Cliques", "Clicks"),
        ("CPC médio", "Avg. CPC"), ("CPC méd.", "Avg. CPC"), ("Conversões", "Conversions"),
        ("Valor conv.", "Conv. value"), ("Valor da conv.", "Conv. value"),
        ("Taxa de conv.", "Conv. rate"), ("Custo / conv.", "Cost / conv."),
        ("Tipo de correspondência", "Match type"),
        # Spanish
        ("Campaña", "Campaign"), ("Estado de la campaña", "Campaign status"),
        ("Tipo de campaña", "Campaign type"), ("Grupo de anuncios", "Ad group"),
        ("Código de moneda", "Currency code"), ("Coste", "Cost"), ("Costo", "Cost"),
        ("Clics", "Clicks"), ("CPC medio", "Avg. CPC"), ("CPC prom.", "Avg. CPC"),
        ("Prom. CPC", "Avg. CPC"), ("Conversiones", "Conversions"),
        ("Valor de conv.", "Conv. value"), ("Tasa de conv.", "Conv. rate"),
        ("Porcentaje de conv.", "Conv. rate"), ("Coste/conv.", "Cost / conv."),
        ("Costo/conv.", "Cost / conv."), ("Tipo de concordancia", "Match type"),
        # French
        ("Campagne", "Campaign"), ("État de la campagne", "Campaign status"),
        ("Type de campagne", "Campaign type"), ("Groupe d'annonces", "Ad group"),
        ("Code de devise", "Currency code"), ("Coût", "Cost"), ("CPC moy.", "Avg. CPC"),
        ("Valeur de conv.", "Conv. value"), ("Taux de conv.", "Conv. rate"),
        ("Coût/conv.", "Cost / conv."), ("Type de correspondance", "Match type"),
        # Italian
        ("Campagna", "Campaign"), ("Stato della campagna", "Campaign status"),
        ("Stato campagna", "Campaign status"), ("Tipo di campagna", "Campaign type"),
        ("Gruppo di annunci", "Ad group"), ("Codice valuta", "Currency code"),
        ("Clic", "Clicks"), ("Conversioni", "Conversions"), ("Valore conv.", "Conv. value"),
        ("Tasso conv.", "Conv. rate"),
        ("Tipo di corrispondenza", "Match type"),
        # Russian
        ("Кампания", "Campaign"), ("Статус кампании", "Campaign status"),
        ("Тип кампании", "Campaign type"), ("Группа объявлений", "Ad group"),
        ("Код валюты", "Currency code"), ("Расходы", "Cost"), ("Расход", "Cost"),
        ("Показы", "Impr."), ("Клики", "Clicks"), ("Ср. цена за клик", "Avg. CPC"),
        ("Конверсии", "Conversions"), ("Ценность конверсии", "Conv. value"),
        ("Коэфф. конверсии", "Conv. rate"), ("Коэф. конверсии", "Conv. rate"),
        ("Стоимость/конв.", "Cost / conv."), ("Цена/конв.", "Cost / conv."),
        ("Тип соответствия", "Match type"), ("Ключевое слово", "Search keyword"),
    ),
    foreign=("Spend", "Amount spent", "Total Spent", "Gregorian date", "Clicks (destination)"),
    caution=say("The report may end with rows of totals."),
    asks=(
        Ask("how_much", "Conversions", say("How many conversions will a campaign bring?")),
        Ask("how_much", "Clicks", say("How many clicks will a campaign bring?")),
    ),
)  # fmt: skip
