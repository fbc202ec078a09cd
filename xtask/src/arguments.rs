//! The command line of `cargo xtask`.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use xtask::pictures::{KINDS, LANGS, THEMES, variable};

/// The stages that `bench publish` can measure.
const STAGES: [&str; 4] = ["pages", "search", "pictures", "compression"];

/// What developers do. docs/developers.md tells more.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

/// One task with its options.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Task {
    /// Install what is missing, at pinned versions
    Setup {
        /// With what the browser tests need: browsers, drivers, fonts, axe-core
        #[arg(long)]
        tests: bool,
        /// Only say what would be installed
        #[arg(long)]
        dry_run: bool,
    },
    /// Build if anything changed, then serve dist/
    Serve {
        /// How to build.
        #[command(flatten)]
        options: BuildOptions,
        /// The port to listen on
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Make the deployable site in dist/
    Build(BuildOptions),
    /// Bundle the script and the style sheet of the editors' desk into target/desk
    Desk,
    /// Write an archive for whoever has no compiler to target/package
    Package(PackageOptions),
    /// Build without optimisation and serve, again after every change, with Trunk
    Watch {
        /// The path that the site stands under, / unless Trunk.toml says otherwise
        #[arg(long, value_name = "PATH")]
        public_url: Option<String>,
        /// The port to listen on
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Trunk's last step: see Trunk.toml
    #[command(hide = true)]
    TrunkHook,
    /// Build, then run every test, browsers included
    Test {
        /// Passed on to `cargo test` as they are
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Take pictures of every kind of page
    Screenshots(ScreenshotOptions),
    /// Check formatting and clippy, native and wasm
    Lint {
        /// Leave clippy for the native code to the compiling of the tests, as .ci/run does
        #[arg(long)]
        tests_follow: bool,
    },
    /// Measure
    Bench {
        /// What is measured.
        #[command(subcommand)]
        what: Bench,
    },
    /// Let Lighthouse judge the built site
    Lighthouse(LighthouseOptions),
    /// Build the bundle again with Trunk, in another place, and compare
    Reproduce,
}

/// What can be measured.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Bench {
    /// What publishing costs, beside Hugo
    Publish(BenchOptions),
    /// How quickly pages come and answer, beside plain HTML, Astro, `SvelteKit`, React and Next
    Pages(PagesOptions),
    /// How long each press takes until the next paint, what a search costs, whether memory grows
    Controls(ControlsOptions),
    /// What `site live` can answer, beside nginx and a server of `SvelteKit`; on Linux only
    Live(LiveOptions),
    /// How long a save takes until it is on the page of `site preview`
    Preview(PreviewOptions),
    /// How soon the editors' desk is there, and shows what is typed and saved
    Desk(DeskOptions),
    /// What a first sync costs, and one of a changed article, with a real CMS
    Sync(SyncOptions),
}

/// What is measured of `site live`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct LiveOptions {
    /// How many articles the portal has
    #[arg(long, default_value_t = 10_000, value_parser = articles)]
    pub(crate) articles: usize,
    /// How many requests the memory is watched over; 0 leaves this out
    #[arg(long, default_value_t = 100_000)]
    pub(crate) requests: u64,
    /// How many seconds each measurement takes
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) seconds: u64,
    /// How often everything is measured; the run in the middle counts
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=99))]
    pub(crate) rounds: u8,
    /// How many requests are under way at once
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) connections: u16,
    /// On how many processors the servers run, one after the other
    #[arg(long, value_delimiter = ',', default_value = "1,2", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) cores: Vec<u8>,
    /// Watch the memory only
    #[arg(long)]
    pub(crate) only_memory: bool,
    /// Leave the portal in target/bench
    #[arg(long)]
    pub(crate) keep: bool,
    /// A `site` that was built already, instead of the release build
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) site: Option<PathBuf>,
}

/// What is measured of `site preview`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewOptions {
    /// How many articles the portal has
    #[arg(long, default_value_t = 10_000, value_parser = articles)]
    pub(crate) articles: usize,
    /// How often something is saved
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) saves: u8,
    /// A `site` that was built already, instead of the release build
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) site: Option<PathBuf>,
}

/// What is measured of the editors' desk.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeskOptions {
    /// How many articles the portal has
    #[arg(long, default_value_t = 10_000, value_parser = articles)]
    pub(crate) articles: usize,
    /// How often each thing is measured
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) times: u8,
    /// Publish everything first, so that the plan compares with a site that is there
    #[arg(long)]
    pub(crate) publish: bool,
    /// A `site` that was built already, instead of the release build
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) site: Option<PathBuf>,
}

/// A CMS that articles are written into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum System {
    Strapi,
    Wagtail,
    Wordpress,
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Strapi => "strapi",
            Self::Wagtail => "wagtail",
            Self::Wordpress => "wordpress",
        })
    }
}

