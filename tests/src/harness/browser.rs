//! A persona at a browser that runs no scripts: it keeps its cookies, goes where it is sent, and fills in the
//! forms of the pages as they stand there.

use std::cell::RefCell;

use super::{
    House, PASSWORD, Served, email_of,
    persona::{Answer, Persona},
};

/// A browser.
pub struct Browser {
    persona: Persona,
    cookies: RefCell<Vec<(String, String)>>,
}

/// A page somebody looks at.
pub struct Page {
    /// Where one ended up.
    pub path: String,
    /// HTTP status.
    pub status: u16,
    /// The HTML as it came.
    pub html: String,
}

/// A form as it stands on a page.
#[derive(Debug, Clone)]
pub struct Filled {
    action: String,
    fields: Vec<(String, String)>,
}

impl Browser {
    /// A browser of nobody yet.
    pub fn stranger(house: &House) -> Self {
        Self::of(&house.stranger())
    }

    fn of(stranger: &Persona) -> Self {
        let persona = stranger.without_following().with("Accept", "text/html");
        Self { persona, cookies: RefCell::default() }
    }

    /// The browser of a persona who signed in to this server, reading to plan for safety.
    pub fn signed_in_to(served: &Served, key: &str) -> Self {
        Self::of(&served.stranger()).signing_in(key, "safety_planning")
    }

    /// The browser of a persona of the scenario who signed in, reading to plan for safety.
    pub fn signed_in(house: &House, key: &str) -> Self {
        Self::signed_in_for(house, key, "safety_planning")
    }

    /// The same, reading for another purpose.
    pub fn signed_in_for(house: &House, key: &str, purpose: &str) -> Self {
        Self::stranger(house).signing_in(key, purpose)
    }

    fn signing_in(self, key: &str, purpose: &str) -> Self {
        let email = &email_of(key);
        let form = self.get("/connexion").form("/connexion");
        let page = self.send(form.with("_email", email).with("_password", PASSWORD));
        assert_eq!(page.status, 200, "{key} signs in");
        let form = self.get("/finalite").form("/finalite");
        self.send(form.with("purpose", purpose));
        self
    }

    /// Opens a page, following where it leads.
    pub fn get(&self, path: &str) -> Page {
        self.follow(path.to_owned(), self.asking().get(path))
    }

    /// Sends a form, following where it leads.
    pub fn send(&self, form: Filled) -> Page {
        let body = serde_urlencoded::to_string(&form.fields).unwrap();
        let kind = "application/x-www-form-urlencoded";
        let answer = self.asking().send("POST", &form.action, Some((kind, &body)));
        self.follow(form.action, answer)
    }

    /// Sends a form with a file in this field, following where it leads.
    pub fn send_with_file(&self, form: &Filled, field: &str, content: &[u8]) -> Page {
        let boundary = "une-limite-de-formulaire";
        let mut body = Vec::new();
        for (name, words) in form.fields.iter().filter(|(name, _)| name != field) {
            let part =
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{words}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let part = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"fichier\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        let answer = self.asking().send_bytes("POST", &form.action, Some((&kind, &body)));
        self.follow(form.action.clone(), answer)
    }

    /// Opens a path without following: the very answer.
    pub fn fetch(&self, path: &str) -> Answer {
        self.asking().get(path)
    }

    /// The same without following: the very answer.
    pub fn answer(&self, form: &Filled) -> Answer {
        let body = serde_urlencoded::to_string(&form.fields).unwrap();
        self.asking().send("POST", &form.action, Some(("application/x-www-form-urlencoded", &body)))
    }

    /// Opens a path without following: the very answer, such as a file handed out.
    pub fn open(&self, path: &str) -> Answer {
        self.asking().get(path)
    }

    fn asking(&self) -> Persona {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if cookies.is_empty() {
            self.persona.clone()
        } else {
            self.persona.with("Cookie", &cookies.join("; "))
        }
    }

    fn follow(&self, mut path: String, mut answer: Answer) -> Page {
        for _ in 0..8 {
            self.keep(&answer);
            let Some(to) = answer.header("location").filter(|_| answer.status == 303).map(str::to_owned)
            else {
                return Page { path, status: answer.status, html: answer.text };
            };
            answer = self.asking().get(&to);
            path = to;
        }
        panic!("sent round in circles, last to {path}");
    }

    fn keep(&self, answer: &Answer) {
        let mut kept = self.cookies.borrow_mut();
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            kept.retain(|(other, _)| other != name);
            if !value.is_empty() {
                kept.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

impl Page {
    /// The first form that is sent to this path.
    pub fn form(&self, action: &str) -> Filled {
        self.forms(action)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("no form to {action} on {}", self.path))
    }

    /// Every form that is sent to this path, with what is filled in already.
    pub fn forms(&self, action: &str) -> Vec<Filled> {
        let mark = format!("action=\"{action}\"");
        let parts = self.html.split("<form").skip(1).filter_map(|part| part.split("</form>").next());
        parts
            .filter(|part| part.split('>').next().is_some_and(|tag| tag.contains(&mark)))
            .map(|part| Filled { action: action.to_owned(), fields: filled(part) })
            .collect()
    }

    /// What is read on the page, without its marks.
    pub fn words(&self) -> String {
        let body = self.html.split_once("<main").map_or(self.html.as_str(), |(_, main)| main);
        let body = body.split("</main>").next().unwrap();
        let mut words = String::new();
        for part in body.split('<').skip(1) {
            if let Some((_, text)) = part.split_once('>') {
                words.push(' ');
                words.push_str(text);
            }
        }
        unescaped(&words).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Is this read on the page?
    pub fn says(&self, words: &str) -> bool {
        let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}', '\n'], " ");
        let squeezed = |text: &str| plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
        squeezed(&self.words()).contains(&squeezed(words))
    }
}

impl Filled {
    /// The same with this in a field, in place of what was there.
    #[must_use]
    pub fn with(mut self, name: &str, words: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.into(), words.into()));
        self
    }

    /// The same with one thing more chosen under a name.
    #[must_use]
    pub fn and(mut self, name: &str, words: &str) -> Self {
        self.fields.push((name.into(), words.into()));
        self
    }

    /// What a field holds.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, words)| words.as_str())
    }
}

/// What a browser would send of a form left as it is.
fn filled(form: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (tag, rest) in form.split('<').skip(1).filter_map(|part| part.split_once('>')) {
        let Some(name) = attribute(tag, "name") else { continue };
        if tag.starts_with("textarea") {
            fields.push((name, unescaped(rest.strip_prefix('\n').unwrap_or(rest))));
        } else if tag.starts_with("input") {
            let ticked = ["radio", "checkbox"].contains(&attribute(tag, "type").unwrap_or_default().as_str());
            if !ticked || tag.ends_with(" checked") || tag.contains(" checked ") {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("select") {
            let options = form.split_once(&format!("name=\"{name}\"")).map_or("", |(_, after)| after);
            let options = options.split("</select>").next().unwrap();
            let chosen = options
                .split("<option")
                .find(|option| option.split('>').next().is_some_and(|tag| tag.ends_with(" selected")));
            fields.push((name, chosen.and_then(|option| attribute(option, "value")).unwrap_or_default()));
        }
    }
    fields
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next().map(unescaped)
}

fn unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (mark, letter)| text.replace(mark, letter))
}
