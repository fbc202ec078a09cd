//! What every page loads, or has in itself: made from the bundle. Files are named by the hash of
//! their final bytes.

use crate::build::bundle::{Bundle, DRAWINGS};
use crate::build::constants;
use crate::build::critical::Critical;
use crate::build::memory::Memory;
use crate::build::monitoring;
use crate::build::options::{Options, Reload};
use crate::build::reload;
use crate::hosting::policy::{self, Others};
use crate::media::icons;
use crate::output::Output;
use crate::output::hashed_file::{name_within, publish};
use crate::publish::search::{self, Runtime};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use editorial::content::Site;
use editorial::content::views::ViewsFrom;
use editorial::diagnostics::Failure;
use editorial::hash::CacheKey;
use i18n::Tools;
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserFlags, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use model::{Choice, Lang};
use portal::app::{Assets, STYLE_HASH};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The script of what a reader does on the page itself.
const CONTROLS: &str = "controls";

/// What the style sheets call the portal's sign among their drawings.
const SIGN: &str = "sign";

/// What [`write`] makes.
pub(crate) struct Written {
    /// What every page loads, or has in itself.
    pub(crate) assets: Assets,
    /// Gives each page its styles.
    pub(crate) critical: Arc<Critical>,
    /// The files of the search.
    pub(crate) search: Runtime,
}

/// Writes scripts, style sheet, programs and icons. `sign` is the portal's sign as SVG.
///
/// # Errors
/// Where the style sheets cannot be read as CSS, or a file cannot be written.
pub(crate) fn write(
    bundle: &Bundle,
    site: &Site,
    sign: &str,
    options: &Options,
    memory: &Memory,
    output: &Output,
) -> Result<Written, Failure> {
    let base = &options.base;
    let search = search::publish(&bundle.search, output)?;
    let script = script(
        bundle,
        &search.script,
        &reload::script(&options.reload),
        site.views.from == ViewsFrom::Counter,
        output,
    )?;
    let drawings = bundle
        .drawings
        .iter()
        .map(|(name, drawing)| (name.as_str(), drawing.as_str()))
        .chain([(SIGN, sign)]);
    let (style, drawings) = with_drawings(sheet(bundle, memory)?, drawings, output)?;
    let addresses = drawings
        .into_iter()
        .map(|file| (name_within(&file).to_owned(), format!("{base}{file}")))
        .collect::<Vec<_>>();
    // Hashed names stand for what is in the files.
    let key = CacheKey::default().add(&style).add(base).finish();
    let critical = memory
        .critical
        .get(key, || Critical::new(&style, addresses).map(Arc::new))?;
    let (icon, icons) = icons::write(sign, &memory.icons, output)?;
    let early = bundle.early.trim();
    let hash = |text: &str| format!("sha256-{}", STANDARD.encode(Sha256::digest(text)));
    let monitoring = site
        .monitoring
        .as_ref()
        .filter(|_| !matches!(options.reload, Reload::Preview | Reload::Desk(_)));
    let in_pages = monitoring.map(monitoring::in_pages);
    let mut scripts = vec![hash(early), hash(&speculation())];
    scripts.extend(in_pages.iter().map(|monitoring| hash(&monitoring.call)));
    let scripts: Vec<&str> = scripts.iter().map(String::as_str).collect();
    let api = site.api_origin();
    let others = Others {
        api: api.as_deref(),
        monitoring: monitoring.map(|at| (at.script.as_str(), at.tracker.as_str())),
    };
    let assets = Assets {
        early: early.into(),
        style: publish(output, "style.css", style.as_bytes())?,
        script: publish(output, "app.js", script.as_bytes())?,
        icon,
        icons,
        cards: false,
        policy: policy::content_security(&[], &[], &Others::default()),
        page_policy: policy::content_security(&scripts, &[STYLE_HASH], &others),
        monitoring: in_pages,
        api: site.api.clone().unwrap_or_default(),
        refresh: site.refresh_seconds.map(|seconds| seconds * 1000),
    };
    Ok(Written {
        assets,
        critical,
        search,
    })
}

