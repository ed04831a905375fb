"""WooCommerce: orders, as its own analytics and the usual export plugins write them."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

WOOCOMMERCE_ORDERS = Export(
    code="woocommerce-orders",
    title=say("WooCommerce orders"),
    row=say("one order, or one item of an order where the export lists items"),
    headers=(
        "Order Number", "Order Status", "Order Date", "Customer Note", "First Name (Billing)",
        "Last Name (Billing)", "Company (Billing)", "City (Billing)", "Postcode (Billing)",
        "Country Code (Billing)", "Email (Billing)", "Phone (Billing)", "City (Shipping)",
        "Postcode (Shipping)", "Country Code (Shipping)", "Payment Method Title",
        "Cart Discount Amount", "Order Subtotal Amount", "Shipping Method Title",
        "Order Shipping Amount", "Order Refund Amount", "Order Total Amount",
        "Order Total Tax Amount", "SKU", "Item #", "Item Name", "Quantity (- Refund)",
        "Item Cost", "Coupon Code", "Discount Amount",
    ),
    keys=("Order Number", "Order ID", "Email (Billing)"),
    clock=("Order Date", "Paid Date"),
    personal=(
        "First Name (Billing)", "Last Name (Billing)", "Address 1&2 (Billing)", "Email (Billing)",
        "Phone (Billing)", "First Name (Shipping)", "Last Name (Shipping)",
        "Address 1&2 (Shipping)", "Customer Note", "billing_first_name", "billing_last_name",
        "billing_email", "billing_phone", "billing_address_1", "billing_address_2",
        "shipping_first_name", "shipping_last_name", "shipping_address_1", "shipping_address_2",
        "customer_email", "customer_ip_address",
    ),
    after_outcome=(
        "Order Status", "Order Refund Amount", "Quantity (- Refund)", "Completed Date",
        "Paid Date", "status", "refunded_total", "order_notes",
    ),
    # The second names are those of WooCommerce's own import and export plugins.
    aliases=(
        ("billing_first_name", "First Name (Billing)"),
        ("billing_last_name", "Last Name (Billing)"), ("billing_company", "Company (Billing)"),
        ("billing_city", "City (Billing)"), ("billing_postcode", "Postcode (Billing)"),
        ("billing_country", "Country Code (Billing)"), ("billing_email", "Email (Billing)"),
        ("billing_phone", "Phone (Billing)"), ("shipping_city", "City (Shipping)"),
        ("shipping_postcode", "Postcode (Shipping)"),
        ("shipping_country", "Country Code (Shipping)"),
        ("cart_discount", "Cart Discount Amount"),
        ("order_subtotal", "Order Subtotal Amount"), ("shipping_method", "Shipping Method Title"),
        ("shipping_total", "Order Shipping Amount"), ("refunded_total", "Order Refund Amount"),
        ("order_total", "Order Total Amount"), ("tax_total", "Order Total Tax Amount"),
        ("Bestellnummer", "Order Number"), ("Bestellstatus", "Order Status"),
        ("Bestelldatum", "Order Date"), ("Numéro de commande", "Order Number"),
        ("État de la commande", "Order Status"), ("Date de commande", "Order Date"),
        ("Número de pedido", "Order Number"), ("Estado del pedido", "Order Status"),
        ("Fecha del pedido", "Order Date"), ("Número do pedido", "Order Number"),
        ("Status do pedido", "Order Status"), ("Data do pedido", "Order Date"),
    ),
    caution=say("An order with several items may stand in several rows."),
    asks=(
        Ask("who_will", "Order Status", say("Which orders will be refunded or cancelled?"),
            ("refunded", "cancelled", "wc-refunded", "wc-cancelled"),
        ),
        Ask("how_much", "Order Total Amount", say("How much will an order be worth?")),
    ),
)  # fmt: skip
