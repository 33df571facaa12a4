//! A point of the log: how many lines, the root of their tree, when; signed (C2SP `tlog-checkpoint` in a
//! `signed-note`, Ed25519).

use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::tree::Hash;

/// No log has more lines: whatever reads its numbers as floating point still counts them one by one.
pub(crate) const MOST: u64 = (1 << 53) - 1;
/// The kind of signature: Ed25519.
const ED25519: u8 = 1;
/// What stands before a signature, and is never part of what is signed.
const MARK: &str = "\u{2014} ";

/// What is signed of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many lines.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
    /// When it was signed, by the clock of who signed.
    pub signed_at: DateTime<Utc>,
}

/// Why a note proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNote {
    /// It is no signed point, or no key.
    #[error("not in the form of a signed point or of a key")]
    Form,
    /// It was signed with another key, or was altered.
    #[error("the signature is not that of this key")]
    Signature,
}

/// Signs points. The name is the log's, for ever.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({}, •••)", self.name)
    }
}

/// Knows the signature of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

/// What is signed, to the byte.
fn body(name: &str, point: &Checkpoint) -> String {
    let root = BASE64.encode(point.root.bytes());
    let at = point.signed_at.to_rfc3339_opts(SecondsFormat::Micros, true);
    format!("{name}\n{}\n{root}\n{at}\n", point.size)
}

fn key_id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(key.as_bytes())
        .finalize()
        .into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

impl Signer {
    /// Signs as this log, with a key made of these bytes. A name has neither spaces nor a plus sign: those are
    /// taken out.
    #[must_use]
    pub fn new(name: &str, seed: &[u8; 32]) -> Self {
        let name: String = name.chars().filter(|c| !c.is_whitespace() && *c != '+').collect();
        Self { name, key: SigningKey::from_bytes(seed) }
    }

    /// Who knows its signature.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// Signs a point.
    #[must_use]
    pub fn sign(&self, point: &Checkpoint) -> String {
        let body = body(&self.name, point);
        let mut signed = key_id(&self.name, &self.key.verifying_key()).to_vec();
        signed.extend_from_slice(&self.key.sign(body.as_bytes()).to_bytes());
        format!("{body}\n{MARK}{} {}\n", self.name, BASE64.encode(&signed))
    }
}

impl Verifier {
    /// From the text of a key, as it is handed out.
    ///
    /// # Errors
    /// [`BadNote::Form`] when it is none.
    pub fn read(text: &str) -> Result<Self, BadNote> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(BadNote::Form);
        };
        let bytes = BASE64.decode(key.as_bytes()).map_err(|_| BadNote::Form)?;
        let Some((&ED25519, key)) = bytes.split_first() else { return Err(BadNote::Form) };
        let key = key.try_into().map_err(|_| BadNote::Form)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| BadNote::Form)?;
        if name.is_empty() || HEXLOWER.encode(&key_id(name, &key)) != id {
            return Err(BadNote::Form);
        }
        Ok(Self { name: name.to_owned(), key })
    }

    /// The name of the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The signed points in a text, in which there may be several, one after the other, and other words before them.
    #[must_use]
    pub fn split(&self, text: &str) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        // Mail programs and editors like to change how a line ends.
        for line in text.lines() {
            if line == self.name {
                notes.push(String::new());
            }
            if let Some(note) = notes.last_mut() {
                note.push_str(line);
                note.push('\n');
            }
        }
        notes
    }

    /// What a signed point says, when the signature is this log's. There is one way to write a point: a text that reads the
    /// same and is not the same to the byte is none.
    ///
    /// # Errors
    /// When the note has not the form of a point, or the signature is another's.
    pub fn open(&self, note: &str) -> Result<Checkpoint, BadNote> {
        let (lines, signatures) = note.split_once("\n\n").ok_or(BadNote::Form)?;
        let mut lines = lines.lines();
        let (Some(name), Some(size), Some(root), Some(at), None) =
            (lines.next(), lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(BadNote::Form);
        };
        let root = BASE64.decode(root.as_bytes()).ok().and_then(|bytes| Hash::from_bytes(&bytes));
        let point = Checkpoint {
            size: size.parse().ok().filter(|size| *size <= MOST).ok_or(BadNote::Form)?,
            root: root.ok_or(BadNote::Form)?,
            signed_at: at.parse().map_err(|_| BadNote::Form)?,
        };
        let body = body(name, &point);
        if note.strip_prefix(&body) != Some(&format!("\n{signatures}")) {
            return Err(BadNote::Form);
        }
        let mine = key_id(&self.name, &self.key);
        let mut known = false;
        // What comes after a point and is no signature would go unread.
        for line in signatures.lines().filter(|line| !line.is_empty()) {
            let (signer, signed) =
                line.strip_prefix(MARK).and_then(|line| line.split_once(' ')).ok_or(BadNote::Form)?;
            let signed = BASE64.decode(signed.as_bytes()).map_err(|_| BadNote::Form)?;
            let (id, signature) = signed.split_first_chunk::<4>().ok_or(BadNote::Form)?;
            if signer == self.name && *id == mine {
                let signature = Signature::from_slice(signature).map_err(|_| BadNote::Form)?;
                known |= self.key.verify_strict(body.as_bytes(), &signature).is_ok();
            }
        }
        if known && name == self.name { Ok(point) } else { Err(BadNote::Signature) }
    }
}

