"""Google Ads: campaign, ad group and keyword reports."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export

GOOGLE_ADS = Export(
    code="google-ads",
    title="a Google Ads report",
    row="one campaign, ad group or keyword, per day where there is a day",
    headers=(
        "Campaign", "Campaign status", "Campaign type", "Ad group", "Currency code", "Cost",
        "Impr.", "Clicks", "CTR", "Avg. CPC", "Conversions", "Conv. value", "Conv. rate",
        "Cost / conv.", "Search keyword", "Match type",
    ),
    keys=("Campaign", "Campaign ID", "Ad group", "Search keyword"),
    clock=("Day", "Week", "Month"),
    after_outcome=("Conv. rate", "Cost / conv.", "Conv. value", "Conv. value / cost"),
    aliases=(
        ("Impressions", "Impr."), ("Kampagne", "Campaign"), ("Anzeigengruppe", "Ad group"),
        ("Kosten", "Cost"), ("Klicks", "Clicks"),
        ("Währungscode", "Currency code"),
        ("Durchschn. CPC", "Avg. CPC"), ("Conv.-Wert", "Conv. value"),
        ("Kosten/Conv.", "Cost / conv."), ("Campanha", "Campaign"), ("Custo", "Cost"),
        ("Cliques", "Clicks"), ("Grupo de anúncios", "Ad group"), ("CPC médio", "Avg. CPC"),
        ("Conversões", "Conversions"), ("Campaña", "Campaign"), ("Coste", "Cost"),
        ("Costo", "Cost"), ("Clics", "Clicks"), ("Grupo de anuncios", "Ad group"),
        ("CPC medio", "Avg. CPC"), ("Conversiones", "Conversions"),
        ("Código de moneda", "Currency code"),
        ("Campagne", "Campaign"), ("Coût", "Cost"), ("Groupe d'annonces", "Ad group"),
        ("CPC moy.", "Avg. CPC"), ("Code de devise", "Currency code"), ("Campagna", "Campaign"),
        ("Conversioni", "Conversions"),
    ),
    foreign=("Spend", "Amount spent", "Total Spent", "Gregorian date", "Clicks (destination)"),
    caution="The report may end with rows of totals.",
    asks=(
        Ask("how_much", "Conversions", "How many conversions will a campaign bring?"),
        Ask("how_much", "Clicks", "How many clicks will a campaign bring?"),
    ),
)  # fmt: skip
