//! A request, read in the order in which refusals are given: who (401), why (400), then the rest.

use std::{marker::PhantomData, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest, dev::Payload, http::header::HeaderMap, http::header::IF_MATCH, web,
};
use authz::{
    clock::real_now,
    desk::{Caller, IdempotencyKey},
    etag::IfMatch,
    id::{RequestId, fresh},
    vocabulary::Purpose,
};
use domain::wording::Lang;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use super::Body;
use crate::{
    problem::{Problem, ProblemKind, language},
    server::Worker,
};

/// Largest body accepted, in bytes.
const LARGEST_BODY: usize = 1024 * 1024;

/// What an operation needs to know before it starts.
pub trait Need: 'static {
    /// Must somebody be signed in?
    const SIGNED_IN: bool;
    /// Must a purpose be declared?
    const PURPOSE: bool;
    /// May the purpose be the review of a case?
    const REVIEW: bool;
    /// The largest body accepted, in bytes.
    const LARGEST: usize = LARGEST_BODY;
}

/// Reads the content of a file.
#[derive(Debug)]
pub struct Reads;
/// Changes the content of a file: any purpose but the review of a case.
#[derive(Debug)]
pub struct Changes;
/// Uploads a file: the one thing that may be longer than a form.
#[derive(Debug)]
pub struct Uploads;
/// Concerns no file's content.
#[derive(Debug)]
pub struct SignedIn;
/// Before sign-in.
#[derive(Debug)]
pub struct Anyone;

impl Need for Reads {
    const SIGNED_IN: bool = true;
    const PURPOSE: bool = true;
    const REVIEW: bool = true;
}
impl Need for Changes {
    const SIGNED_IN: bool = true;
    const PURPOSE: bool = true;
    const REVIEW: bool = false;
}
impl Need for Uploads {
    const SIGNED_IN: bool = true;
    const PURPOSE: bool = true;
    const REVIEW: bool = false;
    const LARGEST: usize = domain::attachment::LARGEST_CONTENT;
}
impl Need for SignedIn {
    const SIGNED_IN: bool = true;
    const PURPOSE: bool = false;
    const REVIEW: bool = true;
}
impl Need for Anyone {
    const SIGNED_IN: bool = false;
    const PURPOSE: bool = false;
    const REVIEW: bool = true;
}

/// A request.
pub struct Ask<N: Need> {
    /// Who asks, why, under which idempotency key.
    pub caller: Caller,
    /// What was sent; read after it is known that the act is allowed.
    pub body: Body,
    /// What the caller last saw, if said.
    pub if_match: Option<IfMatch>,
    /// The language of the answer.
    pub lang: Lang,
    need: PhantomData<N>,
}

impl<N: Need> Ask<N> {
    /// What the caller last saw: required where two people may edit.
    ///
    /// # Errors
    /// 428 when it was not said.
    pub fn seen(if_match: Option<IfMatch>) -> Result<IfMatch, Problem> {
        if_match.ok_or_else(|| Problem::new(ProblemKind::PreconditionRequired))
    }
}

impl<N: Need> FromRequest for Ask<N> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let caller = caller::<N>(&request)?;
            let bytes = collect(payload, N::LARGEST).await?;
            let headers = request.headers();
            let key = idempotency(&request, headers, &bytes)?;
            let if_match = headers.get(IF_MATCH).and_then(|tag| tag.to_str().ok()).map(IfMatch::parse);
            Ok(Self {
                caller: caller.with_idempotency(key),
                body: Body::new(headers, bytes),
                if_match,
                lang: language(headers),
                need: PhantomData,
            })
        })
    }
}

fn caller<N: Need>(request: &HttpRequest) -> Result<Caller, Problem> {
    let id: RequestId = fresh(real_now()).map_err(|_| Problem::new(ProblemKind::Internal))?.into();
    let worker =
        request.app_data::<web::Data<Worker>>().ok_or_else(|| Problem::new(ProblemKind::Internal))?;
    if !N::SIGNED_IN {
        return Ok(Caller::nobody(id));
    }
    let actor = worker.actor(request.headers()).ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))?;
    worker.limit(actor)?;
    let declared = request
        .headers()
        .get("Purpose-Of-Use")
        .map(|value| value.to_str().ok().and_then(|word| word.parse::<Purpose>().ok()));
    let purpose = match declared {
        Some(None) => return Err(Problem::new(ProblemKind::PurposeRequired)),
        Some(purpose) => purpose,
        None => None,
    };
    let acceptable = match purpose {
        None => !N::PURPOSE,
        Some(Purpose::CaseReview) => N::REVIEW,
        Some(_) => true,
    };
    if !acceptable {
        return Err(Problem::new(ProblemKind::PurposeRequired));
    }
    Ok(Caller::signed_in(actor, purpose, id))
}

/// What was sent, whole.
///
/// # Errors
/// 413 when it is longer than that.
pub async fn collect(mut payload: Payload, largest: usize) -> Result<web::Bytes, Problem> {
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::new(ProblemKind::MalformedBody))?;
        if bytes.len() + chunk.len() > largest {
            return Err(Problem::new(ProblemKind::PayloadTooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

fn idempotency(
    request: &HttpRequest,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(value) = headers.get("Idempotency-Key") else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| !key.is_empty() && key.len() <= IdempotencyKey::MAX);
    let key = key.ok_or_else(|| Problem::bad_query("Idempotency-Key", domain::validation::Rule::TooLong))?;
    let sent = [request.method().as_str().as_bytes(), request.path().as_bytes(), body];
    Ok(Some(key_of(key.to_owned(), &sent)))
}

/// The key under which this is carried out once, however often it is sent.
#[must_use]
pub fn key_of(key: String, sent: &[&[u8]]) -> IdempotencyKey {
    let mut hash = Sha256::new();
    for part in sent {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    IdempotencyKey::new(key, hash.finalize().into())
}
