//! What was asked for on the command line.

use xtask::pictures::{KINDS, LANGS, THEMES};

use crate::failure::Failure;

/// What `cargo xtask help` prints.
pub(crate) const USAGE: &str = "\
usage: cargo xtask <task> [options]

  setup   install what is missing, at pinned versions   [--tests] [--dry-run]
  serve   build if anything changed, then serve dist/   [--port N] [--public-url PATH] [--dev]
  build   make the deployable site in dist/             [--public-url URL] [--dev]
  test    build, then run every test, browsers included [arguments for cargo test]
  screenshots  take pictures of every kind of page      [--kind K,K] [--lang L,L] [--width N,N] [--theme T,T] [--site DIR]
  lint    check formatting and clippy, native and wasm
  bench   measure what publishing costs, beside Hugo    publish [--articles N,N] [--stages S,S] [--without-hugo] [--keep]
  lighthouse  let Lighthouse judge the built site       [--at-least N] [--runs N]
  reproduce  build the browser program twice, in two places, and compare
  help    print this

  --tests       with what the browser tests need: browsers, drivers, fonts, axe-core
  --dry-run     only say what would be installed
  --port        the port to listen on, 8080 unless given
  --public-url  where the site will live, / unless Trunk.toml says otherwise
  --dev         build without optimisation: quicker, larger
  --kind        which kinds of pages are taken: home, section, part, archive, year, month, tags, tag, search,
                search-results, search-none, article, article-without-headline, article-with-blocks, untranslated,
                standing, not-found, chooser, lost; all unless given
  --lang        in which languages: vi, en, ko, ja, zh-Hans; all unless given
  --width       how wide the window is, in pixels: 360,768,1280 unless given
  --theme       light,dark unless given; also contrast, forced (forced colours) and print
  --site        a site that was built already, instead of dist/
  --articles    how large the portals are, 1000,10000,100000 unless given
  --stages      what is measured: pages,search,pictures,compression unless given
  --without-hugo  measure only the project itself
  --keep        leave portals and sites in target/bench
  --at-least    the lowest score that is good enough, 100 unless given
  --runs        how often each page is loaded, 3 unless given; the run in the middle counts

docs/developers.md tells more.";

/// What `bench publish` can measure.
const STAGES: [&str; 4] = ["pages", "search", "pictures", "compression"];

/// Where `serve` listens unless told otherwise.
const DEFAULT_PORT: u16 = 8080;

/// One task with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Print the usage.
    Help,
    /// Install what is missing.
    Setup {
        /// With what the browser tests need.
        tests: bool,
        /// Only say what would be installed.
        dry_run: bool,
    },
    /// Make `dist`.
    Build(BuildOptions),
    /// Make `dist` if it is out of date, then serve it.
    Serve {
        /// How to build.
        options: BuildOptions,
        /// The port to listen on.
        port: u16,
    },
    /// Run every test.
    Test {
        /// Passed on to `cargo test` as they are.
        arguments: Vec<String>,
    },
    /// Take pictures of the built site.
    Screenshots(ScreenshotOptions),
    /// Check formatting and clippy.
    Lint,
    /// Measure what publishing costs.
    Bench(BenchOptions),
    /// Let Lighthouse judge the built site.
    Lighthouse(LighthouseOptions),
    /// Build the browser program twice and compare.
    Reproduce,
}

/// How Lighthouse judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LighthouseOptions {
    /// The lowest score that is good enough.
    pub(crate) at_least: u8,
    /// How often each page is loaded.
    pub(crate) runs: u8,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BenchOptions {
    /// How many articles the portals have, one after the other.
    pub(crate) articles: Vec<usize>,
    /// The stages that are measured.
    pub(crate) stages: Vec<String>,
    /// Whether Hugo builds the same portals.
    pub(crate) hugo: bool,
    /// Whether portals and sites are left where they are.
    pub(crate) keep: bool,
}

/// Which pictures are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ScreenshotOptions {
    /// Options that narrow, with what they name.
    pub(crate) wanted: Vec<(&'static str, Vec<String>)>,
    /// A site that was built already.
    pub(crate) site: Option<String>,
}

