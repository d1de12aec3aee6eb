"""Export the JSON Schema of scenario files, for editors and other programs."""

from __future__ import annotations

from typing import Any

from sim.scenario.schema import Organization, Scenario
from sim.scenario.shape import OFF

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NULL = {"type": "null"}
NAMED = ("funding", "ladder", "positions", "households")  # tables whose entries "off" takes out

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Return the schema (draft 2020-12) of a file as a user writes it.

    It says what may stand where. What must stand is left to the check, because a file may extend another.
    """
    schema = Scenario.model_json_schema()
    definitions = {name: _definition(one) for name, one in schema.pop("$defs").items()}
    definitions["EmployerKind"] = _employer_kind(definitions["EmployerKind"])
    root: Schema = _definition(schema)
    root["properties"] = {
        "extends": {"type": "string", "description": "Scenario beneath this one", "pattern": r"\.toml$|^library:"},
        **root["properties"],
        "employer": _employers(),
    }
    return {
        "$schema": DRAFT,
        **root,
        "anyOf": [{"required": ["extends"]}, {"required": ["pay"]}],
        "$defs": definitions,
    }


def _definition(schema: Schema) -> Schema:
    """Return a table's schema with nothing required and with "off" where it leaves something out."""
    plain = {key: value for key, value in schema.items() if key not in ("required", "title")}
    properties = {name: _property(name, one) for name, one in plain.get("properties", {}).items()}
    return {**plain, "properties": properties} if properties else plain


def _property(name: str, schema: Schema) -> Schema:
    """Return an input's schema as a file has it: "off" for null, alternatives without a required kind."""
    plain = {key: _value(key, value) for key, value in schema.items() if key not in ("title", "discriminator")}
    if "$ref" in plain:
        plain.pop("default", None)  # its own inputs say theirs
    if "patternProperties" in plain:
        plain["additionalProperties"] = False
    if "oneOf" in plain:
        plain["anyOf"] = plain.pop("oneOf")
    if name in NAMED:
        plain["patternProperties"] = {key: _or_off(one) for key, one in plain["patternProperties"].items()}
    return plain


def _value(key: str, value: Any) -> Any:
    if key == "anyOf":
        return [{"const": OFF} if one == NULL else one for one in value]
    return OFF if key == "default" and value is None else value


def _or_off(schema: Schema) -> Schema:
    alternatives = schema.get("oneOf") or [schema]
    return {"anyOf": [*alternatives, {"const": OFF}]}


def _employer_kind(schema: Schema) -> Schema:
    tables = {name: {"$ref": "#/properties/" + name} for name in Organization.model_fields}
    own = {name: one for name, one in schema["properties"].items() if name != "differs"}
    return {**schema, "properties": {**own, **tables}}


def _employers() -> Schema:
    kind = {"$ref": "#/$defs/EmployerKind"}
    return {
        "description": "Kinds of employer, each with what differs; by name, what changes of a kind beneath",
        "anyOf": [{"type": "array", "items": kind}, {"type": "object", "additionalProperties": kind}],
    }
