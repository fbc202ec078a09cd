//! The end of a build. Foreign files are carried into the new copy before the exchange; those that
//! come meanwhile follow right after it.

use super::foreign::carry;
use super::record::Record;
use super::{Output, begin, folded, into, mark, place, survey};
use editorial::diagnostics::Failure;

/// The foreign files of a finished site.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// How many there are in the site's folder.
    pub(crate) files: usize,
    /// The first few of them, by name; empty where there are none.
    pub(crate) names: String,
    /// Further messages for the operator.
    pub(crate) messages: Vec<String>,
}

impl Kept {
    fn new(found: &[survey::ForeignEntry], messages: Vec<String>) -> Self {
        let files = found
            .iter()
            .filter(|one| one.kind != survey::Kind::Folder)
            .count();
        Self {
            files,
            names: survey::names(survey::topmost(found)),
            messages,
        }
    }
}

impl Output {
    /// Removes the files of units that nothing asked for, carries foreign files along, and
    /// exchanges the finished site with the one at its place.
    ///
    /// # Errors
    /// Where the folders cannot be exchanged, or a foreign file is at a path of the site. The old
    /// site stays then.
    pub(crate) fn finish(self) -> Result<Kept, Failure> {
        let work = self.work();
        let taken = into(self.taken);
        let gone = into(self.old)
            .into_values()
            .flat_map(|unit| unit.files)
            .map(|file| file.path);
        let gone = gone.chain(into(self.stale));
        let gone: Vec<Box<str>> = gone.filter(|path| !taken.contains(&folded(path))).collect();
        for path in &gone {
            place::remove_file(&work, path)?;
        }
        let mut record = Record::new(&work, into(self.new))?;
        place::put(
            &work.join(mark::SITE),
            mark::SITE,
            mark::text(record.checksums()).as_bytes(),
        )?;
        if !self.keep {
            place::exchange(&work, &self.place)?;
            return place::remove(&self.state.folder).map(|()| Kept::default());
        }
        let carried = carry(self.last.foreign, &self.place, &work)?;
        begin::refuse_what_is_in_the_way(&self.place, &carried.in_the_way)?;
        record.before = self.last.files;
        record.replaced = self.last.replaced;
        record.carried = begin::identities(&carried.there, &work);
        record.write(&self.state.folder)?;
        self.state.mark_clean()?;
        place::exchange(&work, &self.place)?;
        Record::promote(&self.state.folder)?;
        let messages = [
            self.last.messages,
            self.state.rescue(Some(&mut record), &self.place)?,
        ]
        .concat();
        Ok(Kept::new(&carried.there, messages))
    }
}
