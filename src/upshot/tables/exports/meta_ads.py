"""Meta Ads Manager: campaigns, ad sets and ads."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export

META_ADS = Export(
    code="meta-ads",
    title="a Meta Ads report",
    row="one campaign, ad set or ad, per day where the report is split by day",
    headers=(
        "Reporting starts", "Reporting ends", "Campaign name", "Ad set name", "Ad name",
        "Attribution setting", "Results", "Result indicator", "Reach", "Frequency",
        "Cost per results", "Amount spent", "Impressions", "Link clicks",
        "CTR (link click-through rate)", "CPM (cost per 1,000 impressions)", "Purchases",
        "Purchases conversion value", "Purchase ROAS (return on ad spend)", "Delivery",
    ),
    keys=("Campaign name", "Campaign ID", "Ad set name", "Ad name"),
    clock=("Day", "Reporting starts"),
    after_outcome=(
        "Results", "Cost per results", "Purchases conversion value",
        "Purchase ROAS (return on ad spend)",
    ),
    aliases=(
        ("Nom de la campagne", "Campaign name"), ("Montant dépensé", "Amount spent"),
        ("Couverture", "Reach"), ("Clics sur un lien", "Link clicks"), ("Achats", "Purchases"),
        ("Taux de clics (CTR)", "CTR (link click-through rate)"), ("Répétition", "Frequency"),
        ("Nom de l’ensemble de publicités", "Ad set name"), ("Nom de la publicité", "Ad name"),
        ("Début du rapport", "Reporting starts"), ("Fin du rapport", "Reporting ends"),
        ("Début des rapports", "Reporting starts"), ("Fin des rapports", "Reporting ends"),
        ("Résultats", "Results"), ("Kampagnenname", "Campaign name"),
        ("Ausgegebener Betrag", "Amount spent"), ("Reichweite", "Reach"),
        ("Link-Klicks", "Link clicks"), ("Käufe", "Purchases"), ("Ergebnisse", "Results"),
        ("Name der Anzeigengruppe", "Ad set name"), ("Anzeigenname", "Ad name"),
        ("Berichtsstart", "Reporting starts"), ("Berichtsende", "Reporting ends"),
        ("Frequenz", "Frequency"), ("Nombre de la campaña", "Campaign name"),
        ("Importe gastado", "Amount spent"), ("Alcance", "Reach"),
        ("Clics en el enlace", "Link clicks"), ("Compras", "Purchases"), ("Resultados", "Results"),
        ("Nome da campanha", "Campaign name"), ("Valor usado", "Amount spent"),
        ("Cliques no link", "Link clicks"), ("Nome della campagna", "Campaign name"),
        ("Importo speso", "Amount spent"), ("Copertura", "Reach"),
    ),
    caution="Without a day, one row covers the whole range of dates.",
    asks=(
        Ask("how_much", "Purchases", "How many purchases will an ad bring?"),
        Ask("how_much", "Link clicks", "How many clicks will an ad bring?"),
    ),
)  # fmt: skip
