"""The contract of every export: whole, found again when changed, never taken for another."""

from __future__ import annotations

import random

import pytest

from upshot.questions.registry import QUESTIONS
from upshot.tables.exports import EXPORTS, columns_among, plain_header, recognise_export

# Columns that people add to every kind of export.
_ADDED = ["My own column", "Notes of the team", "Segment 2"]


def restyle(header: str, chance: random.Random) -> str:
    """The header in another case or spacing, as tools between the export and us write it."""
    styles = (
        str.upper,
        str.lower,
        lambda text: f" {text} ",
        lambda text: text.replace(" ", "_"),
        lambda text: text.replace(" ", "  "),
        lambda text: text,
    )
    return chance.choice(styles)(header)


def changed(code: str, seed: int) -> list[str]:
    """The export's own header with 30 % of its columns dropped and the others restyled."""
    chance = random.Random(f"{code} {seed}")
    headers = list(EXPORTS[code].headers)
    kept = chance.sample(headers, len(headers) - round(0.3 * len(headers)))
    return [restyle(header, chance) for header in (*kept, *_ADDED)]


@pytest.mark.parametrize("code", EXPORTS)
def test_a_changed_header_is_still_recognised_as_itself(code):
    found = {recognise_export(changed(code, seed)) for seed in range(200)}
    assert {export and export.code for export in found} == {code}


@pytest.mark.parametrize("code", EXPORTS)
def test_every_export_says_which_questions_it_answers(code):
    export = EXPORTS[code]
    assert export.asks
    for ask in export.asks:
        assert ask.question in QUESTIONS
        assert ask.outcome
        assert ask.words.endswith("?")


@pytest.mark.parametrize("code", EXPORTS)
def test_no_two_headers_of_an_export_are_the_same_to_the_score(code):
    export = EXPORTS[code]
    plain = [plain_header(header) for header in export.headers]
    assert len(set(plain)) == len(plain)
    aliases = [plain_header(alias) for alias, _ in export.aliases]
    assert not set(aliases) & set(plain)
    assert len(set(aliases)) == len(aliases)


@pytest.mark.parametrize("code", EXPORTS)
def test_no_export_rules_itself_out(code):
    export = EXPORTS[code]
    written = {*export.headers, *(alias for alias, _ in export.aliases), *export.keys,
               *export.clock, *export.personal, *export.after_outcome}  # fmt: skip
    plain = {plain_header(name) for name in written}
    assert not plain & {plain_header(name) for name in export.foreign}


@pytest.mark.parametrize("code", EXPORTS)
def test_a_clock_is_not_written_after_the_outcome_alone(code):
    export = EXPORTS[code]
    assert not export.clock or set(export.clock) - set(export.after_outcome)


SMALL = {
    "google-ads": "Day,Campaign,Impr.,Clicks,Cost,Conversions",
    "microsoft-ads": "Campaign,Delivery,Impr.,Clicks,CTR,Avg. CPC,Spend,Conv.,CPA,Conv. rate",
    "meta-ads": "Day,Campaign name,Amount spent (USD),Impressions,Reach,Results",
    "tiktok-ads": "By Day,Campaign name,Cost,Impressions,Clicks (destination),Conversions",
    "linkedin-ads": "Start Date (in UTC),Campaign Name,Total Spent,Impressions,Clicks,Leads",
    "hubspot-contacts": "Record ID,First Name,Last Name,Email,Lifecycle Stage,Contact owner,"
    "Create Date,Lead Status",
    "salesforce-leads": "Lead Owner,First Name,Last Name,Company / Account,Lead Source,Lead Status,"
    "Created Date,Email",
    "hubspot-deals": "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner",
    "shopify-orders": "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price",
    "woocommerce-orders": "Order Number,Order Status,Order Date,Email (Billing),City (Billing),"
    "Payment Method Title,Order Total Amount",
    "ga4": "Landing page,Sessions,Active users,New users,Key events,Total revenue",
}


@pytest.mark.parametrize("code", SMALL)
def test_a_report_with_few_columns_is_told_from_its_neighbours(code):
    found = recognise_export(SMALL[code].split(","))
    assert found is not None
    assert found.code == code


