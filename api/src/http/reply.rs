//! Answers. Only what was recorded can become one.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::StatusCode, http::header};
use authz::{
    desk::{Answered, Disclosed},
    etag,
};
use authz::{id::EventId, log::EventsView};
use serde::Serialize;
use serde_json::json;

use super::Cursor;
use crate::problem::{Problem, ProblemKind};

const JSON: &str = "application/json";

/// An answer ready to go.
pub struct Reply {
    status: StatusCode,
    kind: &'static str,
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
        Ok(Self { status: StatusCode::OK, kind: JSON, body, etag: Some(tag), location: None, next: None })
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
        let mut body = serde_json::to_value(&view).map_err(|_| Problem::new(ProblemKind::Internal))?;
        if let Some(members) = body.as_object_mut() {
            members.insert("next".into(), json!(next));
            members.insert("access_event".into(), json!(event));
        }
        let body = serde_json::to_vec(&body).map_err(|_| Problem::new(ProblemKind::Internal))?;
        Ok(Self { status: StatusCode::OK, kind: JSON, body, etag: None, location: None, next })
    }

    /// A list read with one row more than its page holds.
    ///
    /// # Errors
    /// When the page cannot be written as JSON.
    pub fn list<T: Serialize>(
        disclosed: Disclosed<Vec<T>>,
        limit: usize,
        cursor: impl FnOnce(&T) -> Cursor,
    ) -> Result<Self, Problem> {
        let (mut items, event) = disclosed.into_parts();
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| cursor(last).encode());
        Self::listed(&items, next, event)
    }

    /// A list that is never longer than one page.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn whole_list<T: Serialize>(disclosed: Disclosed<Vec<T>>) -> Result<Self, Problem> {
        let (items, event) = disclosed.into_parts();
        Self::listed(&items, None, event)
    }

    fn listed<T: Serialize>(items: &[T], next: Option<String>, event: EventId) -> Result<Self, Problem> {
        let body = serde_json::to_vec(&json!({"items": items, "next": next, "access_event": event}));
        let body = body.map_err(|_| Problem::new(ProblemKind::Internal))?;
        Ok(Self { status: StatusCode::OK, kind: JSON, body, etag: None, location: None, next })
    }

    /// A page of the log.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn events(disclosed: Disclosed<EventsView>, limit: i64) -> Result<Self, Problem> {
        let (view, event) = disclosed.into_parts();
        let full = i64::try_from(view.items.len()).is_ok_and(|rows| rows == limit);
        let next = view.last().filter(|_| full).map(|(at, id)| Cursor { at, id }.encode());
        Self::listed(&view.items, next, event)
    }

    /// What a change gives out once, such as a token: nothing of it is kept, so it has no tag.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn given<V: Serialize>(status: StatusCode, disclosed: Disclosed<V>) -> Result<Self, Problem> {
        let Self { body, .. } = Self::view(disclosed)?;
        Ok(Self { status, kind: JSON, body, etag: None, location: None, next: None })
    }

    /// Something that is not JSON, written out of what was recorded.
    #[must_use]
    pub fn text<V>(disclosed: Disclosed<V>, kind: &'static str, write: &dyn Fn(&V) -> String) -> Self {
        let (view, _) = disclosed.into_parts();
        let body = write(&view).into_bytes();
        Self { status: StatusCode::OK, kind, body, etag: None, location: None, next: None }
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
        Ok(Self { status, kind: JSON, body, etag: None, location, next: None })
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CONTENT_TYPE, self.kind));
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