/// Writes the files that are published as they are.
///
/// # Errors
/// Where a file cannot be read or written.
pub(crate) fn write_public_files(
    files: &[(String, PathBuf)],
    output: &Output,
) -> Result<(), Failure> {
    for (path, file) in files {
        output.write(
            path,
            &fs::read(file).map_err(|error| Failure::io("read", file, &error))?,
        )?;
    }
    Ok(())
}

/// The script that starts the program, which is written on the way. `search` is the path of the
/// script that searches; `reload` is appended;
/// `counts` says whether it tells of pages that are read.
fn script(
    bundle: &Bundle,
    search: &str,
    reload: &str,
    counts: bool,
    output: &Output,
) -> Result<String, Failure> {
    let wasm = publish(output, "app.wasm", &bundle.wasm)?;
    let file = name_within(&wasm.file);
    let boot = bundle
        .boot
        .replace("{wasm_file}", file)
        .replace("{wasm_integrity}", &wasm.integrity);
    let boot = boot.replace("{search_file}", name_within(search));
    let boot = boot.replace("\"{lazy}\"", &lazy(&bundle.lazy, output)?);
    let speculation =
        serde_json::to_string(&speculation()).map_err(|error| Failure::new(error.to_string()))?;
    let boot = boot.replace("\"{speculation}\"", &speculation);
    let boot = boot.replace("{speculation_links}", LINKS);
    let boot = boot.replace("\"{counts}\"", if counts { "1" } else { "0" });
    // A block keeps everything in it out of the global scope.
    Ok(format!("{{{};\n{}\n{reload}}}\n", bundle.glue, boot))
}

/// The links that lead to a page of the portal that a reader may read next: those of the text, the
/// sections and the languages, but none to another language within the text, and no files.
const LINKS: &str = "main a:not([hreflang],[lang],[rel~=external]),.section-nav-link,.language-tab";

/// The speculation rules: while the program sleeps, a browser that knows them renders the page of a
/// link that is hovered or pressed. `src/boot.js` puts them into the page, whose policy has their
/// hash. The program itself shows pages sooner, so they end when it runs.
fn speculation() -> String {
    format!(
        "{{\"prerender\":[{{\"where\":{{\"and\":[{{\"href_matches\":\"/*\"}},{{\"selector_matches\":\"{LINKS}\"}}]}},\
         \"eagerness\":\"moderate\"}}]}}"
    )
}

/// Writes the scripts that are loaded on first use. Returns a JSON object of their names and files.
fn lazy(scripts: &[(String, String)], output: &Output) -> Result<String, Failure> {
    let mut files = BTreeMap::new();
    for (name, text) in scripts {
        let text = match name.as_str() {
            CONTROLS => Cow::Owned(text.replace("\"{words}\"", &controls(output)?)),
            _ => Cow::Borrowed(text),
        };
        let file = publish(output, &format!("{name}.js"), text.as_bytes())?.file;
        files.insert(name, name_within(&file).to_owned());
    }
    serde_json::to_string(&files).map_err(|error| Failure::new(error.to_string()))
}

/// Writes the words of what a reader does on the page itself. Returns a JSON object of the languages
/// and the files.
fn controls(output: &Output) -> Result<String, Failure> {
    let failure = |error: serde_json::Error| Failure::new(error.to_string());
    let mut files = BTreeMap::new();
    for lang in Lang::ALL {
        let tools = &i18n::words(lang).tools;
        let choices = Choice::ALL.map(|choice| group(choice, tools));
        let mut words = serde_json::to_value(tools).map_err(failure)?;
        words["choices"] = choices.into_iter().collect();
        let name = format!("{CONTROLS}-{}.json", lang.tag());
        let file = publish(output, &name, words.to_string().as_bytes())?.file;
        files.insert(lang.tag(), name_within(&file).to_owned());
    }
    serde_json::to_string(&files).map_err(failure)
}