GENERIC = {
    "contacts": "Email,First Name,Last Name,Phone Number,Company Name,City,Country,Zip Code",
    "crm": "ID,Name,Email,Status,Amount,Currency,Created,Description,Owner,Source",
    "media plan": "Date,Campaign name,Impressions,Clicks,Spend,Conversions,CTR",
    "ads by hand": "campaign_id,ad_group,ad_name,impressions,clicks,cost,conversions,reach",
    "campaigns": "Date,Campaign,Impressions,Clicks,Cost,Conversions,CTR",
    "newsletter": "Subject,List,Sent,Open Rate,Click Rate,Unsubscribes,Revenue",
    "web": "Date,Sessions,Users,New users,Bounce rate,Pages per session,Revenue",
    "orders": "Order ID,Order Date,Customer ID,Product,Quantity,Discount,Shipping,Total,Country",
    "churn": "customerID,gender,tenure,Contract,PaymentMethod,MonthlyCharges,TotalCharges,Churn",
    "subscriptions": "Customer ID,Plan,Quantity,Amount,Currency,Status,Start Date,End Date",
}


@pytest.mark.parametrize("name", GENERIC)
def test_common_words_alone_make_no_export(name):
    assert recognise_export(GENERIC[name].split(",")) is None


def test_no_header_of_the_other_data_sets_is_taken_for_an_export(shared_data):
    import json

    catalog = json.loads((shared_data / "catalog.json").read_text("utf-8"))
    files = [entry["file"] for entry in catalog["datasets"] if "made_up" not in entry["file"]]
    wrong = {}
    for file in files:
        path = shared_data / file
        if path.suffix != ".csv":
            continue
        first = path.read_bytes()[:20_000].decode("utf-8", "replace").splitlines()[0]
        for mark in ",;\t":
            export = recognise_export([name.strip('"\ufeff') for name in first.split(mark)])
            if export is not None:
                wrong[file] = export.code
    assert files
    assert wrong == {}


