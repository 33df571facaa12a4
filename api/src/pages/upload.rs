//! A form that brings a file with it.

use std::pin::Pin;

use actix_multipart::{Field as Part, Multipart, MultipartError};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderMap};
use domain::attachment::LARGEST_CONTENT;
use futures_util::StreamExt;

use super::{
    form::Posted,
    oops::Oops,
    visit::{Passerby, same_origin},
};
use crate::problem::{Problem, ProblemKind};

/// The longest words of a field beside a file, in bytes.
const LONGEST_WORDS: usize = 64 * 1024;
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
            let (fields, file) = read(request.headers(), payload).await?;
            Ok(Self { posted: Posted::admitted(passerby.await?, fields).await?, file })
        })
    }
}

type Parts = (Vec<(String, String)>, Vec<u8>);

async fn read(headers: &HeaderMap, payload: Payload) -> Result<Parts, Problem> {
    let mut parts = Multipart::new(headers, payload);
    let (mut fields, mut file) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(malformed)?;
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.content_disposition().is_some_and(|said| said.get_filename().is_some());
        if is_file {
            file = bytes(&mut part, LARGEST_CONTENT).await?;
            continue;
        }
        let words = bytes(&mut part, LONGEST_WORDS).await?;
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
