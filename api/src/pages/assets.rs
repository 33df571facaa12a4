//! What the pages load: one style, one script, one mark. Nothing comes from elsewhere. They are no secrets, so they
//! alone are compressed and kept by the browser, under an address that changes with them.

use std::{io::Write, sync::LazyLock};

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

/// The assets' routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(style)
        .service(paper_style)
        .service(script)
        .service(passkey_script)
        .service(htmx)
        .service(mark);
}

struct Asset {
    kind: &'static str,
    plain: &'static str,
    packed: LazyLock<Option<Vec<u8>>>,
}

impl Asset {
    const fn new(kind: &'static str, plain: &'static str, packed: fn() -> Option<Vec<u8>>) -> Self {
        Self { kind, plain, packed: LazyLock::new(packed) }
    }

    fn answer(&'static self, request: &HttpRequest) -> HttpResponse {
        // Under its versioned address it never changes; under any other it is asked for again each time.
        let kept = if request.query_string().strip_prefix("v=") == Some(version()) {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::CONTENT_TYPE, self.kind))
            .insert_header((header::CACHE_CONTROL, kept))
            .insert_header((header::VARY, "Accept-Encoding"));
        let takes = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        match self.packed.as_ref().filter(|_| takes.is_some_and(|kinds| kinds.contains("gzip"))) {
            Some(packed) => {
                response.insert_header((header::CONTENT_ENCODING, "gzip")).body(packed.as_slice())
            }
            None => response.body(self.plain),
        }
    }
}

fn pack(plain: &str) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain.as_bytes()).ok()?;
    encoder.finish().ok()
}

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

static STYLE: Asset = Asset::new(CSS, include_str!("../../assets/filet.css"), || pack(STYLE.plain));
static PAPER: Asset = Asset::new(CSS, paper::STYLESHEET, || pack(PAPER.plain));
static SCRIPT: Asset = Asset::new(JAVASCRIPT, include_str!("../../assets/filet.js"), || pack(SCRIPT.plain));
static PASSKEY: Asset =
    Asset::new(JAVASCRIPT, include_str!("../../assets/passkey.js"), || pack(PASSKEY.plain));
/// htmx with its guard for a strict policy.
static HTMX: Asset = Asset::new(
    JAVASCRIPT,
    concat!(include_str!("../../assets/htmx.min.js"), "\n", include_str!("../../assets/hx-csp.min.js")),
    || pack(HTMX.plain),
);
static MARK: Asset = Asset::new("image/svg+xml", include_str!("../../assets/filet.svg"), || pack(MARK.plain));

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for asset in [&STYLE, &SCRIPT, &PASSKEY, &HTMX, &MARK] {
        hash.update(asset.plain);
    }
    HEXLOWER.encode(hash.finalize().get(..6).unwrap_or_default())
});

/// What the addresses of these assets end with, so that a browser never keeps an old one.
pub fn version() -> &'static str {
    &VERSION
}

#[get("/assets/filet.css")]
async fn style(request: HttpRequest) -> HttpResponse {
    STYLE.answer(&request)
}

/// The stylesheet of documents, [`crate::papers::STYLESHEET_PATH`].
#[get("/assets/paper.css")]
async fn paper_style(request: HttpRequest) -> HttpResponse {
    PAPER.answer(&request)
}

#[get("/assets/filet.js")]
async fn script(request: HttpRequest) -> HttpResponse {
    SCRIPT.answer(&request)
}

#[get("/assets/passkey.js")]
async fn passkey_script(request: HttpRequest) -> HttpResponse {
    PASSKEY.answer(&request)
}

#[get("/assets/htmx.js")]
async fn htmx(request: HttpRequest) -> HttpResponse {
    HTMX.answer(&request)
}

#[get("/assets/filet.svg")]
async fn mark(request: HttpRequest) -> HttpResponse {
    MARK.answer(&request)
}