/// What is measured of `site sync`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyncOptions {
    /// The CMS
    #[arg(long, value_enum, default_value_t = System::Strapi)]
    pub(crate) system: System,
    /// How many articles the CMS has
    #[arg(long, default_value_t = 1_000, value_parser = articles)]
    pub(crate) articles: usize,
    /// A `site` that was built already, instead of the release build
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) site: Option<PathBuf>,
}

/// What is measured of pages.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct PagesOptions {
    /// The folder of the yardstick: the articles, the other front ends, what measures them
    #[arg(long, value_name = "DIR", default_value = "../shared/bench")]
    pub(crate) yardstick: PathBuf,
    /// Passed on to the yardstick's `measure.mjs` as they are: `--h2`, `--desktop`, `--only plain,portal`
    #[arg(last = true)]
    pub(crate) measure: Vec<String>,
}

/// How Lighthouse judges.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct LighthouseOptions {
    /// The lowest score that is good enough
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) at_least: u8,
    /// How often each page is loaded; the run in the middle counts
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) runs: u8,
    /// A reader scrolls and touches as soon as the page is there, so that it asks for the program
    #[arg(long)]
    pub(crate) awake: bool,
}

/// How presses are measured.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct ControlsOptions {
    /// How often each control is pressed
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) times: u8,
    /// By how much the processor is slowed down
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u8).range(1..=20))]
    pub(crate) cpu: u8,
}

/// What is measured of publishing.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(crate) struct BenchOptions {
    /// How large the portals are, one after the other
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000", value_parser = articles)]
    pub(crate) articles: Vec<usize>,
    /// The stages that are measured
    #[arg(long, value_delimiter = ',', default_value = "pages,search,pictures,compression",
        value_parser = PossibleValuesParser::new(STAGES))]
    pub(crate) stages: Vec<String>,
    /// Measure only the project itself
    #[arg(long)]
    pub(crate) without_hugo: bool,
    /// Leave portals and sites in target/bench
    #[arg(long)]
    pub(crate) keep: bool,
}

/// Which pictures are taken. Each option takes several values, separated by commas.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ScreenshotOptions {
    /// Which kinds of pages are taken; all unless given
    #[arg(long, value_delimiter = ',', value_parser = PossibleValuesParser::new(KINDS))]
    pub(crate) kind: Vec<String>,
    /// In which languages; all unless given
    #[arg(long, value_delimiter = ',', value_parser = PossibleValuesParser::new(LANGS))]
    pub(crate) lang: Vec<String>,
    /// How wide the window is, in pixels; 360,768,1280 unless given
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u16).range(200..=4000))]
    pub(crate) width: Vec<u16>,
    /// The themes; light,dark unless given
    #[arg(long, value_delimiter = ',', value_parser = PossibleValuesParser::new(THEMES))]
    pub(crate) theme: Vec<String>,
    /// A site that was built already, instead of dist/
    #[arg(long, value_name = "DIR")]
    pub(crate) site: Option<String>,
}

impl ScreenshotOptions {
    /// The environment variables for the test that takes the pictures.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        let width: Vec<String> = self.width.iter().map(u16::to_string).collect();
        let wanted = [
            ("kind", &self.kind),
            ("lang", &self.lang),
            ("width", &width),
            ("theme", &self.theme),
        ];
        let given = wanted.into_iter().filter(|(_, names)| !names.is_empty());
        given
            .map(|(option, names)| (variable(option), names.join(",")))
            .collect()
    }
}

/// How the archive is made.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PackageOptions {
    /// Build the program without optimisation: quicker, larger
    #[arg(long)]
    pub(crate) dev: bool,
}

/// How `dist` is to be built.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BuildOptions {
    /// The path that the site will stand under on its host, / where it is left out
    #[arg(long, value_name = "PATH")]
    pub(crate) public_url: Option<String>,
    /// Build without optimisation: quicker, larger
    #[arg(long)]
    pub(crate) dev: bool,
}

/// Reads the words after `cargo xtask`.
///
/// # Errors
/// Help, or what is wrong with the words.
pub(crate) fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Task, clap::Error> {
    let words: Vec<OsString> = words.into_iter().collect();
    // Cargo's own `--` has to reach cargo.
    if let [task, rest @ ..] = &words[..]
        && task == "test"
        && rest
            .first()
            .is_none_or(|word| word != "--help" && word != "-h")
    {
        return Ok(Task::Test {
            arguments: rest
                .iter()
                .map(|word| word.to_string_lossy().into_owned())
                .collect(),
        });
    }
    let named = std::iter::once(OsString::from("cargo xtask")).chain(words);
    Arguments::try_parse_from(named).map(|arguments| arguments.task)
}

