//! A town with its pages: persons sign in, look and press buttons.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use mingcha_testkit::{PASSWORD, SeededChance, Town};
use mingcha_web::{WebConfig, router};
use mingcha_wiring::{DataFolder, Platform};
use tower::ServiceExt;

/// A town, its packs and its pages.
pub struct House {
    pub town: Town,
    pub platform: Arc<Platform>,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// Somebody in front of a browser.
pub struct Visitor<'a> {
    house: &'a House,
    pub cookies: Vec<(String, String)>,
    pub csrf: String,
}

impl House {
    /// A town on its business date, with the repository's packs and no rows.
    pub async fn new() -> Self {
        Self::with(WebConfig::default()).await
    }

    /// The same with other settings.
    pub async fn with(config: WebConfig) -> Self {
        let town = Town::new().await;
        let folder = DataFolder::create(town.folder(), None).expect("a data folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs"), &folder.packs());
        let chance = Arc::new(SeededChance::new(7));
        let platform =
            Platform::open(town.folder(), Arc::clone(&town.clock) as Arc<_>, chance).await.expect("a platform");
        let platform = Arc::new(platform);
        let router = router(Arc::clone(&platform), config);
        Self { town, platform, router }
    }

    /// One request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Somebody who has not signed in.
    pub fn stranger(&self) -> Visitor<'_> {
        Visitor { house: self, cookies: Vec::new(), csrf: String::new() }
    }

    /// Somebody who signs in at the door.
    pub async fn sign_in(&self, login: &str) -> Visitor<'_> {
        let mut visitor = self.stranger();
        visitor.get("/sign-in").await;
        let answer = visitor.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} could not sign in: {}", answer.words());
        let mut at = "/office".to_owned();
        loop {
            let page = visitor.get(&at).await;
            if page.status != StatusCode::SEE_OTHER {
                return visitor;
            }
            at = page.leads_to();
        }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the packs").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

impl Visitor<'_> {
    /// Looks at a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty()).expect("a request");
        self.heard(request).await
    }

    /// Sends a form with its token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &csrf).extend_pairs(fields);
        let request = self
            .request(Method::POST, path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.finish()))
            .expect("a request");
        self.heard(request).await
    }

    /// Sends a form with files and its token first.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &str, &[u8])>) -> Answer {
        let mut body = Vec::new();
        let csrf = self.csrf.clone();
        for (name, value) in std::iter::once(&("csrf", csrf.as_str())).chain(fields) {
            body.extend(
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        if let Some((field, name, bytes)) = file {
            let head =
                format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
            body.extend(head.bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let request = self
            .request(Method::POST, path)
            .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .expect("a request");
        self.heard(request).await
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header(HOST, "mingcha.test");
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) }
    }

    async fn heard(&mut self, request: Request<Body>) -> Answer {
        let answer = self.house.send(request).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            self.cookies.retain(|(known, _)| known != name);
            if !text.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        if let Some((_, after)) = answer.body.split_once("name=\"csrf\" value=\"") {
            self.csrf = after.split('"').next().unwrap_or_default().to_owned();
        }
        answer
    }
}

impl Answer {
    /// Where it leads, without what is said there.
    pub fn leads_to(&self) -> String {
        let to = self.headers.get(LOCATION).and_then(|to| to.to_str().ok());
        to.unwrap_or_else(|| panic!("{} leads nowhere: {}", self.status, self.words())).to_owned()
    }

    /// Its text without tags.
    pub fn words(&self) -> String {
        let main = self.body.split("<main").nth(1).unwrap_or(&self.body);
        let mut words = String::new();
        let mut inside = true;
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    words.push(' ');
                }
                c if !inside => words.push(c),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The address of the first link whose text contains these words.
    pub fn link(&self, text: &str) -> String {
        let anchors = self.body.split("<a ").skip(1);
        let found = anchors.filter(|anchor| anchor.split("</a>").next().is_some_and(|whole| whole.contains(text)));
        let href = found.filter_map(|anchor| anchor.split("href=\"").nth(1)?.split('"').next()).next();
        href.unwrap_or_else(|| panic!("no link “{text}” in {}", self.words())).replace("&#38;", "&")
    }

    /// The value of a hidden or other field of the form of a move.
    pub fn field(&self, panel: &str, name: &str) -> String {
        let form = self
            .body
            .split(&format!("id=\"move-{panel}\""))
            .nth(1)
            .unwrap_or_else(|| panic!("no panel {panel} in {}", self.words()));
        let form = form.split("</form>").next().unwrap_or_default();
        let after = form.split(&format!("name=\"{name}\" value=\"")).nth(1);
        after
            .and_then(|after| after.split('"').next())
            .unwrap_or_else(|| panic!("no field {name} in {form}"))
            .to_owned()
    }
}
