//! A persona speaks HTTP.

use std::net::SocketAddr;

use serde_json::{Value, json};

use super::PASSWORD;

/// Somebody at a keyboard.
#[derive(Clone)]
pub struct Persona {
    agent: ureq::Agent,
    address: SocketAddr,
    token: Option<String>,
    /// The refresh token of the sign-in.
    pub refresh_token: Option<String>,
    purpose: Option<String>,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case, in order of arrival.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub text: String,
    /// The same in bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("no JSON in a {} answer: {}", self.status, self.text))
    }

    /// A header, if it came.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Asserts the status and gives the body.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// Asserts a problem of this type and status.
    #[track_caller]
    pub fn problem(&self, status: u16, slug: &str) -> Value {
        let body = self.expect(status);
        assert_eq!(body["type"], format!("/problems/{slug}"), "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        body
    }
}

impl Persona {
    pub(super) fn stranger(address: SocketAddr) -> Self {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(4).build();
        Self {
            agent: agent.into(),
            address,
            token: None,
            refresh_token: None,
            purpose: None,
            headers: Vec::new(),
        }
    }

    pub(super) fn sign_in(address: SocketAddr, email: &str) -> Self {
        let mut persona = Self::stranger(address);
        let answer = persona.post("/api/v1/session", &json!({"email": email, "password": PASSWORD}));
        let session = answer.expect(200);
        persona.token = session["access_token"].as_str().map(str::to_owned);
        persona.refresh_token = session["refresh_token"].as_str().map(str::to_owned);
        persona
    }

    /// The same persona, for a purpose.
    pub fn for_purpose(&self, purpose: &str) -> Self {
        Self { purpose: Some(purpose.into()), ..self.clone() }
    }

    /// The same persona, with one header more.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.into(), value.into()));
        other
    }

    /// The same persona, with another token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// The same persona, who gives up when no answer comes in time.
    pub fn giving_up_after(&self, wait: std::time::Duration) -> Self {
        let agent =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(wait)).build();
        Self { agent: agent.into(), ..self.clone() }
    }

    /// The same persona, who is told where she is sent and does not go there.
    pub fn without_following(&self) -> Self {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self { agent: agent.into(), ..self.clone() }
    }

    /// Sends a GET.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    /// Sends a POST with a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(("application/json", &body.to_string())))
    }

    /// Sends anything.
    pub fn send(&self, method: &str, path: &str, body: Option<(&str, &str)>) -> Answer {
        self.send_bytes(method, path, body.map(|(kind, text)| (kind, text.as_bytes())))
    }

    /// Sends anything, text or not.
    pub fn send_bytes(&self, method: &str, path: &str, body: Option<(&str, &[u8])>) -> Answer {
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        if let Some(purpose) = &self.purpose {
            request = request.header("Purpose-Of-Use", purpose);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = match body {
            None => self.agent.run(request.body(()).unwrap()).unwrap(),
            Some((kind, bytes)) => {
                self.agent.run(request.header("Content-Type", kind).body(bytes.to_owned()).unwrap()).unwrap()
            }
        };
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()))
            .collect();
        let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap();
        Answer {
            status: response.status().as_u16(),
            headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}