fn articles(text: &str) -> Result<usize, String> {
    let articles = text
        .parse()
        .ok()
        .filter(|articles| (1..=1_000_000).contains(articles));
    articles.ok_or_else(|| "a number from 1 to 1000000 has to stand here".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parsed(line: &str) -> Result<Task, clap::Error> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn build(public_url: Option<&str>, dev: bool) -> BuildOptions {
        BuildOptions {
            public_url: public_url.map(str::to_owned),
            dev,
        }
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    fn bench(articles: &[usize], stages: &[&str], without_hugo: bool, keep: bool) -> Task {
        let (articles, stages) = (articles.to_vec(), words(stages));
        Task::Bench {
            what: Bench::Publish(BenchOptions {
                articles,
                stages,
                without_hugo,
                keep,
            }),
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_task_is_read_with_its_options() {
        let pictures = ScreenshotOptions {
            kind: words(&["home", "part"]),
            width: vec![320],
            theme: words(&["print"]),
            site: Some("target/x".to_owned()),
            ..ScreenshotOptions::default()
        };
        let table = [
            (
                "setup",
                Task::Setup {
                    tests: false,
                    dry_run: false,
                },
            ),
            (
                "setup --dry-run --tests",
                Task::Setup {
                    tests: true,
                    dry_run: true,
                },
            ),
            ("build", Task::Build(build(None, false))),
            (
                "build --dev --public-url /a/",
                Task::Build(build(Some("/a/"), true)),
            ),
            (
                "serve",
                Task::Serve {
                    options: build(None, false),
                    port: 8080,
                },
            ),
            (
                "serve --port=81 --public-url=/a/",
                Task::Serve {
                    options: build(Some("/a/"), false),
                    port: 81,
                },
            ),
            ("test", Task::Test { arguments: vec![] }),
            (
                "test -- --nocapture",
                Task::Test {
                    arguments: words(&["--", "--nocapture"]),
                },
            ),
            (
                "test --test a -- --exact",
                Task::Test {
                    arguments: words(&["--test", "a", "--", "--exact"]),
                },
            ),
            (
                "watch --port 81",
                Task::Watch {
                    public_url: None,
                    port: 81,
                },
            ),
            ("reproduce", Task::Reproduce),
            ("package --dev", Task::Package(PackageOptions { dev: true })),
            (
                "screenshots",
                Task::Screenshots(ScreenshotOptions::default()),
            ),
            (
                "screenshots --kind home,part --width=320 --theme print --site target/x",
                Task::Screenshots(pictures),
            ),
            (
                "lighthouse",
                Task::Lighthouse(LighthouseOptions {
                    at_least: 100,
                    runs: 3,
                    awake: false,
                }),
            ),
            (
                "lighthouse --at-least 95 --runs=1 --awake",
                Task::Lighthouse(LighthouseOptions {
                    at_least: 95,
                    runs: 1,
                    awake: true,
                }),
            ),
            (
                "bench publish",
                bench(&[1000, 10_000, 100_000], &STAGES, false, false),
            ),
            (
                "bench publish --articles 50,60 --stages=pages --without-hugo --keep",
                bench(&[50, 60], &["pages"], true, true),
            ),
        ];
        for (line, task) in table {
            assert_eq!(parsed(line).unwrap(), task, "{line}");
        }
    }

    #[test]
    fn linting_leaves_the_native_code_to_the_tests_where_it_is_told_to() {
        for (line, tests_follow) in [("lint", false), ("lint --tests-follow", true)] {
            assert_eq!(parsed(line).unwrap(), Task::Lint { tests_follow });
        }
    }

    #[test]
    fn a_wrong_argument_is_named_and_exits_with_2() {
        let table = [
            ("srve", "unrecognized subcommand 'srve'"),
            ("setup --test", "unexpected argument '--test'"),
            ("build extra", "unexpected argument 'extra'"),
            ("lint --fix", "unexpected argument '--fix'"),
            ("bench serve", "unrecognized subcommand 'serve'"),
            (
                "bench publish --articles 10,none",
                "a number from 1 to 1000000",
            ),
            ("bench publish --articles 0", "a number from 1 to 1000000"),
            ("bench publish --stages lists", "invalid value 'lists'"),
            ("screenshots --kind home,house", "invalid value 'house'"),
            ("screenshots --width wide", "invalid value 'wide'"),
            ("lighthouse --runs 0", "0 is not in 1..=100"),
            ("lighthouse --at-least 101", "101 is not in 0..=100"),
            ("serve --port http", "invalid value 'http'"),
            ("serve --public-url --dev", "a value is required"),
        ];
        for (line, message) in table {
            let error = parsed(line).expect_err(line);
            assert_eq!(error.exit_code(), 2, "{line}");
            assert!(error.to_string().contains(message), "{line}: {error}");
        }
        assert_eq!(parsed("").unwrap_err().exit_code(), 2);
        for line in ["help", "--help", "serve --help", "test --help"] {
            assert_eq!(parsed(line).unwrap_err().exit_code(), 0, "{line}");
        }
    }

    #[test]
    fn only_what_is_given_narrows_what_is_taken() {
        assert_eq!(ScreenshotOptions::default().variables(), []);
        let options = ScreenshotOptions {
            width: vec![360, 768],
            ..ScreenshotOptions::default()
        };
        assert_eq!(
            options.variables(),
            [("PORTAL_SCREENSHOTS_WIDTH".to_owned(), "360,768".to_owned())]
        );
    }
}
