//! Nothing that carries the brand of a unit outlives it.

use authz::{
    desk::{Caller, Desk, Sealed},
    fault::Stop,
    id::FileId,
};
use domain::file::{find::find, view::RiskFile};
use std::{cell::RefCell, rc::Rc};

async fn leak(desk: &Desk, who: Caller, id: FileId, out: Rc<RefCell<Option<Sealed<'static, RiskFile>>>>) {
    let _ = desk
        .read::<String, Stop>(who, async move |session| {
            let file = find(session, id).await?;
            *out.borrow_mut() = Some(file);
            Err(Stop::Stale)
        })
        .await;
}

fn main() {}
