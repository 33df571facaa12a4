//! The privacy statute that governs an agency (*régime*).

use serde::{Deserialize, Serialize};

use crate::catalogue::Labelled;

macro_rules! regimes {
    ($($(#[$doc:meta])+ $name:ident = $number:literal $wire:literal),+ $(,)?) => {
        /// Which statute an agency answers to when it discloses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Regime { $($(#[$doc])+ #[serde(rename = $wire)] $name),+ }

        impl Regime {
            /// Every regime, in stored order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name on the wire: the statute's chapter.
            pub const fn wire(self) -> &'static str { match self { $(Self::$name => $wire),+ } }

            /// The number the database holds; never reused.
            pub const fn number(self) -> i16 { match self { $(Self::$name => $number),+ } }

            /// Reads a stored number.
            pub const fn from_number(number: i16) -> Result<Self, UnknownRegime> {
                match number { $($number => Ok(Self::$name),)+ _ => Err(UnknownRegime) }
            }
        }

        impl std::str::FromStr for Regime {
            type Err = UnknownRegime;
            fn from_str(word: &str) -> Result<Self, UnknownRegime> {
                match word { $($wire => Ok(Self::$name),)+ _ => Err(UnknownRegime) }
            }
        }
    };
}

regimes! {
    /// Public bodies (Act respecting access to documents held by public bodies).
    PublicBody = 0 "A-2.1",
    /// Private and community sector (Act respecting personal information in the private sector).
    PrivateSector = 1 "P-39.1",
    /// Health and social services network.
    Health = 2 "R-22.1",
    /// Youth protection.
    YouthProtection = 3 "P-34.1",
    /// French law, for deployments in France.
    France = 4 "FR",
}

/// A word or number that is no regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown regime")]
pub struct UnknownRegime;

impl Labelled for Regime {
    const LIST: &'static str = "regime";
    fn code(self) -> &'static str {
        self.wire()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Code, CodeList};

    #[test]
    fn a_regime_is_read_back_from_its_word_and_its_number() {
        for regime in Regime::ALL {
            assert_eq!(regime.wire().parse(), Ok(*regime));
            assert_eq!(Regime::from_number(regime.number()), Ok(*regime));
        }
        assert_eq!("a-2.1".parse::<Regime>(), Err(UnknownRegime));
        assert_eq!(Regime::from_number(5), Err(UnknownRegime));
    }

    #[test]
    fn every_regime_has_its_label() {
        let labelled: Vec<_> =
            CodeList::named("regime").map_or(&[][..], |list| list.codes()).iter().map(Code::code).collect();
        assert_eq!(labelled, Regime::ALL.iter().map(|regime| regime.wire()).collect::<Vec<_>>());
    }
}
