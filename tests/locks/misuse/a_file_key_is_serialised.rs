//! A key does not become JSON.

use authz::keys::FileKey;

fn spill(key: &FileKey) -> Option<String> {
    serde_json::to_string(key).ok()
}

fn main() {}
