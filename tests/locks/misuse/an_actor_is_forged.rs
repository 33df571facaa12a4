//! Only a verified token makes an actor.

use authz::{
    id::{SessionId, UserId},
    standing::Actor,
};

fn forge(user: UserId, session: SessionId) -> Actor {
    Actor { user, session }
}

fn main() {}
