"""Microsoft Advertising (Bing Ads): campaign, ad group and keyword reports."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

MICROSOFT_ADS = Export(
    code="microsoft-ads",
    title=say("a Microsoft Ads report"),
    row=say("one campaign, ad group or keyword, per day where there is a day"),
    headers=(
        "Gregorian date", "Account name", "Account number", "Campaign name", "Campaign ID",
        "Ad group", "Ad group ID", "Ad distribution", "Delivered match type", "Bid match type",
        "Device type", "Network", "Top vs. other", "Currency code", "Impressions", "Clicks",
        "CTR", "Average CPC", "Spend", "Avg. position", "Conversions", "Conversion rate", "CPA",
        "Return on ad spend", "Quality score",
    ),
    keys=("Campaign ID", "Campaign name", "Ad group", "Keyword"),
    clock=("Gregorian date", "Day", "Week", "Month"),
    after_outcome=(
        "Conversion rate", "CPA", "Cost per conversion", "Return on ad spend", "Revenue",
        "Revenue per conversion", "All conversions",
    ),
    aliases=(
        ("Time period", "Gregorian date"),
        ("Ad group name", "Ad group"), ("Avg. CPC", "Average CPC"),
        ("Currency", "Currency code"), ("Conv.", "Conversions"), ("Conv. rate", "Conversion rate"),
        ("ROAS", "Return on ad spend"), ("Qual. score", "Quality score"),
        ("Kontoname", "Account name"), ("Kontonummer", "Account number"),
        ("Kampagnenname", "Campaign name"), ("Ausgaben", "Spend"), ("Gerätetyp", "Device type"),
        ("Gregorianisches Datum", "Gregorian date"), ("Nom du compte", "Account name"),
        ("Numéro de compte", "Account number"), ("Dépenses", "Spend"),
        ("Date grégorienne", "Gregorian date"), ("Type d'appareil", "Device type"),
        ("Nombre de cuenta", "Account name"), ("Número de cuenta", "Account number"),
        ("Gasto", "Spend"), ("Fecha gregoriana", "Gregorian date"),
        ("Tipo de dispositivo", "Device type"), ("Nome da conta", "Account name"),
        ("Número da conta", "Account number"), ("Gastos", "Spend"),
        ("Data gregoriana", "Gregorian date"),
    ),
    caution=say("Lines about the report may stand above the header and a copyright line below."),
    asks=(
        Ask("how_much", "Conversions", say("How many conversions will a campaign bring?")),
        Ask("how_much", "Clicks", say("How many clicks will a campaign bring?")),
    ),
)  # fmt: skip
