"""TikTok Ads Manager: campaigns, ad groups and ads."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

TIKTOK_ADS = Export(
    code="tiktok-ads",
    title=say("a TikTok Ads report"),
    row=say("one campaign, ad group or ad, per day where the report is split by day"),
    headers=(
        "By Day", "Campaign name", "Ad group name", "Ad name", "Cost", "Impressions",
        "Clicks (destination)", "CPC (destination)", "CTR (destination)", "CPM", "Reach",
        "Frequency", "Conversions", "Cost per conversion", "Conversion rate (CVR)",
        "Complete payment", "Total complete payment value", "Complete payment ROAS",
        "Video views", "2-second video views", "6-second video views",
        "Video views at 100%", "Paid likes", "Paid followers",
    ),
    keys=("Campaign name", "Campaign ID", "Ad group name", "Ad name"),
    clock=("By Day", "Date"),
    after_outcome=(
        "Cost per conversion", "Conversion rate (CVR)", "Complete payment",
        "Total complete payment value", "Complete payment ROAS", "Cost per complete payment",
        "Complete payment rate", "Value per complete payment", "Results", "Cost per result",
        "Result rate",
    ),
    aliases=(
        ("Total cost", "Cost"),
        ("Cost per 1,000 people reached", "CPM"),
        ("Complete payment ROAS (website)", "Complete payment ROAS"),
        ("Payment completion ROAS (website)", "Complete payment ROAS"),
        ("Total purchase value (website)", "Total complete payment value"),
        ("Purchases (website)", "Complete payment"),
        ("Conversion rate (CVR, clicks)", "Conversion rate (CVR)"),
        ("CVR", "Conversion rate (CVR)"),
        ("Nach Tag", "By Day"), ("Kampagnenname", "Campaign name"),
        ("Anzeigengruppenname", "Ad group name"), ("Anzeigenname", "Ad name"), ("Kosten", "Cost"),
        ("Klicks (Ziel)", "Clicks (destination)"), ("CPC (Ziel)", "CPC (destination)"),
        ("CTR (Ziel)", "CTR (destination)"), ("Videoaufrufe", "Video views"),
        ("Par jour", "By Day"), ("Nom de la campagne", "Campaign name"),
        ("Nom du groupe d'annonces", "Ad group name"), ("Nom de l'annonce", "Ad name"),
        ("Coût", "Cost"), ("Clics (destination)", "Clicks (destination)"),
        ("Vues de la vidéo", "Video views"), ("Por día", "By Day"),
        ("Nombre de la campaña", "Campaign name"),
        ("Nombre del grupo de anuncios", "Ad group name"),
        ("Nombre del anuncio", "Ad name"), ("Coste", "Cost"),
        ("Clics (destino)", "Clicks (destination)"), ("CPC (destino)", "CPC (destination)"),
        ("CTR (destino)", "CTR (destination)"), ("Por dia", "By Day"),
        ("Nome da campanha", "Campaign name"), ("Nome do grupo de anúncios", "Ad group name"),
        ("Nome do anúncio", "Ad name"), ("Custo", "Cost"),
        ("Cliques (destino)", "Clicks (destination)"),
    ),
    caution=say("Without a day, one row covers the whole range of dates."),
    asks=(
        Ask("how_much", "Complete payment", say("How many purchases will an ad bring?")),
        Ask("how_much", "Conversions", say("How many conversions will an ad bring?")),
    ),
)  # fmt: skip