/// A group of display settings: its name, its legend, and its values with their texts, of which one
/// has a mark, because it stands for no choice.
fn group(choice: Choice, tools: &Tools) -> Value {
    let text = |at: usize, value: &str| match choice {
        Choice::Theme => tools.themes[at].to_owned(),
        Choice::Text => format!("{value}%"),
        Choice::Spacing => tools.spacings[at].to_owned(),
    };
    let legend = match choice {
        Choice::Theme => tools.theme,
        Choice::Text => tools.text_size,
        Choice::Spacing => tools.line_spacing,
    };
    let values = choice.values().iter().enumerate().map(|(at, value)| {
        let mut parts = vec![json!(value), json!(text(at, value))];
        if at == choice.default_index() {
            parts.push(json!(1));
        }
        Value::from(parts)
    });
    json!({"name": choice.name(), "legend": legend, "values": values.collect::<Vec<_>>()})
}

/// The style sheet with the published names of its drawings, and their files. The drawings are
/// published on the way.
fn with_drawings<'a>(
    mut style: String,
    drawings: impl Iterator<Item = (&'a str, &'a str)>,
    output: &Output,
) -> Result<(String, Vec<String>), Failure> {
    let named: Vec<_> = drawings
        .filter(|(name, _)| style.contains(&format!("../{DRAWINGS}/{name}.svg")))
        .collect();
    let mut files = Vec::new();
    for (name, drawing) in named {
        let file = publish(output, &format!("{name}.svg"), drawing.as_bytes())?.file;
        style = style.replace(&format!("../{DRAWINGS}/{name}.svg"), name_within(&file));
        files.push(file);
    }
    if style.contains(&format!("../{DRAWINGS}/")) {
        return Err(Failure::new(format!(
            "the style sheets name a drawing that is not in style/{DRAWINGS}"
        )));
    }
    Ok((style, files))
}

/// All style sheets as one, from memory where none of them changed.
fn sheet(bundle: &Bundle, memory: &Memory) -> Result<String, Failure> {
    memory
        .style
        .get(bundle.style_key()?, || style(&bundle.style))
}

/// All style sheets as one, minified, in the syntax of browsers that can run the program.
fn style(main: &Path) -> Result<String, Failure> {
    let failure = |error: String| Failure::new(format!("the style sheets cannot be read: {error}"));
    let files = FileProvider::new();
    // The names of `style/tokens/media.css` give way to their queries.
    let options = ParserOptions {
        flags: ParserFlags::CUSTOM_MEDIA,
        ..ParserOptions::default()
    };
    let mut bundler = Bundler::new(&files, None, options);
    let mut sheet = bundler
        .bundle(main)
        .map_err(|error| failure(error.to_string()))?;
    let version = |major: u32| Some(major << 16);
    let browsers = Browsers {
        chrome: version(103),
        edge: version(103),
        firefox: version(100),
        safari: version(16),
        ios_saf: version(16),
        ..Browsers::default()
    };
    let targets = Targets::from(browsers);
    let minified = minified(&mut sheet, targets).map_err(failure)?;
    let settled = constants::settle(&minified);
    // Plain values are shorter than calculations with them.
    let mut sheet = StyleSheet::parse(&settled, ParserOptions::default())
        .map_err(|error| failure(error.to_string()))?;
    self::minified(&mut sheet, targets).map_err(failure)
}

fn minified(sheet: &mut StyleSheet<'_>, targets: Targets) -> Result<String, String> {
    let options = MinifyOptions {
        targets,
        ..MinifyOptions::default()
    };
    sheet.minify(options).map_err(|error| error.to_string())?;
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        targets,
        ..PrinterOptions::default()
    });
    printed
        .map(|printed| printed.code)
        .map_err(|error| error.to_string())
}