impl std::fmt::Display for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut key = vec![ED25519];
        key.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, HEXLOWER.encode(&key_id(&self.name, &self.key)), BASE64.encode(&key))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

    use super::*;

    fn point() -> Checkpoint {
        Checkpoint {
            size: 7,
            root: Hash::of_leaf(b"x"),
            signed_at: "2026-02-28T23:59:59.000001Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_point_is_opened_by_the_key_that_is_handed_out() {
        let signer = Signer::new("filet.example/journal", &[7; 32]);
        let key = Verifier::read(&format!("{}\n", signer.verifier())).unwrap();
        assert_eq!(key, signer.verifier());
        let note = signer.sign(&point());
        assert_eq!(key.open(&note), Ok(point()));
        let mailed = format!("Bonjour,\r\n\r\n{0}\r\n{0}", note.replace('\n', "\r\n"));
        let notes = key.split(&mailed);
        assert_eq!(notes.len(), 2, "both are looked at");
        for note in notes {
            assert_eq!(key.open(&note), Ok(point()), "kept by a mail program");
        }
        assert!(key.split("rien").is_empty());
    }

    #[test]
    fn an_altered_point_and_a_point_of_another_log_prove_nothing() {
        let signer = Signer::new("filet.example/journal", &[7; 32]);
        let note = signer.sign(&point());
        let key = signer.verifier();
        assert_eq!(key.open(&note.replace("\n7\n", "\n8\n")), Err(BadNote::Signature));
        let other = Signer::new("filet.example/journal", &[8; 32]);
        assert_eq!(key.open(&other.sign(&point())), Err(BadNote::Signature));
        let elsewhere = Signer::new("autre.example/journal", &[7; 32]);
        assert_eq!(key.open(&elsewhere.sign(&point())), Err(BadNote::Signature));
        for nothing in [
            "",
            "\n\n",
            "filet.example/journal\n7\n\n",
            &note.replace("\n\n", "\n"),
            &note.replace("\n7\n", "\n07\n"),
            &note.replace("\n7\n", "\n+7\n"),
            &note.replace("\n7\n", "\n9007199254740992\n"),
            &note.replace("000001Z", "000001+00:00"),
            &note.replace("\n\n", "\nune ligne de plus\n\n"),
            &format!("{note}{note}"),
        ] {
            assert_eq!(key.open(nothing), Err(BadNote::Form), "{nothing:?}");
        }
    }

    #[test]
    fn a_key_whose_text_was_altered_is_none() {
        let text = Signer::new("filet.example/journal", &[7; 32]).verifier().to_string();
        assert_eq!(Verifier::read(&text.replace("filet", "filou")), Err(BadNote::Form));
        for nothing in ["", "a+b", "a+b+c", "a+00000000+AQ=="] {
            assert_eq!(Verifier::read(nothing), Err(BadNote::Form), "{nothing}");
        }
    }
}
