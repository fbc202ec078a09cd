//! Weighs what a reader loads.

use crate::build::budget::{Weight, Weights};
use crate::output::Output;
use crate::publish::search::Runtime;
use editorial::diagnostics::Failure;
use model::route::{Destination, Route};
use portal::app::Assets;

/// The weights of the finished site. Of articles and of other pages, only the largest file is
/// weighed. `wasm` is the program as the bundle has it.
///
/// # Errors
/// Where a file cannot be read.
pub(crate) fn weigh(
    assets: &Assets,
    search: &Runtime,
    wasm: &[u8],
    output: &Output,
) -> Result<Weights, Failure> {
    let mut program = Weight::default();
    for file in &search.programs {
        program = program.max(weight(file, output)?);
    }
    Ok(Weights {
        search: program.and(weight(&search.script, output)?),
        article_html: heaviest(true, output)?,
        other_html: heaviest(false, output)?,
        style: weight(&assets.style.file, output)?,
        script: weight(&assets.script.file, output)?,
        wasm: Weight::of(wasm),
    })
}

fn weight(file: &str, output: &Output) -> Result<Weight, Failure> {
    Ok(Weight::of(&output.read(file)?))
}

/// The weight of the largest page of an article, or of the largest other page.
fn heaviest(article: bool, output: &Output) -> Result<Weight, Failure> {
    let file = output.largest(|path| is_page(path, article));
    file.map_or(Ok(Weight::default()), |(path, _)| weight(&path, output))
}

/// Whether a file is the page of an article, or another page.
fn is_page(path: &str, article: bool) -> bool {
    let Some(folder) = path
        .strip_suffix("index.html")
        .filter(|folder| folder.ends_with('/'))
    else {
        return false;
    };
    matches!(Route::parse(folder), Destination::Page(route) if matches!(route, Route::Article(..)) == article)
}