/// How `dist` is to be built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BuildOptions {
    /// Where the site will live; Trunk.toml decides when absent.
    pub(crate) public_url: Option<String>,
    /// Without optimisation.
    pub(crate) dev: bool,
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: &[String]) -> Result<Task, Failure> {
    let Some((task, rest)) = words.split_first() else { return Ok(Task::Help) };
    if rest.first().is_some_and(|word| is_help(word)) {
        return Ok(Task::Help);
    }
    match task.as_str() {
        "setup" => setup(rest),
        "build" => Ok(Task::Build(build(rest)?)),
        "serve" => serve(rest),
        "test" => Ok(Task::Test { arguments: rest.to_vec() }),
        "screenshots" => Ok(Task::Screenshots(screenshots(rest)?)),
        "lint" => Options::new("lint", rest).expect_end().map(|()| Task::Lint),
        "bench" => Ok(Task::Bench(bench(rest)?)),
        "lighthouse" => Ok(Task::Lighthouse(lighthouse(rest)?)),
        "reproduce" => Options::new("reproduce", rest).expect_end().map(|()| Task::Reproduce),
        word if is_help(word) => Ok(Task::Help),
        word => Err(wrong(&format!("there is no task `{word}`"))),
    }
}

fn is_help(word: &str) -> bool {
    matches!(word, "help" | "--help" | "-h")
}

fn setup(words: &[String]) -> Result<Task, Failure> {
    let (mut tests, mut dry_run) = (false, false);
    let mut options = Options::new("setup", words);
    while let Some(name) = options.next() {
        match name {
            "--tests" => tests = true,
            "--dry-run" => dry_run = true,
            _ => return Err(options.unknown()),
        }
    }
    Ok(Task::Setup { tests, dry_run })
}

fn build(words: &[String]) -> Result<BuildOptions, Failure> {
    let mut build = BuildOptions::default();
    let mut options = Options::new("build", words);
    while let Some(name) = options.next() {
        match name {
            "--dev" => build.dev = true,
            "--public-url" => build.public_url = Some(options.value()?),
            _ => return Err(options.unknown()),
        }
    }
    Ok(build)
}

fn serve(words: &[String]) -> Result<Task, Failure> {
    let mut build = BuildOptions::default();
    let mut port = DEFAULT_PORT;
    let mut options = Options::new("serve", words);
    while let Some(name) = options.next() {
        match name {
            "--dev" => build.dev = true,
            "--public-url" => build.public_url = Some(options.value()?),
            "--port" => port = as_port(&options.value()?)?,
            _ => return Err(options.unknown()),
        }
    }
    Ok(Task::Serve { options: build, port })
}

fn bench(words: &[String]) -> Result<BenchOptions, Failure> {
    let Some((_, rest)) = words.split_first().filter(|(what, _)| *what == "publish") else {
        return Err(wrong("`bench` needs to know what to measure: `bench publish`"));
    };
    let stages = STAGES.map(str::to_owned).to_vec();
    let mut bench = BenchOptions { articles: vec![1000, 10_000, 100_000], stages, hugo: true, keep: false };
    let mut options = Options::new("bench publish", rest);
    while let Some(name) = options.next() {
        match name {
            "--articles" => bench.articles = options.value()?.split(',').map(as_articles).collect::<Result<_, _>>()?,
            "--stages" => bench.stages = options.value()?.split(',').map(as_stage).collect::<Result<_, _>>()?,
            "--without-hugo" => bench.hugo = false,
            "--keep" => bench.keep = true,
            _ => return Err(options.unknown()),
        }
    }
    Ok(bench)
}

