//! The policy as a table people review: who may be shown what, of whom, for which purpose, on which basis.

use std::fmt::Write;

use super::Ceiling;
use crate::vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, RoleSet, SubjectRole};

/// Every cell of the ceiling as Markdown: a section a role, a row a class of viewers and subjects that
/// are treated alike, a letter a basis (`o` own, `c` consent, `d` disclosure, `·` nothing).
#[must_use]
pub fn table_markdown(ceiling: &Ceiling) -> String {
    let mut page = String::from(
        "# The ceiling, cell by cell\n\nPrinted from the compiled policy by `filet policy`; `./check` compares. \
         A letter says on which basis a category may be shown: `o` own, `c` consent, `d` disclosure; `·` never.\n",
    );
    for role in Role::ALL {
        // Writing to a String cannot fail.
        let _ = write!(page, "\n## {role}\n\n| agency kind | subject | purpose |");
        for category in Category::ALL {
            let _ = write!(page, " {category} |");
        }
        page.push_str("\n|---|---|---|");
        page.push_str(&"---|".repeat(Category::ALL.len()));
        page.push('\n');
        for kind in AgencyKind::ALL {
            for subject in SubjectRole::ALL {
                for purpose in Purpose::ALL {
                    let cells = cells(ceiling, *role, *kind, *subject, *purpose);
                    if cells.iter().any(|cell| cell != "·") {
                        let _ = writeln!(page, "| {kind} | {subject} | {purpose} | {} |", cells.join(" | "));
                    }
                }
            }
        }
        if page.ends_with("---|\n") {
            page.push_str("| (every kind) | (everyone) | (every purpose) |");
            page.push_str(&" · |".repeat(Category::ALL.len()));
            page.push('\n');
        }
    }
    page
}

fn cells(
    ceiling: &Ceiling,
    role: Role,
    kind: AgencyKind,
    subject: SubjectRole,
    purpose: Purpose,
) -> Vec<String> {
    let held = RoleSet::EMPTY.with(role);
    let letters = [(BasisKind::Own, 'o'), (BasisKind::Consent, 'c'), (BasisKind::Disclosure, 'd')];
    let cell = |category: &Category| {
        let allowed = |basis| ceiling.allows(held, kind, *category, subject, purpose, basis);
        let cell: String =
            letters.iter().filter(|(basis, _)| allowed(*basis)).map(|(_, letter)| letter).collect();
        if cell.is_empty() { "·".to_owned() } else { cell }
    };
    Category::ALL.iter().map(cell).collect()
}
