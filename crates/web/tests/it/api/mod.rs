//! The interface as another system calls it: tokens, imports, keys, pages of rows, problems.

mod calls;
mod described;
mod imports;
mod tokens;

use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{Method, Request, StatusCode};
use mingcha_access::tokens::{Added, NewToken, TokenScope, add};
use serde_json::Value;

use crate::house::{Answer, House};

pub const SUBSIDY: &str = "vocational_training.training_subsidy";
pub const IMPORTS: &str = "/api/v1/ledgers/vocational_training.training_subsidy/imports";

/// Another system with its token.
pub struct System<'a> {
    pub house: &'a House,
    pub token: String,
    pub lang: &'static str,
}

impl House {
    /// A token that the operator gives out.
    pub async fn token(&self, unit: &str, scopes: &[TokenScope]) -> Added {
        let new =
            NewToken {
                system: format!("{unit}业务系统"), unit: unit.to_owned(), scopes: scopes.to_vec(), days: 30
            };
        add(self.town.desk(&self.town.operator().await).await, new).await.expect("given out")
    }

    /// A system of a unit that may read and import.
    pub async fn system(&self, unit: &str) -> System<'_> {
        let token = self.token(unit, &TokenScope::ALL).await.token;
        System { house: self, token, lang: "zh-CN" }
    }
}

impl System<'_> {
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, "mingcha.test")
            .header(ACCEPT_LANGUAGE, self.lang)
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.house.send(self.request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a file into the ledger of subsidies.
    pub async fn sends(&self, file: impl Into<Body>, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.request(Method::POST, IMPORTS).header(CONTENT_TYPE, "application/octet-stream");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.house.send(request.body(file.into()).expect("a request")).await
    }

    pub async fn posts(&self, path: &str, json: &Value) -> Answer {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        self.house.send(request.body(Body::from(json.to_string())).expect("a request")).await
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.body))
    }

    /// A header as text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Fails unless this is a problem with this status and code.
    #[track_caller]
    pub fn is_problem(&self, status: StatusCode, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let problem = self.json();
        assert_eq!((problem["code"].as_str(), problem["status"].as_u64()), (Some(code), Some(status.as_u16().into())));
        for word in ["title", "detail", "remedy", "request"] {
            assert!(problem[word].as_str().is_some_and(|text| !text.is_empty()), "{word} is missing: {problem:#}");
        }
        problem
    }
}

/// So many subsidies to one person, one a month, as CSV.
pub fn subsidies(count: u32) -> String {
    let mut csv = "补贴编号,补贴种类,身份证号,姓名,发放日期,补贴金额（元）,培训课时,培训机构代码,技能等级\n".to_owned();
    for n in 1..=count {
        csv.push_str(&format!(
            "BT{n:04},培训补贴,330902199001011238,张三,2023-{:02}-15,800,40,91330900MA2A00018M,四级\n",
            (n - 1) % 12 + 1
        ));
    }
    csv
}
