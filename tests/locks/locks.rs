//! The compiler as a guard: each misuse of the typed path is refused, and for the reason written beside it.

mod road;

#[test]
fn no_misuse_of_the_typed_path_compiles() {
    // The road itself compiles, or the refusals would prove nothing.
    let _ = (road::read, road::change);
    trybuild::TestCases::new().compile_fail("misuse/*.rs");
}
