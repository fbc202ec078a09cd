//! Whatever happens to a build, readers see a whole site: the old one or the new one.
//!
//! The reader in these tests opens the site's folder and reads everything through that handle. If
//! the path still leads to the same folder afterwards, its bytes must be those of one of the two
//! sites: a published folder never changes. If the folder was exchanged meanwhile, the reader
//! starts over. An operator's own files are in the site all the while.

use crate::synthetic::{
    Tree, command, difference, expect_built, fresh_copy, synthetic_project, tree,
};
use ::synthetic::Random;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Lines};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The number of builds to kill while they run.
const KILLS: usize = 50;
/// The maximum number of builds to start for that. Some end before they are killed.
const BUILDS: usize = 20 * KILLS;
/// Files that an operator put into the site's folder.
const FOREIGN: [&str; 4] = [
    ".htaccess",
    ".well-known/acme-challenge/token",
    ".git/config",
    "vi/notes.txt",
];
/// The number of articles in each of the two portals.
const ARTICLES: usize = 12;

/// A project with two versions of its content, and the site that each of them gives.
struct Fixture {
    folder: TempDir,
    sites: [Tree; 2],
}

impl Fixture {
    fn new() -> Self {
        let folder = synthetic_project(ARTICLES);
        let path = folder.path();
        let other = path.join("other");
        crate::folder::copy(&path.join("content"), &other);
        let portal = crate::synthetic::portal();
        let newest = crate::synthetic::article(&portal, ARTICLES);
        ::synthetic::authored::write_article(&newest, &other).unwrap();
        let oldest = crate::synthetic::article(&portal, 0);
        fs::remove_dir_all(
            other
                .join("articles")
                .join(oldest.section)
                .join(oldest.slug),
        )
        .unwrap();
        let site = fs::read_to_string(other.join("site.json"))
            .unwrap()
            .replace("Welcome", "Good evening");
        fs::write(other.join("site.json"), site).unwrap();
        let sites = ["content", "other"].map(|content| {
            let fresh = fresh_copy(path);
            fs::remove_dir_all(fresh.path().join("content")).unwrap();
            crate::folder::copy(&path.join(content), &fresh.path().join("content"));
            expect_built(&command(fresh.path()).output().unwrap(), content);
            let mut site = tree(&fresh.path().join("site")).unwrap();
            site.extend(FOREIGN.map(|path| (PathBuf::from(path), path.as_bytes().to_vec())));
            site
        });
        assert!(
            difference(&sites[0], &sites[1]).is_some(),
            "the two sites are the same"
        );
        let fixture = Self { folder, sites };
        expect_built(&fixture.build(0), "the first build");
        for path in FOREIGN {
            let file = fixture.site().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, path).unwrap();
        }
        fixture
    }

    fn command(&self, which: usize) -> Command {
        let mut command = command(self.folder.path());
        command
            .args(["--content", ["content", "other"][which]])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn build(&self, which: usize) -> Output {
        self.command(which).output().unwrap()
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Which of the two sites is published, read through one handle of its folder.
    fn published(&self) -> Result<usize, String> {
        let gone = |error: std::io::Error| format!("the site's folder is not there: {error}");
        let found = loop {
            let folder = File::open(self.site()).map_err(gone)?;
            let through = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
            let found = tree(&through);
            // While the folder is open, its inode number is not reused.
            if fs::metadata(self.site()).map_err(gone)?.ino()
                == folder.metadata().map_err(gone)?.ino()
            {
                break found.map_err(|error| format!("the site cannot be read: {error}"))?;
            }
        };
        let differences = self.sites.each_ref().map(|site| difference(&found, site));
        match differences {
            [None, _] => Ok(0),
            [_, None] => Ok(1),
            [Some(one), Some(other)] => Err(format!(
                "neither the one site ({one})\nnor the other ({other})"
            )),
        }
    }

    /// The entries of the project's folder and of the folder with the state of its builds.
    fn neighbours(&self) -> BTreeSet<PathBuf> {
        let below = |folder: PathBuf| {
            fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
        };
        let beside: BTreeSet<PathBuf> = below(self.folder.path().to_path_buf()).collect();
        let kept: Vec<PathBuf> = below(self.folder.path().join(".site.state")).collect();
        beside.into_iter().chain(kept).collect()
    }
}

/// Reads the site repeatedly until `stop` is set.
fn watch(fixture: &Fixture, stop: &AtomicBool, looks: &AtomicUsize) -> Result<(), String> {
    while !stop.load(Ordering::Relaxed) {
        fixture.published()?;
        looks.fetch_add(1, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// A running build, and the lines that report its stages.
struct RunningBuild {
    child: Child,
    lines: Lines<BufReader<ChildStderr>>,
}

impl RunningBuild {
    fn begin(fixture: &Fixture, which: usize) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
        let arguments = [
            "build",
            "--no-compression",
            "--bundle",
            "bundle",
            "--out",
            "site",
            "--content",
        ];
        command
            .args(arguments)
            .arg(["content", "other"][which])
            .current_dir(fixture.folder.path());
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        Self { child, lines }
    }

    /// Waits for the end of this many stages, or of the whole build.
    fn wait_for(&mut self, stages: usize) {
        let _ = self.lines.by_ref().take(stages).count();
    }

    /// Kills the build. Returns whether it was still running.
    fn kill(mut self) -> bool {
        self.child.kill().unwrap();
        !self.child.wait().unwrap().success()
    }

    /// The time that each stage takes on this machine at present.
    fn measured(mut self) -> Vec<Duration> {
        let mut last = Instant::now();
        let stages = self.lines.by_ref().map(|line| {
            line.unwrap();
            let stage = last.elapsed();
            last = Instant::now();
            stage
        });
        let stages = stages.collect();
        assert!(
            self.child.wait().unwrap().success(),
            "the measured build failed"
        );
        stages
    }
}

/// The seed of the random delays: `PORTAL_SEED`, else a new one each time.
fn seed() -> u64 {
    let given = std::env::var("PORTAL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| {
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        u64::from(now.subsec_nanos())
    });
    println!("PORTAL_SEED={seed} makes the same delays again");
    seed
}

/// The results of the builds so far.
#[derive(Debug, Default)]
struct Tally {
    begun: usize,
    killed: usize,
    /// How often each of the two sites was published afterwards.
    seen: [usize; 2],
}

/// Starts and kills builds until there are enough results. Each is killed at a random point of a
/// stage that has begun, by the stage's measured time. So any machine has kills before and after
/// the exchange.
fn kill_builds(
    fixture: &Fixture,
    random: &mut Random,
    stages: &[Duration],
    looks: &AtomicUsize,
) -> Result<Tally, String> {
    let (mut tally, mut last) = (Tally::default(), fixture.published()?);
    let is_enough = |tally: &Tally| {
        tally.killed >= KILLS
            && tally.seen.iter().all(|&times| times > 0)
            && looks.load(Ordering::Relaxed) >= KILLS
    };
    while !is_enough(&tally) && tally.begun < BUILDS {
        // The build replaces the published site with the other one, so that a fault would show.
        let mut build = RunningBuild::begin(fixture, 1 - last);
        let stage = tally.begun % (stages.len() + 1);
        build.wait_for(stage);
        let length = stages.get(stage).copied().unwrap_or_default();
        thread::sleep(length * u32::try_from(random.below(1000)).unwrap() / 1000);
        tally.killed += usize::from(build.kill());
        tally.begun += 1;
        last = fixture
            .published()
            .map_err(|problem| format!("after {tally:?}: {problem}"))?;
        tally.seen[last] += 1;
    }
    Ok(tally)
}

#[test]
fn fifty_builds_killed_at_random_moments_leave_a_whole_site_at_every_moment() {
    let fixture = Fixture::new();
    let seed = seed();
    let mut random = Random::new(seed);
    expect_built(&fixture.build(1), "the second build");
    let stages = RunningBuild::begin(&fixture, 0).measured();
    assert!(stages.len() > 4, "a build said nothing of its stages");
    let clean = fixture.neighbours();
    let (stop, looks) = (AtomicBool::new(false), AtomicUsize::new(0));
    let tally = thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&fixture, &stop, &looks));
        let tally = kill_builds(&fixture, &mut random, &stages, &looks);
        stop.store(true, Ordering::Relaxed);
        watcher.join().unwrap().and(tally)
    });
    let tally = tally.unwrap_or_else(|problem| panic!("PORTAL_SEED={seed}: {problem}"));
    let looks = looks.into_inner();
    println!("{tally:?}; the site was read {looks} times");
    assert!(
        tally.killed >= KILLS && tally.seen.iter().all(|&times| times > 0) && looks >= KILLS,
        "{tally:?}, {looks}"
    );
    for which in [0, 1, 0] {
        expect_built(&fixture.build(which), "the build after the kills");
        assert_eq!(fixture.published(), Ok(which));
    }
    assert_eq!(
        fixture.neighbours(),
        clean,
        "killed builds left something behind"
    );
}

