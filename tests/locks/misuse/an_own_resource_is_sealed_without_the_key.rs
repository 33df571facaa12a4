//! The API may name a resource of its own, but not seal it: it cannot name the key.

use authz::{
    desk::{Door, Resource, Sealed, Tx, seal},
    id::FileId,
};

struct Mine;

impl Resource for Mine {
    const KIND: &'static str = "mine";
    const READ: &'static str = "mine.read";
    const DOOR: Door = Door::Room;
    type Id = FileId;
}

fn own<'tx>(tx: &Tx<'tx>, id: FileId) -> Sealed<'tx, Mine> {
    seal(Default::default(), tx, id, None)
}

fn main() {}