LANGUAGES = {
    "ga4": [
        ("Sitzungen,Sitzungen mit Interaktionen,Interaktionsrate,Ereignisse pro Sitzung,"
        "Ereignisanzahl,Schlüsselereignisse,Gesamtumsatz"),
        ("Sesiones,Sesiones con interacción,Porcentaje de interacciones,Eventos por sesión,"
        "Número de eventos,Eventos clave,Ingresos totales"),
    ],
    "tiktok-ads": [
        ("Par jour,Nom de la campagne,Nom du groupe d'annonces,Coût,Impressions,"
        "Clics (destination),CPC (destination)"),
    ],
    "microsoft-ads": [
        "Gregorianisches Datum,Kontoname,Kampagnenname,Ausgaben,Gerätetyp,Impressions,CTR",
    ],
    "woocommerce-orders": [
        ("order_id,order_number,order_date,order_status,shipping_total,tax_total,cart_discount,"
        "order_total,payment_method_title,billing_first_name,billing_email,billing_postcode"),
    ],
    "klaviyo-campaigns": [
        ("Name,Subject,Preview Text,Sent On,Total Recipients,Unique Opens,Open Rate,"
        "Unique Clicks,Click Rate,Placed Order Rate,Revenue,Unsubscribe Rate"),
    ],
    "stripe-payments": [
        ("id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,"
        "Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,"
        "Refunded date (UTC),Statement Descriptor,Status,Seller Message,Card ID,Customer ID,"
        "Customer Email,Invoice ID,Transfer"),
    ],
    "stripe-subscriptions": [
        ("id,Customer ID,Status,Cancellation Reason,Plan,Plan Amount,Start (UTC),"
        "Current Period End (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC)"),
    ],
    "stripe-customers": [
        ("id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Card Last4,Plan,Status,"
        "Total Spend,Payment Count,Average Order,Refunded Volume,Dispute Losses"),
    ],
    "klaviyo-profiles": [
        ("Email,Klaviyo ID,First Name,Last Name,City,Source,Email Marketing Consent,"
        "Profile Created On,Date Added,Last Open,Last Click"),
    ],
    "mailchimp-campaigns": [
        ("Title,Subject,List,Send Date,Send Weekday,Total Recipients,Successful Deliveries,"
        "Soft Bounces,Hard Bounces,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,"
        "Unsubscribes,Abuse Complaints,Total Orders,Total Revenue"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "header"), [(code, line) for code, lines in LANGUAGES.items() for line in lines]
)
def test_other_layouts_and_languages_are_recognised(code, header):
    found = recognise_export(header.split(","))
    assert found is not None
    assert found.code == code


def test_columns_are_found_under_their_translated_and_respelt_names() -> None:
    french = ("Nom de la campagne", "Résultats", "Montant dépensé (EUR)")
    meta, woo = EXPORTS["meta-ads"], EXPORTS["woocommerce-orders"]
    assert columns_among(french, meta, meta.after_outcome) == ("Résultats",)
    spelt = tuple(name.lower().replace(" ", "_") for name in woo.after_outcome)
    assert columns_among((*spelt, "billing_city"), woo, woo.after_outcome) == spelt


TRANSLATED = {
    "google-ads": {
        "de": "Tag;Kampagne;Kampagnentyp;Währungscode;Kosten;Impr.;Klicks;CTR;Durchschn. CPC"
        ";Conversions;Kosten/Conv.;Conv.-Rate",
        "fr": "Jour;Campagne;Type de campagne;Code de devise;Coût;Impr.;Clics;CTR;CPC moy."
        ";Conversions;Coût/conv.;Taux de conv.",
        "es": "Día;Campaña;Estado de la campaña;Código de moneda;Coste;Impr.;Clics;CTR;CPC medio"
        ";Conversiones;Coste/conv.;Tasa de conv.",
        "pt": "Dia;Campanha;Status da campanha;Código da moeda;Custo;Impr.;Cliques;CTR;CPC médio"
        ";Conversões;Custo / conv.;Taxa de conv.",
        "it": "Giorno;Campagna;Tipo di campagna;Codice valuta;Costo;Impr.;Clic;CTR;CPC medio"
        ";Conversioni;Costo / conv.;Tasso conv.",
        "ru": "День;Кампания;Тип кампании;Код валюты;Расходы;Показы;Клики;CTR;Ср. цена за клик"
        ";Конверсии;Стоимость/конв.;Коэфф. конверсии",
    },
    "meta-ads": {
        "de": "Berichtsstart;Berichtsende;Kampagnenname;Anzeigenname;Ergebnisse;Reichweite;Frequenz"
        ";Ausgegebener Betrag (EUR);Impressionen;Link-Klicks;CTR (Link-Klickrate)",
        "fr": "Début des rapports;Fin des rapports;Nom de la campagne;Diffusion de la campagne"
        ";Résultats;Couverture;Répétition;Montant dépensé (EUR);Impressions;Clics sur un lien",
        "es": "Inicio del informe;Fin del informe;Nombre de la campaña;Entrega de la campaña"
        ";Resultados;Alcance;Frecuencia;Importe gastado (EUR);Impresiones;Clics en el enlace",
        "pt": "Início dos relatórios;Encerramento dos relatórios;Nome da campanha;Resultados"
        ";Alcance;Frequência;Valor usado (BRL);Impressões;Cliques no link;Nome do anúncio",
        "it": "Nome della campagna;Risultati;Importo speso (EUR);Costo per risultato;Impression"
        ";Clic sul link;CTR (percentuale di clic sul link);Frequenza;Copertura",
        "ru": "Дата начала отчетности;Окончание отчетности;Название кампании;Показ кампании"
        ";Результат;Охват;Частота;Цена за результаты;Потраченная сумма (USD);Показы"
        ";Клики по ссылке",
    },
}


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it", "ru"])
@pytest.mark.parametrize("code", TRANSLATED)
def test_ad_reports_are_recognised_in_six_languages(code, language):
    headers = TRANSLATED[code][language].split(";")
    assert recognise_export(headers).code == code
    # People choose their columns: two fewer do not matter.
    assert recognise_export(headers[:2] + headers[4:]).code == code


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it", "ru"])
@pytest.mark.parametrize("code", TRANSLATED)
def test_late_columns_of_translated_reports_are_known(code, language):
    headers = TRANSLATED[code][language].split(";")
    assert columns_among(headers, EXPORTS[code], EXPORTS[code].after_outcome)
