//! What the pages load: one style, one script, one mark. Nothing comes from elsewhere.

use actix_web::{HttpResponse, get, http::header, web};

/// The assets' routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(style).service(paper_style).service(script).service(htmx).service(mark);
}

fn asset(kind: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, kind)).body(body)
}

#[get("/assets/filet.css")]
async fn style() -> HttpResponse {
    asset("text/css; charset=utf-8", include_str!("../../assets/filet.css"))
}

/// The stylesheet of documents, [`crate::papers::STYLESHEET_PATH`].
#[get("/assets/paper.css")]
async fn paper_style() -> HttpResponse {
    asset("text/css; charset=utf-8", paper::STYLESHEET)
}

#[get("/assets/filet.js")]
async fn script() -> HttpResponse {
    asset("text/javascript; charset=utf-8", include_str!("../../assets/filet.js"))
}

/// htmx with its guard for a strict policy.
#[get("/assets/htmx.js")]
async fn htmx() -> HttpResponse {
    asset(
        "text/javascript; charset=utf-8",
        concat!(include_str!("../../assets/htmx.min.js"), "\n", include_str!("../../assets/hx-csp.min.js")),
    )
}

#[get("/assets/filet.svg")]
async fn mark() -> HttpResponse {
    asset("image/svg+xml", include_str!("../../assets/filet.svg"))
}
