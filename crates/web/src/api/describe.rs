//! The interface described, for machines (OpenAPI 3.1) and for people. Paths, methods, places in the path, scopes and the
//! ways to fail come from the one list of routes; `operations.json` adds what each call is for, `parts.json` the shapes.

use axum::Json;
use axum::extract::State;
use axum::http::Method;
use axum::response::IntoResponse;
use mingcha_pages::Place;
use mingcha_pages::portal::{InterfacePage, Operation};
use serde_json::{Map, Value, json};

use super::ROOT;
use crate::shell::{Answer, Failure, Site, Visit, page as drawn};
use crate::{Body, Gate, Route, routes};

const OPERATIONS: &str = include_str!("operations.json");
const PARTS: &str = include_str!("parts.json");

/// The description for machines.
pub(crate) async fn openapi(State(site): State<Site>) -> Answer {
    Ok(Json(document(&site.config)?).into_response())
}

/// The description for people.
pub(crate) async fn page(State(site): State<Site>, visit: Visit) -> Answer {
    let (operations, parts) = (read(OPERATIONS)?, read(PARTS)?);
    let described = calls().map(|(route, scope)| {
        let told = &operations[key(route)];
        let text = |name: &str| in_language(&visit, told[name].as_str().unwrap_or_default());
        Operation {
            method: route.method.to_string(),
            path: route.path.to_owned(),
            summary: text("summary"),
            description: text("description"),
            parameters: parameters(route, told)
                .map(|name| {
                    let parameter = &parts["parameters"][name];
                    let about = in_language(&visit, parameter["description"].as_str().unwrap_or_default());
                    (parameter["name"].as_str().unwrap_or(name).to_owned(), about)
                })
                .collect(),
            scope: scope.to_owned(),
            example: told["x-example"].as_str().unwrap_or_default().to_owned(),
        }
    });
    drawn(InterfacePage {
        frame: site.frame(&visit, Place::Public, visit.say("web-interface")).await?,
        operations: described.collect(),
    })
}

/// The half of a text that is in the visitor's language: 中文 / English.
fn in_language(visit: &Visit, text: &str) -> String {
    let (zh, en) = text.split_once(" / ").unwrap_or((text, text));
    if visit.lang == mingcha_words::Lang::En { en.to_owned() } else { zh.to_owned() }
}

/// Every route that takes a token, with its scope.
fn calls() -> impl Iterator<Item = (&'static Route, &'static str)> {
    routes().iter().filter_map(|route| match route.gate {
        Gate::Token(scope) => Some((route, scope.name())),
        _ => None,
    })
}

fn key(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

fn read(text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::broken(format!("the interface's description: {error}")))
}

fn document(config: &crate::WebConfig) -> Result<Value, Failure> {
    let (operations, parts) = (read(OPERATIONS)?, read(PARTS)?);
    let mut paths = Map::new();
    for (route, scope) in calls() {
        let at = paths.entry(route.path).or_insert_with(|| json!({}));
        at[route.method.as_str().to_lowercase()] = operation(route, scope, &operations[key(route)], &parts);
    }
    let megabytes = config.sheet_bytes_max / (1024 * 1024);
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "明察 Mingcha",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!(
                "业务系统报送和查看台账的接口；凭证由系统管理员签发。错误按 RFC 9457 回答，语言随 Accept-Language（默认中文）。文件最大 {megabytes} MB。\n\n\
                 The interface for other systems. Tokens come from the operator; errors are RFC 9457 problem details in the \
                 language of Accept-Language (Chinese by default). A file has at most {megabytes} MB."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": parts["parameters"],
            "requestBodies": parts["bodies"],
            "headers": parts["headers"],
            "links": parts["links"],
            "schemas": parts["schemas"],
            "responses": {"Problem": {
                "description": "没有办成，说明原因和办法 / what did not go, and what to do",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }},
        },
    }))
}

