//! What is answered is what is described: real answers are held against the served description.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{SUBSIDY, subsidies};
use crate::house::House;

/// Everything in which a value differs from its schema. As much of JSON Schema as the description uses.
fn differences(document: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(pointer) = schema["$ref"].as_str() {
        let named = document.pointer(pointer.trim_start_matches('#')).expect("what is pointed to");
        return differences(document, named, value, at, wrong);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = |choice: &Value| {
            let mut inner = Vec::new();
            differences(document, choice, value, at, &mut inner);
            inner.is_empty()
        };
        if !choices.iter().any(fits) {
            wrong.push(format!("{at}: none of the shapes fits {value}"));
        }
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.is_empty() && !types.contains(&is) {
        wrong.push(format!("{at}: {is} instead of {types:?}"));
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        wrong.push(format!("{at}: {value} is none of {allowed:?}"));
    }
    if let (Some(items), Value::Array(values)) = (schema.get("items"), value) {
        for (n, value) in values.iter().enumerate() {
            differences(document, items, value, &format!("{at}/{n}"), wrong);
        }
    }
    let Value::Object(object) = value else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            wrong.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, value) in object {
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(property), _) => differences(document, property, value, &format!("{at}/{name}"), wrong),
            (None, Value::Bool(false)) => wrong.push(format!("{at}: {name} is not described")),
            (None, Value::Object(_)) => {
                differences(document, &schema["additionalProperties"], value, &format!("{at}/{name}"), wrong);
            }
            (None, _) => {}
        }
    }
}

#[track_caller]
fn is_as_described(document: &Value, shape: &str, value: &Value) {
    let mut wrong = Vec::new();
    differences(document, &json!({ "$ref": format!("#/components/schemas/{shape}") }), value, shape, &mut wrong);
    assert!(wrong.is_empty(), "{}\n{value:#}", wrong.join("\n"));
}

#[tokio::test]
async fn every_answer_has_the_shape_that_is_described() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    let document = house.stranger().get("/api/v1/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let taken = system.sends(subsidies(3).replace("2023-02-15", "不详"), &[]).await.json();
    is_as_described(&document, "ImportResult", &taken);
    let import = format!("/api/v1/imports/{}", taken["import"].as_str().expect("a number"));
    is_as_described(&document, "Import", &system.get(&import).await.json());
    let failed = system.sends("no sheet of ours", &[]).await;
    is_as_described(&document, "Problem", &failed.json());
    is_as_described(&document, "Import", &system.get(failed.header("location")).await.json());
    is_as_described(&document, "LedgerList", &system.get("/api/v1/ledgers").await.json());
    is_as_described(&document, "RowPage", &system.get(&format!("/api/v1/ledgers/{SUBSIDY}/rows")).await.json());
    is_as_described(&document, "BatchPage", &system.get("/api/v1/batches").await.json());
    is_as_described(&document, "Problem", &system.get("/api/v1/imports/x").await.json());
    let gone = system.posts("/api/v1/batches/1/withdrawal", &json!({ "why": "发错了表" })).await.json();
    is_as_described(&document, "Withdrawn", &gone);
}

#[test]
fn the_check_of_shapes_sees_what_is_wrong() {
    let document = json!({"components": {"schemas": {"A": {"type": "object", "additionalProperties": false,
        "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {"type": "string"}}}}}}});
    let wrong = |value: Value| {
        let mut wrong = Vec::new();
        differences(&document, &json!({"$ref": "#/components/schemas/A"}), &value, "A", &mut wrong);
        wrong.len()
    };
    assert_eq!(wrong(json!({"a": 1, "b": ["x"]})), 0);
    assert_eq!(wrong(json!({"a": "1"})), 1);
    assert_eq!(wrong(json!({"b": [1, 2], "c": 1})), 4);
}

#[tokio::test]
async fn people_read_the_interface_in_both_languages_without_a_script() {
    let house = House::new().await;
    let mut visitor = house.stranger();
    let page = visitor.get("/api/v1").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    for words in
        ["POST /api/v1/ledgers/{ledger}/imports", "报送一份表", "ledger:import", "curl", "/api/v1/openapi.json"]
    {
        assert!(page.body.contains(words), "{words} in {}", page.words());
    }
    assert!(!page.body.contains("<script") && !page.body.contains("web-interface"), "{}", page.words());
    assert!(visitor.get("/api/v1?lang=en").await.body.contains("import a sheet"));
}
