//! Recovery codes (*codes de secours*): shown once, to be printed or copied.

use actix_web::{HttpResponse, get, post};
use askama::Template;
use authz::accounts::renew_recovery_codes;

use super::{at_fields, proof, proof_fields};
use crate::{
    pages::{
        field::Form,
        form::Posted,
        frame::{Frame, show},
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::Problem,
    session::lockout,
};

/// The codes at the one moment they are shown.
#[derive(Template)]
#[template(path = "account/codes.html")]
pub(super) struct Codes {
    frame: Frame,
    codes: Vec<String>,
}

impl Codes {
    pub(super) const fn new(frame: Frame, codes: Vec<String>) -> Self {
        Self { frame, codes }
    }

    pub(super) fn show(&self) -> Result<HttpResponse, Oops> {
        show(&self.frame, self)
    }
}

fn page(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let frame = Frame::of(visit)?;
    let fields = proof_fields(visit, frame.p);
    let form = Form::new(&frame, "/compte/codes-de-secours", frame.p.t("account-codes-renew"), fields)?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    FormPage::new(frame, p.t("account-codes-title"), form)
        .back("/compte")
        .lead(p.t("account-codes-lead"))
        .show()
}

/// Asks the holder to prove who she is.
#[get("/compte/codes-de-secours")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    if !visit.known.profile.second_factor {
        return Ok(redirect("/compte/second-facteur"));
    }
    let (frame, form) = page(&visit)?;
    around(frame, form)
}

/// Gives new codes; the old ones serve no more.
#[post("/compte/codes-de-secours")]
pub(super) async fn renew(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let renewed = async {
        let rule = lockout(&visit.worker.shared.config);
        let codes = renew_recovery_codes(visit.worker.desk()?, proof(&posted).await?, rule).await?;
        Ok::<_, Problem>(codes.into_parts().0.recovery_codes)
    };
    match renewed.await {
        Ok(codes) => Codes::new(Frame::of(visit)?, codes).show(),
        Err(problem) => {
            let (frame, form) = page(visit)?;
            around(frame, form.refused(&posted, &at_fields(problem, &[("/password", "_password")])))
        }
    }
}
