//! The operator's own program for machine translation: texts go in, one on each line, and come out so.
//! It is run without a shell, in a process group of its own, which is ended as a whole where it takes
//! too long. Without such a program, nothing is sent anywhere.

use editorial::diagnostics::{Message, why};
use editorial::message;
use model::Lang;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The most bytes that are read of what it says.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// How much of its own messages is shown.
const MOST_SAID: usize = 400;

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// A program that translates.
#[derive(Clone, Debug)]
pub(crate) struct Translator {
    /// The program.
    pub(crate) program: PathBuf,
    /// How long it may take.
    pub(crate) patience: Duration,
}

impl Translator {
    /// Translates texts.
    ///
    /// # Errors
    /// Where the program cannot be run, fails, takes too long, or gives other than one line for each text.
    pub(super) fn translate(
        &self,
        (from, to): (Lang, Lang),
        texts: &[String],
    ) -> Result<Vec<String>, Message> {
        let name = self.program.display().to_string();
        let mut child = self
            .command(from, to)
            .spawn()
            .map_err(|error| message!("{name} cannot be run: {why}", name, why = why(&error)))?;
        let input: String = texts.iter().map(|text| one_line(text) + "\n").collect();
        let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut stdin), Some(stdout), Some(stderr)) = streams else {
            end(&mut child);
            return Err(message!("{name} cannot be spoken to", name));
        };
        // Each end has a thread, so that neither waits for the other.
        let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
        let (out, said) = (reader(stdout), reader(stderr));
        let status = self.wait(&mut child);
        // What it started does not outlive it, and holds no end open.
        end(&mut child);
        let _ = writer.join();
        let (out, said) = (joined(out), joined(said));
        let Some(status) = status else {
            let seconds = self.patience.as_secs();
            return Err(message!(
                "{name} took longer than {seconds} s, and was ended",
                name,
                seconds
            ));
        };
        if !status.success() {
            let said: String = String::from_utf8_lossy(&said)
                .chars()
                .take(MOST_SAID)
                .collect();
            return Err(message!(
                "{name} failed ({status}): {said}",
                name,
                status = status.to_string(),
                said = said.trim()
            ));
        }
        let out = String::from_utf8(out).map_err(|_| message!("{name} gave no UTF-8", name))?;
        let lines: Vec<String> = out.lines().map(|line| line.trim().to_owned()).collect();
        let is_empty =
            |(line, text): (&String, &String)| line.is_empty() && !text.trim().is_empty();
        if lines.len() != texts.len() || lines.iter().zip(texts).any(is_empty) {
            let (wanted, got) = (
                texts.len(),
                lines.iter().filter(|line| !line.is_empty()).count(),
            );
            return Err(message!(
                "{name} got {wanted} texts, each on a line, and gave {got} lines",
                name,
                wanted,
                got
            ));
        }
        Ok(lines)
    }

    fn command(&self, from: Lang, to: Lang) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args([from.tag(), to.tag()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    /// How it ended; `None` where it takes too long.
    fn wait(&self, child: &mut Child) -> Option<std::process::ExitStatus> {
        let begin = Instant::now();
        while begin.elapsed() < self.patience {
            if let Ok(Some(status)) = child.try_wait() {
                return Some(status);
            }
            thread::sleep(LOOK);
        }
        None
    }
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).collect::<Vec<&str>>().join(" ")
}

type Reader = JoinHandle<io::Result<Vec<u8>>>;

fn reader(stream: impl Read + Send + 'static) -> Reader {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut stream = stream.take(MOST_BYTES);
        stream.read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

fn joined(reader: Reader) -> Vec<u8> {
    reader.join().ok().and_then(Result::ok).unwrap_or_default()
}

/// Ends a program with everything that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // There is none any more where all of it has ended.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    /// A program that is this script.
    fn program(script: &str, patience: Duration) -> (tempfile::TempDir, Translator) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("translate");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        (folder, Translator { program, patience })
    }

    const LONG: Duration = Duration::from_secs(60);

    fn ask(script: &str, texts: &[&str]) -> Result<Vec<String>, Message> {
        let (_folder, translator) = program(script, LONG);
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        translator.translate((Lang::Vi, Lang::ZhHans), &texts)
    }

    #[test]
    fn each_text_is_a_line_in_and_a_line_out() {
        let script = r#"while read -r line; do echo "$1>$2: $line"; done"#;
        let said = ask(script, &["Cảng; rm -rf \"x\" $HOME", "a\nb"]).unwrap();
        assert_eq!(
            said,
            ["vi>zh-Hans: Cảng; rm -rf \"x\" $HOME", "vi>zh-Hans: a b"]
        );
    }

    #[test]
    fn what_is_not_a_line_for_each_text_is_refused() {
        for (script, why) in [
            ("cat | head -n 1", "gave 1 lines"),
            ("echo; echo", "gave 0 lines"),
            ("printf '\\377\\n\\377\\n'", "no UTF-8"),
            ("echo no such model >&2; exit 3", "no such model"),
        ] {
            let error = ask(script, &["one", "two"]).unwrap_err();
            assert!(error.contains(why), "{script}: {error}");
        }
        let nowhere = Translator {
            program: "/nowhere/translate".into(),
            patience: LONG,
        };
        let error = nowhere.translate((Lang::Vi, Lang::En), &[]).unwrap_err();
        assert!(error.contains("cannot be run"), "{error}");
    }

    #[test]
    fn a_text_larger_than_a_pipe_goes_through() {
        let long = "đ".repeat(300_000);
        assert_eq!(ask("cat", &[&long, &long]).unwrap(), [long.clone(), long]);
    }

    #[test]
    fn one_that_hangs_is_ended_with_its_children() {
        // Its child would hold the ends open for an hour.
        let script = "sleep 3600 & echo $! > \"$0.child\"; sleep 3600";
        let (folder, translator) = program(script, Duration::from_secs(2));
        let error = translator
            .translate((Lang::Vi, Lang::En), &["a".to_owned()])
            .unwrap_err();
        assert!(error.contains("took longer"), "{error}");
        let child = fs::read_to_string(folder.path().join("translate.child")).unwrap();
        let state = format!("/proc/{}/stat", child.trim());
        let is_gone = || {
            // What is ended and not yet taken note of is a zombie.
            fs::read_to_string(&state).map_or(true, |stat| stat.contains(") Z "))
        };
        while !is_gone() {
            thread::sleep(LOOK);
        }
    }
}
