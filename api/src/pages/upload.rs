//! A form that brings a file with it.

use std::pin::Pin;

use actix_multipart::{Field as Part, Multipart, MultipartError};
use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
};
use domain::attachment::LARGEST_CONTENT;
use futures_util::StreamExt;

use super::{
    form::{self, Posted},
    oops::Oops,
    visit::{Passerby, same_origin},
};
use crate::problem::{Problem, ProblemKind};

/// The longest words of all fields beside a file, in bytes: those of a form without one.
const LONGEST_WORDS: usize = form::LONGEST;
/// Most fields beside a file.
const MOST_FIELDS: usize = 100;

/// A form somebody signed in has sent, with the file that came with it.
pub struct Sent {
    /// Its fields.
    pub posted: Posted,
    /// The file, empty when none was chosen.
    pub file: Vec<u8>,
}

impl FromRequest for Sent {
    type Error = Oops;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Oops>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        let passerby = Passerby::from_request(&request, &mut Payload::None);
        Box::pin(async move {
            same_origin(&request)?;
            let (fields, file) = match kind(request.headers()) {
                // A page may ask again for what it already has, and then no file comes.
                Some("application/x-www-form-urlencoded") => (form::read(payload).await?, Vec::new()),
                _ => read(request.headers(), payload).await?,
            };
            Ok(Self { posted: Posted::admitted(passerby.await?, fields).await?, file })
        })
    }
}

fn kind(headers: &HeaderMap) -> Option<&str> {
    let said = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok())?;
    said.split(';').next().map(str::trim)
}

type Parts = (Vec<(String, String)>, Vec<u8>);

async fn read(headers: &HeaderMap, payload: Payload) -> Result<Parts, Problem> {
    let mut parts = Multipart::new(headers, payload);
    let (mut fields, mut file, mut left) = (Vec::new(), Vec::new(), LONGEST_WORDS);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(malformed)?;
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.content_disposition().is_some_and(|said| said.get_filename().is_some());
        if is_file {
            file = bytes(&mut part, LARGEST_CONTENT).await?;
            continue;
        }
        let words = bytes(&mut part, left).await?;
        left -= words.len();
        let words = String::from_utf8(words).map_err(|_| Problem::new(ProblemKind::MalformedBody))?;
        fields.push((name, words.replace("\r\n", "\n")));
        if fields.len() > MOST_FIELDS {
            return Err(Problem::new(ProblemKind::PayloadTooLarge));
        }
    }
    Ok((fields, file))
}

async fn bytes(part: &mut Part, most: usize) -> Result<Vec<u8>, Problem> {
    let mut whole = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(malformed)?;
        if whole.len() + chunk.len() > most {
            return Err(Problem::new(ProblemKind::PayloadTooLarge));
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole)
}

fn malformed(_: MultipartError) -> Problem {
    Problem::new(ProblemKind::MalformedBody)
}
