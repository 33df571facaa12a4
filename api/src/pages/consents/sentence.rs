//! What a consent says, in one sentence for each agency.

use authz::vocabulary::{Category, Effect, Purpose, SubjectRole};
use domain::{consent::ProvisionView, reference::Shareable};

use super::script::category_words;
use crate::pages::{people::People, phrases::Phrases};

/// A consent in words.
pub struct Told {
    /// What is permitted, by what it is for and from whom.
    pub yes: Vec<Reach>,
    /// What is refused.
    pub no: Vec<String>,
}

/// What is permitted for one purpose and from one source.
pub struct Reach {
    /// For what and from whom.
    pub reach: String,
    /// One sentence for each agency.
    pub lines: Vec<String>,
}

/// What is needed to say it.
pub struct Teller<'t> {
    /// The file.
    pub people: &'t People,
    /// Of whom it speaks.
    pub subject: Option<SubjectRole>,
    /// What a consent can open.
    pub open: &'t Shareable,
    /// The language.
    pub p: Phrases,
}

/// Items as they stand in a sentence: `a, b et c`.
pub fn together(items: &[String], p: Phrases) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => p.s("consent-and", &[("first", &first.join(", ")), ("last", last)]),
    }
}

/// Does it hold for any use and any source?
fn is_plain(one: &ProvisionView) -> bool {
    one.purposes == ["*"] && one.sources == ["*"]
}

/// What is said of one agency; sentences of the same reach are one.
fn alike<'v>(id: &str, provisions: &'v [ProvisionView]) -> Vec<(&'v ProvisionView, Vec<&'static str>)> {
    let mut groups: Vec<(&ProvisionView, Vec<&'static str>)> = Vec::new();
    for one in provisions.iter().filter(|one| one.recipients.iter().any(|to| to == id)) {
        let same = groups.iter_mut().find(|(first, _)| {
            (first.effect, &first.purposes, &first.sources) == (one.effect, &one.purposes, &one.sources)
        });
        match same {
            Some((_, categories)) => categories.extend(&one.categories),
            None => groups.push((one, one.categories.clone())),
        }
    }
    groups
}

impl Teller<'_> {
    /// Says it.
    pub fn tell(&self, provisions: &[ProvisionView]) -> Told {
        let mut told = Told { yes: Vec::new(), no: Vec::new() };
        let mut recipients: Vec<&String> = Vec::new();
        for recipient in provisions.iter().flat_map(|one| &one.recipients) {
            if !recipients.contains(&recipient) {
                recipients.push(recipient);
            }
        }
        for id in recipients {
            self.agency(id, provisions, &mut told);
        }
        told
    }

    fn agency(&self, id: &str, provisions: &[ProvisionView], told: &mut Told) {
        let p = self.p;
        let member = self.people.agency(id);
        let agency = match member {
            _ if id == "circle" => p.t("consent-circle"),
            Some(member) => member.name.clone(),
            None => p.t("consent-agency-elsewhere"),
        };
        let can = |category: &&Category| match (member, self.subject) {
            (Some(member), Some(subject)) => self.open.has(member.kind, subject, **category),
            _ => **category != Category::Notes,
        };
        let all: Vec<&str> = Category::ALL.iter().filter(can).map(|category| category.wire()).collect();
        let mut groups = alike(id, provisions);
        groups.sort_by_key(|(one, _)| one.effect != Effect::Permit);
        if let [(yes, permitted), (no, refused)] = groups.as_slice()
            && (yes.effect, no.effect) == (Effect::Permit, Effect::Deny)
            && is_plain(no)
            && !refused.contains(&"*")
        {
            let rest = all.iter().all(|one| permitted.contains(one) || refused.contains(one));
            let (yes_words, no_words) = (self.names(permitted), self.names(refused));
            let words = [("agency", agency.as_str()), ("yes", &yes_words), ("no", &no_words)];
            let key = if rest { "consent-says-all-but" } else { "consent-says-yes-no" };
            self.permit(yes, p.s(key, &words), told);
            return;
        }
        for (one, categories) in groups {
            let permits = one.effect == Effect::Permit;
            let every = categories.contains(&"*")
                || (permits && !all.is_empty() && all.iter().all(|one| categories.contains(one)));
            let key = match (permits, every) {
                (true, true) => "consent-says-all",
                (true, false) => "consent-says-yes",
                (false, true) => "consent-says-nothing",
                (false, false) => "consent-says-no",
            };
            let sentence = p.s(key, &[("agency", &agency), ("what", &self.names(&categories))]);
            match (permits, is_plain(one)) {
                (true, _) => self.permit(one, sentence, told),
                (false, true) => told.no.push(sentence),
                (false, false) => told.no.push(format!("{} {sentence}", self.reach(one))),
            }
        }
    }

    fn permit(&self, one: &ProvisionView, sentence: String, told: &mut Told) {
        let reach = self.reach(one);
        match told.yes.iter_mut().find(|known| known.reach == reach) {
            Some(known) => known.lines.push(sentence),
            None => told.yes.push(Reach { reach, lines: vec![sentence] }),
        }
    }

    fn names(&self, categories: &[&str]) -> String {
        let words = Category::ALL.iter().filter(|category| categories.contains(&category.wire()));
        together(&words.map(|category| category_words(*category, self.p)).collect::<Vec<_>>(), self.p)
    }

    fn reach(&self, one: &ProvisionView) -> String {
        let (purposes, sources) = (self.purposes(one), self.sources(one));
        self.p.s("consent-says-reach", &[("purposes", &purposes), ("sources", &sources)])
    }

    /// For what, inside a sentence.
    fn purposes(&self, one: &ProvisionView) -> String {
        if one.purposes.contains(&"*") {
            return self.p.t("consent-any-purpose");
        }
        let named = Purpose::ALL.iter().filter(|purpose| one.purposes.contains(&purpose.wire()));
        let words =
            named.map(|purpose| self.p.t(&format!("consent-for-{}", purpose.wire().replace('_', "-"))));
        together(&words.collect::<Vec<_>>(), self.p)
    }

    /// From whom, inside a sentence.
    fn sources(&self, one: &ProvisionView) -> String {
        if one.sources.iter().any(|source| source == "*") {
            return self.p.t("consent-any-source");
        }
        let named = one.sources.iter().map(|id| {
            self.people
                .agency(id)
                .map_or_else(|| self.p.t("consent-agency-elsewhere"), |one| one.name.clone())
        });
        together(&named.collect::<Vec<_>>(), self.p)
    }
}
