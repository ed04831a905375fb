"""Klaviyo: profiles of a list or segment."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

KLAVIYO_PROFILES = Export(
    code="klaviyo-profiles",
    title=say("Klaviyo profiles"),
    row=say("one person of a list or segment"),
    # First name, city and the like stand in every contact list, so they tell nothing here.
    headers=(
        "Klaviyo ID", "Email Marketing Consent", "Email Marketing Consent Timestamp",
        "SMS Marketing Consent", "Profile Created On", "Date Added", "Last Open", "Last Click",
        "Email Suppressions", "Email List Suppressions", "Initial Source", "Last Source",
        "First Purchase Date", "Historic Customer Lifetime Value",
        "Predicted Customer Lifetime Value", "Total Customer Lifetime Value",
        "Churn Risk Prediction", "Expected Date of Next Order", "Predicted Gender",
    ),
    keys=("Klaviyo ID", "Email"),
    clock=("Profile Created On", "Date Added"),
    personal=(
        "Email", "First Name", "Last Name", "Phone Number", "Address", "Address 2", "Latitude",
        "Longitude", "Zip Code", "IP Address",
    ),
    after_outcome=(
        "Last Open", "Last Click", "Last Active", "Email Suppressions", "Email List Suppressions",
        "Historic Customer Lifetime Value", "Historic Number Of Orders",
        "Predicted Customer Lifetime Value", "Total Customer Lifetime Value",
        "Predicted Number Of Orders", "Churn Risk Prediction", "Expected Date of Next Order",
        "Average Order Value", "Average Days Between Orders", "Last Purchase Date",
    ),
    aliases=(
        ("Profile ID", "Klaviyo ID"), ("Created", "Profile Created On"),
        ("Consent Timestamp", "Email Marketing Consent Timestamp"),
        ("SMS Consent", "SMS Marketing Consent"),
        ("Historic CLV", "Historic Customer Lifetime Value"),
        ("Predicted CLV", "Predicted Customer Lifetime Value"),
        ("Total CLV", "Total Customer Lifetime Value"), ("Churn Risk", "Churn Risk Prediction"),
    ),
    caution=say("Columns that Klaviyo predicts already use what people did later."),
    asks=(
        Ask(
            "who_will", "Email Marketing Consent", say("Who will agree to e-mails?"),
            ("subscribed", "true"),
        ),
        Ask("how_much", "Historic Customer Lifetime Value", say("How much will a person spend?")),
    ),
)  # fmt: skip
