//! Whatever happens to a build, the site that readers see is whole: the one before it or the one after it.
//!
//! A reader here opens the site's folder and reads everything through it. Where the same folder still stands at the place
//! when the last file is read, what was read has to be the one site or the other, byte for byte: a folder never changes
//! while it stands there. Where another one was put in its place meanwhile, the reader begins again.

use crate::synthetic::{Tree, command, difference, expect_built, fresh_copy, synthetic_project, tree};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use xtask::synthetic::Random;

/// How many builds are killed.
const KILLS: usize = 50;
/// The articles of the two portals.
const ARTICLES: usize = 12;

/// A project with two contents, and what each of them gives.
struct Bench {
    folder: TempDir,
    sites: [Tree; 2],
}

impl Bench {
    fn new() -> Self {
        let folder = synthetic_project(ARTICLES);
        let path = folder.path();
        let other = path.join("other");
        crate::build::copy(&path.join("content"), &other);
        let portal = crate::synthetic::portal();
        let newest = crate::synthetic::article(&portal, ARTICLES);
        xtask::synthetic::authored::write_article(&newest, &other).unwrap();
        let oldest = crate::synthetic::article(&portal, 0);
        fs::remove_dir_all(other.join("articles").join(oldest.section).join(oldest.slug)).unwrap();
        let site = fs::read_to_string(other.join("site.json")).unwrap().replace("Welcome", "Good evening");
        fs::write(other.join("site.json"), site).unwrap();
        let sites = ["content", "other"].map(|content| {
            let fresh = fresh_copy(path);
            fs::remove_dir_all(fresh.path().join("content")).unwrap();
            crate::build::copy(&path.join(content), &fresh.path().join("content"));
            expect_built(&command(fresh.path()).output().unwrap(), content);
            tree(&fresh.path().join("site")).unwrap()
        });
        assert!(difference(&sites[0], &sites[1]).is_some(), "the two sites are the same");
        Self { folder, sites }
    }

    fn command(&self, which: usize) -> Command {
        let mut command = command(self.folder.path());
        command.args(["--content", ["content", "other"][which]]).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn build(&self, which: usize) -> Output {
        self.command(which).output().unwrap()
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Which of the two sites stands there, read through one open folder.
    fn standing(&self) -> Result<usize, String> {
        let gone = |error: std::io::Error| format!("the site's folder is not there: {error}");
        let found = loop {
            let folder = File::open(self.site()).map_err(gone)?;
            let through = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
            let found = tree(&through);
            // The folder is open, so its number is not given to another one.
            if fs::metadata(self.site()).map_err(gone)?.ino() == folder.metadata().map_err(gone)?.ino() {
                break found.map_err(|error| format!("the site cannot be read: {error}"))?;
            }
        };
        let differences = self.sites.each_ref().map(|site| difference(&found, site));
        match differences {
            [None, _] => Ok(0),
            [_, None] => Ok(1),
            [Some(one), Some(other)] => Err(format!("neither the one site ({one})\nnor the other ({other})")),
        }
    }

    /// What lies beside the site, and in the folder where its builds keep what they need again.
    fn neighbours(&self) -> BTreeSet<PathBuf> {
        let below = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let beside: BTreeSet<PathBuf> = below(self.folder.path().to_path_buf()).collect();
        let kept: Vec<PathBuf> = below(self.folder.path().join(".site.state")).collect();
        beside.into_iter().chain(kept).collect()
    }
}

/// Reads the site again and again until told to stop.
fn watch(bench: &Bench, stop: &AtomicBool, looks: &AtomicUsize) -> Result<(), String> {
    while !stop.load(Ordering::Relaxed) {
        bench.standing()?;
        looks.fetch_add(1, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

#[test]
fn fifty_builds_killed_at_random_moments_leave_a_whole_site_at_every_moment() {
    let bench = Bench::new();
    let seed = std::env::var("PORTAL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        u64::from(now.subsec_nanos())
    });
    println!("PORTAL_SEED={seed} makes the same delays again");
    let mut random = Random::new(seed);
    expect_built(&bench.build(0), "the first build");
    let start = Instant::now();
    expect_built(&bench.build(1), "the second build");
    let whole = start.elapsed();
    let clean = bench.neighbours();
    let (stop, looks) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut seen = [0, 0];
    let (mut killed, mut finished) = (0, 0);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&bench, &stop, &looks));
        let mut last = 1;
        for kill in 0..KILLS {
            // What stands there is to be replaced, so that there is something to break.
            let mut child = bench.command(1 - last).spawn().unwrap();
            let part = u32::try_from(random.below(1500)).unwrap();
            thread::sleep(whole * part / 1000);
            child.kill().unwrap();
            if child.wait_with_output().unwrap().status.success() {
                finished += 1;
            } else {
                killed += 1;
            }
            match bench.standing() {
                Ok(which) => last = which,
                Err(problem) => {
                    stop.store(true, Ordering::Relaxed);
                    panic!("PORTAL_SEED={seed}, after kill {kill}: {problem}");
                }
            }
            seen[last] += 1;
            if watcher.is_finished() {
                break;
            }
        }
        stop.store(true, Ordering::Relaxed);
        if let Err(problem) = watcher.join().unwrap() {
            panic!("PORTAL_SEED={seed}, while builds were being killed: {problem}");
        }
    });
    let looks = looks.into_inner();
    println!("{killed} builds were killed, {finished} were quicker; the site was read {looks} times; seen: {seen:?}");
    assert_eq!(killed + finished, KILLS);
    // How many builds are quicker than their delay depends on what else the machine does.
    assert!(killed >= KILLS / 5, "only {killed} builds were killed: the delays are too long");
    assert!(looks >= KILLS && seen.iter().all(|&times| times > 0), "the site was read {looks} times; seen: {seen:?}");
    for which in [0, 1, 0] {
        expect_built(&bench.build(which), "the build after the kills");
        assert_eq!(bench.standing(), Ok(which));
    }
    assert_eq!(bench.neighbours(), clean, "killed builds left something behind");
}

