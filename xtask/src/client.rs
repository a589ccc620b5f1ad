//! Builds what the browser gets.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use walrus::{ExportItem, Module, RefType, Table};
use wasm_bindgen_cli_support::Bindgen;

use crate::machine::{WASM_OPT, ensure_tools, ensure_wasm_target};
use crate::project::Project;
use crate::step::{execute, step};

/// What Rust's wasm32 target uses beyond the first version of WebAssembly.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the client, quickly or, for `release`, as small as it gets. Returns the folder that holds it.
pub fn build(project: &Project, release: bool) -> Result<PathBuf> {
    if release {
        ensure_tools(&[WASM_OPT])?;
    }
    ensure_wasm_target()?;
    let module = step("Compile the client", || compile(project, release))?;
    let bound = step("Bind the client to the browser", || bind(project, &module, release))?;
    step("Put the client together", || assemble(project, &bound, release))
}

fn compile(project: &Project, release: bool) -> Result<PathBuf> {
    let profile = if release { &project.leptos.lib_profile_release } else { &project.leptos.lib_profile_dev };
    execute(project.cargo(["build", "--lib", "--no-default-features", "--features", "hydrate"]).args([
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        profile,
    ]))?;
    let module = format!("{}.wasm", project.leptos.output_name);
    Ok(project.target.join("wasm32-unknown-unknown").join(profile).join(module))
}

/// Makes the script and the final module out of what the compiler made. Returns their folder.
fn bind(project: &Project, module: &Path, release: bool) -> Result<PathBuf> {
    let name = &project.leptos.output_name;
    let folder = project.target.join("client").join(if release { "release" } else { "dev" });
    let script = folder.join(format!("{name}.js"));
    if is_newer(&script, module) && is_newer(&script, &std::env::current_exe()?) {
        println!("    nothing has changed");
        return Ok(folder);
    }
    let fresh = tempfile::tempdir_in(&project.target)?;
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)
        .and_then(|bindgen| {
            bindgen.typescript(false).keep_debug(false).remove_name_section(true).generate(fresh.path())
        })
        .map_err(|error| anyhow!("{error:#}"))?;
    let bound = fresh.path().join(format!("{name}_bg.wasm"));
    let optimised = fresh.path().join(format!("{name}.wasm"));
    match WASM_OPT.find() {
        Some(program) => {
            // What the first round takes away lets the second see more: half a per cent of the client.
            let effort: &[&str] = if release { &["-Oz", "-Oz"] } else { &["-O1"] };
            execute(Command::new(program).args(WASM_FEATURES).args(effort).arg(&bound).arg("-o").arg(&optimised))?;
            fs::remove_file(&bound)?;
            restore_table_export(&optimised)?;
        }
        None => {
            println!("    wasm-opt is missing (Debian's package binaryen): the client is larger than it need be");
            fs::rename(&bound, &optimised)?;
        }
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(project.target.join("client"))?;
    fs::rename(fresh.keep(), &folder)?;
    Ok(folder)
}

/// Undoes a fault of wasm-opt before version 110 (Debian 12 has 108): it writes every exported table as the first one.
fn restore_table_export(file: &Path) -> Result<()> {
    let mut module = Module::from_file(file)?;
    let references = module.tables.iter().find(|table| table.element_ty == RefType::EXTERNREF).map(Table::id);
    let export = module.exports.iter_mut().find(|export| export.name == "__wbindgen_externrefs");
    if let (Some(table), Some(export)) = (references, export)
        && !matches!(export.item, ExportItem::Table(exported) if exported == table)
    {
        export.item = ExportItem::Table(table);
        module.emit_wasm_file(file)?;
    }
    Ok(())
}

fn is_newer(output: &Path, input: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    modified(output).is_some_and(|output| Some(output) >= modified(input))
}

/// Fills the folder that is served, and touches only what differs.
fn assemble(project: &Project, bound: &Path, release: bool) -> Result<PathBuf> {
    let site = project.site(release);
    let scripts = &project.leptos.site_pkg_dir;
    let mut files = Vec::new();
    collect(bound, scripts, &mut files)?;
    collect(&project.root.join(&project.leptos.assets_dir), Path::new(""), &mut files)?;
    let style = bundle(&project.root.join(&project.leptos.lightningcss_input_file))?;
    files.push((scripts.join(format!("{}.css", project.leptos.output_name)), style.into_bytes()));

    let mut old = Vec::new();
    if site.exists() {
        collect(&site, Path::new(""), &mut old)?;
    }
    for (path, _) in old.iter().filter(|(path, _)| files.iter().all(|(wanted, _)| wanted != path)) {
        fs::remove_file(site.join(path))?;
    }
    for file in files.iter().filter(|file| !old.contains(file)) {
        let path = site.join(&file.0);
        fs::create_dir_all(path.parent().unwrap_or(&site))?;
        fs::write(path, &file.1)?;
    }
    let bytes: usize = files.iter().map(|(_, content)| content.len()).sum();
    println!("    {} files, {} kB, in {}", files.len(), bytes / 1000, project.shown(&site));
    Ok(site)
}

/// Reads every file below `folder`, with its path put under `prefix`.
fn collect(folder: &Path, prefix: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = prefix.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else {
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// Puts every `@import "./file.css";` of a style sheet in its place.
fn bundle(sheet: &Path) -> Result<String> {
    let text = fs::read_to_string(sheet).with_context(|| format!("cannot read {}", sheet.display()))?;
    let mut bundled = String::new();
    for line in text.lines() {
        match line.strip_prefix("@import ") {
            None => bundled.push_str(line),
            Some(import) => match import.strip_prefix("\"./").and_then(|import| import.strip_suffix("\";")) {
                Some(file) => bundled.push_str(&bundle(&sheet.with_file_name(file))?),
                None => bail!("{}: expected @import \"./file.css\"; but found {line}", sheet.display()),
            },
        }
        bundled.push('\n');
    }
    Ok(bundled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_replaced_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("main.css", "@layer a, b;\n@import \"./b.css\";\n@import \"./a.css\";\n");
        write("a.css", "a {}");
        write("b.css", "b {}");
        assert_eq!(bundle(&folder.path().join("main.css")).unwrap(), "@layer a, b;\nb {}\n\na {}\n\n");
    }

    #[test]
    fn an_import_that_cannot_be_bundled_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("main.css");
        fs::write(&sheet, "@import url(https://example.org/a.css);").unwrap();
        assert!(bundle(&sheet).unwrap_err().to_string().contains("example.org"));
        fs::write(&sheet, "@import \"./missing.css\";").unwrap();
        assert!(bundle(&sheet).unwrap_err().to_string().contains("missing.css"));
    }
}
