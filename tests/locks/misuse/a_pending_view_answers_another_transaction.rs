//! A view judged in one transaction is not the answer of another.

use authz::{
    desk::{Caller, Desk, Pending},
    fault::Stop,
};

async fn carry(desk: &Desk, who: Caller, other: Pending<'static, String>) {
    let _ = desk.read::<String, Stop>(who, async move |_session| Ok(other)).await;
}

fn main() {}
