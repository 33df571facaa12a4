//! The tree of hashes of RFC 6962, section 2.1, as its right edge: enough to add leaves and to tell the root.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// A hash of the tree: SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Of a line of the log.
    #[must_use]
    pub fn of_leaf(line: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(line).finalize().into())
    }

    /// Of two trees that become one.
    #[must_use]
    pub fn of_node(left: Self, right: Self) -> Self {
        Self(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
    }

    /// Its thirty-two bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From its thirty-two bytes; nothing from any other number of them.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// From its hexadecimal form, in small letters.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        HEXLOWER.decode(hex.as_bytes()).ok().and_then(|bytes| Self::from_bytes(&bytes))
    }

    /// Its hexadecimal form.
    #[must_use]
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex())
    }
}

/// The right edge of a tree: the roots of the full trees it is made of, the largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Of a tree without leaves.
    #[must_use]
    pub const fn empty() -> Self {
        Self { size: 0, peaks: Vec::new() }
    }

    /// Of a tree with so many leaves. Nothing when the number of peaks is not that of such a tree.
    #[must_use]
    pub fn new(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        let fits = u32::try_from(peaks.len()) == Ok(size.count_ones());
        fits.then_some(Self { size, peaks })
    }

    /// How many leaves the tree has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its full trees, the largest first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        // Two full trees of one size become one: as often as the size ends in ones.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                root = Hash::of_node(left, root);
            }
        }
        self.peaks.push(root);
        self.size = self.size.saturating_add(1);
    }

    /// The root of the tree; of one without leaves, the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return Hash(Sha256::digest([]).into()) };
        peaks.fold(*last, |right, left| Hash::of_node(*left, right))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The leaves and roots with which implementations of RFC 6962 are compared.
    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn the_roots_are_those_that_every_implementation_of_the_rfc_finds() {
        let mut tree = Frontier::empty();
        assert_eq!(tree.root().hex(), ROOTS[0]);
        for (leaf, root) in LEAVES.iter().zip(&ROOTS[1..]) {
            tree.push(Hash::of_leaf(&HEXLOWER.decode(leaf.as_bytes()).unwrap_or_default()));
            assert_eq!(tree.root().hex(), *root, "after {} leaves", tree.size());
        }
    }

    /// The definition of the RFC, word for word: the tree of the largest power of two below the size, and the rest.
    fn defined(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Frontier::empty().root(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                Hash::of_node(defined(left), defined(right))
            }
        }
    }

    proptest! {
        #[test]
        fn a_tree_grown_leaf_by_leaf_is_the_tree_that_the_rfc_defines(count in 0u64..200, seed in any::<u64>()) {
            let leaves: Vec<Hash> =
                (0..count).map(|n| Hash::of_leaf(&[seed.to_be_bytes(), n.to_be_bytes()].concat())).collect();
            let mut tree = Frontier::empty();
            for leaf in &leaves {
                tree.push(*leaf);
            }
            prop_assert_eq!(tree.root(), defined(&leaves));
            prop_assert_eq!(Frontier::new(count, tree.peaks().to_vec()), Some(tree));
        }
    }

    #[test]
    fn peaks_that_are_not_those_of_the_size_are_refused() {
        assert_eq!(Frontier::new(3, vec![Hash::of_leaf(b"a")]), None);
        assert_eq!(Frontier::new(0, vec![Hash::of_leaf(b"a")]), None);
    }
}
