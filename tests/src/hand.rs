//! What somebody does on a page: finds things by the words that stand on them, and uses a mouse, or nothing but a
//! keyboard.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use fantoccini::{elements::Element, key::Key};
use serde_json::{Value, json};

use crate::chromium::{Chromium, PATIENCE};

/// With what a person works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// She points and clicks.
    Mouse,
    /// She presses keys, and must see where she is.
    Keyboard,
}

/// Finds what is shown on the page under a name: a link, a button, a fold, a field or a choice, inside what bears
/// another name when there is one.
const FIND: &str = "
    const [kind, name, within] = [...arguments].map((text) => text.replace(/\\s+/g, ' '));
    const plain = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
    const shown = (one) => one.checkVisibility({ visibilityProperty: true });
    const labels = (one) => [...(one.labels ?? [])].map((label) => plain(label.textContent)).join(' ');
    const named = (one) => plain(one.getAttribute('aria-label')) || labels(one) || plain(one.textContent);
    const what = {
        press: 'a[href], button, summary',
        field: 'input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea, select',
        choice: 'input[type=radio], input[type=checkbox]',
    }[kind];
    const heads = 'legend, summary, h1, h2, h3, h4, caption';
    const inside = (one) => {
        if (!within) return true;
        for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
            if (up.matches('li, tr') && plain(up.textContent).includes(within)) return true;
            const head = up.matches('fieldset, section, details, article, form, div') && up.querySelector(heads);
            if (head && plain(head.textContent).startsWith(within)) return true;
        }
        return false;
    };
    const all = [...document.querySelectorAll(what)].filter((one) => shown(one) && !one.disabled && inside(one));
    return all.find((one) => named(one) === name) ?? all.find((one) => named(one).startsWith(name)) ?? null;";

/// Where the keyboard is: here, in the same group of choices, or elsewhere; and whether it can be seen.
const FOCUS: &str = "
    const [wanted] = arguments;
    const here = document.activeElement;
    const group = (one) => one.type === 'radio' && one.name;
    if (here !== wanted && !(group(here) && group(here) === group(wanted) && here.form === wanted.form)) return null;
    const ring = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
    const label = here.labels?.[0];
    return ring(getComputedStyle(here)) || Boolean(label)
        && (ring(getComputedStyle(label)) || ring(getComputedStyle(label, '::before')));";

/// A person at a browser.
pub struct Person {
    /// Her browser.
    pub browser: Chromium,
    hand: Hand,
}

impl Person {
    /// She sits down at this browser.
    pub const fn at(browser: Chromium, hand: Hand) -> Self {
        Self { browser, hand }
    }

    /// Follows a link, presses a button, opens a fold, by its words.
    pub fn press(&self, name: &str) {
        self.press_in("", name);
    }

    /// The same, inside the part of the page, the row or the group that bears this name.
    pub fn press_in(&self, within: &str, name: &str) {
        let what = self.find("press", name, within);
        match self.hand {
            Hand::Mouse => self.browser.click(&what, name),
            Hand::Keyboard => {
                self.reach(&what, name);
                self.browser.keys(&[Key::Enter]);
            }
        }
        self.browser.settle();
    }

    /// Writes into the field under this label, in place of what was there.
    pub fn write(&self, label: &str, words: &str) {
        self.write_in("", label, words);
    }

    /// The same, inside the part of the page that bears this name.
    pub fn write_in(&self, within: &str, label: &str, words: &str) {
        let field = self.find("field", label, within);
        if let Some(moment) = self.moment_keys(&field, words) {
            self.reach(&field, label);
            self.browser.type_here(&moment);
            assert_eq!(self.value(&field), words, "{label}");
            return;
        }
        if self.hand == Hand::Keyboard {
            self.reach(&field, label);
            self.browser.chord(Key::Control, 'a');
            self.browser.type_here(words);
        } else {
            self.browser.replace(&field, words);
        }
    }

    /// Chooses an option of the list under this label.
    pub fn pick(&self, label: &str, option: &str) {
        self.pick_in("", label, option);
    }

    /// The same, inside the part of the page that bears this name.
    pub fn pick_in(&self, within: &str, label: &str, option: &str) {
        let list = self.find("field", label, within);
        self.reach(&list, label);
        self.browser.type_here(option);
        let chosen = self.ask(&list, "return arguments[0].selectedOptions[0]?.textContent ?? ''");
        let chosen = chosen.as_str().unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ");
        assert!(chosen.starts_with(option), "{label}: “{chosen}” is not “{option}”");
    }

