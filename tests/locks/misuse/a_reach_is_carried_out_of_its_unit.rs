//! The bounds of a list are those of its moment.

use authz::{
    desk::{Caller, Desk, Reach},
    fault::Stop,
};
use std::{cell::RefCell, rc::Rc};

async fn leak(desk: &Desk, who: Caller, out: Rc<RefCell<Option<Reach<'static>>>>) {
    let _ = desk
        .read::<String, Stop>(who, async move |session| {
            *out.borrow_mut() = Some(session.reach().await?);
            Err(Stop::Stale)
        })
        .await;
}

fn main() {}
