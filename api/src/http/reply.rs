//! Answers. Only what was recorded can become one.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::StatusCode, http::header};
use authz::{
    desk::{Answered, Disclosed},
    etag,
};
use serde::Serialize;

use crate::problem::{Problem, ProblemKind};

/// An answer ready to go.
pub struct Reply {
    status: StatusCode,
    body: Vec<u8>,
    etag: Option<String>,
    location: Option<String>,
    next: Option<String>,
}

impl Reply {
    /// A view, with its tag and the id of its log row. The tag leaves that id out.
    ///
    /// # Errors
    /// When the view cannot be written as JSON.
    pub fn view<V: Serialize>(disclosed: Disclosed<V>) -> Result<Self, Problem> {
        let (view, event) = disclosed.into_parts();
        let (tag, mut body) = etag::of(&view).map_err(|_| Problem::new(ProblemKind::Internal))?;
        if body.pop() == Some(b'}') {
            let separator = if body.len() > 1 { "," } else { "" };
            body.extend_from_slice(format!("{separator}\"access_event\":\"{event}\"}}").as_bytes());
        }
        Ok(Self { status: StatusCode::OK, body, etag: Some(tag), location: None, next: None })
    }

    /// A page of a list; `next` is where it continues.
    ///
    /// # Errors
    /// When the page cannot be written as JSON.
    pub fn page<V: Serialize>(
        disclosed: Disclosed<V>,
        next: impl FnOnce(&V) -> Option<String>,
    ) -> Result<Self, Problem> {
        let (view, event) = disclosed.into_parts();
        let next = next(&view);
        let mut body = serde_json::to_vec(&view).map_err(|_| Problem::new(ProblemKind::Internal))?;
        if body.pop() == Some(b'}') {
            body.extend_from_slice(format!(",\"access_event\":\"{event}\"}}").as_bytes());
        }
        Ok(Self { status: StatusCode::OK, body, etag: None, location: None, next })
    }

    /// What a change answers.
    ///
    /// # Errors
    /// When the answer cannot be written as JSON.
    pub fn act(disclosed: Disclosed<Answered>) -> Result<Self, Problem> {
        let (answered, event) = disclosed.into_parts();
        let status =
            StatusCode::from_u16(answered.status).map_err(|_| Problem::new(ProblemKind::Internal))?;
        let mut body = answered.body;
        let mut location = None;
        if let Some(members) = body.as_object_mut() {
            location = members.get("href").and_then(|href| href.as_str()).map(str::to_owned);
            members.insert("access_event".into(), event.to_string().into());
        }
        let body = serde_json::to_vec(&body).map_err(|_| Problem::new(ProblemKind::Internal))?;
        Ok(Self { status, body, etag: None, location, next: None })
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CONTENT_TYPE, "application/json"));
        if let Some(tag) = self.etag {
            response.insert_header((header::ETAG, tag));
        }
        if let Some(location) = self.location.filter(|_| self.status == StatusCode::CREATED) {
            response.insert_header((header::LOCATION, location));
        }
        if let Some(cursor) = self.next {
            let link = next_link(request, &cursor);
            response.insert_header((header::LINK, link));
        }
        response.body(self.body)
    }
}

/// The same request with the cursor of the next page (RFC 8288).
fn next_link(request: &HttpRequest, cursor: &str) -> String {
    let kept =
        request.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut query: Vec<String> = kept.map(str::to_owned).collect();
    query.push(format!("cursor={cursor}"));
    format!("<{}?{}>; rel=\"next\"", request.path(), query.join("&"))
}
