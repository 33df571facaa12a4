//! A real browser: Chromium, driven over `WebDriver`, looking at a running house.

use std::{
    cell::Cell,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    key::Key,
    wd::WebDriverCompatibleCommand,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::harness::{PASSWORD, email_of};

/// Axe, which finds what keeps people out of a page.
const AXE: &str = include_str!("../vendor/axe.min.js");
/// The rules a page is held to: WCAG 2.2 AA and what is good practice beside it.
const RULES: &str = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']";
/// For how long something on a page is waited for.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How one looks.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// Width of the window.
    pub width: u32,
    /// On a dark background?
    pub dark: bool,
    /// `fr` or `en`.
    pub lang: &'static str,
    /// Does the browser run scripts?
    pub scripts: bool,
    /// How many times slower than this machine.
    pub slower: u32,
}

/// A desk in Québec.
pub const DESK: Looks = Looks { width: 1280, dark: false, lang: "fr", scripts: true, slower: 1 };

/// A browser of one's own.
pub struct Chromium {
    runtime: Runtime,
    client: Option<Client>,
    driver: Child,
    base: String,
    marks: Cell<u32>,
    _profile: tempfile::TempDir,
}

/// A command of Chromium's own.
#[derive(Debug)]
struct Own(&'static str, Value);

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}

impl Chromium {
    /// Opens one that looks at the house at this address.
    ///
    /// # Panics
    /// When Chromium or its driver is not installed.
    pub fn open(address: std::net::SocketAddr, looks: Looks) -> Self {
        Self::open_at(format!("http://{address}"), looks)
    }