/// One call: what its route says, and what is told about it.
fn operation(route: &Route, scope: &str, told: &Value, parts: &Value) -> Value {
    let mut call = Map::new();
    for name in ["operationId", "summary", "description"] {
        if let Some(text) = told.get(name) {
            call.insert(name.to_owned(), text.clone());
        }
    }
    call.insert("security".to_owned(), json!([{"token": [scope]}]));
    let named = |name: &str| json!({"$ref": format!("#/components/parameters/{name}")});
    let parameters: Vec<Value> = parameters(route, told).map(named).collect();
    if !parameters.is_empty() {
        call.insert("parameters".to_owned(), Value::Array(parameters));
    }
    let body = told["requestBody"].as_str();
    if let Some(name) = body {
        call.insert("requestBody".to_owned(), json!({"$ref": format!("#/components/requestBodies/{name}")}));
    }
    let mut responses = Map::new();
    for (status, answer) in told["responses"].as_object().into_iter().flatten() {
        responses.insert(status.clone(), response(answer, parts));
    }
    for status in failures(route, body.is_some()) {
        responses.entry(status).or_insert_with(|| json!({"$ref": "#/components/responses/Problem"}));
    }
    call.insert("responses".to_owned(), Value::Object(responses));
    Value::Object(call)
}

/// What can be said with a call: the places of its path, then what else is told.
fn parameters<'a>(route: &'a Route, told: &'a Value) -> impl Iterator<Item = &'a str> {
    places(route.path).chain(told["parameters"].as_array().into_iter().flatten().filter_map(Value::as_str))
}

fn response(told: &Value, parts: &Value) -> Value {
    if told.is_string() {
        return json!({"$ref": "#/components/responses/Problem"});
    }
    let mut answer = json!({"description": told["description"]});
    if let Some(schema) = told["schema"].as_str() {
        answer["content"] = json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}});
    }
    if let Some(media) = told["media"].as_str() {
        answer["content"] = json!({media: {"schema": {"type": "string", "format": "binary"}}});
    }
    for name in told["headers"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        answer["headers"][name] = parts["headers"][name].clone();
    }
    for name in told["links"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        answer["links"][name] = json!({"$ref": format!("#/components/links/{name}")});
    }
    answer
}

/// The names in a path's braces.
fn places(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

/// The ways in which a call to this route may fail.
fn failures(route: &Route, has_body: bool) -> Vec<&'static str> {
    let mut statuses = vec!["401", "403", "422", "429", "500"];
    if route.path.contains('{') {
        statuses.push("404");
    }
    if route.path == format!("{ROOT}/batches") {
        statuses.push("404");
    }
    if has_body {
        statuses.extend(["413", "415"]);
    }
    if route.method != Method::GET {
        statuses.extend(["503", "507"]);
    }
    if route.body == Body::Sheet {
        statuses.push("409");
    }
    statuses
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::WebConfig;

    #[test]
    fn every_call_is_described_and_nothing_else_is() {
        let there: BTreeSet<String> = calls().map(|(route, _)| key(route)).collect();
        let operations = read(OPERATIONS).expect("JSON");
        let told: BTreeSet<String> = operations.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(there, told, "operations.json and the list of routes are two");
        assert!(there.len() >= 7);
    }

    #[test]
    fn everything_that_is_pointed_to_is_there() {
        let document = document(&WebConfig::default()).expect("a document");
        let text = document.to_string();
        let mut seen = 0;
        for after in text.split("\"$ref\":\"#/").skip(1) {
            let pointer = format!("/{}", after.split('"').next().unwrap_or_default());
            assert!(document.pointer(&pointer).is_some(), "{pointer} is not there");
            seen += 1;
        }
        assert!(seen > 30, "the walk saw only {seen} pointers");
        for (route, _) in calls() {
            for place in places(route.path) {
                assert!(document["components"]["parameters"][place]["in"] == "path", "{place}");
            }
        }
    }
}
