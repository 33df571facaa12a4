//! The key comes from its hook, which is searched for by name.

use door::Key;

fn forge() -> Key {
    Key(())
}

fn main() {}
