"""Access keys are recognised by their shape. The formats that we copied are those of the installed detect-secrets."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from kedro_viz.tracking.secrets import detect_secrets_formats
from kedro_viz.tracking.secrets.key_formats import replace_keys

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "key_formats.py"


@pytest.mark.skipif(not SCRIPT.is_file(), reason="the sdist has no scripts")
def test_copied_formats_are_those_of_detect_secrets() -> None:
    pytest.importorskip("detect_secrets")
    module: dict[str, object] = {}
    exec(runpy.run_path(str(SCRIPT))["module"](), module)
    assert module["FORMATS"] == detect_secrets_formats.FORMATS, "run scripts/key_formats.py and ruff format"
    assert detect_secrets_formats.__doc__ == module["__doc__"]


def test_licence_of_the_formats_is_shipped_with_them() -> None:
    licence = Path(detect_secrets_formats.__file__).parents[2] / "licenses" / "detect-secrets.txt"
    assert "Apache License" in licence.read_text()


# Random letters and digits, of which the keys below are made.
MIXED = "Zx81kQ0vTm3nRb7Lw2Yc5Jd9Hf4Ga6Se" * 4
HEX = "9f3b27c1d84e6a05" * 5

KEYS = {
    "npm": f"npm_{MIXED[:36]}",
    "PyPI": f"pypi-AgEIcHlwaS5vcmc{MIXED[:80]}",
    "PyPI's test index": f"pypi-AgENdGVzdC5weXBpLm9yZw{MIXED[:80]}",
    "PyPI, shortened": f"pypi-{MIXED[:30]}",
    "SendGrid": f"SG.{MIXED[:22]}.{MIXED[:43]}",
    "Stripe test": f"sk_test_{MIXED[:24]}",
    "Stripe live": f"sk_live_{MIXED[:24]}",
    "Stripe restricted": f"rk_live_{MIXED[:24]}",
    "Stripe webhook": f"whsec_{MIXED[:32]}",
    "DigitalOcean": f"dop_v1_{HEX[:64]}",
    "DigitalOcean OAuth": f"doo_v1_{HEX[:64]}",
    "Vault": f"hvs.{MIXED[:90]}",
    "Vault batch": f"hvb.{MIXED[:90]}",
    "Google OAuth": f"ya29.a0{MIXED[:60]}",
    "Google client secret": f"GOCSPX-{MIXED[:28]}",
    "Google API": f"AIza{MIXED[:35]}",
    "Google refresh": f"1//0{MIXED[:60]}",
    "Docker": f"dckr_pat_{MIXED[:27]}",
    "Atlassian": f"ATATT3xFfGF0{MIXED[:80]}=2A1B3C4D",
    "Bitbucket": f"ATBB{MIXED[:32]}",
    "Shopify": f"shpat_{HEX[:32]}",
    "Shopify custom": f"shpca_{HEX[:32]}",
    "Grafana": f"glsa_{MIXED[:32]}_{HEX[:8]}",
    "Grafana Cloud": f"glc_eyJ{MIXED[:40]}",
    "Linear": f"lin_api_{MIXED[:40]}",
    "Telegram": f"123456789:AA{MIXED[:33]}",
    "Hugging Face": f"hf_{MIXED[:34]}",
    "OpenAI": f"sk-{MIXED[:48]}",
    "OpenAI project": f"sk-proj-{MIXED[:48]}",
    "Anthropic": f"sk-ant-api03-{MIXED[:90]}",
    "Groq": f"gsk_{MIXED[:52]}",
    "Replicate": f"r8_{MIXED[:37]}",
    "Perplexity": f"pplx-{MIXED[:48]}",
    "xAI": f"xai-{MIXED[:80]}",
    "NVIDIA": f"nvapi-{MIXED[:64]}",
    "LangSmith": f"lsv2_pt_{HEX[:32]}_{HEX[:10]}",
    "Pinecone": f"pcsk_{MIXED[:60]}",
    "Databricks": f"dapi{HEX[:32]}",
    "Prefect": f"pnu_{MIXED[:36]}",
    "GitHub": f"ghp_{MIXED[:36]}",
    "GitHub app": f"ghs_{MIXED[:36]}",
    "GitHub fine-grained": f"github_pat_{MIXED[:22]}_{MIXED[:59]}",
    "GitLab": f"glpat-{MIXED[:20]}",
    "GitLab deploy": f"gldt-{MIXED[:20]}",
    "GitLab runner": f"glrt-{MIXED[:20]}",
    "GitLab trigger": f"glptt-{HEX[:40]}",
    "AWS": f"AKIA{MIXED[:32].upper()[:16]}",
    "AWS session": f"ASIA{MIXED[:32].upper()[:16]}",
    "Amazon Bedrock": f"ABSK{MIXED[:100]}",
    "Azure client": f"abc8Q~{MIXED[:34]}",
    "Azure storage": f"{MIXED[:76]}+ASt{MIXED[:6]}==",
    "Slack bot": f"xoxb-123456789012-123456789012-{MIXED[:24]}",
    "Slack app": f"xapp-1-A0123456789-1234567890123-{HEX[:64]}",
    "Discord": f"M{MIXED[:23]}.{MIXED[:6]}.{MIXED[:27]}",
    "Twilio": f"SK{HEX[:32]}",
    "Mailchimp": f"{HEX[:32]}-us12",
    "Mailgun": f"key-{HEX[:32]}",
    "Resend": f"re_{MIXED[:8]}_{MIXED[:24]}",
    "Brevo": f"xkeysib-{HEX[:64]}-{MIXED[:16]}",
    "Square": f"sq0csp-{MIXED[:43]}",
    "New Relic": f"NRAK-{MIXED[:27].upper()}",
    "Dynatrace": f"dt0c01.{MIXED[:24].upper()}.{MIXED[:64].upper()}",
    "Notion": f"ntn_{MIXED[:46]}",
    "Airtable": f"pat{MIXED[:14]}.{HEX[:64]}",
    "HubSpot": f"pat-na1-{HEX[:8]}-{HEX[:4]}-{HEX[:4]}-{HEX[:4]}-{HEX[:12]}",
    "Supabase": f"sbp_{HEX[:40]}",
    "PlanetScale": f"pscale_tkn_{MIXED[:43]}",
    "Terraform Cloud": f"{MIXED[:14]}.atlasv1.{MIXED[:60]}",
    "Doppler": f"dp.pt.{MIXED[:43]}",
    "Pulumi": f"pul-{HEX[:40]}",
    "Sentry": f"sntryu_{HEX[:64]}",
    "SonarQube": f"squ_{HEX[:40]}",
    "CircleCI": f"CCIPAT_{MIXED[:22]}_{HEX[:40]}",
    "RubyGems": f"rubygems_{HEX[:48]}",
    "Artifactory": f"AKCp{MIXED[:69]}",
    "Postman": f"PMAK-{HEX[:24]}-{HEX[:34]}",
    "Figma": f"figd_{MIXED[:40]}",
    "age": f"AGE-SECRET-KEY-1{MIXED[:58].upper()}",
    "1Password": f"ops_eyJ{MIXED[:100]}",
    "Kaggle": f"KGAT_{HEX[:32]}",
    "Alibaba Cloud": f"LTAI{MIXED[:20]}",
    "JSON web token": f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{MIXED[:43]}",
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_key_is_recognised_by_its_shape(key: str) -> None:
    for before, after in ("", ""), ("a='", "'"), ("use ", " now"), ('{"a": "', '"}'), ("(", "),"):
        assert replace_keys(f"{before}{key}{after}", "[redacted]") == f"{before}[redacted]{after}"


def test_bot_in_an_address_is_recognised() -> None:
    address = f"https://api.telegram.org/bot123456789:{MIXED[:35]}/sendMessage"
    assert replace_keys(address, "[redacted]") == "https://api.telegram.org/bot[redacted]/sendMessage"


@pytest.mark.parametrize(
    "text",
    [
        "sk-learn-pipeline-with-standard-scaling",
        "pypi-attestations-and-provenance-plugin",
        "hf_internal_testing_tiny_random_model",
        "npm_config_registry_and_other_settings",
        "key-value-store-of-the-whole-project",
        "re_compile_every_pattern_of_this_module",
        "secret_of_a_long_and_happy_relationship",
        "f7a03570d8891c1e4ab87ec29b1d33e71a0c9e55",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "550e8400-e29b-41d4-a716-446655440000",
        "2026-11-30T23.24.44.123Z",
        "data/01_raw/companies_2024_01_31.parquet",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "kedro_datasets.pandas.ParquetDataset",
        "MaskedConvolutionWithBatchNormalization",
    ],
)
def test_what_is_no_key_stays(text: str) -> None:
    assert replace_keys(f"x = '{text}'", "[redacted]") == f"x = '{text}'"


@pytest.mark.parametrize("marks", detect_secrets_formats.FORMATS, ids=str)
def test_copied_format_says_what_stands_in_each_key(marks: tuple[tuple[str, ...], str]) -> None:
    beginnings, pattern = marks
    assert not beginnings or any(beginning.strip("-_.") in pattern for beginning in beginnings) or "xox" in pattern
