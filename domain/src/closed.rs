//! Closed sets of words of the domain: each word has its stored number, and an unknown one is an error.

/// Declares an enum whose variants have a wire word and a stored number that is never reused.
macro_rules! closed {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $number:literal $wire:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $wire)] $variant),+ }

        impl $name {
            /// Every value, in stored order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            pub const fn wire(self) -> &'static str { match self { $(Self::$variant => $wire),+ } }

            /// The number the database holds.
            pub const fn number(self) -> i16 { match self { $(Self::$variant => $number),+ } }

            /// Reads a stored number.
            ///
            /// # Errors
            /// When no value has it: unknown means no.
            pub const fn from_number(number: i16) -> Result<Self, authz::fault::Fault> {
                match number { $($number => Ok(Self::$variant),)+ _ => Err(authz::fault::Fault::Stored) }
            }
        }
    };
}
pub(crate) use closed;