#[test]
fn two_builds_at_once_leave_one_whole_site_and_say_so() {
    let fixture = Fixture::new();
    // The second build makes the second copy.
    expect_built(&fixture.build(0), "the second build");
    let clean = fixture.neighbours();
    for round in 0..6 {
        let children = [0, 1].map(|which| {
            let child = fixture.command(which).spawn().unwrap();
            thread::sleep(Duration::from_millis(round * 15));
            child
        });
        let outputs = children.map(|child| child.wait_with_output().unwrap());
        let won: Vec<usize> = (0..2)
            .filter(|&which| outputs[which].status.success())
            .collect();
        assert!(!won.is_empty(), "both builds gave up");
        for output in outputs.iter().filter(|output| !output.status.success()) {
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(
                said.contains("another build") && said.contains("site"),
                "{said}"
            );
        }
        let published = fixture.published().unwrap();
        assert!(
            won.contains(&published),
            "the site is that of a build that failed"
        );
    }
    assert_eq!(
        fixture.neighbours(),
        clean,
        "two builds at once left something behind"
    );
}

#[test]
fn where_the_disk_takes_no_more_the_build_says_so_and_the_site_stays() {
    let fixture = Fixture::new();
    // The second build makes the second copy.
    expect_built(&fixture.build(0), "the second build");
    let clean = fixture.neighbours();
    // A limit on the size of a file fails at the same call as a full disk. With `SIGXFSZ` (25)
    // ignored the write fails; otherwise the signal kills the program. 8 blocks are 4 KB or 8 KB,
    // less than a page.
    for trap in ["trap '' 25; ", ""] {
        let script = format!("{trap}ulimit -f 8; exec \"$0\" \"$@\"");
        let build = fixture.command(1);
        let output = Command::new("sh")
            .args(["-c", &script])
            .arg(build.get_program())
            .args(build.get_args())
            .current_dir(fixture.folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "the limit had no effect");
        if !trap.is_empty() {
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.starts_with("site: could not write "), "{said}");
            assert!(
                said.contains("index.") || said.contains("assets/") || said.contains("xml"),
                "{said}"
            );
        }
        assert_eq!(fixture.published(), Ok(0), "{said}");
    }
    expect_built(&fixture.build(1), "the build with room again");
    assert_eq!(fixture.published(), Ok(1));
    assert_eq!(
        fixture.neighbours(),
        clean,
        "a failed build left something behind"
    );
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let project = synthetic_project(1);
    fs::write(project.path().join("file"), "").unwrap();
    let before = tree(project.path()).unwrap();
    // Not even root can make a folder in these.
    for place in ["file/site", "/proc/site"] {
        let output = build_to(project.path(), place);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{place}: {said}");
        let parent = Path::new(place).parent().unwrap().to_str().unwrap();
        assert!(
            said.starts_with("site: could not ") && said.contains(parent),
            "{place}: {said}"
        );
    }
    assert_eq!(difference(&tree(project.path()).unwrap(), &before), None);
}

fn build_to(project: &Path, place: &str) -> Output {
    let arguments = ["build", "--quiet", "--bundle", "bundle", "--out", place];
    Command::new(env!("CARGO_BIN_EXE_site"))
        .args(arguments)
        .current_dir(project)
        .output()
        .unwrap()
}
