//! Prints a document that was recorded. A PDF takes the processor: never a worker's own loop, one at a time.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use authz::id::EventId;
use paper::{Document, Fault, HTML_POLICY};

use super::Format;
use crate::problem::{Problem, ProblemKind};

/// Where the stylesheet of documents is served.
pub const STYLESHEET_PATH: &str = "/assets/paper.css";

/// A document ready to go.
pub struct Paper {
    bytes: Vec<u8>,
    format: Format,
    language: &'static str,
    name: &'static str,
    event: EventId,
}

impl Paper {
    /// Prints what was composed of a view recorded under `event`. `name` is what a PDF is kept as: ASCII, and it says
    /// nothing of a file.
    ///
    /// # Errors
    /// 406 when it is too long for a PDF, 503 when too many wait for one, 500 when the document cannot be rendered.
    pub async fn print(
        document: Document,
        format: Format,
        name: &'static str,
        event: EventId,
    ) -> Result<Self, Problem> {
        let language = document.language.tag();
        let bytes = match format {
            Format::Html => paper::html(&document, STYLESHEET_PATH).map(String::into_bytes),
            Format::Json => paper::json(&document),
            Format::Pdf => pdf(document).await?,
        };
        let bytes = bytes.map_err(|fault| {
            if fault == Fault::TooLong && format == Format::Pdf {
                return Problem::new(ProblemKind::PaperTooLong);
            }
            tracing::error!(fault = %fault, "a document could not be printed");
            Problem::new(ProblemKind::Internal)
        })?;
        Ok(Self { bytes, format, language, name, event })
    }
}

impl Responder for Paper {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::CONTENT_LANGUAGE, self.language))
            .insert_header(("Cross-Origin-Resource-Policy", "same-origin"))
            .insert_header(("Access-Event", self.event.to_string()));
        match self.format {
            Format::Html => response
                .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
                .insert_header((header::CONTENT_SECURITY_POLICY, HTML_POLICY)),
            Format::Json => response.insert_header((header::CONTENT_TYPE, "application/json")),
            Format::Pdf => response
                .insert_header((header::CONTENT_TYPE, "application/pdf"))
                .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
                .insert_header((
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{}\"", self.name),
                )),
        };
        response.body(self.bytes)
    }
}

#[cfg(feature = "pdf")]
async fn pdf(document: Document) -> Result<Result<Vec<u8>, Fault>, Problem> {
    use actix_web::web::block;
    use tokio::sync::Semaphore;

    /// Those who print or wait for it: each holds a document in memory.
    static QUEUE: Semaphore = Semaphore::const_new(16);
    /// The one press.
    static PRESS: Semaphore = Semaphore::const_new(1);

    let _place = QUEUE.try_acquire().map_err(|_| Problem::unavailable())?;
    let turn = PRESS.acquire().await.map_err(|_| Problem::new(ProblemKind::Internal))?;
    // The turn goes with the work: who hangs up does not let a second one print beside it.
    let printed = block(move || {
        let printed = paper::pdf(&document, paper::Sheet::Letter);
        drop(turn);
        printed
    });
    printed.await.map_err(|_| Problem::new(ProblemKind::Internal))
}

/// [`Format::read`] refuses a PDF before it comes here.
#[cfg(not(feature = "pdf"))]
#[expect(clippy::unused_async, reason = "the same shape as where there is a press")]
async fn pdf(_: Document) -> Result<Result<Vec<u8>, Fault>, Problem> {
    Err(Problem::new(ProblemKind::Internal))
}