    /// The same, of a house that goes by a name.
    ///
    /// # Panics
    /// When Chromium or its driver is not installed.
    pub fn open_at(base: String, looks: Looks) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let (driver, port) = driver(looks.lang);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities(looks, profile.path()));
            builder.connect(&format!("http://127.0.0.1:{port}")).await.expect("Chromium starts")
        });
        let browser =
            Self { runtime, client: Some(client), driver, base, marks: Cell::new(0), _profile: profile };
        let scheme = if looks.dark { "dark" } else { "light" };
        browser.tell(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        );
        browser.tell(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": looks.width, "height": 900, "deviceScaleFactor": 1, "mobile": looks.width < 600}),
        );
        browser.tell("Emulation.setScriptExecutionDisabled", json!({"value": !looks.scripts}));
        browser.tell("Emulation.setCPUThrottlingRate", json!({"rate": looks.slower}));
        browser.go(&format!("/langue?vers={}", looks.lang));
        browser
    }

    /// Signs a persona in, who reads to plan for safety.
    #[must_use]
    pub fn signed_in(self, key: &str) -> Self {
        self.go("/connexion");
        self.write("[name=_email]", &email_of(key));
        self.write("[name=_password]", PASSWORD);
        self.press("main form button");
        self.wait_for(".top__who");
        self.go("/finalite");
        self.press(".choices button[value=safety_planning]");
        self.wait_for(".purpose");
        self.settle();
        self
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("open")
    }

    /// Says something to Chromium itself.
    pub fn tell(&self, command: &str, with: Value) -> Value {
        let own = Own("goog/cdp/execute", json!({"cmd": command, "params": with}));
        let answer = async { tokio::time::timeout(3 * PATIENCE, self.client().issue_cmd(own)).await };
        self.runtime.block_on(answer).expect("Chromium answers").expect(command)
    }

    /// Opens a page of the house.
    pub fn go(&self, path: &str) {
        let url = format!("{}{path}", self.base);
        self.runtime.block_on(self.client().goto(&url)).expect("a page");
    }

    /// Opens a page that lies on the disk.
    pub fn open_from_disk(&self, page: &std::path::Path) {
        self.runtime.block_on(self.client().goto(&format!("file://{}", page.display()))).expect("a page");
        self.settle();
    }

    /// From now on what is downloaded comes to lie in this folder.
    pub fn keep_downloads_in(&self, folder: &std::path::Path) {
        self.tell("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": folder}));
    }

    /// The path one is at.
    pub fn path(&self) -> String {
        self.runtime.block_on(self.client().current_url()).expect("a page").path().to_owned()
    }

    /// The button that goes back.
    pub fn back(&self) {
        self.runtime.block_on(self.client().back()).expect("back");
    }

    /// Waits until something is there.
    pub fn wait_for(&self, css: &str) {
        let found = self.runtime.block_on(async {
            self.client().wait().at_most(PATIENCE).for_element(Locator::Css(css)).await.map(|_| ())
        });
        assert!(found.is_ok(), "no {css} at {}:\n{}", self.path(), self.words());
    }

    /// Writes into a field, in place of what was there.
    pub fn write(&self, css: &str, words: &str) {
        self.wait_for(css);
        self.runtime.block_on(async {
            let field = self.client().find(Locator::Css(css)).await.expect("a field");
            field.clear().await.expect("emptied");
            field.send_keys(words).await.expect("written");
        });
    }

    /// Presses a button, follows a link, ticks a box.
    pub fn press(&self, css: &str) {
        self.wait_for(css);
        self.runtime.block_on(async {
            let what = self.client().find(Locator::Css(css)).await.expect("something to press");
            what.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
        });
    }

    /// Presses keys where the focus is, one after the other.
    pub fn keys(&self, keys: &[Key]) {
        self.strike(keys.iter().map(|key| char::from(*key)));
    }

    fn strike(&self, keys: impl Iterator<Item = char>) {
        let mut strokes = KeyActions::new("keys".into());
        for value in keys {
            strokes = strokes.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.runtime.block_on(self.client().perform_actions(strokes)).expect("pressed");
    }

    /// Presses a key while another is held down.
    pub fn chord(&self, held: Key, key: char) {
        let (held, key) = (held.into(), key);
        let keys = KeyActions::new("keys".into())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.runtime.block_on(self.client().perform_actions(keys)).expect("pressed");
    }

    /// Types where the focus is.
    pub fn type_here(&self, words: &str) {
        self.strike(words.chars());
    }

    /// What this script picks out of the page, if anything: it is given a mark of its own to be found by.
    pub fn element(&self, script: &str, arguments: &[Value]) -> Option<Element> {
        let mark = self.marks.get() + 1;
        self.marks.set(mark);
        let script = format!(
            "const one = (function () {{ {script} }})(...arguments); if (one) one.setAttribute('data-mark', '{mark}'); return Boolean(one);"
        );
        self.runtime.block_on(async {
            let found = self.client().execute(&script, arguments.to_vec()).await.expect("an answer");
            if found != true {
                return None;
            }
            self.client().find(Locator::Css(&format!("[data-mark='{mark}']"))).await.ok()
        })
    }

    /// Clicks on it.
    pub fn click(&self, what: &Element, name: &str) {
        self.runtime
            .block_on(what.click())
            .unwrap_or_else(|error| panic!("“{name}” at {}: {error}", self.path()));
    }

    /// Writes into a field in place of what was there.
    pub fn replace(&self, field: &Element, words: &str) {
        self.runtime.block_on(async {
            field.clear().await.expect("emptied");
            field.send_keys(words).await.expect("written");
        });
    }

    /// Picks files from the disk, for a field that takes several.
    pub fn pick_files(&self, field: &Element, paths: &[std::path::PathBuf]) {
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        self.runtime.block_on(field.send_keys(&names.join("\n"))).expect("picked");
    }

    /// Asks the page something about one of its elements, which is the first argument of the script.
    pub fn ask_about(&self, script: &str, about: &Element) -> Value {
        let about = serde_json::to_value(about).expect("an element");
        self.runtime.block_on(self.client().execute(script, vec![about])).expect("an answer")
    }

    /// Waits until the page that is coming, if one is, has come.
    pub fn settle(&self) {
        self.runtime.block_on(async {
            for _ in 0..400 {
                let ready =
                    self.client().execute("return document.readyState === 'complete'", Vec::new()).await;
                if ready.is_ok_and(|ready| ready == true) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
        });
    }

    /// Asks the page something in its own language.
    pub fn ask(&self, script: &str) -> Value {
        self.runtime.block_on(self.client().execute(script, Vec::new())).expect("an answer")
    }

    /// The same, when the page answers later: through the last argument of the script.
    pub fn ask_later(&self, script: &str) -> Value {
        self.runtime.block_on(self.client().execute_async(script, Vec::new())).expect("an answer")
    }

    /// What is read on the page.
    pub fn words(&self) -> String {
        self.ask("return document.body ? document.body.innerText : ''")
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Is this read on the page?
    pub fn says(&self, words: &str) -> bool {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        squeezed(&self.words()).contains(&squeezed(words))
    }

    /// Everything the page holds, shown or not.
    pub fn source(&self) -> String {
        self.runtime.block_on(self.client().source()).expect("the source")
    }

    /// What keeps people out of this page, as axe finds it.
    pub fn barriers(&self) -> Vec<String> {
        self.tell("Runtime.evaluate", json!({"expression": AXE}));
        let run = format!(
            "window.looked = axe.run(document, {{runOnly: {RULES}}}).then(found => JSON.stringify(found.violations.map(one => \
             one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | '))))"
        );
        let answer = self.tell("Runtime.evaluate", json!({"expression": run, "awaitPromise": true}));
        let text = answer["result"]["value"].as_str().unwrap_or_else(|| panic!("axe answered {answer}"));
        serde_json::from_str(text).expect("a list")
    }

    /// Does everything fit in the width of the window?
    pub fn fits(&self) -> bool {
        self.ask("return document.documentElement.scrollWidth <= window.innerWidth")
            .as_bool()
            .expect("a word")
    }

    /// What the browser complained of since it was last asked: refused by the policy, missing, broken.
    pub fn complaints(&self) -> Vec<String> {
        let lines = self.runtime.block_on(self.client().issue_cmd(Own("se/log", json!({"type": "browser"}))));
        let lines = lines.expect("the browser's log");
        lines
            .as_array()
            .expect("lines")
            .iter()
            .filter(|line| line["level"] == "SEVERE" || line["level"] == "WARNING")
            .map(|line| line["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// A picture of the page from its top, at most this high.
    pub fn picture(&self, highest: u64) -> Vec<u8> {
        let size =
            self.ask("return [document.documentElement.clientWidth, document.documentElement.scrollHeight]");
        let height = size[1].as_u64().unwrap_or(900).min(highest);
        let clip = json!({"x": 0, "y": 0, "width": size[0], "height": height, "scale": 1});
        let taken = self.tell("Page.captureScreenshot", json!({"captureBeyondViewport": true, "clip": clip}));
        let data = taken["data"].as_str().expect("a picture");
        data_encoding::BASE64.decode(data.as_bytes()).expect("a picture")
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self.runtime.block_on(client.close());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Starts a driver at a port of its choice, whose browser speaks this language.
fn driver(lang: &str) -> (Child, u16) {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").env("LANGUAGE", lang).stdout(Stdio::piped()).stderr(Stdio::null());
    let started = command.spawn();
    let mut child = started.unwrap_or_else(|_| {
        panic!("the browser tests need Chromium and its driver; on Debian: apt-get install chromium chromium-driver")
    });
    let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    std::thread::spawn(move || lines.for_each(drop));
    (child, port.expect("the driver starts"))
}

fn capabilities(looks: Looks, profile: &std::path::Path) -> serde_json::Map<String, Value> {
    let args = [
        "--headless=new".to_owned(),
        "--no-sandbox".into(),
        "--disable-gpu".into(),
        "--disable-dev-shm-usage".into(),
        "--disable-quic".into(),
        "--no-first-run".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--hide-scrollbars".into(),
        format!("--lang={}", looks.lang),
        format!("--window-size={},900", looks.width),
        format!("--user-data-dir={}", profile.display()),
    ];
    let options = json!({"args": args, "prefs": {"intl.accept_languages": looks.lang, "credentials_enable_service": false}});
    let whole = json!({"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}});
    whole.as_object().cloned().expect("an object")
}