fn screenshots(words: &[String]) -> Result<ScreenshotOptions, Failure> {
    let mut screenshots = ScreenshotOptions::default();
    let mut options = Options::new("screenshots", words);
    while let Some(name) = options.next() {
        let (option, all): (_, &[&str]) = match name {
            "--kind" => ("--kind", &KINDS),
            "--lang" => ("--lang", &LANGS),
            "--theme" => ("--theme", &THEMES),
            "--width" => ("--width", &[]),
            "--site" => {
                screenshots.site = Some(options.value()?);
                continue;
            }
            _ => return Err(options.unknown()),
        };
        let names: Vec<String> = options.value()?.split(',').map(str::to_owned).collect();
        let is_known = |name: &String| match option {
            "--width" => name.parse().is_ok_and(|width: u32| (200..=4000).contains(&width)),
            _ => all.contains(&name.as_str()),
        };
        if let Some(odd) = names.iter().find(|name| !is_known(name)) {
            let known = if all.is_empty() { "the numbers from 200 to 4000".to_owned() } else { all.join(", ") };
            return Err(wrong(&format!("`{option} {odd}` is none of {known}")));
        }
        screenshots.wanted.push((option, names));
    }
    Ok(screenshots)
}

fn lighthouse(words: &[String]) -> Result<LighthouseOptions, Failure> {
    let mut judging = LighthouseOptions { at_least: 100, runs: 3 };
    let mut options = Options::new("lighthouse", words);
    while let Some(name) = options.next() {
        match name {
            "--at-least" => judging.at_least = as_number(name, &options.value()?, 0)?,
            "--runs" => judging.runs = as_number(name, &options.value()?, 1)?,
            _ => return Err(options.unknown()),
        }
    }
    Ok(judging)
}

fn as_number(name: &str, text: &str, least: u8) -> Result<u8, Failure> {
    let number = text.parse().ok().filter(|number| (least..=100).contains(number));
    number.ok_or_else(|| wrong(&format!("`{name} {text}` is not a number from {least} to 100")))
}

fn as_articles(text: &str) -> Result<usize, Failure> {
    let articles = text.parse().ok().filter(|articles| (1..=1_000_000).contains(articles));
    articles.ok_or_else(|| wrong(&format!("`--articles {text}` is not a number from 1 to 1000000")))
}

fn as_stage(text: &str) -> Result<String, Failure> {
    let stage = STAGES.iter().find(|stage| **stage == text).map(|stage| (*stage).to_owned());
    stage.ok_or_else(|| wrong(&format!("`--stages {text}` is none of {}", STAGES.join(", "))))
}

fn as_port(text: &str) -> Result<u16, Failure> {
    text.parse().map_err(|_| wrong(&format!("`--port {text}` is not a number from 0 to 65535")))
}

fn wrong(message: &str) -> Failure {
    Failure::unmet(format!("{message}\n`cargo xtask help` lists the tasks and their options"))
}

/// Walks over `--name`, `--name value` and `--name=value`.
struct Options<'a> {
    task: &'static str,
    rest: std::slice::Iter<'a, String>,
    word: &'a str,
    attached: Option<&'a str>,
}

impl<'a> Options<'a> {
    fn new(task: &'static str, words: &'a [String]) -> Self {
        Self { task, rest: words.iter(), word: "", attached: None }
    }