    /// Picks files from the disk for the field under this label. The window that shows the disk is not the page's, so that
    /// both hands pick them alike.
    pub fn pick_files(&self, label: &str, paths: &[PathBuf]) {
        let field = self.find("field", label, "");
        self.reach(&field, label);
        self.browser.pick_files(&field, paths);
    }

    /// Chooses one of several, or ticks a box, by its words.
    pub fn choose(&self, name: &str) {
        self.choose_in("", name);
    }

    /// The same, inside the group that bears this name.
    pub fn choose_in(&self, within: &str, name: &str) {
        let choice = self.find("choice", name, within);
        let chosen = || self.ask(&choice, "return arguments[0].checked").as_bool().unwrap_or_default();
        match self.hand {
            Hand::Mouse => self.browser.click(&choice, name),
            Hand::Keyboard => {
                self.reach(&choice, name);
                let radios = self.ask(&choice, "return arguments[0].type === 'radio'") == true;
                if !radios || self.ask(&choice, "return document.activeElement === arguments[0]") == true {
                    self.browser.type_here(" ");
                }
                for _ in 0..40 {
                    if chosen() {
                        break;
                    }
                    self.browser.keys(&[Key::Down]);
                }
            }
        }
        assert!(chosen(), "“{name}” is chosen");
    }

    /// Waits until this is read on the page. Whatever state the page is in, it keeps nobody out.
    pub fn sees(&self, words: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.browser.says(words) {
            assert!(
                Instant::now() < until,
                "“{words}” is not read at {}:\n{}",
                self.browser.path(),
                self.browser.words()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        // A paper is shut off from everything: no script runs in it, axe's neither.
        let shut_off = self.browser.ask("return self.origin === 'null'") == true;
        if self.hand == Hand::Mouse && !shut_off {
            self.browser.settle();
            let barriers = self.browser.barriers();
            assert!(barriers.is_empty(), "at {}: {barriers:?}", self.browser.path());
        }
    }

    /// Is a link, a button or a fold with these words there to be used?
    pub fn is_offered(&self, name: &str) -> bool {
        self.browser.element(FIND, &[json!("press"), json!(name), json!("")]).is_some()
    }

    fn find(&self, kind: &str, name: &str, within: &str) -> Element {
        let until = Instant::now() + PATIENCE;
        loop {
            let found = self.browser.element(FIND, &[json!(kind), json!(name), json!(within)]);
            if let Some(found) = found {
                return found;
            }
            assert!(
                Instant::now() < until,
                "no {kind} “{name}” in “{within}” at {}:\n{}",
                self.browser.path(),
                self.browser.words()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn ask(&self, about: &Element, script: &str) -> Value {
        self.browser.ask_about(script, about)
    }

    fn value(&self, field: &Element) -> String {
        self.ask(field, "return arguments[0].value").as_str().unwrap_or_default().to_owned()
    }

    /// Goes to it: with a mouse at once, with a keyboard by pressing Tab until it is there, seen.
    fn reach(&self, what: &Element, name: &str) {
        if self.hand == Hand::Mouse {
            self.ask(what, "arguments[0].focus()");
            return;
        }
        for _ in 0..600 {
            match self.ask(what, FOCUS).as_bool() {
                Some(true) => return,
                Some(false) => panic!("one does not see that the keyboard is at “{name}”"),
                None => self.browser.keys(&[Key::Tab]),
            }
        }
        panic!("the keyboard does not come to “{name}” at {}", self.browser.path());
    }

    /// What one types into a field that holds a day or a moment, as this browser asks for its parts.
    fn moment_keys(&self, field: &Element, words: &str) -> Option<String> {
        let kind = self.ask(field, "return arguments[0].type");
        let kind = kind.as_str().filter(|kind| ["date", "datetime-local"].contains(kind))?;
        let (day, hour) = words.split_once('T').unwrap_or((words, ""));
        let mut parts = day.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let order = self.browser.ask(
            "return new Intl.DateTimeFormat().formatToParts().map((part) => part.type).filter((type) => type !== 'literal').join(' ')",
        );
        let typed = match order.as_str()? {
            "day month year" => format!("{day}{month}{year}"),
            "month day year" => format!("{month}{day}{year}"),
            _ => format!("{year}{month}{day}"),
        };
        if kind == "date" {
            return Some(typed);
        }
        let (hour, minute) = hour.split_once(':')?;
        let hour: u8 = hour.parse().ok()?;
        let halves =
            "return new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12";
        let time = match self.browser.ask(halves).as_bool()? {
            true => format!("{:02}{minute}{}", (hour + 11) % 12 + 1, if hour < 12 { 'A' } else { 'P' }),
            false => format!("{hour:02}{minute}"),
        };
        Some(format!("{typed}{}{time}", char::from(Key::Tab)))
    }
}