#[test]
fn two_builds_at_once_leave_one_whole_site_and_say_so() {
    let bench = Bench::new();
    expect_built(&bench.build(0), "the first build");
    // The second one makes the second copy.
    expect_built(&bench.build(0), "the second build");
    let clean = bench.neighbours();
    for round in 0..6 {
        let children = [0, 1].map(|which| {
            let child = bench.command(which).spawn().unwrap();
            thread::sleep(Duration::from_millis(round * 15));
            child
        });
        let outputs = children.map(|child| child.wait_with_output().unwrap());
        let won: Vec<usize> = (0..2).filter(|&which| outputs[which].status.success()).collect();
        assert!(!won.is_empty(), "both builds gave up");
        for output in outputs.iter().filter(|output| !output.status.success()) {
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("another build") && said.contains("site"), "{said}");
        }
        let standing = bench.standing().unwrap();
        assert!(won.contains(&standing), "the site is that of a build that failed");
    }
    assert_eq!(bench.neighbours(), clean, "two builds at once left something behind");
}

#[test]
fn where_the_disk_takes_no_more_the_build_says_so_and_the_site_stays() {
    let bench = Bench::new();
    expect_built(&bench.build(0), "the first build");
    // The second one makes the second copy.
    expect_built(&bench.build(0), "the second build");
    let clean = bench.neighbours();
    // A limit on the size of a file fails at the same call as a full disk. With the signal ignored the write fails,
    // without it the program is stopped where it stands; 8 blocks are 4 KB or 8 KB, less than a page.
    for trap in ["trap '' 25; ", ""] {
        let script = format!("{trap}ulimit -f 8; exec \"$0\" \"$@\"");
        let build = bench.command(1);
        let output = Command::new("sh")
            .args(["-c", &script])
            .arg(build.get_program())
            .args(build.get_args())
            .current_dir(bench.folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "the limit had no effect");
        if !trap.is_empty() {
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.starts_with("site: could not write "), "{said}");
            assert!(said.contains("index.") || said.contains("assets/") || said.contains("xml"), "{said}");
        }
        assert_eq!(bench.standing(), Ok(0), "{said}");
    }
    expect_built(&bench.build(1), "the build with room again");
    assert_eq!(bench.standing(), Ok(1));
    assert_eq!(bench.neighbours(), clean, "a failed build left something behind");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let project = synthetic_project(1);
    fs::write(project.path().join("file"), "").unwrap();
    let before = tree(project.path()).unwrap();
    // Not even the administrator can make a folder in these.
    for place in ["file/site", "/proc/site"] {
        let output = build_to(project.path(), place);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{place}: {said}");
        let parent = Path::new(place).parent().unwrap().to_str().unwrap();
        assert!(said.starts_with("site: could not ") && said.contains(parent), "{place}: {said}");
    }
    assert_eq!(difference(&tree(project.path()).unwrap(), &before), None);
}

fn build_to(project: &Path, place: &str) -> Output {
    let arguments = ["build", "--quiet", "--bundle", "bundle", "--out", place];
    Command::new(env!("CARGO_BIN_EXE_site")).args(arguments).current_dir(project).output().unwrap()
}