    /// The next option's name, without an attached value.
    fn next(&mut self) -> Option<&'a str> {
        self.word = self.rest.next()?;
        let (name, attached) = match self.word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (self.word, None),
        };
        self.attached = attached;
        Some(name)
    }

    /// The value of the option just read.
    fn value(&mut self) -> Result<String, Failure> {
        let value = self.attached.take().or_else(|| self.rest.next().map(String::as_str));
        value
            .filter(|value| !value.is_empty() && !value.starts_with("--"))
            .map(str::to_owned)
            .ok_or_else(|| wrong(&format!("`{}` needs a value", self.word)))
    }

    fn unknown(&self) -> Failure {
        wrong(&format!("`{}` does not know the argument `{}`", self.task, self.word))
    }

    fn expect_end(mut self) -> Result<(), Failure> {
        match self.next() {
            Some(_) => Err(self.unknown()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task, Failure> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    fn build(public_url: Option<&str>, dev: bool) -> BuildOptions {
        BuildOptions { public_url: public_url.map(str::to_owned), dev }
    }

    fn bench(articles: &[usize], stages: &[&str], hugo: bool, keep: bool) -> BenchOptions {
        let stages = stages.iter().map(|&stage| stage.to_owned()).collect();
        BenchOptions { articles: articles.to_vec(), stages, hugo, keep }
    }

    #[test]
    fn every_task_is_read_with_its_options() {
        let test_arguments = vec!["--test".to_owned(), "pages".to_owned(), "--".to_owned(), "--nocapture".to_owned()];
        let table = [
            ("", Task::Help),
            ("help", Task::Help),
            ("-h", Task::Help),
            ("serve --help", Task::Help),
            ("setup", Task::Setup { tests: false, dry_run: false }),
            ("setup --dry-run --tests", Task::Setup { tests: true, dry_run: true }),
            ("build", Task::Build(build(None, false))),
            ("build --dev --public-url /a/", Task::Build(build(Some("/a/"), true))),
            ("serve", Task::Serve { options: build(None, false), port: 8080 }),
            ("serve --port=81 --public-url=/a/", Task::Serve { options: build(Some("/a/"), false), port: 81 }),
            ("test", Task::Test { arguments: vec![] }),
            ("test --test pages -- --nocapture", Task::Test { arguments: test_arguments }),
            ("lint", Task::Lint),
            ("reproduce", Task::Reproduce),
            ("screenshots", Task::Screenshots(ScreenshotOptions::default())),
            (
                "screenshots --kind home,part --width=320 --theme print --site target/x",
                Task::Screenshots(ScreenshotOptions {
                    wanted: vec![
                        ("--kind", vec!["home".to_owned(), "part".to_owned()]),
                        ("--width", vec!["320".to_owned()]),
                        ("--theme", vec!["print".to_owned()]),
                    ],
                    site: Some("target/x".to_owned()),
                }),
            ),
            ("lighthouse", Task::Lighthouse(LighthouseOptions { at_least: 100, runs: 3 })),
            ("lighthouse --at-least 95 --runs=1", Task::Lighthouse(LighthouseOptions { at_least: 95, runs: 1 })),
            ("bench publish", Task::Bench(bench(&[1000, 10_000, 100_000], &STAGES, true, false))),
            (
                "bench publish --articles 50,60 --stages=pages --without-hugo --keep",
                Task::Bench(bench(&[50, 60], &["pages"], false, true)),
            ),
        ];
        for (line, task) in table {
            assert_eq!(parsed(line), Ok(task), "{line}");
        }
    }

    #[test]
    fn the_usage_names_whatever_there_are_pictures_of() {
        for name in KINDS.iter().chain(&LANGS).chain(&THEMES) {
            assert!(USAGE.contains(name), "the usage lacks {name}");
        }
    }

    #[test]
    fn a_wrong_argument_is_named_and_exits_with_2() {
        let table = [
            ("srve", "there is no task `srve`"),
            ("setup --test", "`setup` does not know the argument `--test`"),
            ("build extra", "`build` does not know the argument `extra`"),
            ("lint --fix", "`lint` does not know the argument `--fix`"),
            ("bench", "`bench` needs to know what to measure"),
            ("bench serve", "`bench` needs to know what to measure"),
            ("bench publish --articles 10,none", "`--articles none` is not a number"),
            ("bench publish --articles 0", "`--articles 0` is not a number"),
            ("bench publish --stages lists", "`--stages lists` is none of pages, search"),
            ("bench publish --fast", "`bench publish` does not know the argument `--fast`"),
            ("screenshots home", "`screenshots` does not know the argument `home`"),
            ("screenshots --kind home,house", "`--kind house` is none of home, section"),
            ("screenshots --width wide", "`--width wide` is none of the numbers"),
            ("lighthouse --runs 0", "`--runs 0` is not a number from 1 to 100"),
            ("lighthouse --at-least 101", "`--at-least 101` is not a number from 0 to 100"),
            ("lighthouse vi", "`lighthouse` does not know the argument `vi`"),
            ("serve --port", "`--port` needs a value"),
            ("serve --port http", "`--port http` is not a number"),
            ("serve --public-url --dev", "`--public-url` needs a value"),
        ];
        for (line, message) in table {
            let failure = parsed(line).expect_err(line);
            assert_eq!(failure.code, 2, "{line}");
            assert!(failure.message.starts_with(message), "{line}: {}", failure.message);
        }
    }
}
