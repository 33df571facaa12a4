//! Setting up the second factor, or moving it to another telephone.

use actix_web::{HttpResponse, get, post};
use askama::Template;
use authz::accounts::{Proposed, confirm_second_factor, propose_second_factor};

use super::{at_fields, proof, proof_fields, qr::Qr, recovery::Codes};
use crate::{
    pages::{
        field::{Field, Form, Shape},
        form::Posted,
        frame::{Frame, show_form},
        oops::Oops,
        simple::FormPage,
        visit::Visit,
    },
    problem::Problem,
    session::lockout,
};

fn page(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let frame = Frame::of(visit)?;
    let fields = proof_fields(visit, frame.p);
    let form = Form::new(&frame, "/compte/second-facteur", frame.p.t("account-continue"), fields)?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("account-factor-title"), form).back("/compte");
    page.lead(p.t("account-factor-lead")).lead(p.t("account-factor-app")).show()
}

/// Asks the holder to prove who she is.
#[get("/compte/second-facteur")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    let (frame, form) = page(&visit)?;
    around(frame, form)
}

/// The secret, drawn and in letters, at the one moment it is shown; or, after a wrong code, the code alone.
#[derive(Template)]
#[template(path = "account/second_factor.html")]
struct Shown {
    frame: Frame,
    qr: Option<Qr>,
    secret: Option<String>,
    otpauth: String,
    form: Form,
}

impl Shown {
    fn new(frame: Frame, proposed: Option<&Proposed>, form: Form) -> Self {
        let in_fours = |secret: &str| {
            let letters: Vec<char> = secret.chars().collect();
            letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
        };
        Self {
            qr: proposed.and_then(|proposed| Qr::of(&proposed.otpauth_url)),
            secret: proposed.map(|proposed| in_fours(&proposed.secret)),
            otpauth: proposed.map(|proposed| proposed.otpauth_url.clone()).unwrap_or_default(),
            frame,
            form,
        }
    }

    fn show(&self) -> Result<HttpResponse, Oops> {
        let wrong = self.form.is_refused();
        show_form(wrong, &self.frame, self)
    }
}

fn code_form(frame: &Frame) -> Result<Form, Oops> {
    let code = Field::new(Shape::Line("text", "one-time-code", 10), "_code", frame.p.t("account-first-code"))
        .hint(frame.p.t("account-first-code-hint"));
    let action = "/compte/second-facteur/confirmation";
    Ok(Form::new(frame, action, frame.p.t("account-factor-confirm"), vec![code])?)
}

/// Proposes a secret. The factor set up before serves until the new one is confirmed.
#[post("/compte/second-facteur")]
pub(super) async fn propose(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let proposed = async {
        let rule = lockout(&visit.worker.shared.config);
        let proposed = propose_second_factor(visit.worker.desk()?, proof(&posted).await?, rule).await?;
        Ok::<_, Problem>(proposed.into_parts().0)
    };
    match proposed.await {
        Ok(proposed) => {
            let frame = Frame::of(visit)?;
            let form = code_form(&frame)?;
            Shown::new(frame, Some(&proposed), form).show()
        }
        Err(problem) => {
            let (frame, form) = page(visit)?;
            around(frame, form.refused(&posted, &at_fields(problem, &[("/password", "_password")])))
        }
    }
}

/// Confirms it with a first code and shows the recovery codes, once.
#[post("/compte/second-facteur/confirmation")]
pub(super) async fn confirm(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let code = posted.get("_code").unwrap_or_default().trim().to_owned();
    match confirm_second_factor(visit.worker.desk()?, visit.caller(), code).await {
        Ok(confirmed) => {
            visit.forget();
            let codes = confirmed.into_parts().0.recovery_codes;
            Codes::new(Frame::of(visit)?.saying(Some("second-factor")), codes).show()
        }
        Err(error) => {
            let frame = Frame::of(visit)?;
            let problem = at_fields(error.into(), &[("/code", "_code")]);
            let form = code_form(&frame)?.refused(&posted, &problem);
            Shown::new(frame, None, form).show()
        }
    }
}
