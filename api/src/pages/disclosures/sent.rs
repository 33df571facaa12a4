//! The form of a disclosure names each box by what it chooses, so that a box never comes to mean another thing while
//! somebody writes; here its choices become the lists that the API reads, and a refusal finds its box again.

use domain::validation::Invalid;

use crate::problem::Problem;

/// What was chosen, as the API reads it.
pub struct Sent {
    /// The fields of the API's input.
    pub fields: Vec<(String, String)>,
    /// The box of each item, in order.
    items: Vec<String>,
    /// The box of each recipient, in order.
    recipients: Vec<String>,
}

impl Sent {
    /// Reads what a form sent.
    pub fn of(sent: &[(String, String)]) -> Self {
        let mut read = Self { fields: Vec::new(), items: Vec::new(), recipients: Vec::new() };
        for (name, words) in sent.iter().filter(|(_, words)| !words.is_empty()) {
            match name.split_once('/') {
                Some((kind @ ("fact" | "document"), id)) => {
                    read.fields.push((format!("items/{}/{kind}", read.items.len()), id.to_owned()));
                    read.items.push(name.clone());
                }
                Some(("agreed", id)) => {
                    let at = read.items.len();
                    read.fields.push((
                        format!("items/{at}/subject"),
                        id.split('.').next().unwrap_or_default().to_owned(),
                    ));
                    read.fields.push((format!("items/{at}/category"), words.clone()));
                    read.items.push(name.clone());
                }
                Some(("to", id)) => {
                    let at = read.recipients.len();
                    read.fields.push((format!("recipients/{at}/agency"), id.to_owned()));
                    read.fields.push((format!("recipients/{at}/capacity"), words.clone()));
                    read.recipients.push(name.clone());
                }
                _ => read.fields.push((name.clone(), words.clone())),
            }
        }
        // The API wants both lists, and says so in its own words when one is empty.
        read
    }

    /// The JSON that the API reads: lists that nothing was chosen for are there, and empty.
    pub fn json(&self) -> serde_json::Value {
        let mut json = super::super::form::to_json(&self.fields);
        if let Some(members) = json.as_object_mut() {
            for list in ["items", "recipients"] {
                members.entry(list).or_insert_with(|| serde_json::Value::Array(Vec::new()));
            }
        }
        json
    }

    /// The same refusal, pointing at the boxes of the form.
    pub fn back(&self, problem: Problem) -> Problem {
        let errors = problem.errors.into_iter().map(|wrong| {
            let mut steps = wrong.pointer.split('/').skip(1);
            let boxes = match steps.next() {
                Some("items") => &self.items,
                Some("recipients") => &self.recipients,
                _ => return wrong,
            };
            let at = steps.next().and_then(|at| at.parse::<usize>().ok());
            match at.and_then(|at| boxes.get(at)) {
                Some(name) => Invalid { pointer: format!("/{name}"), ..wrong },
                None => wrong,
            }
        });
        Problem { errors: errors.collect(), ..problem }
    }
}

#[cfg(test)]
mod tests {
    use domain::validation::Rule;
    use serde_json::json;

    use super::*;

    #[test]
    fn choices_become_lists_and_a_refusal_finds_its_box_again() {
        let fields = [
            ("basis_code", "QC_P391_18_1"),
            ("fact/a", "on"),
            ("to/police", ""),
            ("to/health", "able_to_aid"),
            ("document/d", "on"),
            ("agreed/p.location", "location"),
        ];
        let fields: Vec<_> = fields.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let sent = Sent::of(&fields);
        assert_eq!(
            sent.json(),
            json!({
                "basis_code": "QC_P391_18_1",
                "items": [{"fact": "a"}, {"document": "d"}, {"subject": "p", "category": "location"}],
                "recipients": [{"agency": "health", "capacity": "able_to_aid"}],
            })
        );
        let refused = Problem::invalid(vec![
            Invalid::at("/items/1/document", Rule::Vaulted),
            Invalid::at("/recipients/0/capacity", Rule::CapacityNotAllowed),
            Invalid::at("/items", Rule::ContentOffBasis),
        ]);
        let places: Vec<_> = sent.back(refused).errors.into_iter().map(|wrong| wrong.pointer).collect();
        assert_eq!(places, ["/document/d", "/to/health", "/items"]);
    }

    #[test]
    fn nothing_chosen_is_said_as_empty_lists() {
        assert_eq!(Sent::of(&[]).json(), json!({"items": [], "recipients": []}));
    }
}
