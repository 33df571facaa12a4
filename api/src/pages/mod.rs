//! Plain server-rendered pages: the same desk and the same views as REST, so that a page shows nothing
//! the API would not give. They work without JavaScript.

mod file;
mod files;
mod inbox;
mod landing;
mod problems;
mod text;
mod visitor;

use actix_web::{HttpResponse, get, http::header, web};
use askama::Template;

use crate::problem::{Problem, ProblemKind};

/// The pages' routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(landing::landing)
        .service(landing::sign_in)
        .service(landing::sign_out)
        .service(files::files)
        .service(file::file)
        .service(inbox::inbox)
        .service(problems::problems)
        .service(problems::problem)
        .service(style)
        .service(paper_style);
}

#[get("/assets/filet.css")]
async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .body(include_str!("../../assets/filet.css"))
}

/// The stylesheet of documents, [`crate::papers::STYLESHEET_PATH`].
#[get("/assets/paper.css")]
async fn paper_style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .body(paper::STYLESHEET)
}

/// A page under the strictest policy it can live with.
fn html(page: &impl Template) -> Result<HttpResponse, Problem> {
    let body = page.render().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .body(body))
}

fn redirect(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}
